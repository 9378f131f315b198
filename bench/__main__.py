"""`make bench`: measure everything, and print one line for each with its floor and their ratio."""

import argparse
import logging
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import structlog

from api.clock import today
from bench import due_date, ledger, letters, life, pages, sweep, weasy
from bench.kept import city_in
from bench.letters import Compared
from bench.measure import Measured, shown
from bench.pages import Answered
from bench.places import Place, postgresql_at, sqlite_in
from tests import postgresql


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: the figures of `docs/performance.md`, or a quick look."""

    rounds: int
    due_dates: int
    lives: int
    cases: int
    lapsed: int
    rows: int
    letters: int
    batch: int
    crowd: int
    requests: int


FULL = Size(
    rounds=7,
    due_dates=100_000,
    lives=40,
    cases=30_000,
    lapsed=300,
    rows=5_000,
    letters=100,
    batch=500,
    crowd=100_000,
    requests=20,
)
QUICK = Size(
    rounds=3,
    due_dates=10_000,
    lives=5,
    cases=3_000,
    lapsed=30,
    rows=200,
    letters=10,
    batch=20,
    crowd=2_000,
    requests=5,
)
#: A ledger takes seconds: it is imported so often.
IMPORTS = 3
AIMS = {"PostgreSQL": "≤ 3×", "SQLite": "≤ 6×"}
#: As a server is run where answers have to survive a power cut; only the port is left out.
DURABLE = {"listen_addresses": ""}


def measurements(size: Size, places: Sequence[Place], folder: Path) -> Iterator[Measured]:
    """Every measurement in turn, each as soon as it is there; those that fill the disk come last."""
    yield due_date.measure(size.due_dates, size.rounds)
    for place in places:
        yield life.measure(place, size.lives, size.rounds, AIMS[place.name.split()[0]])
    for place in places:
        yield sweep.measure(place, size.cases, size.lapsed, size.rounds, "")
    for place in places:
        yield ledger.look(place, folder, size.rows, min(size.rounds, IMPORTS))
    for place in places:
        aim = "< 20 s" if place.begin else ""  # Asked of SQLite, which an office begins with.
        yield ledger.measure(place, folder, size.rows, min(size.rounds, IMPORTS), aim)


@contextmanager
def both(folder: Path, *, kept: bool = False) -> Iterator[list[Place]]:
    """SQLite files in that folder, and a PostgreSQL server of our own, if one can be started here."""
    places = [sqlite_in(folder)]
    try:
        server = postgresql.start(DURABLE, folder / "postgresql" if kept else None)
    except postgresql.Unavailable as why:
        say(f"PostgreSQL is left out: {why}")
        yield places
        return
    try:
        yield [*places, postgresql_at(postgresql.url_of(str(server.folder), "postgres"))]
    finally:
        server.stop()


def line(measured: Measured) -> str:
    """One row of the table."""
    ours, floor = shown(measured.ours), shown(measured.floor)
    return f"{measured.name:<52}{ours:>10}{floor:>10}{measured.ratio:>8.1f}×   {measured.aim}"


def comparison(compared: Compared) -> str:
    """One row of the table of letters."""
    ours, theirs = compared.show(compared.ours), "–"
    gain = ""
    if compared.theirs is not None:
        theirs, gain = compared.show(compared.theirs), f"{compared.theirs / compared.ours:.1f}×"
    return f"{compared.name:<52}{ours:>10}{theirs:>12}{gain:>7}   {compared.aim}"


def other() -> weasy.Converter | None:
    """What letters are measured beside, if it is there."""
    try:
        return weasy.converter()
    except weasy.Unavailable as why:
        say(f"WeasyPrint is left out: {why}. One line brings it: bin/setup-machine pango")
        return None


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Speed against the bare driver")
    parser.add_argument("--quick", action="store_true", help="a look in seconds, with small sizes")
    parser.add_argument("--pages", type=int, metavar="CASES", help="only the pages, with so many cases")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="build the cases there, and only once")
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="only requests with these words in a name"
    )
    parser.add_argument("--on", default="", metavar="NAME", help="only on SQLite, or only on PostgreSQL")
    asked = parser.parse_args(arguments)
    size = QUICK if asked.quick else FULL
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    began = perf_counter()
    with scratch(asked.keep) as folder, both(folder, kept=asked.keep is not None) as found:
        places = [place for place in found if asked.on in place.name]
        if not asked.pages:
            _tables(size, places, folder)
        for place in places:
            _pages(place, folder, asked.pages or size.crowd, size.requests, asked.only)
    if not asked.pages:
        _letters(size)
    say(f"\nThe ratio is the median of the rounds. Took {timedelta(seconds=round(perf_counter() - began))}.")


@contextmanager
def scratch(keep: Path | None) -> Iterator[Path]:
    """A folder to work in: the one that is to be kept, or one that is gone at the end."""
    if keep:
        keep.mkdir(exist_ok=True)
        yield keep.resolve()
    else:
        with TemporaryDirectory(prefix="mingda-bench-") as folder:
            yield Path(folder)


def _pages(place: Place, folder: Path, cases: int, requests: int, only: str) -> None:
    url = city_in(folder, place, cases, today())
    head = f"{cases:,} cases, {place.name}"
    say(f"\n{head:<44}{'median':>10}{'p95':>10}{'floor p95':>11}{'ratio':>9}   aim, p95")
    for answered in pages.measure(place, url, folder, requests, only):
        say(answer(answered))


def answer(answered: Answered) -> str:
    """One row of the table of pages."""
    times = (shown(answered.half), shown(answered.nearly_all), f" {shown(answered.floor)}")
    told = "".join(f"{each:>10}" for each in times)
    return f"{answered.name:<44}{told}{answered.ratio:>9.1f}×   {answered.aim}"


def _tables(size: Size, places: Sequence[Place], folder: Path) -> None:
    names = ", ".join(place.name for place in places)
    say(f"Python {platform.python_version()}, {names}, {os.cpu_count()} cores; {size.rounds} rounds")
    say(f"{'':<52}{'Mingda':>10}{'floor':>10}{'ratio':>9}   aim")
    for measured in measurements(size, places, folder):
        say(line(measured))


def _letters(size: Size) -> None:
    beside = other()
    say(f"\n{'':<52}{'Mingda':>10}{'WeasyPrint':>12}{'gain':>7}   aim")
    for compared in letters.measure(size.letters, size.batch, beside):
        say(comparison(compared))


if __name__ == "__main__":
    main(sys.argv[1:])

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

from bench import due_date, ledger, ledger_page, letters, life, sweep, weasy
from bench.letters import Compared
from bench.measure import Measured, shown
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
    requests=40,
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
def both(folder: Path) -> Iterator[list[Place]]:
    """SQLite files in that folder, and a PostgreSQL server of our own, if one can be started here."""
    places = [sqlite_in(folder)]
    try:
        server = postgresql.start(DURABLE)
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
    parser.add_argument("--ledger", type=int, metavar="CASES", help="only the ledger, with so many cases")
    asked = parser.parse_args(arguments)
    size = QUICK if asked.quick else FULL
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    began = perf_counter()
    with TemporaryDirectory(prefix="mingda-bench-") as folder, both(Path(folder)) as places:
        if not asked.ledger:
            _tables(size, places, Path(folder))
        crowd = asked.ledger or size.crowd
        say(f"\n{f'the ledger with {crowd:,} cases, p95':<52}{'Mingda':>10}{'floor':>10}{'ratio':>9}   aim")
        for place in places:
            for measured in ledger_page.measure(place, Path(folder), crowd, size.requests):
                say(line(measured))
    if not asked.ledger:
        _letters(size)
    say(f"\nThe ratio is the median of the rounds. Took {timedelta(seconds=round(perf_counter() - began))}.")


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

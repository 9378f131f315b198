"""The benchmarks run and report; how fast they find it here is for people to judge."""

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select

from bench import letters, pages, weasy
from bench.__main__ import Size, answer, both, comparison, line, measurements, other
from bench.city import build
from bench.kept import city_in
from bench.letters import FROZEN, Compared
from bench.measure import Measured, side_by_side
from bench.office import LIFE, office_in, opened, prepared
from bench.places import Place, postgresql_at, sqlite_in
from bench.sweep import TODAY, crowded
from bench.writes import recording, write
from letters.document import read
from letters.pdf import Press
from tests import postgresql
from tests.letters.sheets import pages as pages_of
from workflow.casefile import open_file
from workflow.queries import ledger as ledger_queries
from workflow.queries.ledger import Filter
from workflow.store import Store
from workflow.tables import AGENCIES, CASES, EVENTS
from workflow.timers import lapsing
from workflow.vocabulary import Role, State

TINY = Size(
    rounds=1,
    due_dates=2,
    lives=1,
    cases=12,
    lapsed=6,
    rows=3,
    letters=2,
    batch=2,
    crowd=60,
    requests=2,
)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Scratch databases of each kind."""
    if request.param == "sqlite":
        return sqlite_in(tmp_path)
    server: psycopg.Connection = request.getfixturevalue("postgresql_server")
    return postgresql_at(postgresql.url_of(server.info.host, "postgres"))


def rows_of(store: Store) -> dict[str, list[Any]]:
    """Everything that stands in a database."""
    with store.reading() as session:
        tables = {name: table for name, table in CASES.metadata.tables.items() if name != "alembic_version"}
        return {name: sorted(session.execute(select(t)).all(), key=str) for name, t in tables.items()}


def test_every_measurement_reports_its_figure_its_floor_and_their_ratio(place: Place, tmp_path: Path) -> None:
    found = list(measurements(TINY, [place], tmp_path))

    names = ["due date", "a life of 12 acts", "a sweep", "a look at a ledger of 3 rows", "a ledger of 3 rows"]
    assert [measured.name.split(",")[0] for measured in found] == names
    assert all(measured.ours > 0 and measured.floor > 0 and measured.ratio > 0 for measured in found)
    assert all(f"{measured.ratio:.1f}×" in line(measured) for measured in found)


def test_the_pages_are_measured_request_by_request_beside_their_bare_queries(
    place: Place, tmp_path: Path
) -> None:
    url = build(place, TINY.crowd, TODAY)

    found = list(pages.measure(place, url, tmp_path, TINY.requests, "supervisor"))

    names = [f"supervisor, {name}" for name in pages.ASKED[Role.SUPERVISOR]]
    assert [answered.name for answered in found] == names
    assert all(0 < answered.half <= answered.nearly_all and answered.floor > 0 for answered in found)
    assert all(f"{answered.ratio:.1f}×" in answer(answered) for answered in found)


def test_only_the_pages_that_are_asked_for_are_measured(place: Place, tmp_path: Path) -> None:
    url = build(place, TINY.crowd, TODAY)

    found = list(pages.measure(place, url, tmp_path, TINY.requests, "clerk, case file"))

    assert [answered.name for answered in found] == [
        "clerk, case file, 8 events",
        "clerk, case file, 200 events",
    ]


def test_a_city_is_as_large_as_was_asked_for_found_by_its_words_and_has_one_long_case(place: Place) -> None:
    with opened(build(place, TINY.crowd, TODAY)) as store, store.reading() as session:
        agencies = frozenset(session.execute(select(AGENCIES.c.id)).scalars())
        counts = [
            ledger_queries.count(session, agencies, Filter(words=words), TODAY, most=TINY.crowd + 2)
            for words in ("", "街道", "飞机场")
        ]
        by_case = select(func.count()).select_from(EVENTS).group_by(EVENTS.c.case_id)
        longest = by_case.order_by(func.count().desc()).limit(1)

        assert counts == [TINY.crowd + 1, TINY.crowd, 0]
        assert session.execute(longest).scalar_one() == 200


def test_a_city_stands_as_its_log_tells(place: Place) -> None:
    with opened(build(place, TINY.crowd, TODAY)) as store, store.reading() as session:
        for row in session.execute(select(CASES.c.number, CASES.c.state, CASES.c.version)).all():
            file = open_file(session, row.number)

            assert (file.history.state, len(file.log.events)) == (row.state, row.version)


def test_a_city_that_is_kept_is_built_once(tmp_path: Path) -> None:
    place = sqlite_in(tmp_path)

    first, second = (city_in(tmp_path, place, TINY.crowd, TODAY) for _ in range(2))

    assert first == second


def test_a_server_whose_folder_is_kept_finds_its_databases_again() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # The server is not run as root.

        def built() -> list[str]:
            with both(folder, kept=True) as places:
                return [city_in(folder, place, TINY.crowd, TODAY) for place in places]

        first, second = built(), built()

    assert first == second


def test_the_floor_leaves_the_very_rows_that_the_life_left(place: Place) -> None:
    start = prepared(place)
    lived, copied = place.copy(start), place.copy(start)
    with opened(lived) as store, recording(store.engine) as transactions:
        office_in(store).live(LIFE)

    connection = place.connect(copied)
    write(place, connection, transactions)
    connection.close()

    with opened(lived) as store, opened(copied) as bare:
        assert rows_of(bare) == rows_of(store)
        assert len(rows_of(store)["events"]) == 1 + len(LIFE)


def test_the_crowd_holds_as_many_open_and_as_many_lapsing_cases_as_were_asked_for(place: Place) -> None:
    with opened(crowded(place, cases=12, lapsed=6)) as store, store.session() as session:
        count = select(func.count()).select_from(CASES).where(CASES.c.state != State.CONCLUDED)

        assert session.execute(count).scalar_one() == 12
        assert len(list(lapsing(session, TODAY))) == 6


def test_the_ratio_is_the_median_of_the_rounds_not_the_ratio_of_the_medians() -> None:
    ours, floor = iter([1.0, 6.0, 4.0]), iter([1.0, 2.0, 4.0])

    measured = side_by_side("x", lambda: next(ours), lambda: next(floor), rounds=3, per_round=2, aim="")

    assert measured == Measured("x", ours=2.0, floor=1.0, ratio=1.0, aim="")


# --- Letters ----------------------------------------------------------------------------------------------


def test_letters_are_measured_beside_weasyprint_where_it_is_there() -> None:
    beside = other()

    found = list(letters.measure(TINY.letters, TINY.batch, beside))

    names = ["PDF, median", "PDF, 95th percentile", "Word, median", "Word, 95th percentile"]
    assert [compared.name.removeprefix("a letter of one page as ") for compared in found[:4]] == names
    assert [compared.name for compared in found[4:]] == [
        "2 letters in one PDF",
        "2 letters in one PDF, memory",
    ]
    assert all(compared.ours > 0 for compared in found)
    assert [bool(compared.theirs) for compared in found] == [
        bool(beside) and "Word" not in each.name for each in found
    ]


def test_without_weasyprint_letters_are_measured_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    beside = other()

    assert beside is None
    assert "WeasyPrint is left out" in capsys.readouterr().out
    with pytest.raises(weasy.Unavailable):
        weasy.converter()


def test_a_line_of_letters_says_how_many_times_faster_they_are() -> None:
    beside = comparison(Compared("a letter", ours=0.010, theirs=0.055, aim="≤ 15 ms"))
    alone = comparison(Compared("a letter", ours=0.010, theirs=None, aim="≤ 15 ms"))

    assert beside.split() == ["a", "letter", "10.0", "ms", "55.0", "ms", "5.5×", "≤", "15", "ms"]
    assert alone.split() == ["a", "letter", "10.0", "ms", "–", "≤", "15", "ms"]


def test_every_letter_that_is_measured_has_one_page_and_none_is_like_another() -> None:
    press = Press()

    printed = [pages_of(press.pdf([read(FROZEN.format(n=n))], on=date(2026, 7, 25))) for n in (1, 500)]

    assert [len(letter) for letter in printed] == [1, 1]
    assert printed[0] != printed[1]

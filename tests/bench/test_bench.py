"""The benchmarks run and report; how fast they find it here is for people to judge."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select

from bench.__main__ import Size, line, measurements
from bench.measure import Measured, side_by_side
from bench.office import LIFE, office_in, opened, prepared
from bench.places import Place, postgresql_at, sqlite_in
from bench.sweep import TODAY, crowded
from bench.writes import recording, write
from tests import postgresql
from workflow.store import Store
from workflow.tables import CASES
from workflow.timers import lapsing
from workflow.vocabulary import State

TINY = Size(rounds=1, due_dates=2, lives=1, cases=12, lapsed=6, rows=3)


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

    names = ["due date", "a life of 12 acts", "a sweep", "a ledger of 3 rows"]
    assert [measured.name.split(",")[0] for measured in found] == names
    assert all(measured.ours > 0 and measured.floor > 0 and measured.ratio > 0 for measured in found)
    assert all(f"{measured.ratio:.1f}×" in line(measured) for measured in found)


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

"""How the database is opened: what never reaches a log, who waits for whom, and what is given back."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import QueuePool

from tests.office import FIRST_DAY, Office
from workflow.errors import Refused
from workflow.store import Store, open_engine
from workflow.tables import AGENCIES, CASES, TERMS
from workflow.vocabulary import Action, Role, State


def test_parameters_are_hidden(store: Store) -> None:
    assert store.engine.hide_parameters
    assert store.reader.hide_parameters


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_survives_a_power_cut_and_keeps_its_foreign_keys(store: Store) -> None:
    with store.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_an_address_without_driver_is_opened_by_psycopg_3() -> None:
    engine = open_engine("postgresql://user@localhost/mingda")

    assert engine.dialect.driver == "psycopg"


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    row = {"case_id": 99, "name": "reply", "no": 1, "article": "33", "runs_from": FIRST_DAY}

    with pytest.raises(IntegrityError), store.transaction() as session:
        session.execute(insert(TERMS), {**row, "due_on": FIRST_DAY, "status": "running", "event_seq": 1})


def test_a_look_does_not_wait_for_a_writer_nor_see_what_is_not_committed(office: Office) -> None:
    number = office.case_at(State.SCREENING)
    with office.store.transaction() as writing:
        writing.execute(CASES.update().values(unit="测绘科"))
        started = monotonic()
        with office.store.reading() as looking:
            seen = looking.execute(select(CASES.c.unit).where(CASES.c.number == number)).scalar_one()
        waited = monotonic() - started

    assert seen is None
    assert waited < 5  # The writer would have been waited for until its lock times out, in ten seconds.


def test_a_writer_does_not_wait_for_a_look(office: Office) -> None:
    office.case_at(State.SCREENING)

    with office.store.reading() as looking:
        looking.execute(select(CASES)).all()
        office.register()


def test_a_look_sees_one_moment_throughout(office: Office) -> None:
    with office.store.reading() as looking:
        before = looking.execute(select(CASES.c.number)).all()
        office.register()
        during = looking.execute(select(CASES.c.number)).all()
    with office.store.reading() as looking:
        after = looking.execute(select(CASES.c.number)).all()

    assert (len(before), len(during), len(after)) == (0, 0, 1)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_look_cannot_write(office: Office) -> None:
    with pytest.raises(DBAPIError, match="read-only"), office.store.reading() as session:
        session.execute(AGENCIES.update().values(phone="1"))


def test_a_writer_after_a_look_on_the_same_connection_can_write(database_url: str, office: Office) -> None:
    engine = open_engine(database_url, pool_size=1)
    store = Store(engine, office.store.seal, office.store.issue_letter)
    for _ in range(3):
        with store.reading() as session:
            session.execute(select(CASES)).all()
        with store.transaction() as session:
            session.execute(AGENCIES.update().values(phone="1"))
    engine.dispose()


def test_two_writers_wait_for_each_other_and_both_get_through(office: Office) -> None:
    office.staff(Role.CLERK)
    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(lambda _: office.register(), range(24)))

    assert len(set(numbers)) == 24


def test_whatever_happens_the_connection_is_given_back(office: Office) -> None:
    number = office.case_at(State.CONCLUDED)

    for _ in range(20):  # More than the pool holds.
        with pytest.raises(Refused):
            office.do(number, Action.EXTEND, FIRST_DAY, workdays=5, reason="x")
        with pytest.raises(DBAPIError), office.store.reading() as session:
            session.execute(text("SELECT nonsense"))

    pool = office.store.engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedout() == 0


def test_a_full_pool_says_so_soon(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow.store.POOL_TIMEOUT_S", 0.1)
    engine = open_engine(database_url, pool_size=1)

    with engine.connect(), pytest.raises(NoConnection):
        engine.connect()
    engine.dispose()

"""An act leaves all of it or nothing, whatever fails, and whoever is killed (H39)."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from tests import processes
from tests.database.test_audit import breaks
from tests.office import FIRST_DAY, Office, morning
from tests.story import ZHANG
from workflow.correspondence import LetterOrder, WrittenLetter
from workflow.outbox import deliver
from workflow.store import Store
from workflow.tables import CASES, COUNTERS, LETTERS
from workflow.vocabulary import Action, Role, State

LATER = FIRST_DAY + timedelta(days=9)
#: Acts that send a letter to an applicant who is told of it by mail, and where they are possible.
SENDING: dict[Action, tuple[State, dict[str, Any]]] = {
    Action.REGISTER: (State.SUBMITTED, {}),
    Action.REQUEST_CLARIFICATION: (State.SCREENING, {"items": ["请明确年份"]}),
    Action.EXTEND: (State.PROCESSING, {"workdays": 5, "reason": "案情复杂"}),
    Action.CONSULT_THIRD_PARTY: (State.PROCESSING, {"name": "甲公司"}),
    Action.ASSESS_FEE: (State.PROCESSING, {"basis": "per_page", "pages": 68}),
    Action.ISSUE_REPLY: (State.APPROVED, {"method": "online"}),
    Action.WITHDRAW: (State.PROCESSING, {}),
}


class Broken(Exception):
    """What goes wrong in these tests."""


WENT_WRONG = (Broken, DBAPIError)


def contents(store: Store) -> Mapping[str, Any]:
    """Everything that the database holds."""
    with store.engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table)).all()))
            for name, table in SQLModel.metadata.tables.items()
            if name not in ("users", "user_roles")
        }


@contextmanager
def broken_writer(store: Store) -> Iterator[None]:
    """The letter cannot be written."""

    def fail(order: LetterOrder) -> WrittenLetter:
        raise Broken(order.kind)

    right, store.issue_letter = store.issue_letter, fail
    yield
    store.issue_letter = right


@contextmanager
def broken_commit(store: Store) -> Iterator[None]:
    """The database refuses the commit itself, at the last moment."""
    with BROKEN_COMMIT[store.engine.dialect.name](store.engine):
        yield


@contextmanager
def _no_commit_on_sqlite(engine: Engine) -> Iterator[None]:
    used: list[sqlite3.Connection] = []

    def deny(connection: Connection) -> None:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        used.append(driver)
        driver.set_authorizer(lambda _kind, verb, *_rest: verb == "COMMIT")

    event.listen(engine, "begin", deny)
    yield
    event.remove(engine, "begin", deny)
    for each in used:
        each.set_authorizer(None)


@contextmanager
def _no_commit_on_postgresql(engine: Engine) -> Iterator[None]:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE CONSTRAINT TRIGGER no_commit AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION refuse_event_change()"
        )
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER no_commit ON events")


BROKEN_COMMIT = {"sqlite": _no_commit_on_sqlite, "postgresql": _no_commit_on_postgresql}


@pytest.mark.parametrize("broken", [broken_writer, broken_commit])
@pytest.mark.parametrize("action", SENDING)
def test_h39_an_act_that_fails_leaves_nothing_and_sends_nothing(
    office: Office, action: Action, broken: Any
) -> None:
    state, body = SENDING[action]
    number = office.case_at(state)
    office.staff(Role.HEAD), office.staff(Role.HANDLER)
    before = contents(office.store)

    with broken(office.store), pytest.raises(WENT_WRONG):
        office.do(number, action, LATER, **body)

    assert contents(office.store) == before
    office.do(number, action, LATER, **body)
    assert contents(office.store) != before


@pytest.mark.parametrize("broken", [broken_writer, broken_commit])
def test_h39_a_registration_that_fails_uses_no_number(office: Office, broken: Any) -> None:
    first = office.register()
    with broken(office.store), pytest.raises(WENT_WRONG):
        office.register()

    assert office.register() == first.replace("0001", "0002")


def test_h39_no_mail_leaves_for_an_act_that_failed(office: Office) -> None:
    sent: list[Any] = []
    number = office.case_at(State.SUBMITTED, applicant=ZHANG | {"contact": {"email": "zhang@example.org"}})
    with broken_commit(office.store), pytest.raises(WENT_WRONG):
        office.do(number, Action.REGISTER, FIRST_DAY)

    with office.store.session() as session:
        deliver(session, sent.append, morning(LATER))

    assert sent == []


@pytest.mark.parametrize("action", [Action.REGISTER, Action.ASSESS_FEE, Action.ISSUE_REPLY])
def test_a_process_killed_while_it_writes_a_letter_leaves_nothing(
    office: Office, database_url: str, action: Action
) -> None:
    state, body = SENDING[action]
    number = office.case_at(state)
    before = contents(office.store)
    ours, theirs = processes.CONTEXT.Pipe()
    arguments = (database_url, number, action, body, LATER, theirs)
    process = processes.CONTEXT.Process(target=processes.act_and_hang, args=arguments)
    process.start()
    assert ours.poll(30)

    process.kill()
    process.join()

    assert contents(office.store) == before
    office.do(number, action, LATER, **body)  # And nothing of it stands in the way.
    assert breaks(office.store) == []


@pytest.mark.parametrize("after", [1, 4, 11])
def test_a_process_killed_anywhere_leaves_whole_acts_only(
    office: Office, database_url: str, after: int
) -> None:
    ours, theirs = processes.CONTEXT.Pipe()
    arguments = (database_url, office.agency.code, FIRST_DAY, theirs)
    process = processes.CONTEXT.Process(target=processes.register_without_end, args=arguments)
    process.start()
    told = [ours.recv() for _ in range(after)]

    process.kill()
    process.join()

    with office.store.reading() as session:
        numbers = list(session.execute(select(CASES.c.number).order_by(CASES.c.id)).scalars())
        counted = list(session.execute(select(COUNTERS.c.value)).scalars())
        receipts = session.execute(select(func.count()).select_from(LETTERS)).scalar_one()
    assert numbers[:after] == told
    assert counted == [len(numbers)] * 2  # Case numbers and receipts: none taken in vain.
    assert receipts == len(numbers)
    assert breaks(office.store) == []

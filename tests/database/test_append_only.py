"""The database itself refuses to change or to forget an event."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.office import Office
from workflow.vocabulary import State


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET on_date = '2026-06-30' WHERE seq = 1",
        "UPDATE events SET facts = '{}'",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events",
    ],
)
def test_events_are_neither_changed_nor_deleted(office: Office, statement: str) -> None:
    office.case_at(State.PROCESSING)

    with pytest.raises(DBAPIError, match="append-only"), office.store.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement", ["TRUNCATE events", "TRUNCATE events CASCADE", "TRUNCATE cases CASCADE"]
)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_events_are_not_truncated(office: Office, statement: str) -> None:
    office.case_at(State.PROCESSING)

    with pytest.raises(DBAPIError, match="append-only"), office.store.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_case_with_events_is_not_deleted(office: Office) -> None:
    office.case_at(State.SUBMITTED)

    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), office.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM cases"))

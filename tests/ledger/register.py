"""What the register holds after an import."""

from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from tests.ledger.sheets import TODAY
from workflow import audit
from workflow.casefile import open_file
from workflow.queries.describe import describe
from workflow.store import Store
from workflow.tables import AGENCIES, CASES, EVENTS, LETTERS, OUTBOX, SEALED, TERMS


def case(store: Store, number: str, as_of: date = TODAY) -> dict[str, Any]:
    """The case as outsiders are told of it."""
    with store.reading() as session:
        return describe(session, open_file(session, number), as_of)


def rows(store: Store) -> list[Row[Any]]:
    """Every case, oldest first."""
    with store.reading() as session:
        return list(session.execute(select(CASES).order_by(CASES.c.id)).all())


def numbers(store: Store) -> list[str]:
    """The number of every case, oldest first."""
    return [str(each.number) for each in rows(store)]


def sizes(store: Store) -> dict[str, int]:
    """How many rows there are of everything that an import could write."""
    tables = (AGENCIES, CASES, EVENTS, SEALED, TERMS, LETTERS, OUTBOX)
    with store.reading() as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }


def broken(store: Store) -> list[str]:
    """What the audit finds that is not as it was written."""
    with store.session() as session:
        return [f"{each.number}: {each.what}" for each in audit.verify(session) if each]


def said(store: Store) -> str:
    """Everything that stands in the events in plain words."""
    with store.reading() as session:
        return repr(session.execute(select(EVENTS)).all())

"""A hand that changes the database behind the program's back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, select, text

from workflow.log import GENESIS, chain_hash
from workflow.store import Store
from workflow.tables import APPEND_ONLY, CASES, EVENTS


@contextmanager
def behind(store: Store) -> Iterator[Connection]:
    """A connection on which events can be changed: their triggers are off, and on again afterwards."""
    with store.engine.begin() as connection:
        _forbid(connection, "DISABLE")
        yield connection
        _forbid(connection, "ENABLE")


def _forbid(connection: Connection, verb: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE events {verb} TRIGGER USER")
        return
    for statement in APPEND_ONLY["sqlite"]:
        name = statement.split()[2]
        connection.exec_driver_sql(statement if verb == "ENABLE" else f"DROP TRIGGER {name}")


def case_id(connection: Connection, number: str) -> int:
    """The key of a case."""
    return int(connection.execute(select(CASES.c.id).where(CASES.c.number == number)).scalar_one())


def change(store: Store, number: str, seq: int, **values: Any) -> None:
    """Change an event."""
    with behind(store) as connection:
        wanted = (EVENTS.c.case_id == case_id(connection, number)) & (EVENTS.c.seq == seq)
        connection.execute(EVENTS.update().where(wanted).values(**values))


def relink(store: Store, number: str) -> None:
    """Make the chain of a case fit again: every hash anew, as somebody does who knows how."""
    with behind(store) as connection:
        query = select(EVENTS).where(EVENTS.c.case_id == case_id(connection, number)).order_by(EVENTS.c.seq)
        previous = GENESIS
        for row in connection.execute(query).all():
            linked: Mapping[str, Any] = {**row._asdict(), "previous_hash": previous}
            previous = chain_hash(linked)
            values = {"previous_hash": linked["previous_hash"], "hash": previous}
            connection.execute(EVENTS.update().where(EVENTS.c.id == row.id).values(**values))


def execute(store: Store, statement: str, **values: Any) -> int:
    """Any other statement; gives how many rows it met."""
    with behind(store) as connection:
        return connection.execute(text(statement), values).rowcount

"""The floor: what our code has written, recorded once, and written again by the bare driver."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

from bench.places import Place

WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Write:
    """One statement as the driver was given it."""

    statement: str
    parameters: Any
    many: bool


Transaction = tuple[Write, ...]


@contextmanager
def recording(engine: Engine) -> Iterator[list[Transaction]]:
    """The writes of every transaction that is committed within; reads are left out."""
    committed: list[Transaction] = []
    pending: list[Write] = []

    def on_execute(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(WRITES):
            pending.append(Write(statement, parameters, many))

    def on_commit(_connection: Any) -> None:
        if pending:
            committed.append(tuple(pending))
        pending.clear()

    def on_rollback(_connection: Any) -> None:
        pending.clear()

    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": on_execute,
        "commit": on_commit,
        "rollback": on_rollback,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield committed
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)


def write(place: Place, connection: Any, transactions: Iterable[Transaction]) -> None:
    """The same statements with the same parameters, in as many transactions."""
    for transaction in transactions:
        cursor = connection.cursor()
        if place.begin:
            cursor.execute(place.begin)
        for each in transaction:
            (cursor.executemany if each.many else cursor.execute)(each.statement, each.parameters)
            if cursor.description:
                cursor.fetchall()
        connection.commit()
        cursor.close()

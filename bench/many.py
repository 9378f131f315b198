"""Thirty thousand open cases in seconds: a few are lived through, the others are copies of their rows."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Table, text

from workflow.store import Store
from workflow.tables import CASES, EVENTS, TERMS

#: What differs between a case and its copy, as SQL over the row and the copy's number `n`.
COPIED: Mapping[Table, Mapping[str, str]] = {
    CASES: {
        "id": ":first + n",
        "number": "number || '-' || n",
        "tracking_digest": "tracking_digest || '-' || n",
    },
    EVENTS: {"case_id": ":first + n", "hash": "hash || '-' || n"},
    TERMS: {"case_id": ":first + n"},
}


def multiply(store: Store, wanted: Iterable[tuple[str, int]]) -> None:
    """Let each of these cases be there as often as said, itself included.

    Letters and encrypted texts are not copied: a sweep reads neither.
    """
    with store.engine.begin() as connection:
        first = 1_000
        for number, times in wanted:
            _copy(connection, number, times - 1, first)
            first += times
        connection.exec_driver_sql("ANALYZE")


def _copy(connection: Connection, number: str, times: int, first: int) -> None:
    case_id = connection.scalar(text("SELECT id FROM cases WHERE number = :number"), {"number": number})
    values = {"case_id": case_id, "times": times, "first": first}
    for table, changed in COPIED.items():
        names = [column.name for column in table.c if column.name != "id" or "id" in changed]
        shown = ", ".join(changed.get(name, name) for name in names)
        key = "id" if table is CASES else "case_id"
        connection.execute(
            text(
                "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < :times) "
                f"INSERT INTO {table.name} ({', '.join(names)}) "
                f"SELECT {shown} FROM {table.name}, copies WHERE {key} = :case_id"
            ),
            values,
        )

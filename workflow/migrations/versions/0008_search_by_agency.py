"""The index of words knows whose each case is: a word that all agencies use is found among the own."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from workflow.grams import pieces

revision = "0008"
down_revision = "0007"

BATCH = 5_000
TEXTS = ("number", "intake_number", "title", "description", "applicant_name")
CASES = sa.table("cases", sa.column("id"), sa.column("agency_id"), *(sa.column(name) for name in TEXTS))
OF_AGENCY = "\ue000"


def upgrade() -> None:
    """Add the piece of the agency to every case."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _anew(connection)
        return
    op.drop_index("ix_case_search_words", "case_search")
    connection.execute(
        sa.text(
            "UPDATE case_search "
            "SET words = words || array_to_tsvector(ARRAY[:sign || CAST(cases.agency_id AS text)]) "
            "FROM cases WHERE cases.id = case_id"
        ).bindparams(sa.bindparam("sign", OF_AGENCY, sa.Text))
    )
    op.create_index("ix_case_search_words", "case_search", ["words"], postgresql_using="gin")


def _anew(connection: sa.Connection) -> None:
    """SQLite keeps no copy of what it indexes: nothing can be added to it."""
    connection.exec_driver_sql("INSERT INTO case_search (case_search) VALUES ('delete-all')")
    last = 0
    while rows := _next(connection, last):
        connection.exec_driver_sql(
            "INSERT INTO case_search (rowid, words) VALUES (?, ?)", [_found_by(row) for row in rows]
        )
        last = rows[-1].id


def _next(connection: sa.Connection, last: int) -> Sequence[sa.Row[Any]]:
    query = sa.select(CASES).where(CASES.c.id > last).order_by(CASES.c.id).limit(BATCH)
    return connection.execute(query).all()


def _found_by(row: sa.Row[Any]) -> tuple[int, str]:
    words = pieces(*(row._mapping[name] or "" for name in TEXTS))
    return row.id, " ".join([*words, f"{OF_AGENCY}{row.agency_id}"])

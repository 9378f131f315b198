"""An index of words, by which cases are found, the indexes of the ledger, and views of it that are kept."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from workflow.grams import pieces

revision = "0004"
down_revision = "0003"

BATCH = 1_000
TEXTS = ("number", "intake_number", "title", "description", "applicant_name")
CASES = sa.table("cases", sa.column("id"), *(sa.column(name) for name in TEXTS))
TABLES = {
    "sqlite": [
        "CREATE VIRTUAL TABLE case_search USING fts5 "
        "(words, content='', columnsize=0, detail=none, tokenize='ascii')"
    ],
    "postgresql": [
        "CREATE TABLE case_search ("
        "case_id INTEGER NOT NULL PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE, "
        "words TSVECTOR NOT NULL)",
        "CREATE INDEX ix_case_search_words ON case_search USING gin (words)",
    ],
}
ADD = {
    "sqlite": sa.text("INSERT INTO case_search (rowid, words) VALUES (:case_id, :words)"),
    "postgresql": sa.text(
        "INSERT INTO case_search (case_id, words) "
        "VALUES (:case_id, array_to_tsvector(string_to_array(CAST(:words AS text), ' ')))"
    ),
}


def upgrade() -> None:
    """Add the index and let everything be found that is there already."""
    op.create_index("ix_cases_state", "cases", ["agency_id", "state", "id"])
    op.create_index("ix_cases_unit", "cases", ["agency_id", "unit", "id"])
    op.create_index("ix_cases_handler", "cases", ["agency_id", "handler_id", "id"])
    op.create_index("ix_cases_decision", "cases", ["agency_id", "decision", "id"])
    op.create_index("ix_cases_concluded", "cases", ["agency_id", "concluded_on"])
    op.create_index("ix_cases_agency", "cases", ["agency_id", "id"])
    _views()
    connection = op.get_bind()
    for statement in TABLES[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    last = 0
    while rows := _next(connection, last):
        connection.execute(ADD[connection.dialect.name], [_found_by(row) for row in rows])
        last = rows[-1].id


def _views() -> None:
    op.create_table(
        "ledger_views",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agencies.id"), nullable=False),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("query", sa.String, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("user_id", "name"),
    )
    op.create_index("ix_ledger_views_agency", "ledger_views", ["agency_id"])


def _next(connection: sa.Connection, last: int) -> Sequence[sa.Row[Any]]:
    query = sa.select(CASES).where(CASES.c.id > last).order_by(CASES.c.id).limit(BATCH)
    return connection.execute(query).all()


def _found_by(row: sa.Row[Any]) -> dict[str, Any]:
    return {"case_id": row.id, "words": " ".join(pieces(*(row._mapping[name] or "" for name in TEXTS)))}

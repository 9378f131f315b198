"""The index of words: a full-text table of SQLite, lexemes with a GIN index on PostgreSQL."""

from typing import Any

from sqlalchemy import Connection, event
from sqlmodel import SQLModel

#: Each keeps the pieces of a case's texts (workflow/grams.py) under the key of the case. SQLite keeps no
#: copy of the text: what is to be forgotten has to be told in full.
SEARCH = {
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


@event.listens_for(SQLModel.metadata.tables["cases"], "after_create")
def _add_search(_table: Any, connection: Connection, **_options: Any) -> None:
    for statement in SEARCH[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@event.listens_for(SQLModel.metadata.tables["cases"], "before_drop")
def _drop_search(_table: Any, connection: Connection, **_options: Any) -> None:
    connection.exec_driver_sql("DROP TABLE IF EXISTS case_search")

"""schema.sql, the classes of workflow/tables and the migrations describe one database."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from tests.database.structure import structure
from workflow.migrations import upgrade
from workflow.migrations.schema import statements, words_of

OLDEST = Path(__file__).with_name("schema_0001.sql")


def of_text(engine: Engine, text: Iterable[str]) -> set[str]:
    """The structure that those statements make of an empty database, which stays empty."""
    with engine.connect() as connection:
        for statement in text:
            connection.exec_driver_sql(statement)
        found = structure(connection)
        connection.rollback()
    return found


@cache
def of_classes(engine: Engine) -> set[str]:
    """The structure that the classes of workflow/tables make of an empty database, which stays empty."""
    with engine.connect() as connection:
        SQLModel.metadata.create_all(connection, checkfirst=False)
        found = structure(connection)
        connection.rollback()
    return found


def test_the_text_and_the_classes_make_the_same_database(scratch: Engine) -> None:
    assert of_text(scratch, statements(scratch.dialect.name)) == of_classes(scratch)


def test_the_migrations_lead_to_the_database_of_the_text(empty: Engine) -> None:
    text = of_text(empty, statements(empty.dialect.name))

    upgrade(empty)

    with empty.connect() as connection:
        assert structure(connection) == text


def test_an_older_database_comes_to_the_same_and_keeps_what_is_in_it(empty: Engine) -> None:
    dialect = empty.dialect.name
    text = of_text(empty, statements(dialect))
    with empty.begin() as connection:
        for statement in statements(dialect, words_of(OLDEST, dialect)):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        connection.exec_driver_sql("INSERT INTO installation VALUES ('kept', 'yes')")

    upgrade(empty)

    with empty.connect() as connection:
        assert structure(connection) == text
        assert connection.exec_driver_sql("SELECT value FROM installation").scalar_one() == "yes"


def test_a_second_upgrade_changes_nothing(empty: Engine) -> None:
    upgrade(empty)
    with empty.connect() as connection:
        before = structure(connection)

    upgrade(empty)

    with empty.connect() as connection:
        assert structure(connection) == before


#: What the comparison must notice: a piece of schema.sql, and what a careless edit makes of it.
SLIPS = {
    "an index left out": ("CREATE INDEX ix_cases_received ON cases (agency_id, received_on, id);", ""),
    "an index without its condition": (" WHERE sent_at IS NULL AND given_up_at IS NULL", ""),
    "an index with another condition": ("AND name <> 'reply'", ""),
    "an index on other columns": ("(agency_id, id_index, received_on)", "(agency_id, id_index)"),
    "a unique constraint left out": ("    UNIQUE (case_id, seq)\n", "    CHECK (seq > 0)\n"),
    "a unique column that is not": ("number VARCHAR NOT NULL UNIQUE,", "number VARCHAR NOT NULL,"),
    "a column that may be empty": ("title VARCHAR NOT NULL", "title VARCHAR"),
    "a column of another type": ("due_on DATE,", "due_on VARCHAR,"),
    "a shorter word": ("role VARCHAR(32) NOT NULL,\n    user_id", "role VARCHAR(16) NOT NULL,\n    user_id"),
    "a column left out": ("    pieces INTEGER, ", "-- "),
    "a default that is not": ("attempts INTEGER NOT NULL", "attempts INTEGER NOT NULL DEFAULT 0"),
    "a foreign key left out": ("handler_id INTEGER REFERENCES users (id)", "handler_id INTEGER"),
    "a foreign key to elsewhere": (
        "split_of_id INTEGER REFERENCES cases (id)",
        "split_of_id INTEGER REFERENCES users (id)",
    ),
    "a key of fewer columns": ("PRIMARY KEY (agency_id, year, series)", "PRIMARY KEY (agency_id, year)"),
    "a check that only one of them has": (
        "value INTEGER NOT NULL",
        "value INTEGER NOT NULL CHECK (value > 0)",
    ),
    "a table left out": (
        "CREATE TABLE installation (\n    name VARCHAR NOT NULL PRIMARY KEY,\n    value VARCHAR NOT NULL\n);",
        "",
    ),
    "a trigger on another verb": ("events_no_delete BEFORE DELETE ON", "events_no_delete BEFORE INSERT ON"),
    "a trigger that says something else": ("append-only", "to be appended to"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_the_comparison_notices(scratch: Engine, slip: str) -> None:
    piece, other = SLIPS[slip]
    text = "\0".join(statements(scratch.dialect.name))
    assert piece in text

    assert of_text(scratch, text.replace(piece, other).split("\0")) != of_classes(scratch)

"""Many plain rows into a database at once: COPY on PostgreSQL, one transaction on SQLite, indexes last."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from typing import Any

import psycopg
from psycopg import sql

from bench.courses import EVENT
from bench.crowd import AGENCY, CASE, DESCRIPTION, NAME, NUMBER, TERM, TITLE, Invented, Row
from bench.places import Place
from workflow.search import words_of

FILLED = ("cases", "events", "terms", "case_search")
BATCH = 10_000


def load(place: Place, url: str, cases: Iterator[Invented]) -> None:
    """Write the cases with their events, terms and words; foreign keys are not looked up."""
    with closing(place.connect(url)) as connection:
        if isinstance(connection, sqlite3.Connection):
            _into_sqlite(connection, cases)
        else:
            _into_postgresql(connection, cases)


def _tables(batch: Sequence[Invented], key: str) -> Iterator[tuple[str, Sequence[str], Iterator[Row]]]:
    yield "cases", CASE, (each.case for each in batch)
    yield "events", EVENT, chain.from_iterable(each.events for each in batch)
    yield "terms", TERM, (each.term for each in batch)
    yield "case_search", (key, "words"), ((each.case[0], _words(each.case)) for each in batch)


def _words(case: Row) -> str:
    return words_of(case[AGENCY], case[NUMBER], case[TITLE], case[DESCRIPTION], case[NAME])


# --- SQLite ----------------------------------------------------------------------------------------------


def _into_sqlite(connection: sqlite3.Connection, cases: Iterator[Invented]) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    connection.execute("BEGIN")
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = 'cases'"
    ).fetchall()
    for name, _made in found:
        connection.execute(f"DROP INDEX {name}")
    while batch := list(islice(cases, BATCH)):
        for table, columns, rows in _tables(batch, "rowid"):
            places = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)
    for _name, made in found:
        connection.execute(made)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


# --- PostgreSQL ------------------------------------------------------------------------------------------


def _into_postgresql(connection: psycopg.Connection[Any], cases: Iterator[Invented]) -> None:
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET maintenance_work_mem = '1GB'")
    with _without_indexes(connection):
        while batch := list(islice(cases, BATCH)):
            for table, columns, rows in _tables(batch, "case_id"):
                _copy(connection, table, columns, rows)
    connection.execute("SELECT setval(pg_get_serial_sequence('cases', 'id'), max(id)) FROM cases")
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")


def _copy(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Iterator[Row]
) -> None:
    """Rows as lines; none of the invented texts has a tab or a backslash."""
    lines = "\n".join("\t".join(["\\N" if each is None else str(each) for each in row]) for row in rows)
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    asked = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), named)
    with connection.cursor() as cursor, cursor.copy(asked) as copy:
        copy.write(lines + "\n")


@contextmanager
def _without_indexes(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Take the indexes away that no key needs, and make them again."""
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s) "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [list(FILLED)],
    ).fetchall()
    for name, _made in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _name, made in found:
        connection.execute(made)

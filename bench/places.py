"""Where scratch databases live: files in a folder, or a PostgreSQL server; and the bare driver to them."""

import secrets
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from workflow.grams import plain


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two databases: how to get an empty one, a copy of one, and a bare connection to it."""

    name: str
    empty: Callable[[], str]
    copy: Callable[[str], str]
    connect: Callable[[str], Any]
    #: What has to be said before the first write of a transaction, if the driver does not say it.
    begin: str | None


def sqlite_in(folder: Path) -> Place:
    """Database files in that folder."""

    def empty() -> str:
        return f"sqlite:///{folder}/{secrets.token_hex(8)}.db"

    def copy(url: str) -> str:
        new = empty()
        shutil.copyfile(make_url(url).database or "", make_url(new).database or "")
        return new

    return Place(f"SQLite {sqlite3.sqlite_version}", empty, copy, connect_sqlite, "BEGIN IMMEDIATE")


def connect_sqlite(url: str) -> sqlite3.Connection:
    """The bare driver, as durable and as strict as Mingda opens the file (workflow/store.py)."""
    connection = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    connection.create_function("plain", 1, plain, deterministic=True)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def postgresql_at(server: str) -> Place:
    """Databases of that server; `server` is the URL of its maintenance database."""

    def create(template: str) -> str:
        name = f"bench_{secrets.token_hex(8)}"
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(conninfo(server), autocommit=True) as connection:
            connection.execute(words.format(sql.Identifier(name), sql.Identifier(template)))
        return make_url(server).set(database=name).render_as_string(hide_password=False)

    with connect_postgresql(server) as connection:
        version = connection.info.parameter_status("server_version")
    return Place(
        f"PostgreSQL {version}",
        lambda: create("template1"),
        lambda url: create(make_url(url).database or ""),
        connect_postgresql,
        None,
    )


def connect_postgresql(url: str) -> psycopg.Connection[Any]:
    """The bare driver."""
    return psycopg.connect(conninfo(url))


def conninfo(url: str) -> str:
    """The address as libpq reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

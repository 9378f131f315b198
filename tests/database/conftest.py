"""Databases without tables, for the tests of how tables are made."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import Engine

from tests.postgresql import url_of
from workflow.store import open_engine

KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database of each kind with nothing in it."""
    with _empty(request, "empty") as engine:
        yield engine


@pytest.fixture(scope="module", params=KINDS)
def scratch(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The same for all tests of a file: whatever they make in it, they roll back."""
    with _empty(request, "scratch") as engine:
        yield engine


@contextmanager
def _empty(request: pytest.FixtureRequest, name: str) -> Iterator[Engine]:
    if request.param == "sqlite":
        factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
        engine = open_engine(f"sqlite:///{factory.mktemp(name) / 'mingda.db'}")
        yield engine
        engine.dispose()
        return
    server: psycopg.Connection = request.getfixturevalue("postgresql_server")
    name = f"{request.getfixturevalue('postgresql_database').info.dbname}_{name}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    engine = open_engine(url_of(server.info.host, name))
    yield engine
    engine.dispose()
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")

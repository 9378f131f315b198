"""What the tests share: a database of each kind for every test, an office in it, and what is missing here."""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from sqlmodel import SQLModel

import letters
from tests import postgresql
from tests.office import KEY, Office, opened_office
from workflow.migrations import upgrade
from workflow.sealing import Seal
from workflow.store import Store, open_engine

MISSING = Path(__file__).parents[1] / ".venv" / "missing"
CANNOT = "cannot be tested here"


# --- What the machine lacks ---------------------------------------------------------------------------


def _missing() -> dict[str, tuple[str, str]]:
    """Tools that bin/setup-machine did not find and that have not come since: purpose and remedy."""
    lines = MISSING.read_text().splitlines() if MISSING.exists() else []
    found = (line.split("\t") for line in lines)
    return {tool: (purpose, remedy) for tool, purpose, remedy in found if not shutil.which(tool)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with its reason, what needs a tool that is not there."""
    missing = _missing()
    for item in items:
        for marker in item.iter_markers("needs"):
            if marker.args[0] in missing:
                purpose, remedy = missing[marker.args[0]]
                item.add_marker(pytest.mark.skip(reason=f"{CANNOT}: {marker.args[0]}, {purpose} ({remedy})"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what could not be tested, and for want of what."""
    told = [f"{tool}: {purpose}. Remedy: {remedy}" for tool, (purpose, remedy) in _missing().items()]
    skipped: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2]
        if CANNOT in reason:
            skipped[reason] = skipped.get(reason, 0) + 1
    told += [f"{reason.removeprefix('Skipped: ')}: {count} tests" for reason, count in skipped.items()]
    if told:
        terminalreporter.section("not tested for want of a tool")
        for line in told:
            terminalreporter.write_line(line)


# --- Logs -----------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A verb that runs in this process sends the logs to its own standard error: only until it is done."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


# --- PostgreSQL: one server for the run -----------------------------------------------------------------


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand every pytest-xdist worker the address of the one server that the controller has started."""
    node.workerinput["postgresql"] = _server_of(node.config)


_SERVER = pytest.StashKey[tuple[str, str]]()


def _server_of(config: pytest.Config) -> tuple[str, str]:
    """The folder of the run's server; or none, and why."""
    if _SERVER not in config.stash:
        try:
            server = postgresql.start()
            config.add_cleanup(server.stop)
            config.stash[_SERVER] = (str(server.folder), "")
        except postgresql.Unavailable as error:
            config.stash[_SERVER] = ("", str(error))
    return config.stash[_SERVER]


@pytest.fixture(scope="session")
def postgresql_server(request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    """A connection to the run's server, from which databases are made."""
    given = getattr(request.config, "workerinput", {}).get("postgresql")
    folder, why_not = given or _server_of(request.config)
    if not folder:
        pytest.skip(f"{CANNOT}: PostgreSQL ({why_not})")
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """A connection to this worker's database, past its triggers and foreign keys."""
    name = f"mingda_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    postgresql_server.execute(f"CREATE DATABASE {name}")
    host = postgresql_server.info.host
    _upgrade(postgresql.url_of(host, name))
    with psycopg.connect(host=host, user="postgres", dbname=name, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def _empty(database: psycopg.Connection) -> None:
    """Make the worker's database as new: 3 ms, where a copy of a template takes 40."""
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    database.execute("DELETE FROM case_search")
    for table in SQLModel.metadata.tables.values():
        database.execute(f"DELETE FROM {table.name}")
        if "id" in table.c:
            database.execute(f"ALTER TABLE {table.name} ALTER id RESTART")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of this version without rows, which each test gets a copy of."""
    path = tmp_path_factory.mktemp("template") / "mingda.db"
    _upgrade(f"sqlite:///{path}")
    return path


def _upgrade(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


# --- A database and an office for every test ----------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "mingda.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    database: psycopg.Connection = request.getfixturevalue("postgresql_database")
    _empty(database)
    return postgresql.url_of(database.info.host, database.info.dbname)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open installation on a fresh database."""
    store = Store(open_engine(database_url), Seal(KEY), letters.issue)
    yield store
    store.engine.dispose()


@pytest.fixture
def office(store: Store) -> Office:
    """An agency at work in it."""
    return opened_office(store)


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The settings with which another process opens the same installation."""
    return {"DATABASE_URL": database_url, "MINGDA_DATA": str(tmp_path / "data"), "MINGDA_SECRET_KEY": KEY}

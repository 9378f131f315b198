"""The database of an installation: how it is opened, upgraded, and how one act becomes one commit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from select import POLLIN, poll
from typing import Any, Self

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    ExceptionContext,
    Executable,
    Table,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import StaticPool

from workflow import calendars
from workflow.correspondence import IssueLetter
from workflow.grams import plain
from workflow.law.workdays import Calendar
from workflow.sealing import Seal

BUSY_TIMEOUT_MS = 10_000
#: What may as well be left undone waits no longer than this for another writer.
BRIEF_TIMEOUT_MS = 50
POOL_TIMEOUT_S = 3
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
_BRIEF = text(f"SET LOCAL lock_timeout = {BRIEF_TIMEOUT_MS}")
_INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
#: SQLite's WAL gives a reader one snapshot anyway; PostgreSQL is asked for it.
READER: dict[str, dict[str, Any]] = {
    "sqlite": {"read_only": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def open_engine(url: str, *, pool_size: int = 8) -> Engine:
    """An engine whose parameters never reach a log, with the settings each database needs."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(url, pool_size)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
    )
    event.listen(engine, "checkout", _replace_dead)
    event.listen(engine, "handle_error", _hide_row)
    return engine


def _replace_dead(connection: Any, _record: Any, _proxy: Any) -> None:
    """A server that has ended a connection left word on the line, where nothing else comes unasked.

    Looking there takes microseconds; to ask the server (pool_pre_ping) would cost every act a round trip.
    """
    line = poll()
    line.register(connection.fileno(), POLLIN)
    if line.poll(0):
        raise DisconnectionError


def _hide_row(context: ExceptionContext) -> None:
    """PostgreSQL's DETAIL quotes the whole row, applicant and all: an error is told, and logged, without."""
    error, wrapped = context.original_exception, context.sqlalchemy_exception
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    if primary and wrapped:
        error.args = (primary,)
        wrapped.args = (f"({type(error).__name__}) {primary}",)


def _open_sqlite(url: str, pool_size: int) -> Engine:
    path = make_url(url).database
    memory = path in (None, "", ":memory:")
    options: dict[str, Any] = {
        "connect_args": {"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000}
    }
    if memory:
        options["poolclass"] = StaticPool
    else:
        file = Path(path or "")
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)  # It holds who asked for what; its journal takes after it.
        options |= {"pool_size": pool_size, "max_overflow": 0, "pool_timeout": POOL_TIMEOUT_S}
    engine = create_engine(url, hide_parameters=True, **options)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.create_function("plain", 1, plain, deterministic=True)  # What search compares by.
        connection.isolation_level = None  # We say BEGIN ourselves; sqlite3 would say it too late.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "checkin")
    def tidy(connection: Any, _record: Any) -> None:
        # A commit that the disk refused leaves the transaction open: nobody else could ever write.
        if connection is not None and connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # A writer takes its lock at once: upgrading a read lock later can only fail.
        options = connection.get_execution_options()
        _set_patience(connection, BRIEF_TIMEOUT_MS if options.get("brief") else BUSY_TIMEOUT_MS)
        connection.exec_driver_sql("BEGIN" if options.get("read_only") else "BEGIN IMMEDIATE")

    return engine


def _set_patience(connection: Connection, timeout_ms: int) -> None:
    """How long a connection waits for the writer's lock; it is told only when that changes."""
    if connection.info.get("patience", BUSY_TIMEOUT_MS) != timeout_ms:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={timeout_ms}")
        connection.info["patience"] = timeout_ms


class Session:
    """One transaction of the domain after the other: a connection, the keys, and the calendar in force.

    Statements are Core's: an act is a handful of them, and needs neither identity map nor unit of work.
    """

    def __init__(self, store: "Store", engine: Engine | None = None) -> None:
        self.store = store
        self.seal = store.seal
        self._connection = (engine or store.engine).connect()
        self._calendar: Calendar | None = None
        self.calendar_version = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def execute(self, statement: Executable, values: Values = None) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement; the first one begins the transaction."""
        return self._connection.execute(statement, values)

    def upsert(self, table: Table, key: Sequence[str], values: Mapping[str, Any]) -> None:
        """Write a row, in the place of the one with the same key if there is one."""
        statement = _INSERT[self.store.engine.dialect.name](table).values(values)
        changed = {name: value for name, value in values.items() if name not in key}
        self.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed))

    def commit(self) -> None:
        """Keep what was done."""
        self._connection.commit()
        self._calendar = None

    def rollback(self) -> None:
        """Leave nothing of what was done since the last commit."""
        self._connection.rollback()
        self._calendar = None

    def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        self._connection.close()

    def connection(self) -> Connection:
        """The connection itself, for what reads below the domain."""
        return self._connection

    @property
    def calendar(self) -> Calendar:
        """The calendar in force, read once per transaction: what another process loaded counts at once."""
        if self._calendar is None:
            version = self.execute(calendars.VERSION).scalar_one()
            self.use_calendar(version)
        assert self._calendar is not None
        return self._calendar

    def use_calendar(self, version: int) -> Calendar:
        """Take the calendar of that version, loading it when the process does not have it yet."""
        self.calendar_version = version
        self._calendar = self.store.calendar(self, version)
        return self._calendar


@dataclass
class Store:
    """An open installation: its database, its keys, and who writes its letters."""

    engine: Engine
    seal: Seal
    issue_letter: IssueLetter
    #: The same database for looks: begun without the writer's lock, and seeing one moment throughout.
    reader: Engine = field(init=False, repr=False)
    _calendars: dict[int, Calendar] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.reader = self.engine.execution_options(**READER[self.engine.dialect.name])

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One act, one commit; whatever fails leaves nothing."""
        with Session(self) as session:
            yield session
            session.commit()

    def session(self) -> Session:
        """A session for what commits case by case: a sweep, an import, a delivery."""
        return Session(self)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A look that changes nothing and waits for nobody."""
        with Session(self, self.reader) as session:
            yield session

    @contextmanager
    def briefly(self) -> Iterator[Session]:
        """A transaction that waits for nobody: raises OperationalError as soon as another is in the way."""
        with Session(self, self.engine.execution_options(brief=True)) as session:
            if self.engine.dialect.name == "postgresql":
                session.execute(_BRIEF)
            yield session
            session.commit()

    def calendar(self, session: Session, version: int) -> Calendar:
        """The calendar of that version of the table; each is built once per process."""
        if version not in self._calendars:
            self._calendars[version] = calendars.load(session.connection(), version)
        return self._calendars[version]

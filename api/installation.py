"""An installation opened: its database brought up to date, its keys, and the writer of its letters."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import ArgumentError, OperationalError

import letters
from api import logs
from api.settings import Settings, secret_of
from workflow.errors import Incomplete
from workflow.migrations import upgrade
from workflow.sealing import Seal
from workflow.store import Session, Store, open_engine
from workflow.tables import INSTALLATION

#: The mark of a database of invented cases.
DEMO = "demo"
#: A worker's threads; a pool is as large, so that no thread waits for a connection.
THREADS = {"sqlite": 3, "postgresql": 6}


def open_store(settings: Settings) -> Store:
    """Open the installation and create or upgrade its database; raises Incomplete where it cannot."""
    seal = Seal(secret_of(settings))
    try:
        engine = open_engine(settings.database_url)
        upgrade(engine)
    except (ArgumentError, ModuleNotFoundError):
        raise Incomplete(
            "DATABASE_URL 不是可用的数据库地址（sqlite:///… 或 postgresql+psycopg://…）"
        ) from None
    except OperationalError as error:
        raise Incomplete(f"无法连接数据库：{error.orig}") from None
    return Store(engine, seal, letters.issue)


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """An installation for one command; its connections are given back at the end."""
    logs.configure()  # Before anything is logged: to standard error, and without local variables.
    store = open_store(settings)
    try:
        yield store
    finally:
        store.engine.dispose()


def is_demo(session: Session) -> bool:
    """Whether the database holds invented cases."""
    return session.execute(select(INSTALLATION).where(INSTALLATION.c.name == DEMO)).one_or_none() is not None

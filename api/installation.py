"""An installation opened: its database brought up to date, its keys, and the writer of its letters."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from alembic.util import CommandError
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

import letters
from api import logs
from api.settings import KEY_FILE, Settings, secret_of
from letters.fonts import Fonts
from workflow.correspondence import IssueLetter
from workflow.errors import Incomplete
from workflow.migrations import upgrade
from workflow.sealing import Seal
from workflow.store import Session, Store, open_engine
from workflow.tables import INSTALLATION

#: The mark of a database of invented cases.
DEMO = "demo"
#: A keyed digest, by which a wrong key is known before anything is read.
KEY_CHECK = "key"
#: A worker's threads; a pool is as large, so that no thread waits for a connection.
THREADS = {"sqlite": 3, "postgresql": 6}

_REMEMBER = {
    "sqlite": sqlite.insert(INSTALLATION).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(INSTALLATION).on_conflict_do_nothing(),
}


def open_store(settings: Settings) -> Store:
    """Open the installation and create or upgrade its database; raises Incomplete where it cannot."""
    try:
        seal = Seal(secret_of(settings))
        engine = open_engine(settings.database_url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        message = "DATABASE_URL 不是可用的数据库地址（sqlite:///… 或 postgresql+psycopg://…）"
        raise Incomplete(message) from None
    except OSError as error:
        raise Incomplete(f"无法使用数据文件夹：{error.filename}：{error.strerror}") from None
    store = Store(engine, seal, writer(settings))
    with ExitStack() as otherwise:
        otherwise.callback(engine.dispose)
        try:
            upgrade(engine)
            _check_key(store, settings)
        except CommandError:
            raise Incomplete("数据库由更新版本的程序建立，请升级本程序") from None
        except DBAPIError as error:
            raise Incomplete(f"无法使用数据库：{error.orig}") from None
        otherwise.pop_all()
    return store


def writer(settings: Settings) -> IssueLetter:
    """Who writes this installation's letters: in its fonts, to be verified at its address."""
    return partial(letters.issue, fonts=Fonts(settings.fonts), public_url=settings.public_url)


def _check_key(store: Store, settings: Settings) -> None:
    """The first key that opens the database is its key: with another, nothing in it could be read."""
    check = store.seal.index("installation")
    row = {"name": KEY_CHECK, "value": check}
    with store.transaction() as session:
        session.execute(_REMEMBER[store.engine.dialect.name], row)
        known = session.execute(
            select(INSTALLATION.c.value).where(INSTALLATION.c.name == KEY_CHECK)
        ).scalar_one()
    if known != check:
        place = "MINGDA_SECRET_KEY" if settings.secret_key else f"密钥文件 {settings.data / KEY_FILE}"
        raise Incomplete(
            f"密钥与数据库不符：数据库中的内容是用另一把密钥加密的。请从备份中恢复原来的密钥（现用{place}）"
        )


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

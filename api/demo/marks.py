"""What tells a demo database from one that holds real applications, and how a demo is taken down."""

from datetime import date

from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select, text
from sqlmodel import SQLModel

from api.installation import DEMO
from workflow.errors import Incomplete
from workflow.store import Session
from workflow.tables import AGENCIES, CASES, INSTALLATION, USERS

#: The mark while the city is being made: what was interrupted is made anew.
UNFINISHED = "unfinished"
#: Tables of a database that is in use as soon as one of them has a row.
IN_USE = (AGENCIES, USERS, CASES)


def refuse_real_data(engine: Engine) -> None:
    """Raise Incomplete unless the database is empty or a demo; nothing is upgraded or written before."""
    with engine.connect() as connection:
        if not _empty(connection) and _mark(connection) is None:
            raise Incomplete(
                "该数据库中已有正式数据，不能用作演示。"
                "请不要设置 DATABASE_URL 和 MINGDA_DATA，或者另行指定空的数据库或数据目录"
            )


def _empty(connection: Connection) -> bool:
    tables = set(inspect(connection).get_table_names())
    if INSTALLATION.name not in tables:
        return not tables
    return not any(connection.execute(select(func.count()).select_from(table)).scalar() for table in IN_USE)


def _mark(connection: Connection) -> str | None:
    if INSTALLATION.name not in inspect(connection).get_table_names():
        return None
    query = select(INSTALLATION.c.value).where(INSTALLATION.c.name == DEMO)
    return connection.execute(query).scalar()


def is_unfinished(engine: Engine) -> bool:
    """Whether the making of a demo city was interrupted here."""
    with engine.connect() as connection:
        return _mark(connection) == UNFINISHED


def made_on(session: Session) -> date | None:
    """The day on which the demo city was made; None when there is none, or only a part of one."""
    mark = _mark(session.connection())
    return date.fromisoformat(mark) if mark and mark != UNFINISHED else None


def mark(session: Session, value: str) -> None:
    """Mark the database as a demo."""
    session.execute(delete(INSTALLATION).where(INSTALLATION.c.name == DEMO))
    session.execute(insert(INSTALLATION), {"name": DEMO, "value": value})


def take_down(engine: Engine) -> None:
    """Remove a demo database's tables, so that the city can be made anew; raises Incomplete on real data.

    The log refuses to be deleted row by row, as it should; a demo goes as a whole.
    """
    refuse_real_data(engine)
    with engine.begin() as connection:
        SQLModel.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        if engine.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION IF EXISTS refuse_event_change()"))

"""The calendar in force: the packaged years, and over them what the office has loaded."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, func, insert, select, text

from workflow.law import workdays
from workflow.law.workdays import BadCalendar, Calendar, Year
from workflow.tables import CALENDAR_YEARS as YEARS

if TYPE_CHECKING:
    from workflow.store import Session

_ONE_AT_A_TIME = text("LOCK TABLE calendar_years IN EXCLUSIVE MODE")
#: The number of the latest loading; zero when nothing was loaded.
VERSION = select(func.coalesce(func.max(YEARS.c.id), 0))


def load(connection: Connection, version: int) -> Calendar:
    """The packaged calendar with every year loaded up to that version; of a year the latest counts."""
    if not version:
        return workdays.packaged()
    rows = connection.execute(select(YEARS).where(YEARS.c.id <= version).order_by(YEARS.c.id))
    return workdays.packaged().with_years([workdays.parse_year(row.text, row.notice) for row in rows])


def of_database(engine: Engine) -> Calendar:
    """The calendar in force in a database."""
    with engine.execution_options(read_only=True).connect() as connection:
        return load(connection, connection.execute(VERSION).scalar_one())


def import_year(session: "Session", notice: str, source: str, at: datetime) -> Year | None:
    """Load a year's notice, the text of its file, or a change to it; None when it is in force already.

    Raises BadCalendar naming the line. Open cases follow by themselves: see timers.sweep, engine.catch_up.
    """
    year = workdays.parse_year(notice, source)
    if session.store.engine.dialect.name == "postgresql":
        session.execute(_ONE_AT_A_TIME)  # The latest row is in force: it must not become visible out of turn.
    known = session.calendar.year(year.year)
    if year == known:
        return None
    if known and known.status == "official" and year.status != "official":
        raise BadCalendar(source, 1, f"{year.year}年已有正式的放假通知（{known.notice}），不能改回暂定")
    digest = hashlib.sha256(notice.encode()).hexdigest()
    row = {"year": year.year, "notice": year.notice, "text": notice, "sha256": digest, "imported_at": at}
    session.execute(insert(YEARS), row)
    return year

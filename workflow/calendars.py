"""The calendar in force: the packaged years, and over them what the office has loaded."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, func, insert, select

from workflow.law import workdays
from workflow.law.workdays import Calendar, Year
from workflow.tables import CALENDAR_YEARS as YEARS

if TYPE_CHECKING:
    from workflow.store import Session

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
    with engine.connect() as connection:
        return load(connection, connection.execute(VERSION).scalar_one())


def import_year(session: "Session", text: str, source: str, at: datetime) -> Year | None:
    """Load a year's notice, or a change to it; None when it says what is in force already.

    Raises BadCalendar naming the line. Open cases follow by themselves: see timers.sweep, engine.catch_up.
    """
    year = workdays.parse_year(text, source)
    if year == session.calendar.year(year.year):
        return None
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = {"year": year.year, "notice": year.notice, "text": text, "sha256": digest, "imported_at": at}
    session.execute(insert(YEARS), row)
    return year

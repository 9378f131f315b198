"""A case as a line of a list: where it stands, and how much time is left."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from workflow.law.workdays import Calendar
from workflow.queries.lights import Light, light, words
from workflow.store import Session
from workflow.tables import AGENCIES, CASES, USERS
from workflow.vocabulary import OPEN_STATES, PAUSED_STATES, State


@dataclass(frozen=True, slots=True)
class Task:
    """One case on a list."""

    id: int
    number: str
    title: str
    applicant: str
    agency: str
    unit: str | None
    handler: str | None
    state: State
    version: int
    submitted_on: date | None
    received_on: date | None
    due_on: date | None
    provisional: bool
    paused: bool
    overdue: bool
    workdays_left: int | None
    light: Light

    @property
    def urgency(self) -> tuple[bool, bool, date, str]:
        """Overdue first, then by the last day; what is paused comes after what runs."""
        return (not self.overdue, self.paused, self.due_on or self.submitted_on or date.max, self.number)

    @property
    def time_left(self) -> str:
        """How long the office still has, in words; nothing once there is a decision."""
        if self.state in OPEN_STATES or self.state is State.SUBMITTED:
            return words(self.workdays_left, paused=self.paused, overdue=self.overdue)
        return ""


def lines(agencies: frozenset[int]) -> Select[Any]:
    """The columns of a list of cases, within the caller's agencies."""
    return (
        select(
            CASES.c.id,
            CASES.c.number,
            CASES.c.title,
            CASES.c.applicant_name,
            CASES.c.agency_id,
            AGENCIES.c.name.label("agency"),
            CASES.c.unit,
            CASES.c.handler_id,
            USERS.c.name.label("handler"),
            CASES.c.state,
            CASES.c.version,
            CASES.c.submitted_on,
            CASES.c.received_on,
            CASES.c.due_on,
            CASES.c.provisional,
            CASES.c.overdue_when_paused,
            CASES.c.concluded_on,
        )
        .join(AGENCIES, AGENCIES.c.id == CASES.c.agency_id)
        .join(USERS, USERS.c.id == CASES.c.handler_id, isouter=True)
        .where(CASES.c.agency_id.in_(agencies))
    )


def line(session: Session, number: str, agencies: frozenset[int], today: date) -> Task:
    """One case as a line; the caller has made sure that it is within reach."""
    (found,) = read(session, lines(agencies).where(CASES.c.number == number), today)
    return found


def read(session: Session, query: Select[Any], today: date) -> list[Task]:
    """The lines of a query, each with its working days left and its colour."""
    return [task(row, today, session.calendar) for row in session.execute(query)]


def task(row: Row[Any], today: date, calendar: Calendar) -> Task:
    """A row as a line of a list."""
    running = row.state in OPEN_STATES and row.due_on is not None
    paused = running and row.state in PAUSED_STATES
    left = calendar.workdays_between(today, row.due_on) if running and not paused else None
    overdue = row.overdue_when_paused if paused else running and today > row.due_on
    return Task(
        row.id,
        row.number,
        row.title,
        row.applicant_name,
        row.agency,
        row.unit,
        row.handler,
        row.state,
        row.version,
        row.submitted_on,
        row.received_on,
        row.due_on,
        row.provisional,
        paused,
        overdue,
        left,
        light(-1 if overdue and not paused else left, paused=paused),
    )

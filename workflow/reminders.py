"""Messages to the staff: that somebody reminds them, and that a reply is due soon. Each is written once.

They go to whom has an address; whoever is away has their substitute told. The desk tells all of it anyway.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.casefile import CaseFile
from workflow.clock import legal_day
from workflow.law.workdays import Calendar
from workflow.store import Session
from workflow.tables import ABSENCES, CASES, OUTBOX, USER_ROLES, USERS
from workflow.vocabulary import OPEN_STATES, PAUSED_STATES, Role, State

REMINDER, DUE = "reminder", "due"
#: The reply is due within so many working days: each time the colour changes, there is a message.
STEPS = ((1, "red"), (3, "orange"), (5, "yellow"))
OVERDUE = "overdue"
HOLDER, READER = USERS.alias("holder"), USERS.alias("reader")
_INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_COLUMNS = ("case_id", "user_id", "key", "kind", "created_at", "next_at", "attempts")


def post_reminder(session: Session, file: CaseFile, memo: int, at: datetime) -> None:
    """Note whom to write to about a reminder: the handler, or who stands for them."""
    messages = _messages(literal(f"{REMINDER}:{memo}"), REMINDER, at, literal(file.id))
    _post(session, messages.where(HOLDER.c.id == file.row.handler_id))


def remind_of_due(session: Session, now: datetime) -> int:
    """Note whom to write to about replies that are due soon or overdue; gives how many messages these are.

    A case that rests reminds nobody. Once for each step, due date and reader: the sweep may come often.
    """
    today = legal_day(now)
    step, day = _step(session.calendar, today), cast(CASES.c.due_on, String)
    key = literal(f"{DUE}:") + cast(CASES.c.id, String) + ":" + step + ":" + day
    messages = (
        _messages(key, DUE, now, CASES.c.id)
        .join(USER_ROLES, USER_ROLES.c.user_id == HOLDER.c.id)
        .join(CASES, and_(CASES.c.agency_id == HOLDER.c.agency_id, _turn()))
        .where(CASES.c.concluded_on.is_(None), CASES.c.state.in_(sorted(OPEN_STATES - PAUSED_STATES)))
        .where(CASES.c.due_on < session.calendar.add_workdays(today, STEPS[-1][0] + 1))
        .distinct()
    )
    return _post(session, messages)


def _step(calendar: Calendar, today: date) -> ColumnElement[str]:
    """How far it has come with a case."""
    ends = [(CASES.c.due_on < calendar.add_workdays(today, days + 1), literal(name)) for days, name in STEPS]
    return case((CASES.c.due_on < today, literal(OVERDUE)), *ends, else_=literal(STEPS[-1][1]))


def _turn() -> ColumnElement[bool]:
    """Whether it is that person's turn, in the role that is looked at."""
    handled = or_(CASES.c.handler_id.is_(None), CASES.c.handler_id == HOLDER.c.id)
    turns = {
        Role.CLERK: (State.SCREENING, State.AWAITING_JUSTIFICATION, State.APPROVED),
        Role.HANDLER: (State.PROCESSING, State.CONSULTING),
        Role.LEGAL: (State.LEGAL_REVIEW,),
        Role.HEAD: (State.APPROVAL,),
    }
    each = {
        role: and_(USER_ROLES.c.role == role, CASES.c.state.in_(states)) for role, states in turns.items()
    }
    each[Role.HANDLER] = and_(each[Role.HANDLER], handled)
    return or_(*each.values())


def _messages(key: ColumnElement[str], kind: str, at: datetime, case_id: ColumnElement[int]) -> Select[Any]:
    """To whom: those whose work it is, or who stands for them while they are away."""
    today, moment = legal_day(at), literal(at, OUTBOX.c.created_at.type)
    away = and_(
        ABSENCES.c.user_id == HOLDER.c.id,
        ABSENCES.c.first <= today,
        ABSENCES.c.last >= today,
        ABSENCES.c.ended_at.is_(None),
    )
    each = key + ":" + cast(READER.c.id, String)
    return (
        select(case_id, READER.c.id, each, literal(kind), moment, moment, literal(0))
        .select_from(HOLDER)
        .join(ABSENCES, away, isouter=True)
        .join(READER, READER.c.id == func.coalesce(ABSENCES.c.substitute_id, HOLDER.c.id))
        .where(HOLDER.c.active, READER.c.active, READER.c.email.is_not(None))
    )


def _post(session: Session, messages: Select[Any]) -> int:
    """Write the messages that have not been written before."""
    insert = _INSERT[session.store.engine.dialect.name](OUTBOX)
    written = insert.from_select(list(_COLUMNS), messages, include_defaults=False)
    return session.execute(written.on_conflict_do_nothing(index_elements=["key"])).rowcount

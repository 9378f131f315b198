"""What lies before each handler of an agency: for whoever gives a case away."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, or_, select

from workflow.absences import Absence, away
from workflow.store import Session
from workflow.tables import CASES, USER_ROLES, USERS
from workflow.vocabulary import OPEN_STATES, PAUSED_STATES, Role


@dataclass(frozen=True, slots=True)
class Load:
    """A handler with their open cases, how many of them are overdue, and whether they are away."""

    id: int
    name: str
    login: str
    open: int
    overdue: int
    away: Absence | None


def loads(session: Session, agency_id: int, today: date) -> list[Load]:
    """The handlers of an agency, in the order in which they came."""
    late = or_(
        and_(CASES.c.state.not_in(sorted(PAUSED_STATES)), CASES.c.due_on < today),
        and_(CASES.c.state.in_(sorted(PAUSED_STATES)), CASES.c.overdue_when_paused),
    )
    given = and_(
        CASES.c.agency_id == agency_id,
        CASES.c.handler_id == USERS.c.id,
        CASES.c.concluded_on.is_(None),
        CASES.c.state.in_(sorted(OPEN_STATES)),
    )
    query = (
        select(
            USERS.c.id,
            USERS.c.name,
            USERS.c.login,
            func.count(CASES.c.id).label("open"),
            func.coalesce(func.sum(case((late, 1), else_=0)), 0).label("overdue"),
        )
        .join(USER_ROLES, and_(USER_ROLES.c.user_id == USERS.c.id, USER_ROLES.c.role == Role.HANDLER))
        .join(CASES, given, isouter=True)
        .where(USERS.c.agency_id == agency_id, USERS.c.active)
        .group_by(USERS.c.id, USERS.c.name, USERS.c.login)
        .order_by(USERS.c.id)
    )
    absent = away(session, agency_id, today)
    return [Load(**row._mapping, away=absent.get(row.id)) for row in session.execute(query)]

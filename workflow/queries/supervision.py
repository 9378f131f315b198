"""What a supervisor sees: overdue, soon due and paused cases of all agencies below, worst first (art. 47)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from workflow.queries.lights import SOON
from workflow.queries.tasks import Task, lines, read
from workflow.store import Session
from workflow.tables import AGENCIES, CASES
from workflow.vocabulary import OPEN_STATES, PAUSED_STATES, State

#: The page shows so many; the rest is told as a number.
SHOWN = 200
RUNNING = CASES.c.state.in_(OPEN_STATES - PAUSED_STATES)
PAUSED = CASES.c.state.in_(PAUSED_STATES)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one agency stands today."""

    agency_id: int
    agency: str
    submitted: int
    open: int
    overdue: int
    soon: int
    paused: int

    @property
    def calm(self) -> int:
        """Open, and neither overdue nor soon due."""
        return self.open - self.overdue - self.soon


@dataclass(frozen=True, slots=True)
class Overview:
    """All agencies below, worst first, and the cases that need pressing."""

    standings: tuple[Standing, ...]
    tasks: tuple[Task, ...]
    more: bool


def below(session: Session, agency_id: int) -> frozenset[int]:
    """The agency and all agencies under it, however deep."""
    tree = select(AGENCIES.c.id).where(AGENCIES.c.id == agency_id).cte("below", recursive=True)
    tree = tree.union(select(AGENCIES.c.id).join(tree, AGENCIES.c.parent_id == tree.c.id))
    return frozenset(session.execute(select(tree.c.id)).scalars())


def overview(session: Session, agencies: frozenset[int], today: date, *, only: int | None = None) -> Overview:
    """The state of the agencies, and their overdue, soon due and paused cases (of one, if `only`)."""
    soon = session.calendar.add_workdays(today, SOON)
    chosen = agencies & {only} if only is not None else agencies
    query = (
        lines(chosen)
        .where(or_(and_(RUNNING, CASES.c.due_on <= soon), PAUSED))
        .order_by(PAUSED & ~CASES.c.overdue_when_paused, CASES.c.due_on, CASES.c.id)
        .limit(SHOWN + 1)
    )
    tasks = sorted(read(session, query, today), key=lambda task: task.urgency)
    return Overview(standings(session, agencies, today, soon), tuple(tasks[:SHOWN]), len(tasks) > SHOWN)


def standing_of(session: Session, agency_id: int, today: date) -> Standing:
    """How one agency stands today: the same counts as the supervisor's."""
    soon = session.calendar.add_workdays(today, SOON)
    (standing,) = standings(session, frozenset({agency_id}), today, soon)
    return standing


def overdue(session: Session, agencies: frozenset[int], today: date) -> list[Task]:
    """Every overdue case of the agencies, the longest overdue first."""
    query = lines(agencies).where(_overdue(today)).order_by(CASES.c.due_on, CASES.c.id)
    return read(session, query, today)


def _overdue(today: date) -> ColumnElement[bool]:
    return or_(and_(RUNNING, CASES.c.due_on < today), and_(PAUSED, CASES.c.overdue_when_paused))


def standings(session: Session, agencies: frozenset[int], today: date, soon: date) -> tuple[Standing, ...]:
    """One line per agency, those with the most overdue cases first."""
    counts = {
        "submitted": CASES.c.state == State.SUBMITTED,
        "open": CASES.c.state.in_(OPEN_STATES),
        "overdue": _overdue(today),
        "soon": and_(RUNNING, CASES.c.due_on >= today, CASES.c.due_on <= soon),
        "paused": PAUSED,
    }
    sums = [
        func.coalesce(func.sum(case((which, 1), else_=0)), 0).label(name) for name, which in counts.items()
    ]
    query = (
        select(AGENCIES.c.id.label("agency_id"), AGENCIES.c.name.label("agency"), *sums)
        .join(CASES, and_(CASES.c.agency_id == AGENCIES.c.id, CASES.c.concluded_on.is_(None)), isouter=True)
        .where(AGENCIES.c.id.in_(agencies))
        .group_by(AGENCIES.c.id, AGENCIES.c.name)
    )
    found = [Standing(**row._mapping) for row in session.execute(query)]
    return tuple(sorted(found, key=lambda s: (-s.overdue, -s.soon, -s.open, s.agency_id)))

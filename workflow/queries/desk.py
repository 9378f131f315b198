"""The desk: what waits for this person, most urgent first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select

from workflow.queries.tasks import Task, lines, read
from workflow.store import Session
from workflow.tables import CASES, TERMS
from workflow.vocabulary import PAUSED_STATES, Role, State, TermName, TermStatus

#: More than these are told as a number, with a link to the list.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Wait:
    """A kind of work: its name on the desk, whose it is, and which cases wait for it."""

    zh: str
    roles: frozenset[Role]
    which: ColumnElement[bool]
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Pile:
    """The cases that wait for one kind of work."""

    zh: str
    states: tuple[State, ...]
    tasks: tuple[Task, ...]
    more: bool


def _of(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


def _in(*states: State) -> ColumnElement[bool]:
    return CASES.c.state.in_(states)


def _lapsed(today: date, *names: TermName) -> ColumnElement[bool]:
    """A term of those names is over and nobody has drawn the consequence yet."""
    over = or_(
        TERMS.c.status == TermStatus.LAPSED,
        and_(TERMS.c.status == TermStatus.RUNNING, TERMS.c.due_on < today),
    )
    return exists(select(TERMS.c.id).where(TERMS.c.case_id == CASES.c.id, TERMS.c.name.in_(names), over))


def waits(today: date) -> tuple[Wait, ...]:
    """Every kind of work, in the order of the desk."""
    unanswered = _lapsed(today, TermName.CLARIFICATION, TermName.PAYMENT)
    unjustified = _lapsed(today, TermName.JUSTIFICATION)
    paused, silent = tuple(sorted(PAUSED_STATES)), (State.AWAITING_JUSTIFICATION,)
    clerk, handler, legal, head = (_of(r) for r in (Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD))
    return (
        Wait("待登记", clerk, _in(State.SUBMITTED), (State.SUBMITTED,)),
        Wait("待审核", clerk, _in(State.SCREENING), (State.SCREENING,)),
        Wait("待发出", clerk, _in(State.APPROVED), (State.APPROVED,)),
        Wait("待认定理由（逾期未说明）", clerk, and_(_in(*silent), unjustified), silent),
        Wait("待办理、拟稿", handler, _in(State.PROCESSING), (State.PROCESSING,)),
        Wait("征求意见中", handler, _in(State.CONSULTING), (State.CONSULTING,)),
        Wait("待法制保密审查", legal, _in(State.LEGAL_REVIEW), (State.LEGAL_REVIEW,)),
        Wait("待签发", head, _in(State.APPROVAL), (State.APPROVAL,)),
        Wait("逾期未补正、未缴费，待确认视为放弃", head, and_(_in(*paused), unanswered), paused),
        Wait("等待申请人", clerk, _in(*paused, *silent), (*paused, *silent)),
        Wait("待送达、归档", clerk, _in(State.CONCLUDED), (State.CONCLUDED,)),
    )


def desk(session: Session, agency_id: int, roles: Collection[Role], user_id: int, today: date) -> list[Pile]:
    """The piles of a person's roles; a handler sees what is theirs or nobody's. Empty piles stay away."""
    piles = []
    for wait in waits(today):
        if wait.roles.isdisjoint(roles):
            continue
        query = lines(frozenset({agency_id})).where(wait.which)
        if wait.roles == {Role.HANDLER}:
            query = query.where(or_(CASES.c.handler_id.is_(None), CASES.c.handler_id == user_id))
        ordered = query.order_by(CASES.c.due_on.is_(None), CASES.c.due_on, CASES.c.id).limit(SHOWN + 1)
        tasks = sorted(read(session, ordered, today), key=lambda task: task.urgency)
        if tasks:
            piles.append(Pile(wait.zh, wait.states, tuple(tasks[:SHOWN]), len(tasks) > SHOWN))
    return piles

"""The desk: what waits for this person, most urgent first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from workflow.queries.tasks import Task, lines, read
from workflow.store import Session
from workflow.tables import CASES, TERMS
from workflow.vocabulary import PAUSED_STATES, Action, Role, State, TermName, TermStatus

#: What is usually done next with a case in that state: the desk's buttons, and the first one of its file.
NEXT: dict[State, Action] = {
    State.SUBMITTED: Action.REGISTER,
    State.SCREENING: Action.ACCEPT,
    State.AWAITING_CLARIFICATION: Action.RECEIVE_CLARIFICATION,
    State.AWAITING_JUSTIFICATION: Action.RECEIVE_JUSTIFICATION,
    State.PROCESSING: Action.DRAFT_REPLY,
    State.CONSULTING: Action.RECORD_OPINION,
    State.AWAITING_PAYMENT: Action.RECORD_PAYMENT,
    State.LEGAL_REVIEW: Action.PASS_REVIEW,
    State.APPROVAL: Action.APPROVE,
    State.APPROVED: Action.ISSUE_REPLY,
    State.CONCLUDED: Action.ARCHIVE,
}
#: More than these are told as a number, with a link to the list.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Wait:
    """A kind of work: its name on the desk, whose it is, which cases wait, and what is usually done next."""

    zh: str
    roles: frozenset[Role]
    which: ColumnElement[bool]
    states: tuple[State, ...]
    next: Action | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """The cases that wait for one kind of work; `total` counts those beyond SHOWN too."""

    zh: str
    states: tuple[State, ...]
    next: Action | None
    tasks: tuple[Task, ...]
    total: int


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
        _waiting("待登记", clerk, State.SUBMITTED),
        _waiting("待审核", clerk, State.SCREENING),
        _waiting("待发出", clerk, State.APPROVED),
        Wait(
            "待认定理由（逾期未说明）",
            clerk,
            and_(_in(*silent), unjustified),
            silent,
            Action.JUDGE_JUSTIFICATION,
        ),
        _waiting("待办理、拟稿", handler, State.PROCESSING),
        _waiting("征求意见中", handler, State.CONSULTING),
        _waiting("待法制保密审查", legal, State.LEGAL_REVIEW),
        _waiting("待签发", head, State.APPROVAL),
        Wait(
            "逾期未补正、未缴费，待确认视为放弃",
            head,
            and_(_in(*paused), unanswered),
            paused,
            Action.CONFIRM_ABANDONMENT,
        ),
        Wait("等待申请人", clerk, _in(*paused, *silent), (*paused, *silent)),
        _waiting("待送达、归档", clerk, State.CONCLUDED),
    )


def _waiting(zh: str, roles: frozenset[Role], state: State) -> Wait:
    return Wait(zh, roles, _in(state), (state,), NEXT[state])


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
            total = len(tasks) if len(tasks) <= SHOWN else _count(session, query)
            piles.append(Pile(wait.zh, wait.states, wait.next, tuple(tasks[:SHOWN]), total))
    return piles


def _count(session: Session, query: Select[Any]) -> int:
    return int(session.execute(select(func.count()).select_from(query.subquery())).scalar_one())

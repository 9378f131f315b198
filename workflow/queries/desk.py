"""The desk: what waits for a person, each case once under its most pressing reason, most urgent first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, literal, select

from workflow.queries import ledger
from workflow.queries.desk_lines import Line, told
from workflow.queries.lights import Light
from workflow.queries.reasons import Owner, Reason, soonest, waiting
from workflow.queries.tasks import lines
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import PAUSED_STATES, Action, State

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
#: So many lines a group shows, and the list of one group or of all; beyond, the number tells of them.
SHOWN_OF_GROUP, SHOWN = 15, 100
REASONS = tuple(Reason)


@dataclass(frozen=True, slots=True)
class Group:
    """The cases that wait for one reason; `total` counts those that are not shown too."""

    reason: Reason
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk as it was asked for: its groups, or one list, and the counts of all that lies on it."""

    groups: tuple[Group, ...]
    #: Every line in one order, if that was asked for.
    listed: tuple[Line, ...]
    reasons: Mapping[Reason, int]
    lights: Mapping[Light, int]
    #: What the narrowing leaves.
    total: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the desk is looked at: as one list or in groups, and narrowed to a light or a reason."""

    listed: bool = False
    light: Light | None = None
    reason: Reason | None = None


def desk(session: Session, agency_id: int, owner: Owner, today: date, wanted: Wanted = Wanted()) -> Desk:
    """What waits for this person in their agency."""
    lying = _lying(session, agency_id, owner, today)
    if lying is None:
        return Desk((), (), {}, {}, 0)
    counted = session.execute(
        select(lying.c.rank, lying.c.light, func.count().label("n")).group_by(lying.c.rank, lying.c.light)
    ).all()
    rows = session.execute(_shown(lying, wanted, frozenset({agency_id}))).all()
    found = told(session, rows, [REASONS[row.rank] for row in rows], owner, today, NEXT)
    reasons, lights = _by_reason(counted, wanted.light), _by_light(counted, wanted.reason)
    return Desk(
        groups=() if wanted.listed else tuple(_groups(found, reasons)),
        listed=tuple(found) if wanted.listed else (),
        reasons=reasons,
        lights=lights,
        total=sum(reasons.values()) if wanted.reason is None else reasons.get(wanted.reason, 0),
    )


def _lying(session: Session, agency_id: int, owner: Owner, today: date) -> Any:
    """The cases on the desk: each with its most pressing reason, its light, and how urgent it is."""
    conditions = {reason: waiting(reason, owner, today) for reason in REASONS}
    known = [(which, rank) for rank, which in enumerate(conditions.values()) if which is not None]
    if not known or not owner.roles:
        return None
    reason = case(*known, else_=None)
    paused = and_(CASES.c.state.in_(PAUSED_STATES), ~CASES.c.overdue_when_paused)
    found = select(
        CASES.c.id,
        reason.label("rank"),
        ledger.lights(session.calendar, today).label("light"),
        case((paused, 1), else_=0).label("paused"),
        func.coalesce(CASES.c.due_on, CASES.c.submitted_on).label("due_on"),
        soonest(today).label("soonest"),
    ).where(CASES.c.agency_id == agency_id)
    live = found.where(CASES.c.concluded_on.is_(None))
    closed = found.where(CASES.c.state == State.CONCLUDED)
    filed = conditions[Reason.TO_FILE] is not None
    each = live.union_all(closed).subquery() if filed else live.subquery()
    return select(each).where(each.c.rank.is_not(None)).cte("lying")


def _shown(lying: Any, wanted: Wanted, agencies: frozenset[int]) -> Select[Any]:
    """The lines in their order: what is paused comes last, else whatever ends first."""
    first = case((lying.c.soonest < lying.c.due_on, lying.c.soonest), else_=lying.c.due_on)
    urgency = (lying.c.paused, first.is_(None), first, lying.c.id)
    by_reason = not wanted.listed and wanted.reason is None
    part = lying.c.rank if by_reason else literal(0)
    place = func.row_number().over(partition_by=part, order_by=urgency)
    chosen = select(lying.c.id, lying.c.rank, place.label("place"))
    if wanted.light is not None:
        chosen = chosen.where(lying.c.light == wanted.light.value)
    if wanted.reason is not None:
        chosen = chosen.where(lying.c.rank == REASONS.index(wanted.reason))
    few = chosen.subquery()
    order = (few.c.rank, few.c.place) if by_reason else (few.c.place,)
    shown = lines(agencies).add_columns(few.c.rank).join(few, few.c.id == CASES.c.id)
    return shown.where(few.c.place <= (SHOWN_OF_GROUP if by_reason else SHOWN)).order_by(*order)


def _by_reason(counted: Sequence[Row[Any]], light: Light | None) -> dict[Reason, int]:
    """How many cases each reason has, of one light or of all."""
    sums = {
        reason: sum(row.n for row in counted if row.rank == rank and light in (None, row.light))
        for rank, reason in enumerate(REASONS)
    }
    return {reason: n for reason, n in sums.items() if n}


def _by_light(counted: Sequence[Row[Any]], reason: Reason | None) -> dict[Light, int]:
    """How many cases each light has, of one reason or of all."""
    sums = {
        light: sum(row.n for row in counted if row.light == light and reason in (None, REASONS[row.rank]))
        for light in Light
    }
    return {light: n for light, n in sums.items() if n}


def _groups(found: Sequence[Line], totals: Mapping[Reason, int]) -> Iterable[Group]:
    for reason in REASONS:
        theirs = tuple(line for line in found if line.reason is reason)
        if theirs:
            yield Group(reason, theirs, totals[reason])

"""The desk: what waits for a person, each case once under its most pressing reason, most urgent first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, case, func, select

from workflow.queries import ledger
from workflow.queries.desk_lines import Line, told
from workflow.queries.lights import Light
from workflow.queries.reasons import Owner, Reason, waiting
from workflow.queries.tasks import lines
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import PAUSED_STATES, Action, Role, State

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
    if not owner.roles:
        return Desk((), (), {}, {}, 0)
    lying = _open(session, agency_id, owner, today)
    closed = _closed(session, agency_id) if Role.CLERK in owner.roles else Closed(0, ())
    counted = Counter((each.reason, each.light) for each in lying)
    counted[Reason.TO_FILE, Light.NONE] += closed.count
    shown = _shown([*lying, *closed.lying], wanted)
    found = _told(session, agency_id, shown, owner, today)
    reasons, lights = _by_reason(counted, wanted.light), _by_light(counted, wanted.reason)
    return Desk(
        groups=() if wanted.listed else tuple(_groups(found, reasons)),
        listed=tuple(found) if wanted.listed else (),
        reasons=reasons,
        lights=lights,
        total=sum(reasons.values()) if wanted.reason is None else reasons.get(wanted.reason, 0),
    )


@dataclass(frozen=True, slots=True)
class Lying:
    """A case on the desk: its most pressing reason, its light, and its place in the order of urgency."""

    id: int
    reason: Reason
    light: Light
    #: What rests comes last, else whatever is due first.
    urgency: tuple[bool, date, int]


@dataclass(frozen=True, slots=True)
class Closed:
    """The cases with a decision that are yet to be served or filed: how many, and the oldest of them."""

    count: int
    lying: tuple[Lying, ...]


def _open(session: Session, agency_id: int, owner: Owner, today: date) -> list[Lying]:
    """The cases without a decision that lie on the desk: an agency has some dozens of them."""
    conditions = [waiting(reason, owner, today) for reason in REASONS]
    rank = case(*((which, n) for n, which in enumerate(conditions) if which is not None), else_=None)
    # What does not lie here is left out below: asked to do so, SQLite would work out each reason twice.
    query = select(
        CASES.c.id,
        rank.label("rank"),
        ledger.lights(session.calendar, today).label("light"),
        and_(CASES.c.state.in_(PAUSED_STATES), ~CASES.c.overdue_when_paused).label("rests"),
        func.coalesce(CASES.c.due_on, CASES.c.submitted_on).label("due_on"),
    ).where(CASES.c.agency_id == agency_id, CASES.c.concluded_on.is_(None))
    return [
        Lying(row.id, REASONS[row.rank], Light(row.light), _urgency(row))
        for row in session.execute(query)
        if row.rank is not None
    ]


def _urgency(row: Row[Any]) -> tuple[bool, date, int]:
    """By the day on which the reply is due; of what is not registered yet, by the day on which it came."""
    return bool(row.rests), row.due_on or date.max, row.id


def _closed(session: Session, agency_id: int) -> Closed:
    """A clerk has all of them in common."""
    theirs = (CASES.c.agency_id == agency_id, CASES.c.state == State.CONCLUDED)
    count = session.execute(select(func.count()).select_from(CASES).where(*theirs)).scalar_one()
    query = select(CASES.c.id).where(*theirs).order_by(CASES.c.id).limit(SHOWN)
    first = session.execute(query).scalars() if count else ()
    return Closed(
        count, tuple(Lying(key, Reason.TO_FILE, Light.NONE, (False, date.max, key)) for key in first)
    )


def _shown(lying: Iterable[Lying], wanted: Wanted) -> list[Lying]:
    """What is asked for, in order, and of each group or list as much as it shows."""
    chosen = [
        each for each in lying if wanted.light in (None, each.light) and wanted.reason in (None, each.reason)
    ]
    chosen.sort(key=lambda each: each.urgency)
    if wanted.listed or wanted.reason is not None:
        return chosen[:SHOWN]
    groups = (
        each for reason in REASONS for each in [e for e in chosen if e.reason is reason][:SHOWN_OF_GROUP]
    )
    return list(groups)


def _told(session: Session, agency_id: int, shown: Sequence[Lying], owner: Owner, today: date) -> list[Line]:
    """Their lines, in the same order."""
    query = lines(frozenset({agency_id})).where(CASES.c.id.in_([each.id for each in shown]))
    rows = {row.id: row for row in session.execute(query)} if shown else {}
    there = [each for each in shown if each.id in rows]
    ordered = [rows[each.id] for each in there]
    return told(session, ordered, [each.reason for each in there], owner, today, NEXT)


def _by_reason(counted: Mapping[tuple[Reason, Light], int], light: Light | None) -> dict[Reason, int]:
    """How many cases each reason has, of one light or of all."""
    sums = {
        reason: sum(n for (its, colour), n in counted.items() if its is reason and light in (None, colour))
        for reason in Reason
    }
    return {reason: n for reason, n in sums.items() if n}


def _by_light(counted: Mapping[tuple[Reason, Light], int], reason: Reason | None) -> dict[Light, int]:
    """How many cases each light has, of one reason or of all."""
    sums = {
        light: sum(n for (its, colour), n in counted.items() if colour is light and reason in (None, its))
        for light in Light
    }
    return {light: n for light, n in sums.items() if n}


def _groups(found: Sequence[Line], totals: Mapping[Reason, int]) -> Iterable[Group]:
    for reason in REASONS:
        theirs = tuple(line for line in found if line.reason is reason)
        if theirs:
            yield Group(reason, theirs, totals[reason])

"""What a line of the desk tells besides the case: who spoke, which other term ends first, what comes next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from workflow.casefile import open_file, parties, texts_of
from workflow.clock import legal_day
from workflow.history import Facts
from workflow.lifecycle import ROLES, allowed
from workflow.memos import BODY_PLACE, MemoKind
from workflow.queries.lights import Light, light
from workflow.queries.reasons import ANSWERS, NEXT_OF, Owner, Reason, counting_down, stood_for, waiting
from workflow.queries.tasks import Task, task
from workflow.store import Session
from workflow.tables import CASES, MEMOS, TERMS, USERS
from workflow.vocabulary import PAUSED_STATES, Action, Role, State, TermName

Nexts = Mapping[State, Action]
#: Reasons that a memo gives, and those that an act gives: whoever speaks in it is told on the line.
MEMOS_OF = {
    Reason.HANDED_BACK: MemoKind.HAND_BACK,
    Reason.GAVE_BACK: MemoKind.HAND_BACK,
    Reason.REMINDED: MemoKind.REMINDER,
}
ACTS_OF = {
    Reason.PRESSED: (Action.ESCALATE,),
    Reason.RETURNED: (Action.RETURN_DRAFT,),
    Reason.ANSWERED: (*ANSWERS, Action.RECORD_OPINION),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said that brought the case here."""

    who: str
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Soonest:
    """A term beside the reply's that ends before it."""

    name: TermName
    due_on: date
    workdays_left: int
    light: Light


@dataclass(frozen=True, slots=True)
class Line:
    """One case on the desk."""

    task: Task
    reason: Reason
    #: The other reasons for which it would lie here.
    tags: tuple[Reason, ...]
    next: Action | None
    #: For whom it lies here, who is away.
    absent: str
    said: Said | None
    soonest: Soonest | None


def told(
    session: Session,
    rows: Sequence[Row[Any]],
    reasons: Sequence[Reason],
    owner: Owner,
    today: date,
    usual: Nexts,
) -> list[Line]:
    """The lines of the desk for these rows, each with its reason."""
    keys = [row.id for row in rows]
    tags, ends = _tags(session, keys, owner, today), _soonest(session, keys, today)
    said = _said(session, rows, reasons)
    return [
        Line(
            task=task(row, today, session.calendar),
            reason=reason,
            tags=tuple(each for each in tags.get(row.id, ()) if each is not reason),
            next=_next(session, row, reason, owner, today, usual),
            absent=stood_for(reason, row.state, row.handler_id, owner),
            said=said.get(row.id),
            soonest=_ending(session, ends.get(row.id), row, today),
        )
        for row, reason in zip(rows, reasons, strict=True)
    ]


def _tags(session: Session, keys: Sequence[int], owner: Owner, today: date) -> dict[int, list[Reason]]:
    """Every reason for which each of these cases lies on the desk."""
    conditions = {reason: waiting(reason, owner, today) for reason in Reason}
    known = {reason: which for reason, which in conditions.items() if which is not None}
    columns = [which.label(reason.value) for reason, which in known.items()]
    found = session.execute(select(CASES.c.id, *columns).where(CASES.c.id.in_(keys)))
    return {row[0]: [reason for reason, is_so in zip(known, row[1:], strict=True) if is_so] for row in found}


def _next(
    session: Session, row: Row[Any], reason: Reason, owner: Owner, today: date, usual: Nexts
) -> Action | None:
    """What is usually done next; a reply is filed only once it has been served."""
    if reason is Reason.TO_FILE:
        file = open_file(session, row.number)
        may = allowed(file.history, Role.CLERK, owner.user_id, today, session.calendar)
        return Action.ARCHIVE if Action.ARCHIVE in may else Action.RECORD_SERVICE
    if reason is Reason.GAVE_BACK:
        return None
    action = NEXT_OF.get((reason, row.state), usual.get(row.state))
    return action if action and not owner.roles.isdisjoint(ROLES[action]) else None


# --- What was said -----------------------------------------------------------------------------------------


def _said(session: Session, rows: Sequence[Row[Any]], reasons: Sequence[Reason]) -> dict[int, Said]:
    """By the key of the case; of most reasons nothing is to be said."""
    found: dict[int, Said] = {}
    for reason, kind in MEMOS_OF.items():
        keys = [row.id for row, its in zip(rows, reasons, strict=True) if its is reason]
        found |= _memos(session, keys, kind)
    spoken = [(row, ACTS_OF[its]) for row, its in zip(rows, reasons, strict=True) if its in ACTS_OF]
    return found | {row.id: _spoken(session, row, acts) for row, acts in spoken}


def _memos(session: Session, keys: Sequence[int], kind: MemoKind) -> dict[int, Said]:
    query = (
        select(MEMOS.c.case_id, MEMOS.c.at, MEMOS.c.body, USERS.c.name)
        .join(USERS, USERS.c.id == MEMOS.c.user_id)
        .where(MEMOS.c.case_id.in_(keys), MEMOS.c.kind == kind.value, MEMOS.c.settled_at.is_(None))
        .order_by(MEMOS.c.id)
    )
    rows = session.execute(query).all() if keys else []
    return {
        row.case_id: Said(row.name, legal_day(row.at), session.seal.decrypt(row.body, BODY_PLACE))
        for row in rows
    }


def _spoken(session: Session, row: Row[Any], acts: Collection[Action]) -> Said:
    """The last of these acts on a case: who did it, and what they wrote."""
    file = open_file(session, row.number)
    event = next(each for each in reversed(file.log.events) if each.action in acts)
    if event.action is Action.RECORD_OPINION:
        party = parties(session, file).get(event.facts["party"], "第三方")
        return Said(party, event.on, _opinion(event.facts))
    if event.action in ANSWERS:
        return Said(row.applicant_name, event.on, event.action.zh)
    texts = texts_of(session, file).get(event.seq, {})
    return Said(_name(session, event.person), event.on, texts.get("message") or texts.get("comment") or "")


def _opinion(facts: Facts) -> str:
    if facts.get("deemed"):
        return "逾期未提出意见" + ("，视为同意公开" if facts.get("consents") else "")
    consents = facts.get("consents")
    return "已反馈意见" if consents is None else "同意公开" if consents else "不同意公开"


def _name(session: Session, user_id: int | None) -> str:
    found = session.execute(select(USERS.c.name).where(USERS.c.id == user_id)).scalar_one_or_none()
    return str(found or Role.SYSTEM.zh)


# --- The other terms ---------------------------------------------------------------------------------------


def _soonest(session: Session, keys: Sequence[int], today: date) -> dict[int, Row[Any]]:
    """Of each case the running term beside the reply's that ends first."""
    query = (
        select(TERMS.c.case_id, TERMS.c.name, TERMS.c.due_on)
        .join(CASES, counting_down(today))
        .where(CASES.c.id.in_(keys))
        .order_by(TERMS.c.due_on.desc(), TERMS.c.id)
    )
    return {row.case_id: row for row in session.execute(query)}


def _ending(session: Session, term: Row[Any] | None, row: Row[Any], today: date) -> Soonest | None:
    """That term, if it ends before the reply is due, or while the reply's term rests."""
    if term is None or (row.due_on and term.due_on >= row.due_on and row.state not in PAUSED_STATES):
        return None
    left = session.calendar.workdays_between(today, term.due_on)
    return Soonest(term.name, term.due_on, left, light(left))

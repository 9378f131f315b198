"""The history of a case as the office reads it: who did what on which day, and what they wrote (art. 45)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from workflow.casefile import CaseFile, written
from workflow.corrections import effective
from workflow.history import STANDING_FOR, Event
from workflow.store import Session
from workflow.tables import EVENTS, LETTERS, USERS
from workflow.vocabulary import Action, Role, State

#: What the log, as it has been read, does not say of an act.
_COLUMNS = [EVENTS.c[name] for name in ("seq", "at", "from_state", "to_state", "article")]


@dataclass(frozen=True, slots=True)
class EntryLetter:
    """A letter that an act has sent."""

    id: int
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as it was written down; corrections are entries of their own."""

    seq: int
    on: date
    at: datetime
    action: Action
    before: State | None
    after: State
    role: Role
    person: str | None
    article: str
    facts: Mapping[str, Any]
    texts: Mapping[str, Any]
    letters: tuple[EntryLetter, ...]
    #: Struck out by a correction, or no longer what counts.
    struck: bool
    #: The correction that changed it, by its number.
    corrected_by: int | None


def timeline(session: Session, file: CaseFile, *, after: int = 0, also: Collection[int] = ()) -> list[Entry]:
    """The acts of a case, oldest first: those beyond the version `after`, and some more by their numbers."""
    known = {event.seq: event for event in file.log.events}
    rows = session.execute(
        select(*_COLUMNS, USERS.c.name.label("person"))
        .join(USERS, USERS.c.id == EVENTS.c.user_id, isouter=True)
        .where(EVENTS.c.case_id == file.id, EVENTS.c.seq <= file.version)
        .where(or_(EVENTS.c.seq > after, EVENTS.c.seq.in_(also)))
        .order_by(EVENTS.c.seq)
    ).all()
    texts, letters = written(session, file), _letters(session, file)
    standing = {event.seq for event in effective(file.log.events)}
    corrections = _corrections(file)
    absent = _absent(session, known.values())
    return [
        Entry(
            seq=row.seq,
            on=known[row.seq].on,
            at=row.at,
            action=known[row.seq].action,
            before=row.from_state,
            after=row.to_state,
            role=known[row.seq].role,
            person=_who(row.person, known[row.seq], absent),
            article=row.article,
            facts=known[row.seq].facts,
            texts=texts.get(row.seq, {}),
            letters=letters.get(row.seq, ()),
            struck=row.seq not in standing,
            corrected_by=corrections.get(row.seq),
        )
        for row in rows
    ]


def _absent(session: Session, events: Iterable[Event]) -> dict[int, str]:
    """The names of those for whom somebody acted."""
    keys = {event.facts[STANDING_FOR] for event in events if STANDING_FOR in event.facts}
    found = session.execute(select(USERS.c.id, USERS.c.name).where(USERS.c.id.in_(keys))) if keys else ()
    return {row.id: row.name for row in found}


def _who(person: str | None, event: Event, absent: Mapping[int, str]) -> str | None:
    stood_for = absent.get(event.facts.get(STANDING_FOR, 0))
    return f"{person}（代{stood_for}）" if stood_for else person


def _letters(session: Session, file: CaseFile) -> dict[int, tuple[EntryLetter, ...]]:
    columns = (LETTERS.c.event_seq, LETTERS.c.id, LETTERS.c.kind, LETTERS.c.number)
    query = select(*columns).where(LETTERS.c.case_id == file.id).order_by(LETTERS.c.id)
    found: dict[int, tuple[EntryLetter, ...]] = {}
    for seq, letter_id, kind, number in session.execute(query):
        found[seq] = (*found.get(seq, ()), EntryLetter(letter_id, kind, number))
    return found


def _corrections(file: CaseFile) -> dict[int, int]:
    """Which event was corrected by which, the last one last."""
    return {e.facts["event"]: e.seq for e in file.log.events if e.action is Action.RECTIFY}

"""The one door: every act on a case passes here, and leaves event, terms, letters and messages together.

Nothing is committed here; what fails leaves nothing (docs/decisions).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow import log, posting, search
from workflow.casefile import CaseFile
from workflow.effects.consultation import lapsed_consultations
from workflow.errors import Stale
from workflow.history import STANDING_FOR, Event, History, LetterRef
from workflow.law.decisions import DECISIONS
from workflow.log import Log
from workflow.step import sent, step
from workflow.store import Session
from workflow.tables import CASES, TERMS
from workflow.vocabulary import Action, Role


def projection(h: History) -> dict[str, Any]:
    """The columns of the case that follow from its history; the audit computes them anew."""
    return {
        "state": h.state,
        "submitted_on": h.submitted_on,
        "received_on": h.received_on,
        "due_on": h.due_on,
        "conservative_due_on": h.conservative_due_on,
        "provisional": bool(h.due and h.due.provisional),
        "excluded_workdays": h.due.excluded if h.due else 0,
        "extension_workdays": h.clock.extension if h.clock else 0,
        "overdue_when_paused": h.overdue_when_paused,
        "decision": h.decision,
        "report_row": DECISIONS[h.decision].row if h.decision else None,
        "concluded_on": h.concluded_on,
    }


_UPDATE = (
    update(CASES)
    .where(CASES.c.id == bindparam("case_id"), CASES.c.version == bindparam("seen"))
    .values({name: bindparam(name) for name in ("version", "calendar", *projection(History()))})
)
_DROP_TERM = delete(TERMS).where(
    TERMS.c.case_id == bindparam("case"), TERMS.c.name == bindparam("term"), TERMS.c.no == bindparam("which")
)


@cache
def _update(sets: frozenset[str]) -> Update:
    """The UPDATE of an act that sets those columns besides; there are a handful of such sets."""
    return _UPDATE.values({name: bindparam(f"set_{name}") for name in sorted(sets)})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which role; `user_id` tells two people of one role apart."""

    role: Role
    user_id: int | None = None
    #: For whom they act, who is away (workflow/absences.py).
    standing_for: int | None = None


SYSTEM = Actor(Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Act:
    """One act as it enters: its day, its moment, its facts, and what people wrote in it."""

    action: Action
    on: date
    at: datetime
    by: Actor
    facts: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    #: Columns of the case that the act sets besides what follows from its history.
    sets: Mapping[str, Any] = field(default_factory=dict)
    simulated: bool = False


def advance(session: Session, file: CaseFile, act: Act) -> CaseFile:
    """Do one act: first what the calendar and the timer owe this case, then the act, or raise Refused."""
    _let_pass(session, file, act.on, act.at)
    return _record(session, file, act)


def catch_up(session: Session, file: CaseFile, day: date, at: datetime) -> bool:
    """Bring a case up to `day`: calendar, lapsed consultations and terms; gives whether it changed."""
    changed = _let_pass(session, file, day, at)
    return bool(_save_terms(session, file)) or changed


def _let_pass(session: Session, file: CaseFile, day: date, at: datetime) -> bool:
    """Let the days up to `day` pass; the terms that lapsed are marked, and yet to be saved."""
    changed = _recompute(session, file, day, at)
    for facts in lapsed_consultations(file.history, day):
        on, changed = max(day, file.history.last_on), True
        _record(session, file, Act(Action.RECORD_OPINION, on, at, SYSTEM, facts=facts))
    file.history.pass_to(day)
    return changed


def _recompute(session: Session, file: CaseFile, day: date, at: datetime) -> bool:
    """Write down that a newly loaded calendar has moved the due date of an open case."""
    old, new = file.row.due_on, file.history.due_on
    if (
        file.row.calendar == session.calendar_version
        or not file.history.is_open
        or old is None
        or new is None
    ):
        return False
    if old == new:
        # No event: the date stands. What it rests on (whether it is final, say) may have changed.
        values = {"calendar": session.calendar_version, **projection(file.history)}
        session.execute(update(CASES).where(CASES.c.id == file.id).values(**values))
        return False
    facts = {"from": old.isoformat(), "to": new.isoformat()}
    _record(session, file, Act(Action.RECALCULATE, max(day, file.history.last_on), at, SYSTEM, facts=facts))
    return True


def event_of(act: Act, seq: int) -> Event:
    """The act as the log will tell it, under its number in the case."""
    by = act.by
    stood_for = {} if by.standing_for is None else {STANDING_FOR: by.standing_for}
    facts = {**act.facts, **stood_for}
    return Event(seq, act.on, act.action, by.role, facts, by.user_id, simulated=act.simulated)


def _record(session: Session, file: CaseFile, act: Act) -> CaseFile:
    calendar, before = session.calendar, file.history.state
    event = event_of(act, len(file.log.events) + 1)
    file.history, event, article = step(file.log.events, file.history, event, calendar)
    # First of all the case itself: whoever comes second waits here, and then finds it changed.
    _save_case(session, file, act.sets)
    letters = posting.write_letters(session, file, event, act.texts, act.sets)
    refs = tuple(LetterRef(letter.kind, letter.number) for letter in letters)
    file.history, event = sent(file.log.events, file.history, event, refs, calendar)
    after = file.history.state
    assert after is not None
    last_hash = log.append(
        session,
        file.id,
        event,
        at=act.at,
        moved=(before, after),
        article=article,
        texts=act.texts,
        last_hash=file.log.last_hash,
    )
    file.log, file.texts = Log([*file.log.events, event], last_hash), None
    _save_terms(session, file)
    posting.post(session, file, event, letters, act.at)
    return file


def _save_case(session: Session, file: CaseFile, sets: Mapping[str, Any]) -> None:
    values = {
        "case_id": file.id,
        "seen": file.version,
        "version": file.version + 1,
        "calendar": session.calendar_version,
        **projection(file.history),
    }
    reworded = not sets.keys().isdisjoint(search.SEARCHED)
    if reworded:  # The index forgets a text by what it said.
        search.forget(session, file.id)
    statement = _update(frozenset(sets))
    found = session.execute(statement, values | {f"set_{name}": sets[name] for name in sets})
    if found.rowcount != 1:
        raise Stale(file.row.number, file.version, None)
    if reworded:
        search.add_again(session, file.id)
    file.version += 1


def _save_terms(session: Session, file: CaseFile) -> int:
    """Write the terms that differ from what is stored; gives how many."""
    stored = {(term.name, term.no): term for term in file.stored_terms}
    terms = file.history.terms
    changed = [term for term in terms if stored.pop((term.name, term.no), None) != term]
    rows = [
        {
            "case_id": file.id,
            "name": term.name,
            "no": term.no,
            "article": term.article,
            "runs_from": term.runs_from,
            "due_on": term.due_on,
            "status": term.status,
            "event_seq": term.event,
            "party": term.party,
        }
        for term in changed
    ]
    if rows:
        session.execute(_upsert(session), rows)
    for name, no in stored:  # A replay may find that a term never existed.
        session.execute(_DROP_TERM, {"case": file.id, "term": name, "which": no})
    file.stored_terms = list(terms)
    return len(rows)


def _terms_upsert(insert: Callable[..., Any]) -> Any:
    statement = insert(TERMS).inline()
    kept = ("case_id", "name", "no")
    changed = {
        column.name: statement.excluded[column.name] for column in TERMS.c if column.name not in (*kept, "id")
    }
    return statement.on_conflict_do_update(index_elements=list(kept), set_=changed)


_UPSERT_TERMS = {"sqlite": _terms_upsert(sqlite.insert), "postgresql": _terms_upsert(postgresql.insert)}


def _upsert(session: Session) -> Any:
    return _UPSERT_TERMS[session.store.engine.dialect.name]

"""A case as it stood in one of its versions: what two people who act at once have each before them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow import log
from workflow.casefile import CaseFile
from workflow.corrections import effective
from workflow.history import LIVE, Event, Term
from workflow.law.decisions import Decision
from workflow.lifecycle import fold
from workflow.store import Session
from workflow.vocabulary import Action, State, TermName


@dataclass(frozen=True, slots=True)
class Version:
    """What somebody who opened the case then could see of it."""

    number: int
    state: State
    received_on: date | None
    due_on: date | None
    provisional: bool
    paused: bool
    conservative_due_on: date | None
    unit: str | None
    handler: str | None
    #: The decision that it has, or that the draft under way would give it.
    decision: Decision | None
    #: The terms that run or rest, but for the reply term.
    terms: tuple[Term, ...]
    #: What the draft under way says.
    draft: Mapping[str, Any]


def version_of(session: Session, file: CaseFile, number: int, today: date) -> Version:
    """The case after its first `number` records, in the light of the calendar of today."""
    events = file.log.events[:number]
    h = fold(events, session.calendar, as_of=today)
    assert h.state is not None
    unit, handler = _holder(events)
    running = (term for term in h.terms if term.status in LIVE and term.name is not TermName.REPLY)
    return Version(
        number=number,
        state=h.state,
        received_on=h.received_on,
        due_on=h.due_on if h.is_open else None,
        provisional=bool(h.is_open and h.due and h.due.provisional),
        paused=h.is_paused,
        conservative_due_on=h.conservative_due_on if h.is_open else None,
        unit=unit or (None if _holder(file.log.events)[0] else file.row.unit),
        handler=handler,
        decision=h.decision or (h.draft.decision if h.draft else None),
        terms=tuple(running),
        draft=_texts(session, file, events).get(h.draft.event, {}) if h.draft and h.is_open else {},
    )


def _holder(events: Sequence[Event]) -> tuple[str | None, str | None]:
    """Who has the case, as its log tells: the unit, and the handler by the name that was given."""
    unit = handler = None
    for event in effective(events):
        unit = event.facts.get("unit", unit)
        if event.action is Action.ASSIGN:
            handler = event.facts.get("handler")
    return unit, handler


def _texts(session: Session, file: CaseFile, events: Sequence[Event]) -> dict[int, Mapping[str, Any]]:
    """What people wrote up to then, as corrected up to then."""
    known: dict[int, Mapping[str, Any]] = {**log.texts_of(session, file.id)}
    for event in events:
        if event.action is Action.RECTIFY and event.seq in known:
            target = event.facts["event"]
            known[target] = {**known.get(target, {}), **known[event.seq].get("changes", {})}
    return known

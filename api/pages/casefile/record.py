"""What has been done with a case: the timeline, who was asked, the fee, and the draft under review."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from api.forms import LITERALS
from api.pages.course import Told, told
from workflow.casefile import CaseFile, parties, texts_of
from workflow.queries.conferences import Conference, conferences
from workflow.queries.consultations import consultations
from workflow.queries.timeline import Entry, timeline
from workflow.store import Session
from workflow.vocabulary import Action, State

#: A draft is shown to those who review, sign and send it.
DRAFTED = frozenset({State.LEGAL_REVIEW, State.APPROVAL, State.APPROVED})
CONFERRING = frozenset({Action.OPEN_CONFERENCE, Action.CLOSE_CONFERENCE})


def record(session: Session, file: CaseFile, *, latest: int | None = None) -> dict[str, Any]:
    """All of it, for the page; of the timeline perhaps only so many of the latest acts."""
    h, names, after = file.history, parties(session, file), 0
    if latest:
        after = max(0, file.version - latest)
    entries = timeline(session, file, after=after, also=_matters(file))
    conferred = conferences(session, file, entries)
    course = list(_numbered(told(entries, names), conferred))
    draft = h.draft if h.state in DRAFTED else None
    pressing = [each for each in course if each.entry.action is Action.ESCALATE and h.is_open]
    return {
        "course": [each for each in course if each.entry.seq > after],
        "events": file.version,
        "pressed": pressing[-1] if pressing else None,
        "consultations": consultations(session, file, names, entries),
        "conferences": conferred,
        "fees": list(_fees(file, entries)),
        "remedies": list(_remedies(file)),
        "draft": draft,
        "draft_texts": texts_of(session, file).get(draft.event, {}) if draft else {},
    }


def _matters(file: CaseFile) -> set[int]:
    """The acts that are told of outside the timeline: who asked, conferred, assessed, and pressed last."""
    h = file.history
    asked = {act for each in h.consultations for act in (each.event, each.opinion) if act}
    conferred = {event.seq for event in file.log.events if event.action in CONFERRING}
    pressed = [event.seq for event in file.log.events if event.action is Action.ESCALATE]
    return asked | conferred | {fee.event for fee in h.fees} | set(pressed[-1:])


def _numbered(course: Iterable[Told], conferred: Iterable[Conference]) -> Iterator[Told]:
    """The timeline, in which each act of a 会商 says which one it is."""
    numbers: Mapping[int | None, int] = {
        event: each.no for each in conferred for event in (each.opened, each.closed)
    }
    for each in course:
        no = numbers.get(each.entry.seq)
        yield replace(each, lines=(("会商", f"第{no}次"), *each.lines)) if no else each


def _fees(file: CaseFile, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Each assessment with who made it and the last day for the payment."""
    who = {entry.seq: entry.person or "" for entry in entries}
    terms = file.history.terms
    for fee in file.history.fees:
        term = terms[fee.term] if fee.term is not None else None
        due = file.history.state is State.AWAITING_PAYMENT
        yield {"fee": fee, "person": who.get(fee.event, ""), "term": term, "due": due}


def _remedies(file: CaseFile) -> Iterator[dict[str, Any]]:
    """Each reconsideration or suit in the words of its form."""
    for each in file.history.remedies:
        outcome = LITERALS[each.outcome] if each.outcome else ""
        yield {"kind": LITERALS[each.kind], "remedy": each, "outcome": outcome}

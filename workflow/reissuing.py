"""A correction of a record that letters told of: each that would now say something else goes out again.

What was sent stays as it is; the new letter has a number of its own, and names the one that it corrects.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflow.casefile import CaseFile, parties, texts_of
from workflow.corrections import effective
from workflow.correspondence import (
    DECISION_KINDS,
    ENCLOSED,
    Earlier,
    LetterOrder,
    Sent,
    letters_of,
    told,
)
from workflow.history import LIVE, Event
from workflow.law.workdays import Calendar
from workflow.lifecycle import fold
from workflow.store import Session
from workflow.tables import LETTERS, Agency
from workflow.vocabulary import Action, State

Told = Mapping[str, Any]
#: What goes with a decision: it is sent again as long as that is the one that stands.
DECIDING = DECISION_KINDS | {"third_party_disclosure_notice"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that goes out: what it is told, and which one it corrects, if it does."""

    sent: Sent
    told: Told
    corrects: Earlier | None = None


def letters_again(
    session: Session,
    file: CaseFile,
    event: Event,
    agency: Agency,
    *,
    texts: Mapping[str, Any],
    sets: Mapping[str, Any],
) -> list[Letter]:
    """The letters that a correction sends anew; `file.history` is the corrected course."""
    origin = event.facts.get("reissues")
    if origin is None or event.facts.get("void"):
        return []
    before, after = _before(session, file, origin), _after(session, file, event, texts, sets)
    known = _known(session, file, origin)
    found: dict[Sent, Letter] = {}
    for old, new in _pairs(before, after):
        if new.kind in ENCLOSED:
            changed = Sent(ENCLOSED[new.kind][0], new.party) in found
        else:
            changed = old is None or _says(session, event, agency, old, before) != _says(
                session, event, agency, new, after
            )
        if changed and _stands(file, origin, new.kind):
            found[new] = Letter(new, after, known.get(_matter(old)) if old else None)
    return list(found.values())


def _before(session: Session, file: CaseFile, origin: int) -> Told:
    """What the letters of that act would be told by the record as it stood."""
    names = parties(session, file)
    return _told(
        file.log.events, origin, session.calendar, file.row._asdict(), texts_of(session, file), names
    )


def _after(
    session: Session, file: CaseFile, event: Event, texts: Mapping[str, Any], sets: Mapping[str, Any]
) -> Told:
    """The same by the record as it is corrected."""
    target, known = event.facts["event"], texts_of(session, file)
    written = {**known, target: {**known.get(target, {}), **texts.get("changes", {})}}
    log, case = [*file.log.events, event], {**file.row._asdict(), **sets}
    names = parties(session, file) | _named(log, target, written)
    return _told(log, event.facts["reissues"], session.calendar, case, written, names)


def _named(log: Iterable[Event], target: int, texts: Mapping[int, Mapping[str, Any]]) -> dict[int, str]:
    """The consulted party, if the corrected record names one."""
    consults = (Action.CONSULT_THIRD_PARTY, Action.CONSULT_AGENCY)
    asked = (event for event in effective(log) if event.seq == target and event.action in consults)
    return {event.facts["party"]: texts[target]["name"] for event in asked}


def _told(
    log: Iterable[Event],
    origin: int,
    calendar: Calendar,
    case: Mapping[str, Any],
    texts: Mapping[int, Mapping[str, Any]],
    names: Mapping[int, str],
) -> Told:
    """The course up to the act that sent the letters, and what was written in it."""
    events = [e for e in effective(log) if e.seq <= origin and e.action is not Action.RECTIFY]
    return told(case, fold(events, calendar), events[-1], texts, names)


def _pairs(before: Told, after: Told) -> Iterator[tuple[Sent | None, Sent]]:
    """Each letter of the corrected act with the one that it would have sent: one about the same matter."""
    old: dict[tuple[str, int], Sent] = dict(_counted(before))
    for nth, new in _counted(after):
        yield old.get(nth), new


def _counted(acted: Told) -> Iterator[tuple[tuple[str, int], Sent]]:
    count: Counter[str] = Counter()
    for sent in letters_of(acted["history"], acted["event"]):
        about, _party = _matter(sent)
        count[about] += 1
        yield (about, count[about]), sent


def _matter(sent: Sent) -> tuple[str, int | None]:
    """What a letter is about, and whom it addresses; a case has one decision, of whatever kind."""
    return "decision" if sent.kind in DECISION_KINDS else sent.kind, sent.party


def _says(session: Session, event: Event, agency: Agency, sent: Sent, acted: Told) -> Mapping[str, Any]:
    """What a letter of today would say, apart from number and code."""
    order = LetterOrder(
        kind=sent.kind,
        party=sent.party,
        number="",
        on=event.on,
        agency=agency,
        calendar=session.calendar,
        corrects=Earlier(sent.kind, "", event.on),
        **acted,
    )
    return session.store.issue_letter(order).context


def _known(session: Session, file: CaseFile, origin: int) -> dict[tuple[str, int | None], Earlier]:
    """The letters of an act as they were last sent, by what they are about."""
    again = [seq for seq, first in file.history.reissued.items() if first == origin]
    columns = (LETTERS.c.kind, LETTERS.c.number, LETTERS.c.on_date, LETTERS.c.party)
    query = select(*columns).where(LETTERS.c.case_id == file.id, LETTERS.c.event_seq.in_([origin, *again]))
    return {
        _matter(Sent(row.kind, row.party)): Earlier(row.kind, row.number, row.on_date)
        for row in session.execute(query.order_by(LETTERS.c.id))
    }


def _stands(file: CaseFile, origin: int, kind: str) -> bool:
    """Whether the letter still means something to its reader: what was answered is not asked again."""
    h = file.history
    if kind in DECIDING:
        return h.state is not State.VOIDED and origin > h.reopened
    asked = [term for term in h.terms if term.event == origin]
    return any(term.status in LIVE for term in asked) if asked else h.is_open

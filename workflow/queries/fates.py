"""What has become of a letter since it was issued: whether it stands, and which letter took its place."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from workflow.casefile import CaseFile
from workflow.corrections import effective
from workflow.correspondence import DECISION_KINDS
from workflow.store import Session
from workflow.tables import LETTERS
from workflow.vocabulary import Action, State


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of one letter."""

    #: Its record was struck out, its case voided, or its fee cancelled.
    void: bool = False
    #: The number of the letter that took its place; empty, if none did.
    replaced_by: str = ""


def fates(session: Session, file: CaseFile) -> dict[str, Fate]:
    """What has become of each letter of a case, by its number."""
    columns = (LETTERS.c.kind, LETTERS.c.number, LETTERS.c.event_seq, LETTERS.c.party)
    query = select(*columns).where(LETTERS.c.case_id == file.id).order_by(LETTERS.c.id)
    sent, void, returned = session.execute(query).all(), _void(file), _returned(file)

    again = file.history.reissued

    def replaced_by(old: Row[Any]) -> str:
        first = again.get(old.event_seq, old.event_seq)
        gone = old.event_seq in void or (first, old.kind) in returned or old.kind in DECISION_KINDS
        later = [new for new in sent if new.event_seq > old.event_seq and new.event_seq not in void]
        alike = [
            new.number
            for new in later
            if _matter(new) == _matter(old) and (gone or again.get(new.event_seq) == first)
        ]
        return alike[-1] if alike else ""

    return {each.number: Fate(each.event_seq in void, replaced_by(each)) for each in sent}


def _matter(letter: Row[Any]) -> tuple[str, int | None]:
    """What a letter is about, and whom it addresses: only a letter like it can take its place.

    A case has one decision at a time: a new one takes the place of the old, of whatever kind it is.
    """
    return "decision" if letter.kind in DECISION_KINDS else letter.kind, letter.party


def _void(file: CaseFile) -> frozenset[int]:
    """The events whose letters no longer stand."""
    events = frozenset(event.seq for event in file.log.events)
    if file.history.state is State.VOIDED:
        return events
    cancelled = {fee.event for fee in file.history.fees if fee.cancelled}
    gone = (events - {event.seq for event in effective(file.log.events)}) | cancelled
    return gone | {correction for correction, first in file.history.reissued.items() if first in gone}


def _returned(file: CaseFile) -> frozenset[tuple[int, str]]:
    """Letters that came back undelivered, as (event, kind): they may be sent again."""
    return frozenset(
        (event.facts["issued"], event.facts["letter"])
        for event in effective(file.log.events)
        if event.action is Action.RECORD_SERVICE and event.facts.get("returned")
    )

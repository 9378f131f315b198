"""What has become of a letter since it was issued: whether it stands, and which letter took its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflow.casefile import CaseFile
from workflow.corrections import effective
from workflow.correspondence import DECISION_KINDS
from workflow.store import Session
from workflow.tables import LETTERS
from workflow.vocabulary import Action, State

#: What goes to a third party beside the decision, and falls with it.
TOLD_OF_DECISION = "third_party_disclosure_notice"


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of one letter."""

    #: Its record was struck out, its case voided, its fee cancelled, or what it told of decided anew.
    void: bool = False
    #: The number of the letter that took its place; empty, if none did.
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A letter as the register has it."""

    kind: str
    number: str
    event: int
    party: int | None
    #: The act that sent it; if it was sent again after a correction, the act that sent the first.
    act: int

    @property
    def matter(self) -> tuple[str, int | None]:
        """What it is about, and whom it addresses: only a letter like it can take its place.

        A case has one decision at a time: a new one takes the place of the old, of whatever kind it is.
        """
        return "decision" if self.kind in DECISION_KINDS else self.kind, self.party


def fates(session: Session, file: CaseFile) -> dict[str, Fate]:
    """What has become of each letter of a case, by its number."""
    sent, void, returned = _sent(session, file), _void(file), _returned(file)
    standing = [each for each in sent if each.event not in void]
    overtaken, found = _overtaken(standing), {}
    by_matter: dict[Any, list[_Sent]] = {}
    for each in standing:
        by_matter.setdefault(each.matter, []).append(each)
    for each in sent:
        gone = each.event in void or each in overtaken or each.kind in DECISION_KINDS
        gone = gone or (each.act, each.kind) in returned
        alike = [new for new in by_matter.get(each.matter, ()) if new.event > each.event]
        later = [new.number for new in alike if gone or new.act == each.act]
        fallen = each.event in void or (each in overtaken and not later)
        found[each.number] = Fate(fallen, later[-1] if later else "")
    return found


def _sent(session: Session, file: CaseFile) -> list[_Sent]:
    columns = (LETTERS.c.kind, LETTERS.c.number, LETTERS.c.event_seq, LETTERS.c.party)
    query = select(*columns).where(LETTERS.c.case_id == file.id).order_by(LETTERS.c.id)
    again = file.history.reissued
    return [
        _Sent(kind, number, seq, party, again.get(seq, seq))
        for kind, number, seq, party in session.execute(query)
    ]


def _overtaken(standing: Sequence[_Sent]) -> frozenset[_Sent]:
    """What told a third party of a decision that is no longer the case's."""
    decided = max((each.act for each in standing if each.kind in DECISION_KINDS), default=0)
    return frozenset(each for each in standing if each.kind == TOLD_OF_DECISION and each.act < decided)


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

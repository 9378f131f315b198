"""What has become of a letter since it was issued: whether it stands, and which letter took its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.casefile import CaseFile
from workflow.corrections import effective
from workflow.history import Event, LetterRef
from workflow.law.decisions import DECISIONS
from workflow.vocabulary import Action, State

#: A case has one decision at a time: a new one takes the place of the old, of whatever kind it is.
DECISION_KINDS = frozenset(rule.letter_kind for rule in DECISIONS.values())
Sent = tuple[Event, LetterRef]


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of one letter."""

    #: Its record was struck out, its case voided, or its fee cancelled.
    void: bool = False
    #: The number of the letter that took its place; empty, if none did.
    replaced_by: str = ""


def fates(file: CaseFile) -> dict[str, Fate]:
    """What has become of each letter of a case, by its number."""
    sent, void, returned = list(_sent(file)), _void(file), _returned(file)
    standing = [each for each in sent if each[0].seq not in void]

    def fate(event: Event, letter: LetterRef) -> Fate:
        passing = event.seq in void or (event.seq, letter.kind) in returned or letter.kind in DECISION_KINDS
        later = [
            after.number
            for later_event, after in standing
            if passing
            and later_event.seq > event.seq
            and _matter(later_event, after) == _matter(event, letter)
        ]
        return Fate(event.seq in void, later[-1] if later else "")

    return {letter.number: fate(event, letter) for event, letter in sent}


def _sent(file: CaseFile) -> Iterator[Sent]:
    return ((event, letter) for event in file.log.events for letter in event.letters)


def _matter(event: Event, letter: LetterRef) -> tuple[str, int | None]:
    """What a letter is about, and whom it addresses: only a letter like it can take its place."""
    about = "decision" if letter.kind in DECISION_KINDS else letter.kind
    return about, event.facts.get("party")


def _void(file: CaseFile) -> frozenset[int]:
    """The events whose letters no longer stand."""
    events = frozenset(event.seq for event in file.log.events)
    if file.history.state is State.VOIDED:
        return events
    cancelled = {fee.event for fee in file.history.fees if fee.cancelled}
    return (events - {event.seq for event in effective(file.log.events)}) | cancelled


def _returned(file: CaseFile) -> frozenset[tuple[int, str]]:
    """Letters that came back undelivered, as (event, kind): they may be sent again."""
    return frozenset(
        (event.facts["issued"], event.facts["letter"])
        for event in effective(file.log.events)
        if event.action is Action.RECORD_SERVICE and event.facts.get("returned")
    )

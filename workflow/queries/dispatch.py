"""How each letter of a case went out, and when it arrived, as the log tells: for lists of letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflow.casefile import CaseFile
from workflow.corrections import effective
from workflow.correspondence import ENCLOSED
from workflow.effects.service import STARTED_BY, served_on
from workflow.history import Event, LetterRef
from workflow.records import FinalLetter
from workflow.vocabulary import Action, Method

#: Notices: the act that sends one tells how it goes, and may tell when it arrived.
NOTICES = frozenset(kind for kinds in STARTED_BY.values() for kind in kinds)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How a letter went, or is meant to go, and the day of its service, as far as they are known."""

    method: Method | None = None
    served_on: date | None = None
    #: It came back, and has not arrived since.
    returned: bool = False


def dispatches(file: CaseFile) -> dict[str, Dispatch]:
    """By the letter's number."""
    events = effective(file.log.events)
    records = [event for event in events if event.action is Action.RECORD_SERVICE]
    return {
        letter.number: _dispatch(file, event, letter, records) for event in events for letter in event.letters
    }


def _dispatch(file: CaseFile, event: Event, letter: LetterRef, records: Sequence[Event]) -> Dispatch:
    own = [each for each in records if each.facts.get("number") == letter.number]
    arrived = [each for each in own if not each.facts.get("returned")]
    if arrived:
        return Dispatch(Method(arrived[0].facts["method"]), served_on(arrived[0]))
    final = final_of(file, event, letter.kind)
    if final and final.served and not own:  # Handed over as it was issued.
        return Dispatch(Method.IN_PERSON, final.served)
    told = event.day("served_on") if letter.kind in NOTICES and not own else None
    return Dispatch(meant(file, event, letter.kind), told, bool(own))


def meant(file: CaseFile, sent: Event | None, kind: str) -> Method | None:
    """How the act said that its letter goes; what it sent to others beside goes its own way."""
    said = sent.facts.get("method") if sent and (kind in NOTICES or final_of(file, sent, kind)) else None
    return Method(said) if said else None


def final_of(file: CaseFile, sent: Event | None, kind: str) -> FinalLetter | None:
    """The letter of that act and kind, if it ends the case."""
    found = (each for each in file.history.final_letters if sent and each.event == sent.seq)
    return next((each for each in found if each.kind == kind), None)


def enclosing(kind: str, number: str) -> str:
    """The number of the letter that one of that kind and number goes out with: its own, if it goes alone."""
    return number.removesuffix(ENCLOSED[kind][1]) if kind in ENCLOSED else number

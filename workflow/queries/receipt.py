"""What registering an application will fix: the day of receipt, and until when it is to be answered."""

from dataclasses import dataclass
from datetime import date

from workflow.history import Event, History
from workflow.law.workdays import Calendar
from workflow.lifecycle import move
from workflow.vocabulary import Action, Channel, Role, TermName


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The days that follow from a receipt (arts. 30, 31, 33)."""

    received_on: date
    due_on: date
    clarify_by: date
    provisional: bool


def foresee(channel: Channel, received_on: date | None, on: date, calendar: Calendar) -> Foreseen:
    """The days as the engine would fix them; raises Refused as it would."""
    facts = {"channel": channel.value}
    if received_on:
        facts["received_on"] = received_on.isoformat()
    h = History()
    move(h, Event(1, on, Action.REGISTER, Role.CLERK, facts), calendar)
    clarification = h.term(TermName.CLARIFICATION_NOTICE)
    assert h.received_on
    assert h.due
    assert clarification
    return Foreseen(h.received_on, h.due.due_on, clarification.due_on, h.due.provisional)

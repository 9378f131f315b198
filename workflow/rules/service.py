"""Rules of service, archive and remedies."""

from workflow.history import Event, History
from workflow.law.decisions import Decision
from workflow.law.workdays import Calendar
from workflow.rules.refusal import refuse


def a_letter_went_out(h: History, e: Event, calendar: Calendar) -> None:
    """Only what was sent can arrive."""
    if not h.letters:
        refuse(h, e, "45", "本件尚未发出文书")


def letter_is_on_file(h: History, e: Event, calendar: Calendar) -> None:
    """That letter was sent, and the act that sent it was not struck out since."""
    if e.facts.get("issued") not in h.letters_on:
        name = e.facts.get("number") or e.facts.get("letter")
        refuse(h, e, "45", f"本件没有发出文书“{name}”" if name else "本件尚未发出答复，请注明是哪件文书")


def served_after_issued(h: History, e: Event, calendar: Calendar) -> None:
    """A letter arrives at the earliest on the day it was issued."""
    issued_on = h.letters_on[e.facts["issued"]]
    if e.on_or("served_on") < issued_on:
        refuse(h, e, "45", f"送达日期{e.on_or('served_on')}早于文书发出日期{issued_on}")


def final_letters_served(h: History, e: Event, calendar: Calendar) -> None:
    """The closed file holds proof of service of each final letter that this system issued.

    What was withdrawn needs none.
    """
    withdrawn = h.decision is Decision.WITHDRAWN
    if not withdrawn and any(letter.served is None for letter in h.final_letters):
        refuse(h, e, "45", "答复文书尚无送达凭证，请先登记送达")


def registered(h: History, e: Event, calendar: Calendar) -> None:
    """Remedies, and a new reply, exist for a registered application only."""
    if h.received_on is None:
        refuse(h, e, "51", "本件从未登记")


def outcome_after_filing(h: History, e: Event, calendar: Calendar) -> None:
    """A decision cannot precede the filing."""
    if e.on_or("decided_on") < e.on_or("filed_on"):
        refuse(h, e, "51", f"裁决日期{e.on_or('decided_on')}早于提起日期{e.on_or('filed_on')}")

"""A case taken over from a ledger: the row's dates, put through the same effects in their order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from workflow.effects.consultation import consult_third_party, record_opinion
from workflow.effects.fee import record_payment
from workflow.effects.intake import receive, receive_clarification, request_clarification
from workflow.effects.notices import notify
from workflow.effects.reply import extend, finish
from workflow.history import Event, Fee, History
from workflow.law import terms as law
from workflow.law.decisions import Decision
from workflow.law.workdays import Calendar
from workflow.vocabulary import Channel, TermName

Step = tuple[date, Callable[[History, Event, Calendar], None], dict[str, Any]]
#: A ledger does not say whom it consulted: the one unnamed third party.
UNNAMED = 0


def imported(h: History, e: Event, calendar: Calendar) -> None:
    """Lay the row's dates down as the course of the case (contract §3.2)."""
    h.imported = True
    h.channel = Channel(e.facts["channel"])
    receive(h, e, e.on_or("received_on"), calendar)
    h.reckon(calendar)
    replied = e.day("replied_on") or date.max
    for day, effect, facts in sorted(_steps(e), key=lambda step: step[0]):
        if day > replied:
            continue  # What a ledger dates after the reply (a late extension) moved nothing.
        h.pass_to(day)
        effect(h, replace(e, on=day, facts=facts), calendar)
        h.reckon(calendar)


def _steps(e: Event) -> Iterator[Step]:
    days = {name: e.day(name) for name in DATES}
    yield from _clarification_steps(days)
    yield from _consultation_steps(days)
    if e.facts.get("extension_workdays"):
        day = days["extension_notified"] or e.on_or("received_on")
        yield day, extend, {"workdays": e.facts["extension_workdays"]}
    if e.facts.get("fee_yuan"):
        yield _fee_day(e), _notify_fee, {"amount": e.facts["fee_yuan"]}
        if paid := days["paid_on"]:
            yield paid, record_payment, {}
    if replied := days["replied_on"]:
        yield replied, _conclude, {"decision": e.facts["decision"], "served_on": e.facts.get("served_on")}


def _clarification_steps(days: Mapping[str, date | None]) -> Iterator[Step]:
    if sent := days["clarification_sent"]:
        yield sent, request_clarification, {"within_workdays": law.CLARIFICATION.count}
    if received := days["clarification_received"]:
        yield received, receive_clarification, {}


def _consultation_steps(days: Mapping[str, date | None]) -> Iterator[Step]:
    if sent := days["consultation_sent"]:
        yield sent, consult_third_party, {"party": UNNAMED}
        if closed := days["consultation_received"]:
            yield closed, record_opinion, {"party": UNNAMED, "consents": None}


DATES = (
    "clarification_sent",
    "clarification_received",
    "consultation_sent",
    "consultation_received",
    "extension_notified",
    "paid_on",
    "replied_on",
)


def _fee_day(e: Event) -> date:
    """A ledger has no day of the fee notice: the latest day it can have been is that of payment."""
    known = [day for name in DATES[:5] if (day := e.day(name))]
    return e.day("paid_on") or max([e.on_or("received_on"), *known])


def _notify_fee(h: History, e: Event, calendar: Calendar) -> None:
    h.pause_clock(e.on)
    term = notify(h, e, calendar, TermName.PAYMENT, law.PAYMENT.article, law.PAYMENT.count)
    h.fees.append(Fee(e.seq, None, None, e.facts["amount"], (), e.on, term))


def _conclude(h: History, e: Event, calendar: Calendar) -> None:
    finish(h, e, calendar, Decision(e.facts["decision"]), served=e.day("served_on"))

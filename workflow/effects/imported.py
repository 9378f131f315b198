"""A case taken over from a ledger: the row's days, put through the same effects in their order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from workflow.effects.consultation import consult_third_party, record_opinion
from workflow.effects.doubts import doubts
from workflow.effects.fee import record_payment
from workflow.effects.intake import receive, receive_clarification, request_clarification
from workflow.effects.reply import extend, finish
from workflow.effects.service import file_remedy
from workflow.history import UNNAMED, Event, Facts, History
from workflow.law import terms as law
from workflow.law.decisions import Decision
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar
from workflow.records import Fee, Remedy
from workflow.vocabulary import OPEN_STATES, PAUSED_STATES, Channel, State, TermName, TermStatus

Step = tuple[date, Callable[[History, Event, Calendar], None], dict[str, Any]]
#: A remedy that a ledger tells of without its outcome.
PENDING = "pending"


def state_of(facts: Facts) -> State:
    """Where a row leaves its case: the first of these that holds (docs/formats.md)."""
    if facts.get("decision"):
        return State.ARCHIVED if facts.get("archive_number") else State.CONCLUDED
    if facts.get("fee_yuan") and not facts.get("paid_on"):
        return State.AWAITING_PAYMENT
    if facts.get("consultation_sent") and not facts.get("consultation_received"):
        return State.CONSULTING
    if facts.get("clarification_sent") and not facts.get("clarification_received"):
        return State.AWAITING_CLARIFICATION
    return State.PROCESSING


def imported(h: History, e: Event, calendar: Calendar) -> None:
    """Lay the row's days down as the course of the case, and say what they leave open."""
    h.imported = True
    h.channel = Channel(e.facts["channel"])
    receive(h, e, e.on_or("received_on"), calendar)
    h.reckon(calendar)
    for day, effect, facts in _in_order(e):
        h.pass_to(day)
        effect(h, replace(e, on=day, facts=facts), calendar)
        h.reckon(calendar)
    _file_remedies(h, e)
    _rest_or_run(h, state_of(e.facts))
    h.pass_to(e.on)
    for doubt in doubts(e, calendar):
        h.warn(doubt)


def _in_order(e: Event) -> list[Step]:
    """The steps by their days: none before the receipt, none after the reply, which ends the case."""
    first, last = e.on_or("received_on"), e.day("replied_on") or date.max
    steps = [(max(day, first), effect, facts) for day, effect, facts in _steps(e, last) if day <= last]
    return sorted(steps, key=lambda step: step[0])


def _steps(e: Event, last: date) -> Iterator[Step]:
    """Restarts stand first: on the same day, a pause or an extension belongs to the new run."""
    yield from _clarification(e)
    yield from _fee(e)
    yield from _consultation(e)
    yield from _extension(e, last)
    if replied := e.day("replied_on"):
        yield replied, _conclude, {"decision": e.facts["decision"], "served_on": e.facts.get("served_on")}


def _asked(e: Event, name: str) -> tuple[date | None, date | None]:
    """When something was asked and answered; an answer before its question dates the question too."""
    sent, received = e.day(f"{name}_sent"), e.day(f"{name}_received")
    return (min(sent, received) if sent and received else sent), received


def _clarification(e: Event) -> Iterator[Step]:
    sent, received = _asked(e, "clarification")
    if sent:
        yield sent, request_clarification, {"within_workdays": law.CLARIFICATION.count}
    if received:
        yield received, receive_clarification, {}


def _consultation(e: Event) -> Iterator[Step]:
    sent, received = _asked(e, "consultation")
    if sent:
        yield sent, consult_third_party, {"party": UNNAMED}
        if received:
            yield received, record_opinion, {"party": UNNAMED, "consents": None}


def _fee(e: Event) -> Iterator[Step]:
    """A ledger has no day of the fee notice; a correction of the record may add it."""
    told, paid = e.day("fee_notified_on"), e.day("paid_on")
    if amount := e.facts.get("fee_yuan"):
        yield told or e.on_or("received_on"), _notify_fee, {"amount": amount, "undated": told is None}
    if paid:
        yield paid, record_payment, {}


def _notify_fee(h: History, e: Event, calendar: Calendar) -> None:
    """The term is awaited as long as nobody knows when the notice came: it must not lapse on a guess."""
    h.pause_clock(e.on)
    undated = e.facts["undated"]
    due_on = calendar.add_workdays(e.on, law.PAYMENT.count)
    status = TermStatus.AWAITED if undated else TermStatus.RUNNING
    term = h.open_term(TermName.PAYMENT, e, due_on, law.PAYMENT.article, status=status)
    h.fees.append(Fee(e.seq, None, None, e.facts["amount"], (), e.on, term, undated=undated))


def _extension(e: Event, last: date) -> Iterator[Step]:
    """An extension whose day is missing is taken to have been told in time, in the run that counts."""
    if workdays := e.facts.get("extension_workdays"):
        days = (e.day(name) for name in ("received_on", "clarification_received", "paid_on"))
        undated = max(day for day in days if day and day <= last)
        day = e.day("extension_notified", undated) or undated
        yield day, _extend, {"workdays": min(workdays, law.EXTENSION_MAX.count)}


def _extend(h: History, e: Event, calendar: Calendar) -> None:
    if h.due and e.on > h.due.due_on:
        told = f"{e.on}告知延期时，答复期限已于{h.due.due_on}届满，延期不予计算（{cite_zh('33')}）"
        h.warn(told)
        return
    extend(h, e, calendar)


def _conclude(h: History, e: Event, calendar: Calendar) -> None:
    served = e.day("served_on")
    finish(h, e, calendar, Decision(e.facts["decision"]), served if served and served >= e.on else None)


def _file_remedies(h: History, e: Event) -> None:
    """What became of the reply afterwards; a ledger has no days for it."""
    for kind, outcome in remedies_of(e.facts):
        file_remedy(h, Remedy(e.seq, kind, None, None if outcome == PENDING else outcome))


def remedies_of(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and outcome of each remedy that the row tells of; a suit without its kind cannot be placed."""
    if outcome := facts.get("reconsideration"):
        yield "reconsideration", outcome
    if kind := facts.get("litigation_kind"):
        yield kind, facts.get("litigation") or PENDING


def _rest_or_run(h: History, state: State) -> None:
    """The reply term rests in the states that wait for the applicant, and runs in the other open ones."""
    reply = h.term(TermName.REPLY)
    if state in PAUSED_STATES:
        if reply and reply.status is not TermStatus.PAUSED:
            h.pause_clock(reply.runs_from)
    elif state in OPEN_STATES:
        h.resume_clock()

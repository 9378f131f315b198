"""The information-processing fee (109号 arts. 4–6)."""

from dataclasses import replace

from workflow.clock import Cause
from workflow.effects.notices import answer, notify
from workflow.history import Event, Facts, History
from workflow.law import fees
from workflow.law import terms as law
from workflow.law.fees import Fee as Tariff
from workflow.law.workdays import Calendar
from workflow.records import Fee
from workflow.vocabulary import State, TermName, TermStatus


def tariff_of(facts: Facts) -> Tariff:
    """The statutory amount for the pieces or pages of an assessment (109号 arts. 4, 5)."""
    if facts["basis"] == "per_piece":
        return fees.per_piece(facts["pieces"], facts.get("before", 0))
    return fees.per_page(facts["pages"])


def assess_fee(h: History, e: Event, calendar: Calendar) -> None:
    """109号 arts. 4–6: the amount by the tariff; above zero a notice goes out and the reply term rests."""
    tariff = tariff_of(e.facts)
    count = e.facts["pieces"] if e.facts["basis"] == "per_piece" else e.facts["pages"]
    term = notified = None
    if tariff.amount_yuan:
        notified = e.on
        if h.state is not State.AWAITING_PAYMENT:
            h.pause_clock(e.on)
        term = notify(h, e, calendar, TermName.PAYMENT, "109号6", law.PAYMENT.count)
    h.fees.append(Fee(e.seq, tariff.basis, count, tariff.amount_yuan, tariff.steps, notified, term))


def cancel_fee(h: History, e: Event, calendar: Calendar) -> None:
    """The notice is taken back and the clock goes on as if it had not been sent; or a refund."""
    for index, fee in enumerate(h.fees):
        if fee.standing:
            h.fees[index] = replace(fee, cancelled=True)
    h.close_terms(TermStatus.CANCELLED, TermName.PAYMENT)
    if h.is_open:
        h.resume_clock()


def record_payment(h: History, e: Event, calendar: Calendar) -> None:
    """109号 art. 6: the reply term runs anew from the day of payment."""
    day = answer(h, e, TermName.PAYMENT, "缴费", key="paid_on")
    standing = [index for index, fee in enumerate(h.fees) if fee.standing]
    if standing:
        paid = replace(h.fees[standing[-1]], paid_on=day, receipt_no=e.facts.get("receipt_no"))
        h.fees[standing[-1]] = paid
    h.start_clock(day, Cause.PAYMENT, e)

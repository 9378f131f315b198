"""Rules on days that hold for many acts."""

from datetime import date

from workflow.effects.consultation import answered_by
from workflow.history import Event, History
from workflow.law.workdays import Calendar
from workflow.rules.refusal import refuse
from workflow.vocabulary import Action

#: Days that tell what has happened; only a day of service may lie ahead of the act.
PAST_DAYS = {
    "received_on": "收到日期",
    "paid_on": "缴费日期",
    "filed_on": "提起日期",
    "decided_on": "裁决日期",
    "published_on": "公告日期",
}

ARTICLE_OF_DAY = {
    "received_on": "31",
    "paid_on": "109号6",
    "filed_on": "51",
    "decided_on": "51",
    "published_on": "民诉法95",
}


def days_ascend(h: History, e: Event, calendar: Calendar) -> None:
    """The acts of a case are entered in their order; a day that was missed is rectified."""
    if e.on < h.last_on:
        refuse(h, e, "45", f"办理日期{e.on}早于本案上一环节的日期{h.last_on}，请核对日期或使用“更正记录”")


def nothing_in_the_future(h: History, e: Event, calendar: Calendar) -> None:
    """What has been received, paid, filed or decided was so at the latest on the day of the act."""
    for name, zh in PAST_DAYS.items():
        day = e.day(name)
        if day and day > e.on:
            refuse(h, e, ARTICLE_OF_DAY[name], f"{zh}{day}晚于办理日期{e.on}")


def served_after_sent(h: History, e: Event, calendar: Calendar) -> None:
    """A notice cannot arrive before it was sent."""
    if e.on_or("served_on") < e.on:
        refuse(h, e, None, f"送达日期{e.day('served_on')}早于发出日期{e.on}")


def answers_the_notice(h: History, e: Event, calendar: Calendar) -> None:
    """An answer, opinion or payment cannot come before the notice that it answers was sent."""
    key = "paid_on" if e.action is Action.RECORD_PAYMENT else "received_on"
    sent = _asked_on(h, e)
    if sent and e.on_or(key) < sent:
        refuse(h, e, None, f"{PAST_DAYS[key]}{e.on_or(key)}早于通知发出日期{sent}")


def _asked_on(h: History, e: Event) -> date | None:
    """When the notice that this act answers was sent."""
    if e.action is Action.RECEIVE_CLARIFICATION:
        return h.clarification.sent if h.clarification else None
    if e.action is Action.RECEIVE_JUSTIFICATION:
        return h.justification.sent if h.justification else None
    if e.action is Action.RECORD_PAYMENT:
        fee = h.standing_fee()
        return fee.notified_on if fee else None
    asked = answered_by(h, e)
    return h.consultations[asked].sent if asked is not None else None

"""Arrival, receipt, clarification and justification (arts. 29–31, 35)."""

from dataclasses import replace
from datetime import date

from workflow.clock import Cause
from workflow.effects.notices import answer, notify
from workflow.history import Event, History
from workflow.law import terms as law
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar
from workflow.records import Notice
from workflow.vocabulary import Channel, TermName, TermStatus


def submit(h: History, e: Event, calendar: Calendar) -> None:
    """The application is there; the receipt day is not yet fixed (art. 31)."""
    h.channel = Channel(e.facts["channel"])
    h.submitted_on = e.on


def register(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 31: the receipt day is fixed; the reply and the clarification notice fall due from it."""
    if h.channel is None:
        h.channel = Channel(e.facts["channel"])
    default = h.submitted_on if h.channel is Channel.IN_PERSON and h.submitted_on else e.on
    receive(h, e, e.day("received_on") or default, calendar)


def receive(h: History, e: Event, day: date, calendar: Calendar) -> None:
    """Fix the receipt day and start what runs from it."""
    h.received_on = day
    h.submitted_on = h.submitted_on or day
    h.start_clock(day, Cause.RECEIPT, e)
    length = law.CLARIFICATION_NOTICE
    due_on = calendar.add_workdays(day, length.count)
    h.open_term(TermName.CLARIFICATION_NOTICE, e, due_on, length.article, runs_from=day)


def request_clarification(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 30: asked once; the reply term rests until the answer, which starts it anew."""
    notice = h.term(TermName.CLARIFICATION_NOTICE)
    if notice and e.on > notice.due_on:
        h.conservative_due_on = h.due_on
        h.warn(
            f"补正告知晚于收到申请后第{law.CLARIFICATION_NOTICE.count}个工作日（{cite_zh('30')}），保守期限仍按原收到日计算"
        )
    if notice and notice.status is TermStatus.RUNNING:
        h.close_terms(TermStatus.MET, TermName.CLARIFICATION_NOTICE)
    if h.clarification is None:
        h.pause_clock(e.on)
    h.clarification = Notice(e.seq, e.on)
    notify(h, e, calendar, TermName.CLARIFICATION, "30", e.facts["within_workdays"])


def receive_clarification(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 30: the reply term runs anew from the day the answer came; late is accepted and flagged."""
    day = answer(h, e, TermName.CLARIFICATION, "补正材料")
    if h.clarification:
        h.clarification = replace(h.clarification, received=day)
    h.clarified = True
    h.start_clock(day, Cause.CLARIFICATION, e)


def request_justification(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 35: the applicant is asked why so much or so often; the reply clock runs on."""
    h.justification = Notice(e.seq, e.on)
    notify(h, e, calendar, TermName.JUSTIFICATION, "35", e.facts["within_workdays"])


def receive_justification(h: History, e: Event, calendar: Calendar) -> None:
    """The reasons came; whether they hold is judged next."""
    day = answer(h, e, TermName.JUSTIFICATION, "理由说明")
    if h.justification:
        h.justification = replace(h.justification, received=day)


def judge_justification(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 35: unreasonable, or reasonable with a set day when the reply cannot be in time."""
    if h.justification:
        h.justification = replace(h.justification, reasonable=e.facts["reasonable"])
    reply_by = e.day("reply_by")
    if reply_by:
        h.start_clock(e.on, Cause.DEFERRAL, e, fixed=reply_by)

"""Rules of consultation and 会商 (arts. 32–34)."""

from workflow.effects.consultation import answered_by, unreached
from workflow.history import Event, History
from workflow.law.workdays import Calendar
from workflow.rules.refusal import refuse


def someone_was_asked(h: History, e: Event, calendar: Calendar) -> None:
    """An opinion needs a consultation that is open, that the timer closed, or whose letter came back."""
    if not any(
        c.open or (c.by_timer and not c.answered and not c.cancelled) or unreached(h, c)
        for c in h.consultations
    ):
        refuse(h, e, "33¶3", "本件没有待反馈的征求意见")


def that_party_was_asked(h: History, e: Event, calendar: Calendar) -> None:
    """Only who was asked, and has not yet answered, can answer."""
    if not e.facts.get("deemed") and answered_by(h, e) is None:
        refuse(h, e, "33¶3", "没有向该单位或个人征求意见，或其意见已经登记")


def has_participants(h: History, e: Event, calendar: Calendar) -> None:
    """会商 needs somebody to confer with."""
    if not e.facts.get("participants_count"):
        refuse(h, e, "11", "会商应当列明参加单位")


def no_conference_is_open(h: History, e: Event, calendar: Calendar) -> None:
    """One 会商 at a time."""
    if h.open_conference is not None:
        refuse(h, e, "11", "上一次会商尚未形成结论")


def conference_is_open(h: History, e: Event, calendar: Calendar) -> None:
    """A conclusion needs an open 会商."""
    if h.open_conference is None:
        refuse(h, e, "11", "没有正在进行的会商")

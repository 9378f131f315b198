"""Rules of service, archive and remedies."""

from workflow.effects.service import noticed_on, served_on
from workflow.history import Event, History
from workflow.law import terms as law
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
    if served_on(e) < issued_on:
        refuse(h, e, "45", f"送达日期{served_on(e)}早于文书发出日期{issued_on}")


def published_long_enough(h: History, e: Event, calendar: Calendar) -> None:
    """A letter is published after it was issued, and counts as served when the notice has stood its days."""
    published, issued_on = e.day("published_on"), h.letters_on[e.facts["issued"]]
    article, days = law.PUBLIC_NOTICE.article, law.PUBLIC_NOTICE.count
    if published and published < issued_on:
        refuse(h, e, article, f"公告日期{published}早于文书发出日期{issued_on}")
    earliest = noticed_on(e)
    if earliest and served_on(e) < earliest:
        refuse(
            h, e, article, f"{published}公告，满{days}日视为送达，送达日期{served_on(e)}不能早于{earliest}"
        )


def final_letters_served(h: History, e: Event, calendar: Calendar) -> None:
    """The closed file holds proof of service of each final letter that this system issued.

    What was withdrawn needs none.
    """
    if h.decision is Decision.WITHDRAWN:
        return
    if any(letter.served is None for letter in h.final_letters):
        refuse(h, e, "45", "答复文书尚无送达凭证，请先登记送达")
    coming = [letter.served for letter in h.final_letters if letter.served and letter.served > e.on]
    if coming:
        refuse(h, e, "45", f"答复文书至{max(coming)}才送达，届时再归档")


def registered(h: History, e: Event, calendar: Calendar) -> None:
    """Remedies, and a new reply, exist for a registered application only."""
    if h.received_on is None:
        refuse(h, e, "51", "本件从未登记")


def outcome_after_filing(h: History, e: Event, calendar: Calendar) -> None:
    """A decision cannot precede the filing."""
    if e.on_or("decided_on") < e.on_or("filed_on"):
        refuse(h, e, "51", f"裁决日期{e.on_or('decided_on')}早于提起日期{e.on_or('filed_on')}")

"""The terms that notices start, and the answers that end them."""

from datetime import date

from workflow.history import Event, History
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar
from workflow.vocabulary import BY_POST, TermName, TermStatus


def notify(
    h: History,
    e: Event,
    calendar: Calendar,
    name: TermName,
    article: str,
    days: int,
    party: int | None = None,
) -> int:
    """Open the term that a notice starts: from its service, or awaited while it is in the post."""
    in_post = e.facts.get("method") in BY_POST and "served_on" not in e.facts
    start = e.on_or("served_on")
    status = TermStatus.AWAITED if in_post else TermStatus.RUNNING
    due_on = calendar.add_workdays(start, days)
    return h.open_term(name, e, due_on, article, runs_from=start, status=status, party=party)


def answer(h: History, e: Event, name: TermName, what: str, key: str = "received_on") -> date:
    """Close a term by the day its answer came, which counts, not the day it was entered."""
    day, last = e.on_or(key), h.term(name)
    if last and last.status not in (TermStatus.CANCELLED, TermStatus.MET):
        late = day > last.due_on and last.status is not TermStatus.AWAITED
        h.set_term(h.terms.index(last), status=TermStatus.LAPSED if late else TermStatus.MET)
        if late:
            h.warn(f"{what}于{day}收到，已逾{last.due_on}的期限（{cite_zh(last.article)}）")
    return day

"""The rule of the ledger: what it may still say about a case."""

from workflow.history import Event, History
from workflow.law.workdays import Calendar
from workflow.rules.refusal import refuse


def still_the_ledgers(h: History, e: Event, calendar: Calendar) -> None:
    """A ledger tells of cases that are in its hands; once the office acts on them here, they are not."""
    if h.state is not None and not h.imported:
        refuse(h, e, "45", "本件不是由台账导入的")
    if h.taken_over:
        refuse(h, e, "45", "本件导入后已在系统中办理，请在系统中继续登记")

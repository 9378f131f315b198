"""The course that a row's days lay down, computed without a database.

Received on Wednesday 2026-07-01; without anything else the 20th working day is Wednesday 2026-07-29. From
then to the import on Tuesday 2026-09-15 there is no holiday.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.ledger.sheets import TODAY
from workflow.history import Event, History, Term
from workflow.law import workdays
from workflow.lifecycle import fold
from workflow.vocabulary import Action, Role, TermName

CALENDAR = workdays.packaged()
REPLIED: dict[str, Any] = {"replied_on": "2026-07-20", "decision": "disclosed"}


def row(**facts: Any) -> Event:
    """The event of a row that says this."""
    said = {"channel": "in_person", "received_on": "2026-07-01", **facts}
    return Event(1, TODAY, Action.IMPORTED, Role.SYSTEM, said)


def course(**facts: Any) -> History:
    """The course of a case whose row says this."""
    return fold([row(**facts)], CALENDAR)


def imported_on(day: date, **facts: Any) -> History:
    """The same, imported on that day."""
    return fold([replace(row(**facts), on=day)], CALENDAR)


def term(h: History, name: TermName) -> Term:
    """The one term of that name."""
    (found,) = [each for each in h.terms if each.name is name]
    return found

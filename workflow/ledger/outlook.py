"""What an import would do, row by row, before anything is written; and whether it would still do the same."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow.clock import legal_day
from workflow.commands.intake import warnings_of
from workflow.history import Event
from workflow.ledger.planning import Plan, plan_of
from workflow.ledger.rows import Reading, Row
from workflow.lifecycle import fold
from workflow.store import Session
from workflow.tables import Agency
from workflow.vocabulary import Action, Role, Word


class Fate(Word):
    """What becomes of a row."""

    NEW = "new", "新导入"
    MORE = "more", "补充"
    SAME = "same", "没有变化"
    BAD = "bad", "不能导入"


@dataclass(frozen=True, slots=True)
class Outlook:
    """The fate of every row, with the reasons against it and the doubts about it, by its number."""

    fates: Mapping[int, Fate]
    faults: Mapping[int, tuple[str, ...]]
    warnings: Mapping[int, tuple[str, ...]]
    #: The numbers that new cases would get.
    numbers: Mapping[int, str]

    @property
    def counts(self) -> dict[Fate, int]:
        """How many rows have each fate."""
        found = Counter(self.fates.values())
        return {fate: found[fate] for fate in Fate}

    @property
    def digest(self) -> str:
        """The same for two outlooks only if they say the same of every row."""
        said = [sorted(each.items()) for each in (self.fates, self.faults, self.warnings, self.numbers)]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def look_ahead(session: Session, reading: Reading, agency: Agency, at: datetime) -> Outlook:
    """What an import of the ledger into this agency would do now; nothing is written."""
    return outlook(session, reading, plan_of(session, agency, reading), at)


def outlook(session: Session, reading: Reading, plan: Plan, at: datetime) -> Outlook:
    """What that plan comes to."""
    faults = dict(sorted({**reading.faults, **plan.faults}.items()))
    fates = {row.line: Fate.SAME for row in reading.rows}
    fates |= {row.line: Fate.NEW for row, _number in plan.new}
    fates |= {row.line: Fate.MORE for row, _file in plan.more}
    fates |= dict.fromkeys(faults, Fate.BAD)
    numbers = {row.line: number for row, number in plan.new}
    return Outlook(dict(sorted(fates.items())), faults, doubts(session, plan, at), numbers)


def doubts(session: Session, plan: Plan, at: datetime) -> dict[int, tuple[str, ...]]:
    """What an import of each row that it would take would warn of."""
    told = {row.line: _doubts(session, row, at) for row in plan.taken}
    return {line: each for line, each in sorted(told.items()) if each}


def _doubts(session: Session, row: Row, at: datetime) -> tuple[str, ...]:
    event = Event(1, legal_day(at), Action.IMPORTED, Role.SYSTEM, facts_of(row))
    return tuple(fold([event], session.calendar).warnings)


def facts_of(row: Row) -> dict[str, Any]:
    """The facts of the event by which the row comes in."""
    return {**row.facts, "warnings": warnings_of(row.body.applicant)}

"""Bringing a ledger in: what is new, what says more, what cannot be; then all of it in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from workflow.agencies import named_or_found
from workflow.casefile import CaseFile
from workflow.clock import LEGAL_ZONE, legal_day
from workflow.commands.intake import columns_of, create
from workflow.engine import SYSTEM, Act, advance
from workflow.errors import BadInput, Incomplete, WorkflowError
from workflow.ledger.outlook import doubts, facts_of, outlook
from workflow.ledger.planning import Plan, plan_of
from workflow.ledger.rows import Reading, Row
from workflow.store import Session
from workflow.tables import AGENCIES, Agency
from workflow.vocabulary import Action


@dataclass(slots=True)
class Report:
    """What became of every row of a ledger; rows go by the number that a spreadsheet shows."""

    agency: str
    rows: int
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: dict[int, tuple[str, ...]] = field(default_factory=dict)
    warnings: dict[int, tuple[str, ...]] = field(default_factory=dict)


class BadRows(BadInput):
    """Some rows cannot be taken, so none was; `report` tells which, and why."""

    def __init__(self, name: str, report: Report) -> None:
        details = [(f"第{line}行", "；".join(reasons)) for line, reasons in report.faults.items()]
        told = "\n".join(f"{where}：{why}" for where, why in details)
        super().__init__(
            name, f"有{len(details)}行不能导入，未写入任何内容；请改正，或先导入其余各行\n{told}", details
        )
        self.report = report


class Outdated(WorkflowError):
    """What was seen before the import is not what it would do now; nothing was written."""

    def __init__(self) -> None:
        super().__init__("预览以后登记簿有了变化，导入的结果会与预览不同，本次未写入任何内容")


def bring_in(
    session: Session,
    reading: Reading,
    agency_name: str,
    *,
    at: datetime,
    skip_bad: bool = False,
    seen: str | None = None,
    done: Callable[[], None] = lambda: None,
) -> Report:
    """Import every good row; raises BadRows, having written nothing, unless the bad ones may be left out.

    The same ledger again changes nothing; a row that says more about an open case is imported anew.
    Who has `seen` what would come of it (outlook.digest) gets just that; raises Outdated.
    """
    agency = named_or_found(session, agency_name)
    # Two imports into one agency go one after the other.
    session.execute(select(AGENCIES.c.id).where(AGENCIES.c.id == agency.id).with_for_update())
    plan = plan_of(session, agency, reading)
    if seen is not None and outlook(session, reading, plan, at).digest != seen:
        raise Outdated
    faults = dict(sorted({**reading.faults, **plan.faults}.items()))
    report = Report(agency.name, reading.count, unchanged=plan.unchanged, faults=faults)
    if faults and not skip_bad:
        report.warnings = doubts(session, plan, at)
        raise BadRows(reading.sheet.name, report)
    _carry_out(session, agency, plan, report, at, done)
    return report


# --- Doing it -------------------------------------------------------------------------------------


def _carry_out(
    session: Session,
    agency: Agency,
    plan: Plan,
    report: Report,
    at: datetime,
    done: Callable[[], None],
) -> None:
    try:
        for row, number in plan.new:
            file = _advance(session, _new(session, agency, row, number, at), row, at, {})
            report.imported += 1
            _note(report, row, file, done)
        for row, opened in plan.more:
            sets = columns_of(session, row.body) | {"unit": row.facts.get("unit")}
            file = _advance(session, opened, row, at, sets)
            report.updated += 1
            _note(report, row, file, done)
    except IntegrityError:
        told = "导入期间有人登记了同样的编号，本次未写入任何内容，请重新导入"
        raise Incomplete(told) from None


def _note(report: Report, row: Row, file: CaseFile, done: Callable[[], None]) -> None:
    if file.history.warnings:
        report.warnings[row.line] = tuple(file.history.warnings)
    done()


def _advance(session: Session, file: CaseFile, row: Row, at: datetime, sets: Mapping[str, Any]) -> CaseFile:
    act = Act(Action.IMPORTED, legal_day(at), at, SYSTEM, facts_of(row), row.texts, sets)
    return advance(session, file, act)


def _new(session: Session, agency: Agency, row: Row, number: str, at: datetime) -> CaseFile:
    """Registered, for the count of the fee, when the office's ledger says that it came."""
    received = datetime.combine(date.fromisoformat(row.facts["received_on"]), time(0), LEGAL_ZONE)
    return create(
        session,
        agency,
        row.body,
        at,
        number=number,
        intake_number=row.intake_number,
        unit=row.facts.get("unit"),
        registered_at=received.astimezone(UTC),
    )

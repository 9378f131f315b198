"""Bringing a ledger in: what is new, what says more, what cannot be; then all of it in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from workflow.agencies import named_or_found
from workflow.casefile import CaseFile, open_file
from workflow.clock import LEGAL_ZONE, legal_day
from workflow.commands.intake import columns_of, create, warnings_of
from workflow.corrections import effective
from workflow.effects.doubts import DAYS
from workflow.engine import SYSTEM, Act, advance
from workflow.errors import BadInput, Incomplete
from workflow.history import Event
from workflow.ledger.columns import COLUMNS
from workflow.ledger.known import Imported, holders, imported_before, said
from workflow.ledger.rows import Reading, Row
from workflow.lifecycle import fold
from workflow.store import Session
from workflow.tables import AGENCIES, Agency
from workflow.vocabulary import Action, Role

NAMES = {column.field: column.zh for column in COLUMNS}


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


@dataclass(slots=True)
class _Plan:
    """What is to be done with each row."""

    new: list[tuple[Row, str]] = field(default_factory=list)
    more: list[tuple[Row, CaseFile]] = field(default_factory=list)
    unchanged: int = 0
    faults: dict[int, tuple[str, ...]] = field(default_factory=dict)


def bring_in(
    session: Session,
    reading: Reading,
    agency_name: str,
    *,
    at: datetime,
    skip_bad: bool = False,
    done: Callable[[], None] = lambda: None,
) -> Report:
    """Import every good row; raises BadRows, having written nothing, unless the bad ones may be left out.

    The same ledger again changes nothing; a row that says more about an open case is imported anew.
    """
    agency = named_or_found(session, agency_name)
    # Two imports into one agency go one after the other.
    session.execute(select(AGENCIES.c.id).where(AGENCIES.c.id == agency.id).with_for_update())
    plan = _plan(session, agency, reading)
    faults = dict(sorted({**reading.faults, **plan.faults}.items()))
    report = Report(agency.name, reading.count, unchanged=plan.unchanged, faults=faults)
    if faults and not skip_bad:
        report.warnings = {row.line: w for row in _taken(plan) if (w := _doubts(session, row, at))}
        raise BadRows(reading.sheet.name, report)
    _carry_out(session, agency, plan, report, at, done)
    return report


def _taken(plan: _Plan) -> Sequence[Row]:
    return [row for row, _ in (*plan.new, *plan.more)]


def _doubts(session: Session, row: Row, at: datetime) -> tuple[str, ...]:
    """What an import of the row would have warned of."""
    event = Event(1, legal_day(at), Action.IMPORTED, Role.SYSTEM, _facts(row))
    return tuple(fold([event], session.calendar).warnings)


def _facts(row: Row) -> dict[str, Any]:
    return {**row.facts, "warnings": warnings_of(row.body.applicant)}


# --- What is to be done with each row ---------------------------------------------------------------


def _plan(session: Session, agency: Agency, reading: Reading) -> _Plan:
    plan = _Plan()
    known = imported_before(session, agency, reading.rows)
    fresh = [row for row in reading.rows if row.number not in known]
    _give_numbers(session, agency, fresh, plan)
    for row in reading.rows:
        if row.number in known:
            _compare(session, row, known[row.number], plan)
    return plan


def _give_numbers(session: Session, agency: Agency, rows: Sequence[Row], plan: _Plan) -> None:
    """The number of the ledger; where another agency has it, with the agency's code in front."""
    longer = {row.number: f"{agency.code}-{row.number}" for row in rows}
    taken = holders(session, [*longer, *longer.values()])
    for row in rows:
        number = longer[row.number] if taken.get(row.number, agency.id) != agency.id else row.number
        if number in taken:
            plan.faults[row.line] = (f"登记编号{number}已是本系统中的另一件申请",)
        else:
            plan.new.append((row, number))


def _compare(session: Session, row: Row, known: Imported, plan: _Plan) -> None:
    """Nothing new, more about an open case that the ledger still has in hand, or a contradiction."""
    now = said(row.facts, row.texts if known.texts is not None else None)
    if now == said(known.facts, known.texts):
        plan.unchanged += 1
        return
    file = open_file(session, known.number)
    current = next(e for e in reversed(effective(file.log.events)) if e.action is Action.IMPORTED)
    before = said(current.facts, known.texts)
    reason = _against(file, before, now, erased=known.texts is None)
    if now == before:
        plan.unchanged += 1
    elif reason:
        plan.faults[row.line] = (reason,)
    else:
        plan.more.append((row, file))


def _against(
    file: CaseFile, before: Mapping[str, Any], now: Mapping[str, Any], *, erased: bool
) -> str | None:
    """Why the row cannot tell more about its case, if so."""
    names = [name for name in NAMES if before.get(name) != now.get(name)]
    contradicted = [_both(name, before, now) for name in names if name in before]
    if contradicted:
        return f"与已导入的内容不同：{'、'.join(contradicted)}"
    added = "、".join(NAMES[name] for name in names)
    state = file.history.state
    if not file.history.is_open:
        return f"本件已导入，状态为{state.zh if state else ''}，不能再由台账补充{added}，请在系统中登记"
    if file.history.taken_over:
        return f"本件导入后已在系统中办理，不能再由台账补充{added}，请在系统中登记"
    return f"本件的个人信息已经删除，不能再由台账补充{added}" if erased else None


def _both(name: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """The column, and for days, which tell nobody's secret, the two that differ."""
    days = f"（已导入{before[name]}，本表{now.get(name) or '空'}）" if name in DAYS else ""
    return NAMES[name] + days


# --- Doing it -------------------------------------------------------------------------------------


def _carry_out(
    session: Session,
    agency: Agency,
    plan: _Plan,
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
    act = Act(Action.IMPORTED, legal_day(at), at, SYSTEM, _facts(row), row.texts, sets)
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

"""What is to be done with each row of a ledger: new, more about an open case, nothing, or it cannot be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflow.casefile import CaseFile, open_file
from workflow.corrections import effective
from workflow.effects.doubts import DAYS
from workflow.ledger.columns import COLUMNS
from workflow.ledger.known import Imported, holders, imported_before, said
from workflow.ledger.rows import Reading, Row
from workflow.store import Session
from workflow.tables import Agency
from workflow.vocabulary import Action

NAMES = {column.field: column.zh for column in COLUMNS}


@dataclass(slots=True)
class Plan:
    """What is to be done with each row."""

    new: list[tuple[Row, str]] = field(default_factory=list)
    more: list[tuple[Row, CaseFile]] = field(default_factory=list)
    unchanged: int = 0
    faults: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def taken(self) -> list[Row]:
        """The rows by which something is written."""
        return [row for row, _ in (*self.new, *self.more)]


def plan_of(session: Session, agency: Agency, reading: Reading) -> Plan:
    """What the rows come to beside what the agency has already; nothing is written."""
    plan = Plan()
    known = imported_before(session, agency, reading.rows)
    fresh = [row for row in reading.rows if row.number not in known]
    _give_numbers(session, agency, fresh, plan)
    for row in reading.rows:
        if row.number in known:
            _compare(session, row, known[row.number], plan)
    return plan


def _give_numbers(session: Session, agency: Agency, rows: Sequence[Row], plan: Plan) -> None:
    """The number of the ledger; where another agency has it, with the agency's code in front."""
    longer = {row.number: f"{agency.code}-{row.number}" for row in rows}
    taken = holders(session, [*longer, *longer.values()])
    for row in rows:
        number = longer[row.number] if taken.get(row.number, agency.id) != agency.id else row.number
        if number in taken:
            plan.faults[row.line] = (f"登记编号{number}已是本系统中的另一件申请",)
        else:
            plan.new.append((row, number))


def _compare(session: Session, row: Row, known: Imported, plan: Plan) -> None:
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

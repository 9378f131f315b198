"""The rows of a ledger as applications, each with everything that is wrong with it at once."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from workflow.commands import parse
from workflow.commands.bodies import Submit
from workflow.commands.parsing import split
from workflow.effects.doubts import DAYS
from workflow.errors import BadInput
from workflow.ledger.cells import Cell, Unreadable, day_of, text_of
from workflow.ledger.columns import COLUMNS, ENOUGH, Header, header_of
from workflow.ledger.sheet import Line, Sheet
from workflow.vocabulary import Action

#: What a line says first when it is no application: sums, notes, who filled the ledger in.
NOT_A_ROW = re.compile(
    "合计|总计|小计|共计|累计|本[页月季年]|注|备注|说明|填表|填报|制表|审核|负责人|单位负责人"
)
#: The title of a case is its request, cut to what a list can show.
TITLE_LENGTH = 60
#: What stands in the body of the application, or beside the event, and not among its facts.
NOT_FACTS = frozenset(
    ("intake_number", "channel", "kind", "name", "id_number", "contact", "content", "remarks")
)
#: The one day of a row that may lie ahead: a letter can be on its way.
AHEAD = "served_on"
COLUMN_OF = {
    "applicant.name": "申请人名称",
    "applicant.id_number": "证件号码",
    "applicant.contact": "联系方式",
    "request.title": "申请内容",
    "request.description": "申请内容",
}
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """An application as a ledger tells it: facts for the event, and texts that are kept encrypted."""

    line: int
    intake_number: str
    number: str
    body: Submit
    facts: dict[str, Any]
    texts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """A ledger as it was read: the good rows, and the reasons against each of the others."""

    sheet: Sheet
    header: Header
    rows: tuple[Row, ...]
    faults: Mapping[int, tuple[str, ...]]

    @property
    def count(self) -> int:
        """How many applications the ledger tells of."""
        return len(self.rows) + len(self.faults)


def read_rows(sheet: Sheet, today: date) -> Reading:
    """Read every row; raises BadInput when there is no header, or a column is missing that all rows need."""
    header = _header(sheet)
    rows: list[Row] = []
    faults: dict[int, tuple[str, ...]] = {}
    first: dict[str, int] = {}
    for line in sheet.lines:
        if line.number <= header.line or _is_no_row(header, line):
            continue
        values, reasons = _read(header, line)
        reasons += _contradictions(values, today)
        number = number_of(values.get("intake_number") or "")
        if number and first.setdefault(number, line.number) != line.number:
            reasons.append(f"登记编号与第{first[number]}行重复")
        if not reasons:
            row = _row(line.number, number, values, reasons)
            rows += [row] if row else []
        if reasons:
            faults[line.number] = tuple(reasons)
    return Reading(sheet, header, tuple(rows), faults)


def _header(sheet: Sheet) -> Header:
    header = next((found for line in sheet.lines if (found := header_of(line.number, line.cells))), None)
    if header is None:
        names = "、".join(column.zh for column in COLUMNS if column.required)
        raise BadInput(sheet.name, f"没有找到表头：应有一行至少写明{ENOUGH}个已知的列名（{names}……）")
    if header.missing:
        raise BadInput(f"{sheet.name} 第{header.line}行", f"表头缺少必填的列：{'、'.join(header.missing)}")
    return header


def _is_no_row(header: Header, line: Line) -> bool:
    """Sums and notes, a line with nothing but its running number, and the header printed once more."""
    said = {field: text_of(cell) for field, cell in _cells(header, line)}
    if not any(said.values()) or tuple(map(text_of, line.cells)) == header.titles:
        return True
    start = next(text for cell in line.cells if (text := text_of(cell)))
    is_note = NOT_A_ROW.match("".join(start.split()).lstrip("*（("))
    return bool(is_note) and not said.get("name") and not _is_day(said.get("received_on", ""))


def _is_day(text: str) -> bool:
    try:
        return day_of(text) is not None
    except Unreadable:
        return False


def _cells(header: Header, line: Line) -> Iterator[tuple[str, Cell]]:
    return ((field, line.cells[place]) for field, place in header.places.items() if place < len(line.cells))


def _read(header: Header, line: Line) -> tuple[dict[str, Any], list[str]]:
    """The values of a row, and what cannot be read or is missing; what cannot be read has no value."""
    cells = dict(_cells(header, line))
    values: dict[str, Any] = {}
    reasons = []
    for column in COLUMNS:
        try:
            value = column.read(cells.get(column.field))
        except Unreadable as why:
            reasons.append(f"{column.zh}{why}")
            continue
        if value is None and column.required:
            reasons.append(f"缺少{column.zh}")
        values[column.field] = value
    return values, reasons


def _contradictions(values: Values, today: date) -> list[str]:
    """What cannot be so, among the values that could be read."""
    received, replied = values.get("received_on"), values.get("replied_on")
    reasons = [
        f"{zh}{day}晚于导入当天（{today}）"
        for name, zh in DAYS.items()
        if name != AHEAD and (day := values.get(name)) and day > today
    ]
    if received and replied and replied < received:
        reasons.append(f"答复日期{replied}早于收到日期{received}")
    if "replied_on" in values and "decision" in values and bool(replied) != bool(values["decision"]):
        lacking = "处理决定" if replied else "答复日期"
        reasons.append(f"答复日期和处理决定应当同时填写，缺少{lacking}")
    if values.get("intake_number") and not number_of(values["intake_number"]):
        reasons.append("登记编号没有字母或数字")
    return reasons


def number_of(intake_number: str) -> str:
    """The number of the case: letters, digits and hyphens of the 收件编号."""
    plain = unicodedata.normalize("NFKC", intake_number)
    return "-".join(part for part in re.split(r"[\W_]+", plain) if part)


def _row(line: int, number: str, values: Values, reasons: list[str]) -> Row | None:
    """The row as an application; what its body does not take is added to the reasons."""
    applicant = {name: values[name] for name in ("kind", "name", "id_number", "contact")}
    content = values["content"]
    request = {"title": _title(content), "description": content}
    try:
        body = parse(
            Action.SUBMIT, {"channel": values["channel"], "applicant": applicant, "request": request}
        )
    except BadInput as error:
        told = (f"{COLUMN_OF.get(field, field)}{message}" for field, message in error.details)
        reasons.extend(dict.fromkeys(told))
        return None
    assert isinstance(body, Submit)
    facts, texts = split(body)
    facts |= {name: _plain(value) for name, value in values.items() if value and name not in NOT_FACTS}
    if values.get("remarks"):
        texts["remarks"] = values["remarks"]
    return Row(line, values["intake_number"], number, body, facts, texts)


def _title(content: str) -> str:
    line = " ".join(content.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"


def _plain(value: Any) -> Any:
    """A value as the log keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value

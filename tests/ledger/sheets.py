"""Ledgers made for a test: rows by the names of their columns, as a workbook, a text, or read at once."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import api.demo
from workflow.errors import BadInput
from workflow.ledger.columns import COLUMNS
from workflow.ledger.importing import BadRows, Report, bring_in
from workflow.ledger.rows import Reading, read_rows
from workflow.ledger.sheet import Line, Sheet, open_sheet
from workflow.store import Store

AGENCY = "招远市自然资源和规划局"
#: The day of every import of these tests: a Tuesday after all days that their ledgers name.
TODAY = date(2026, 9, 15)
AT = datetime(2026, 9, 15, 2, 0, tzinfo=UTC)
#: The register of an office as offices keep it, with invented persons.
REGISTER = Path(api.demo.__file__).with_name("ledger_2025.xlsx")
NAMES = [column.zh for column in COLUMNS]
ROW = {
    "登记编号": "ZY2026-001",
    "收到日期": "2026-07-01",
    "申请渠道": "当面",
    "申请人类型": "自然人",
    "申请人名称": "张三",
    "联系方式": "13800001234",
    "申请内容": "某地块征收补偿安置方案",
}
#: A telephone and a valid, constructed ID number, to look for where they must not be.
PHONE, ID_NUMBER = "13800001234", "370685198001010013"


def row(**columns: Any) -> dict[str, Any]:
    """A good row of an open case received on Wednesday 2026-07-01, with these columns otherwise."""
    return {**ROW, **columns}


def moment(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """A date cell of a spreadsheet, which knows no time zone."""
    return datetime.combine(day, time(hour, minute))


def numbered(count: int, **columns: Any) -> list[dict[str, Any]]:
    """So many good rows, each with a number of its own."""
    return [row(登记编号=f"ZY2026-{n:03d}", **columns) for n in range(1, count + 1)]


def sheet(rows: Iterable[Mapping[str, Any]], names: Sequence[str] = NAMES) -> Sheet:
    """The rows as they are read from a file, the header in line 1."""
    lines = [tuple(names), *(tuple(each.get(name) for name in names) for each in rows)]
    return Sheet("台账.xlsx", tuple(Line(n, cells) for n, cells in enumerate(lines, start=1)))


def lines(*cells: Sequence[Any]) -> Sheet:
    """A sheet of bare lines, numbered from 1."""
    return Sheet("台账.xlsx", tuple(Line(n, tuple(line)) for n, line in enumerate(cells, start=1)))


def reading(*rows: Mapping[str, Any], today: date = TODAY) -> Reading:
    """The rows as they are understood."""
    return read_rows(sheet(rows), today)


def workbook(path: Path, *rows: Sequence[Any]) -> Path:
    """A workbook with these lines in its first sheet, and another sheet behind it."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    for line in rows:
        first.append(list(line))
    book.create_sheet("填表说明").append(["请按月报送"])
    book.save(path)
    book.close()
    return path


def text(path: Path, *rows: Sequence[Any], encoding: str = "utf-8") -> Path:
    """A text with commas."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def cells_of(rows: Iterable[Mapping[str, Any]], names: Sequence[str] = NAMES) -> list[list[Any]]:
    """Header and rows as lines of cells."""
    return [list(names), *([each.get(name) for name in names] for each in rows)]


def bring(
    store: Store,
    *rows: Mapping[str, Any],
    agency: str = AGENCY,
    at: datetime = AT,
    skip_bad: bool = False,
) -> Report:
    """Import these rows, in one transaction."""
    with store.transaction() as session:
        return bring_in(session, reading(*rows), agency, at=at, skip_bad=skip_bad)


def refused(store: Store, *rows: Mapping[str, Any], **more: Any) -> dict[int, tuple[str, ...]]:
    """The reasons against each bad row; fails the test when the ledger is taken."""
    try:
        bring(store, *rows, **more)
    except BadRows as error:
        return error.report.faults
    raise AssertionError("the ledger was taken")


def unreadable(path: Path) -> str:
    """What is said against a file; fails the test when it can be read."""
    try:
        read_rows(open_sheet(path), TODAY)
    except BadInput as error:
        return str(error)
    raise AssertionError("the file was read")

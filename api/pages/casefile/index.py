"""卷内目录: the index of an archived file, as a sheet to read and as a workbook to take over."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from api.pages.casefile.dossier import Dossier, sheet_of, versioned
from api.pages.casefile.packing import ANYWHERE, Filed
from api.pages.textview import moment
from workflow.clock import legal_day
from workflow.vocabulary import State

COLUMNS = (
    ("序号", 6),
    ("题名", 40),
    ("文号", 26),
    ("责任者", 24),
    ("日期", 12),
    ("页数", 6),
    ("文件名", 44),
    ("SHA-256", 68),
    ("备注", 40),
)
DAY_FORMAT = "yyyy-mm-dd"
Cell = str | int | date | None
Row = tuple[Cell, ...]


def rows(dossier: Dossier, lines: Sequence[Filed]) -> list[Row]:
    """The documents in their order, then what was taken out of the file."""
    found = [_row(no, line) for no, line in enumerate(lines, start=1)]
    for each in dossier.removed:
        title = each.name if each.version == 1 else versioned(each.name, each.version)
        note = f"已移除，未收入（{each.removed_by} {moment(each.removed_at) if each.removed_at else ''}）"
        found.append((None, title, "", "", legal_day(each.at), None, "", each.sha256, note))
    return found


def _row(no: int, line: Filed) -> Row:
    its = line.piece
    note = f"未能收入：{line.fault}" if line.fault else ""
    return no, its.title, its.number, its.by, its.on, line.pages, line.name, line.sha256, note


def sheet(dossier: Dossier, lines: Sequence[Filed]) -> bytes:
    """The index as a page."""
    return sheet_of(
        "case_index.html",
        columns=[name for name, _width in COLUMNS],
        rows=rows(dossier, lines),
        faults=[line for line in lines if line.fault],
        heads=heads(dossier),
        **dossier.told,
    )


def heads(dossier: Dossier) -> list[tuple[str, str]]:
    """What the file as a whole is called by."""
    row, history = dossier.told["row"], dossier.told["case"]
    return [
        ("立卷单位", dossier.agency),
        ("案卷号", dossier.number),
        ("案卷题名", f"关于“{row.title}”的政府信息公开申请"),
        ("起止日期", f"{history['received_on'] or row.submitted_on or ''} 至 {dossier.last_on}"),
        ("保管期限", dossier.retention or ("未载明" if row.state is State.ARCHIVED else "尚未归档")),
    ]


def workbook(dossier: Dossier, lines: Sequence[Filed]) -> bytes:
    """The index as a workbook: one row a document, and the heads on a sheet of their own."""
    book = Workbook()
    index = book.active
    assert isinstance(index, Worksheet)
    index.title, index.freeze_panes = "卷内目录", "C2"
    _write(index, 1, [name for name, _width in COLUMNS], bold=True)
    for place, (_name, width) in enumerate(COLUMNS, start=1):
        index.column_dimensions[get_column_letter(place)].width = width
    for place, row in enumerate(rows(dossier, lines), start=2):
        _write(index, place, row)
    whole = book.create_sheet("案卷")
    whole.column_dimensions["B"].width = 60
    for place, head in enumerate(heads(dossier), start=1):
        _write(whole, place, head)
    return _settled(book, dossier.last_on)


def _write(sheet: Worksheet, place: int, row: Sequence[Cell], *, bold: bool = False) -> None:
    """A row whose texts are texts, whatever they begin with, and whose days are days."""
    for column, value in enumerate(row, start=1):
        cell = sheet.cell(place, column)
        if isinstance(value, str):
            cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub(" ", value), "s"
            cell.quotePrefix = True
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        else:
            cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY_FORMAT
        if bold:
            cell.font = Font(bold=True)


def _settled(book: Workbook, on: date) -> bytes:
    """The workbook as bytes that depend on its contents alone."""
    book.properties.created = book.properties.modified = datetime.combine(on, time())
    saved, settled = BytesIO(), BytesIO()
    ExcelWriter(book, ZipFile(saved, "w")).save()
    with ZipFile(saved) as made, ZipFile(settled, "w") as packed:
        for name in made.namelist():
            info = ZipInfo(name)
            info.compress_type, info.create_system = ZIP_DEFLATED, ANYWHERE
            packed.writestr(info, made.read(name))
    return settled.getvalue()

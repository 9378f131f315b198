"""The ledger as a file: the very cells of the page, line by line into a workbook or a text."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import IO, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from api.pages.ledger_columns import Cell


class Titled(Protocol):
    """A column as its head tells it; `wide` ones hold sentences."""

    @property
    def zh(self) -> str:
        """What stands in its head."""

    @property
    def wide(self) -> bool:
        """Whether it holds sentences."""


Cells = Iterable[Sequence[Cell]]
#: What makes a spreadsheet read a text as a formula (CSV has no other way to say that it is none).
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DAY_FORMAT = "yyyy-mm-dd"
WIDE, NARROW = 44, 16


def write_csv(file: IO[bytes], columns: Sequence[Titled], rows: Cells) -> None:
    """UTF-8 with the mark by which Excel knows it; what would be a formula begins with an apostrophe."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    sheet = csv.writer(text)
    sheet.writerow([column.zh for column in columns])
    sheet.writerows([_guarded(cell) for cell in cells] for cells in rows)
    text.flush()
    text.detach()


def _guarded(cell: Cell) -> str | int | date:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def write_xlsx(file: IO[bytes], columns: Sequence[Titled], rows: Cells) -> None:
    """A workbook whose texts are texts and whose days are days, however many rows there are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.freeze_panes = "B2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDE if column.wide else NARROW

    def written(cell: Cell, *, head: bool = False) -> SheetCell:
        made = WriteOnlyCell(sheet)
        made.value = ILLEGAL_CHARACTERS_RE.sub(" ", cell) if isinstance(cell, str) else cell
        if isinstance(cell, str):
            made.data_type = "s"  # What an applicant wrote is never a formula,
            made.quotePrefix = True  # nor becomes one when the sheet is edited.
            made.alignment = Alignment(vertical="top", wrap_text=True)
        elif isinstance(cell, date):
            made.number_format = DAY_FORMAT
        if head:
            made.font = Font(bold=True)
        return made

    sheet.append([written(column.zh, head=True) for column in columns])
    for cells in rows:
        sheet.append([None if cell in (None, "") else written(cell) for cell in cells])
    book.save(file)


#: The forms of an export: what writes it, and what it is to a browser.
FORMS: dict[str, tuple[Callable[[IO[bytes], Sequence[Titled], Cells], None], str]] = {
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}

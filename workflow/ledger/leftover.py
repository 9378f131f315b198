"""The rows that were not taken, as a ledger of their own: corrected there, it is imported like any other."""

import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet.worksheet import Worksheet

from workflow.ledger import cells
from workflow.ledger.columns import FORMER_ROW, REASONS
from workflow.ledger.rows import Reading

DAY_FORMAT = "yyyy-mm-dd"
#: File systems take 255 bytes, and a Chinese character has three.
NAME_LENGTH = 60


def leftover(reading: Reading, faults: Mapping[int, Sequence[str]], *, title: str = REASONS) -> bytes:
    """A workbook of the bad rows under the header they had, each with its reasons and its former number."""
    bad = [line for line in reading.sheet.lines if line.number in faults]
    titles = reading.header.titles
    width = max(len(titles), *(len(line.cells) for line in bad))
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _write(sheet, 1, [*titles, *[None] * (width - len(titles)), title, FORMER_ROW])
    for row, line in enumerate(bad, start=2):
        blank = [None] * (width - len(line.cells))
        _write(sheet, row, [*line.cells, *blank, "；".join(faults[line.number]), line.number])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write(sheet: Worksheet, row: int, values: Sequence[cells.Cell]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
            cell.data_type = "s"  # What an applicant wrote is never a formula.
        elif value is not None:
            cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY_FORMAT


def name_of(reading: Reading, faults: Mapping[int, Sequence[str]]) -> str:
    """The same rows, bad for the same reasons, have one file, however often they are tried."""
    bad = [line.cells for line in reading.sheet.lines if line.number in faults]
    digest = hashlib.sha256(repr((bad, sorted(faults.items()))).encode()).hexdigest()
    return f"{Path(reading.sheet.name).stem[:NAME_LENGTH]}-未导入-{digest[:8]}.xlsx"


def keep(path: Path, content: bytes) -> bool:
    """Write a file of personal data, readable by its owner alone; False when it is there already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with ExitStack() as undo, os.fdopen(handle, "wb") as file:
        undo.callback(path.unlink)
        file.write(content)
        file.flush()
        os.fsync(handle)
        undo.pop_all()
    return True

"""The list for the envelopes of a day: whom letters go to by post, as a workbook to print labels from."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from letters.kinds import KINDS
from workflow.queries.post import Piece

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Each column with its width in characters.
COLUMNS = {
    "序号": 6,
    "收件人": 26,
    "地址": 46,
    "电话": 18,
    "文号": 32,
    "文书": 34,
    "邮寄方式": 16,
    "邮件编号": 22,
}
NO_ADDRESS = "未提供地址"


def envelopes(pieces: Sequence[Piece]) -> bytes:
    """The workbook; every cell is text, whatever it begins with."""
    book, content = Workbook(), BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "信封清单"
    _write(sheet, 1, list(COLUMNS))
    for n, piece in enumerate(pieces, start=1):
        _write(sheet, n + 1, _row(n, piece))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, width in enumerate(COLUMNS.values()):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.freeze_panes = "A2"
    book.save(content)
    return content.getvalue()


def _row(n: int, piece: Piece) -> list[str]:
    method = piece.method.zh if piece.method else ""
    title = KINDS[piece.kind].zh
    address = piece.address or NO_ADDRESS
    return [str(n), piece.to, address, piece.phone, piece.number, title, method, ""]


def _write(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    """Text that begins like a formula stays text, also when the sheet is edited or saved as CSV."""
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, ILLEGAL_CHARACTERS_RE.sub("", text))
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = True
        cell.alignment = Alignment(vertical="top", wrap_text=True)

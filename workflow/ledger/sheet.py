"""A ledger file as lines of cells: the first sheet of a workbook, or a text with commas."""

import csv
import io
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from workflow.errors import BadInput
from workflow.ledger.cells import Cell, text_of

ENCODINGS = ("utf-8-sig", "gb18030")
#: Older or protected workbooks are of another kind, whatever their name says.
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
#: What openpyxl raises at a file that only looks like a workbook.
BROKEN = (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, IndexError, OSError)

#: Where a workbook with a password says that it has one.
PROTECTED = "EncryptedPackage".encode("utf-16-le")
#: What a workbook may unpack to: a hundred thousand applications have less.
LARGEST = 100_000_000

#: Above and below its rows a ledger has a few lines of another kind.
AROUND = 20

VALUES = (str, bool, int, float, date, time, timedelta)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file under the number that a spreadsheet shows."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a ledger file that are not empty."""

    name: str
    lines: tuple[Line, ...]


def open_sheet(path: Path) -> Sheet:
    """Read a ledger file; raises BadInput when it is neither a workbook nor a text that can be read."""
    check_name(path.name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(path.name, f"无法读取：{error.strerror}") from None
    return sheet_of(path.name, content)


def check_name(name: str) -> None:
    """Whether a file of that name can be a ledger; raises BadInput."""
    if Path(name).suffix.lower() not in READERS:
        raise BadInput(name, "台账应为 .xlsx 或 .csv 文件；.xls、.et 等请先另存为 .xlsx")


def sheet_of(name: str, content: bytes, *, most: int | None = None) -> Sheet:
    """The same of what such a file holds; raises BadInput also when it tells of more than `most`."""
    check_name(name)
    if not content:
        raise BadInput(name, "文件是空的")
    end = most and most + AROUND
    lines = tuple(islice(_filled(READERS[Path(name).suffix.lower()](name, content)), end and end + 1))
    if end and len(lines) > end:
        raise BadInput(name, f"超过{most}行，请分成几个文件")
    return Sheet(name, lines)


def _filled(rows: Iterable[tuple[Cell, ...]]) -> Iterator[Line]:
    """The rows in which anything stands, numbered from 1 as they lie in the file."""
    for number, row in enumerate(rows, start=1):
        if any(text_of(cell) for cell in row):
            yield Line(number, row)


def _workbook(name: str, content: bytes) -> Iterator[tuple[Cell, ...]]:
    if content.startswith(OLD_WORKBOOK):
        protected = PROTECTED in content
        what = "设有打开密码，请取消密码后" if protected else "是旧版或加密的工作簿，请"
        raise BadInput(name, f"{what}另存为未加密的 .xlsx 文件")
    with warnings.catch_warnings():
        # About styles and checks that a reader of values does not need.
        warnings.simplefilter("ignore")
        try:
            _check_size(name, content)
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            rows = _first_sheet(name, book)
        except BROKEN as error:
            raise BadInput(name, f"不是可以读取的 .xlsx 工作簿（{type(error).__name__}）") from None
    yield from rows


def _check_size(name: str, content: bytes) -> None:
    """A few kilobytes can unpack to what no memory holds; no more is unpacked than an archive declares."""
    with ZipFile(io.BytesIO(content)) as package:
        unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > LARGEST:
        told = f"解压后超过{LARGEST // 1_000_000}MB，不像是台账；请只保留台账一张表，删去图片和空行后另存"
        raise BadInput(name, told)


def _first_sheet(name: str, book: Workbook) -> list[tuple[Cell, ...]]:
    if book.epoch == CALENDAR_MAC_1904:
        raise BadInput(name, "工作簿采用1904日期系统，请在选项中取消后另存，否则日期会相差四年")
    if not book.worksheets:
        raise BadInput(name, "工作簿中没有工作表")
    sheet = book.worksheets[0]
    # Other programs write a size that is not true, and rows beyond it would be lost.
    sheet.reset_dimensions()
    return [tuple(map(_plain, row)) for row in sheet.iter_rows(values_only=True)]


def _plain(value: object) -> Cell:
    return value if value is None or isinstance(value, VALUES) else str(value)


def _text(name: str, content: bytes) -> Iterator[tuple[Cell, ...]]:
    rows = csv.reader(io.StringIO(_decoded(name, content), newline=""), strict=True)
    try:
        yield from (tuple(row) for row in rows)
    except csv.Error as error:
        raise BadInput(f"{name} 第{rows.line_num}行", f"不是有效的 CSV：{error}") from None


def _decoded(name: str, content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(name, "文字编码既不是 UTF-8 也不是 GB18030，请另存为其中一种")


READERS = {".xlsx": _workbook, ".csv": _text}

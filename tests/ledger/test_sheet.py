"""Files as they come: workbooks, texts in two encodings, and what cannot be read."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.ledger.sheets import NAMES, TODAY, cells_of, moment, numbered, row, text, unreadable, workbook
from workflow.ledger.rows import Reading, read_rows
from workflow.ledger.sheet import open_sheet


def read(path: Path) -> Reading:
    """The rows of a file."""
    return read_rows(open_sheet(path), TODAY)


def test_a_workbook_is_read_from_its_first_sheet_under_the_numbers_of_its_rows(tmp_path: Path) -> None:
    blank: list[str | None] = [None]
    path = workbook(tmp_path / "台账.xlsx", ["某局台账"], blank, *cells_of(numbered(2)), blank, blank)

    found = read(path)

    assert [each.line for each in found.rows] == [4, 5]
    assert found.header.line == 3


def test_dates_of_a_workbook_are_read_as_days(tmp_path: Path) -> None:
    rows = [row(收到日期=moment(date(2026, 7, 1))), row(登记编号="B", 收到日期=date(2026, 7, 2))]

    found = read(workbook(tmp_path / "台账.xlsx", *cells_of(rows)))

    assert [each.facts["received_on"] for each in found.rows] == ["2026-07-01", "2026-07-02"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_is_read_in_every_encoding_that_offices_have(tmp_path: Path, encoding: str) -> None:
    # 㙍 and 𠮷 need all four bytes of GB18030.
    rows = [row(申请人名称="㙍𠮷", 申请内容='第一行，"引文"\n第二行')]

    found = read(text(tmp_path / "台账.CSV", ["某局台账"], *cells_of(rows), encoding=encoding))

    assert found.rows[0].body.applicant.name == "㙍𠮷"
    assert found.rows[0].body.request.description == '第一行，"引文"\n第二行'
    assert found.rows[0].line == 3


def test_an_empty_line_of_a_text_has_its_number_too(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    header, first, second = cells_of(numbered(2))
    text(path, header, first, second)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "", lines[1], ",,,", "", lines[2]]))

    assert [each.line for each in read(path).rows] == [3, 6]


def test_a_workbook_that_gives_a_wrong_size_loses_no_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", *cells_of(numbered(3)))
    _rewrite(path, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:Z4"', b'<dimension ref="A1:A1"')

    assert read(path).count == 3


def test_a_workbook_of_another_program_without_styles_is_read_without_a_word(tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", *cells_of(numbered(1)))
    _rewrite(path, "xl/styles.xml", rb"<cellStyles.*?</cellStyles>", b"")

    assert read(path).count == 1


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"PK\x03\x04 and then nothing")

    assert "台账.xlsx：不是可以读取的 .xlsx 工作簿" in unreadable(path)


def test_an_old_or_protected_workbook_is_told_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))

    assert "另存为未加密的 .xlsx" in unreadable(path)


def test_another_kind_of_file_is_told_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "台账.xls"
    path.write_bytes(b"")

    assert "请先另存为 .xlsx" in unreadable(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "台账.xlsx：无法读取" in unreadable(tmp_path / "台账.xlsx")


def test_a_text_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(b"\xff\xfe" + "登记编号".encode("utf-16-le") + b"\xff")

    assert "既不是 UTF-8 也不是 GB18030" in unreadable(path)


def test_a_text_with_an_open_quotation_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(",".join(NAMES) + '\n"甲,乙\n')

    assert "第2行：不是有效的 CSV" in unreadable(path)


def test_a_workbook_that_counts_from_1904_is_not_taken_four_years_wrong(tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", *cells_of(numbered(1)))
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    book.close()

    assert "1904日期系统" in unreadable(path)


def test_a_workbook_without_a_header_is_told_what_a_header_is(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "台账.xlsx")
    book.close()

    assert "没有找到表头：应有一行至少写明5个已知的列名" in unreadable(tmp_path / "台账.xlsx")


def _rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change one part of a workbook, as another program would have written it."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part], times = re.subn(old, new, parts[part])
    assert times == 1
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)

"""The file of the rows that were not taken: what stood there stands there, and nothing is executed."""

import io
import stat
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.ledger.sheets import NAMES, TODAY, lines, moment, reading, row
from workflow.ledger.leftover import keep, leftover, name_of
from workflow.ledger.rows import Reading, read_rows
from workflow.ledger.sheet import open_sheet


def table(ledger: Reading) -> list[tuple[Any, ...]]:
    """The file as a spreadsheet shows it: value and kind of every cell."""
    book = load_workbook(io.BytesIO(leftover(ledger, ledger.faults)))
    cells = [tuple((cell.value, cell.data_type) for cell in line) for line in book.worksheets[0]]
    book.close()
    return cells


def test_bad_rows_keep_their_cells_and_gain_their_reasons_and_former_number() -> None:
    day = moment(date(2026, 7, 1))
    ledger = reading(row(), row(收到日期=day, 申请渠道=None, 证件号码="370685198001010013", 收费金额=380))

    header, bad = table(ledger)

    assert [value for value, _ in header] == [*NAMES, "未导入原因", "原行号"]
    told = dict(zip([*NAMES, "未导入原因", "原行号"], bad, strict=True))
    assert told["收到日期"] == (day, "d")
    assert told["证件号码"] == ("370685198001010013", "s")
    assert told["收费金额"] == (380, "n")
    assert told["未导入原因"] == ("缺少申请渠道；登记编号与第2行重复", "s")
    assert told["原行号"] == (3, "n")


def test_what_stands_beyond_the_header_is_kept_too() -> None:
    names = [name for name in NAMES if name != "备注"]
    cells = [*(row(申请渠道=None).get(name) for name in names), "第二个电话", 7]

    ledger = read_rows(lines(names, cells), TODAY)
    _header, bad = table(ledger)

    assert [value for value, _ in bad[-4:]] == ["第二个电话", 7, "缺少申请渠道", 2]


def test_an_applicants_words_that_look_like_a_formula_stay_words() -> None:
    words = '=HYPERLINK("http://example.com";"点击")'

    _header, bad = table(reading(row(申请内容=words, 申请渠道=None)))

    assert bad[NAMES.index("申请内容")] == (words, "s")


def test_characters_that_no_workbook_takes_do_not_stop_the_file() -> None:
    _header, bad = table(reading(row(申请内容="甲\x0b乙\x00", 申请渠道=None)))

    assert bad[NAMES.index("申请内容")] == ("甲 乙 ", "s")


def test_the_file_is_read_as_a_ledger_again(tmp_path: Path) -> None:
    ledger = reading(row(), row(登记编号="B", 收到日期="2026-02-30"))
    path = tmp_path / "未导入.xlsx"

    keep(path, leftover(ledger, ledger.faults))

    again = read_rows(open_sheet(path), TODAY)
    assert (again.count, again.header.unknown) == (1, ())
    assert again.faults == {2: ("收到日期“2026-02-30”不是有效的日期",)}


def test_the_file_is_its_owners_alone_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "data" / "未导入.xlsx"

    assert keep(path, b"first")
    assert not keep(path, b"second")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == b"first"


def test_the_same_bad_rows_have_the_same_name_and_others_another() -> None:
    ledger, other = reading(row(申请渠道=None)), reading(row(申请渠道="微信"))

    names = [name_of(each, each.faults) for each in (ledger, reading(row(申请渠道=None)), other)]

    assert names[0] == names[1] != names[2]
    assert names[0].startswith("台账-未导入-")

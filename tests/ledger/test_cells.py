"""What stands in one cell: every form of a day and a number that registers use, and what none is."""

from datetime import date, time, timedelta

import pytest

from tests.ledger.sheets import moment
from workflow.ledger.cells import (
    Cell,
    Unreadable,
    compact_of,
    day_of,
    line_of,
    paragraph_of,
    text_of,
    workdays_of,
    yuan_of,
)

WEDNESDAY = date(2025, 3, 5)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        pytest.param(moment(WEDNESDAY), WEDNESDAY, id="a date of a spreadsheet"),
        pytest.param(moment(WEDNESDAY, 14, 30), WEDNESDAY, id="a moment of a spreadsheet"),
        pytest.param(date(2025, 3, 5), WEDNESDAY, id="a bare date"),
        pytest.param(45721, WEDNESDAY, id="the number behind a date"),
        pytest.param(45721.6, WEDNESDAY, id="the number behind a moment"),
        pytest.param("45721", WEDNESDAY, id="that number as text"),
        pytest.param(20250305, WEDNESDAY, id="eight digits as a number"),
        pytest.param("20250305", WEDNESDAY, id="eight digits as text"),
        pytest.param("2025-03-05", WEDNESDAY, id="ISO"),
        pytest.param("2025-3-5", WEDNESDAY, id="ISO without zeros"),
        pytest.param("2025/3/5", WEDNESDAY, id="slashes"),
        pytest.param("2025/03/05", WEDNESDAY, id="slashes with zeros"),
        pytest.param("2025.3.5", WEDNESDAY, id="points"),
        pytest.param("2025.03.05.", WEDNESDAY, id="points, one too many"),
        pytest.param("2025年3月5日", WEDNESDAY, id="Chinese"),
        pytest.param("2025 年 3 月 5 日", WEDNESDAY, id="Chinese, spaced"),
        pytest.param("2025年03月05号", WEDNESDAY, id="Chinese, 号"),
        pytest.param("２０２５年３月５日", WEDNESDAY, id="full-width digits"),
        pytest.param("２０２５．３．５", WEDNESDAY, id="full-width digits and points"),
        pytest.param("2025－03－05", WEDNESDAY, id="full-width hyphens"),
        pytest.param("2025—3—5", WEDNESDAY, id="dashes"),
        pytest.param(" 2025-03-05 ", WEDNESDAY, id="spaces around"),
        pytest.param("2025-03-05 00:00:00", WEDNESDAY, id="with a time"),
        pytest.param("2025/3/5 9:05", WEDNESDAY, id="with a short time"),
        pytest.param("'2025-03-05", WEDNESDAY, id="guarded by an apostrophe"),
        pytest.param('="2025-03-05"', WEDNESDAY, id="guarded as a formula"),
        pytest.param("2024-02-29", date(2024, 2, 29), id="a leap day"),
        pytest.param(None, None, id="nothing"),
        pytest.param("", None, id="empty"),
        pytest.param(" \u3000", None, id="white space"),
        pytest.param("/", None, id="a stroke"),
        pytest.param("—", None, id="a dash alone"),
        pytest.param("无", None, id="无"),
    ],
)
def test_a_day_is_read_in_every_form(cell: Cell, day: date | None) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("2025-02-30", id="no such day"),
        pytest.param("2025-13-01", id="no such month"),
        pytest.param("2023-02-29", id="no leap year"),
        pytest.param("25.3.5", id="a year of two digits"),
        pytest.param("2025年3月", id="a month"),
        pytest.param("2025.3-5", id="two marks"),
        pytest.param("3月5日", id="no year"),
        pytest.param("待定", id="a word"),
        pytest.param("2025-03-05、2025-03-09", id="two days"),
        pytest.param(2025, id="a year alone"),
        pytest.param(0, id="zero"),
        pytest.param(True, id="a truth value"),
        pytest.param(time(9, 30), id="a time of day"),
        pytest.param(timedelta(hours=30), id="a duration"),
        pytest.param("1999-12-31", id="before the calendar"),
        pytest.param(moment(date(2075, 1, 1)), id="after the calendar"),
        pytest.param("99999", id="a number far beyond"),
        pytest.param("#VALUE!", id="an error of a spreadsheet"),
    ],
)
def test_what_is_no_day_is_unreadable(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        day_of(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (20, 20),
        (20.0, 20),
        ("20", 20),
        ("２０", 20),
        (" 20 ", 20),
        ("20个工作日", 20),
        ("20工作日", 20),
        ("20天", 20),
        ("0", 0),
        (None, None),
        ("/", None),
    ],
    ids=repr,
)
def test_working_days_are_whole_numbers(cell: Cell, number: int | None) -> None:
    assert workdays_of(cell) == number


@pytest.mark.parametrize(
    "cell", ["二十", "20.5", 20.5, "-5", "约20", "20个月", "1e3", date(2025, 3, 5), True], ids=repr
)
def test_what_is_no_number_of_days_is_unreadable(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        workdays_of(cell)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (380, 380),
        ("380", 380),
        ("380元", 380),
        ("¥380.00", 380),
        ("￥1,200", 1200),
        ("１２００元", 1200),
        (0, 0),
    ],
    ids=repr,
)
def test_an_amount_is_whole_yuan(cell: Cell, amount: int) -> None:
    assert yuan_of(cell) == amount


@pytest.mark.parametrize("cell", ["380.5", "三百八十", "1,20", "380美元", "-380"])
def test_what_is_no_amount_is_unreadable(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        yuan_of(cell)


def test_a_long_number_keeps_every_digit() -> None:
    assert compact_of("370685 19800101 0013") == "370685198001010013"
    assert compact_of("３７０６８５１９８００１０１００１３") == "370685198001010013"
    assert compact_of(370685198001010013) == "370685198001010013"
    assert compact_of("'37068519991231002x") == "37068519991231002x"


def test_a_line_has_plain_digits_and_one_space_between_words() -> None:
    assert line_of("１３８００００１２３４") == "13800001234"
    assert line_of("  泉山路１００号，\n 2楼 ") == "泉山路100号， 2楼"


def test_a_paragraph_keeps_its_lines_and_loses_what_steers_a_printer() -> None:
    assert paragraph_of("第一项\n第二项\x0b\x00") == "第一项\n第二项"


@pytest.mark.parametrize("cell", [None, "", "  ", "/", "无", "——", "-"])
def test_nothing_is_said_in_many_ways(cell: Cell) -> None:
    assert (text_of(cell), line_of(cell), paragraph_of(cell), compact_of(cell)) == ("", None, None, None)


@pytest.mark.parametrize(
    "cell",
    [
        "370685198001010013",
        "138-0000-1234",
        "zhang@example.com",
        "山东省烟台市招远市泉山路100号金都小区3号楼",
    ],
    ids=["an ID number", "a telephone", "an address of mail", "an address"],
)
def test_what_could_be_somebodys_is_not_repeated_in_the_message(cell: str) -> None:
    with pytest.raises(Unreadable) as error:
        day_of(cell)

    assert cell not in str(error.value)

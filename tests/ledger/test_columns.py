"""How the header is found, and which titles are understood."""

import pytest

from tests.ledger.sheets import NAMES
from workflow.effects.doubts import DAYS, PAIRS
from workflow.ledger.cells import Cell
from workflow.ledger.columns import (
    COLUMNS,
    FORMER_ROW,
    PROBLEM,
    REASONS,
    Column,
    Header,
    header_of,
    known,
    spoken_of,
)

OFFICE = [
    *(
        "序号",
        "收件编号",
        "收件时间",
        "申请渠道",
        "申请人类别",
        "申请人姓名/名称",
        "身份证号/统一社会信用代码",
    ),
    *("联系电话", "申请公开的信息内容", "承办科室", "办理结果"),
]


def header(*titles: Cell) -> Header:
    """The titles as a header; fails the test when they are none."""
    found = header_of(3, titles)
    assert found is not None
    return found


def test_the_header_of_an_office_is_understood_but_for_the_running_number() -> None:
    found = header(*OFFICE)

    assert found.places == {
        "intake_number": 1,
        "received_on": 2,
        "channel": 3,
        "kind": 4,
        "name": 5,
        "id_number": 6,
        "contact": 7,
        "content": 8,
        "unit": 9,
        "decision": 10,
    }
    assert (found.line, found.unknown, found.missing) == (3, ("序号",), [])


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.zh)
def test_every_name_of_a_column_leads_to_it(column: Column) -> None:
    for rank, name in enumerate(column.names):
        assert known(name) == (column, rank)


@pytest.mark.parametrize(
    ("title", "zh"),
    [
        ("收 到 日 期", "收到日期"),
        ("补正\n告知日期", "补正告知日期"),
        ("收到时间", "收到日期"),
        ("答复时间", "答复日期"),
        ("收费金额（元）", "收费金额"),
        ("收到日期(年/月/日)", "收到日期"),
        ("申请人姓名（名称）", "申请人名称"),
        ("*登记编号", "登记编号"),
        ("登记编号：", "登记编号"),
        ("备　注", "备注"),
    ],
)
def test_spaces_breaks_marks_and_brackets_in_a_title_do_not_matter(title: str, zh: str) -> None:
    named = known(title)
    assert named is not None
    assert named[0].zh == zh


def test_the_columns_may_stand_in_any_order() -> None:
    found = header(*reversed(NAMES))

    for column in COLUMNS:
        assert list(reversed(NAMES))[found.places[column.field]] == column.zh


def test_a_row_with_four_known_names_is_no_header_and_one_with_five_is() -> None:
    assert header_of(1, OFFICE[1:5]) is None
    assert header_of(1, OFFICE[1:6]) is not None


def test_a_name_that_is_written_five_times_is_one_name() -> None:
    assert header_of(1, ["备注"] * 9) is None


def test_of_two_titles_for_one_column_the_proper_name_counts_and_the_other_is_told() -> None:
    found = header("收件时间", "收到日期", "登记编号", "申请渠道", "申请人类型", "申请人名称", "申请内容")

    assert found.places["received_on"] == 1
    assert found.unknown == ("收件时间",)


def test_of_two_other_names_the_better_known_counts_wherever_it_stands() -> None:
    found = header("登记日期", "收件时间", "登记编号", "申请渠道", "申请人类型", "申请人名称", "申请内容")

    assert found.places["received_on"] == 1
    assert found.unknown == ("登记日期",)


def test_the_day_of_application_is_not_the_day_of_receipt() -> None:
    assert known("申请日期") is None
    assert header("申请日期", *(name for name in NAMES if name != "收到日期")).missing == ["收到日期"]


def test_what_the_file_of_rows_left_out_adds_is_passed_over() -> None:
    assert header(*NAMES, REASONS, FORMER_ROW, PROBLEM).unknown == ()


def test_the_days_bear_the_names_that_the_warnings_use() -> None:
    names = {column.field: column.zh for column in COLUMNS}

    assert {field: names[field] for field in DAYS} == DAYS


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("缺少申请人名称", {"name"}),
        ("补正收到日期2026-07-01早于收到日期2026-07-02", {"clarification_received", "received_on"}),
        ("答复日期和处理决定应当同时填写，缺少处理决定", {"replied_on", "decision"}),
        ("居民身份证号码校验不符，请核对（已按原样保留）", {"id_number"}),
        ("申请人未提供联系方式（《条例》第二十九条）", {"contact"}),
    ],
)
def test_a_problem_marks_the_columns_that_it_names(text: str, fields: set[str]) -> None:
    assert spoken_of(text) == fields


@pytest.mark.parametrize("text", [told for _there, _missing, told in PAIRS])
def test_every_doubt_about_a_missing_column_marks_one(text: str) -> None:
    assert spoken_of(text)

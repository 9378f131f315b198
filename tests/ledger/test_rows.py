"""Which lines are applications, and what is wrong with those that cannot be taken, all at once."""

from datetime import date
from typing import Any

import pytest

from tests.ledger.sheets import ID_NUMBER, NAMES, PHONE, ROW, TODAY, lines, numbered, reading, row, sheet
from workflow.errors import BadInput
from workflow.ledger.rows import read_rows

REQUIRED = ("登记编号", "收到日期", "申请渠道", "申请人类型", "申请人名称", "申请内容")


def faults(**columns: Any) -> tuple[str, ...]:
    """The reasons against a row that differs from a good one in these columns."""
    return reading(row(**columns)).faults.get(2, ())


def test_a_row_becomes_facts_and_what_is_kept_apart_from_them() -> None:
    (found,) = reading(
        row(
            登记编号="招公开〔2026〕１号",
            证件号码="37068519800101001３",
            承办单位="征地科",
            延期告知日期="2026.7.20",
            延期工作日="20个工作日",
            答复日期="2026年8月3日",
            答复文号="招自然资公开告〔2026〕1号",
            处理决定="部分公开",
            送达日期="2026-08-05",
            复议结果="结果维持",
            诉讼类型="复议后起诉",
            诉讼结果="尚未审结",
            归档号="2026-GK-1",
            备注="张三来电催办",
        )
    ).rows

    assert (found.line, found.intake_number, found.number) == (2, "招公开〔2026〕1号", "招公开-2026-1号")
    assert found.facts == {
        "channel": "in_person",
        "received_on": "2026-07-01",
        "unit": "征地科",
        "extension_notified": "2026-07-20",
        "extension_workdays": 20,
        "replied_on": "2026-08-03",
        "reply_number": "招自然资公开告〔2026〕1号",
        "decision": "partly_disclosed",
        "served_on": "2026-08-05",
        "reconsideration": "upheld",
        "litigation_kind": "litigation_after_reconsideration",
        "litigation": "pending",
        "archive_number": "2026-GK-1",
    }
    applicant = {"kind": "natural_person", "name": "张三", "id_number": ID_NUMBER, "contact": PHONE}
    assert found.texts["applicant"] == applicant
    assert found.texts["remarks"] == "张三来电催办"


def test_a_long_request_has_a_short_title_and_keeps_its_words() -> None:
    long = "关于" + "某地块征收补偿安置方案" * 10 + "\n以及附图"

    request = reading(row(申请内容=long)).rows[0].body.request

    assert (len(request.title), request.title[-1]) == (60, "…")
    assert request.description == long


# --- What is no application --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(["合计", "共2件"], id="a sum"),
        pytest.param(["合 计", "2"], id="a sum, spaced"),
        pytest.param(["小计", None, None, None, None, None, None, "2"], id="a partial sum"),
        pytest.param(["注：本台账由各科室按月报送。"], id="a note"),
        pytest.param(["（注）一式两份"], id="a note in brackets"),
        pytest.param([None, "备注：无"], id="a note further right"),
        pytest.param(["填报人：李四", None, None, "审核人：王五"], id="who filled it in"),
        pytest.param([None, " ", "/"], id="blanks"),
        pytest.param(NAMES, id="the header printed once more"),
    ],
)
def test_a_line_that_is_no_application_is_passed_over(line: list[Any]) -> None:
    good = [ROW.get(name) for name in NAMES]

    found = read_rows(lines(NAMES, good, line, [*good[:-1], "备注"], line), TODAY)

    assert [each.line for each in found.rows] == [2]
    assert found.faults == {4: ("登记编号与第2行重复",)}


def test_a_line_with_nothing_but_its_running_number_is_passed_over() -> None:
    good = [1, *(ROW.get(name) for name in NAMES)]

    found = read_rows(lines(["序号", *NAMES], good, [2], [3, *[None] * len(NAMES)]), TODAY)

    assert (found.count, found.header.unknown) == (1, ("序号",))


def test_an_application_that_begins_like_a_note_is_one() -> None:
    assert reading(row(登记编号="注1")).count == 1


def test_a_line_that_is_shorter_than_the_header_lacks_its_last_columns_only() -> None:
    short = [ROW[name] for name in REQUIRED]

    assert read_rows(lines([*REQUIRED, "备注"], short), TODAY).count == 1


def test_a_ledger_without_applications_is_empty_and_not_wrong() -> None:
    assert read_rows(sheet([]), TODAY).count == 0


def test_a_ledger_that_lacks_a_required_column_is_told_once_and_not_for_every_row() -> None:
    names = [name for name in NAMES if name not in ("申请渠道", "申请内容")]

    with pytest.raises(BadInput) as error:
        read_rows(sheet(numbered(3), names), TODAY)

    assert str(error.value) == "台账.xlsx 第1行：表头缺少必填的列：申请渠道、申请内容"


# --- What is wrong with a row ------------------------------------------------------------------------


@pytest.mark.parametrize("name", REQUIRED)
def test_a_required_field_must_not_be_empty(name: str) -> None:
    assert faults(**{name: None}) == faults(**{name: " / "}) == (f"缺少{name}",)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in REQUIRED])
def test_every_other_field_may_be_empty(name: str) -> None:
    assert faults(**{name: None}) == ()


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"收到日期": "2026-02-30"}, "收到日期“2026-02-30”不是有效的日期"),
        ({"补正告知日期": "七月"}, "补正告知日期“七月”不是有效的日期"),
        ({"延期工作日": "二十"}, "延期工作日“二十”不是整数"),
        ({"收费金额": "380.5"}, "收费金额“380.5”不是整数"),
        ({"申请渠道": "微信"}, "申请渠道不认识“微信”，可用：当面、邮寄、平信、互联网、传真"),
        ({"申请人类型": "法人"}, "申请人类型不认识“法人”"),
        ({"处理决定": "同意公开", "答复日期": "2026-07-10"}, "处理决定不认识“同意公开”"),
        ({"复议结果": "胜诉"}, "复议结果不认识“胜诉”"),
        ({"诉讼类型": "再审"}, "诉讼类型不认识“再审”"),
        ({"答复日期": "2026-07-10"}, "答复日期和处理决定应当同时填写，缺少处理决定"),
        ({"处理决定": "予以公开"}, "答复日期和处理决定应当同时填写，缺少答复日期"),
        (
            {"答复日期": "2026-06-30", "处理决定": "予以公开"},
            "答复日期2026-06-30早于收到日期2026-07-01",
        ),
        ({"收到日期": "2026-09-16"}, "收到日期2026-09-16晚于导入当天（2026-09-15）"),
        ({"缴费日期": "2062-07-01"}, "缴费日期“2062-07-01”超出2000年至2059年的范围"),
        ({"登记编号": "〔〕"}, "登记编号没有字母或数字"),
        ({"申请人名称": "张" * 501}, "申请人名称文字过长"),
        ({"申请内容": "甲" * 20_001}, "申请内容文字过长"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)
def test_what_makes_a_row_bad_is_told(columns: dict[str, Any], reason: str) -> None:
    (told,) = faults(**columns)

    assert told.startswith(reason)


def test_every_reason_against_a_row_is_told_at_once_in_the_order_of_the_columns() -> None:
    told = faults(
        收到日期="2026-13-01", 申请渠道=None, 申请人类型="法人", 延期工作日="若干", 答复日期="2026-07-10"
    )

    assert [reason[:5] for reason in told] == [
        "收到日期“",
        "缺少申请渠",
        "申请人类型",
        "延期工作日",
        "答复日期和",
    ]


def test_a_number_twice_in_the_file_names_the_first_row_even_in_another_spelling() -> None:
    found = reading(row(登记编号="ZY〔2026〕1"), row(登记编号="乙"), row(登记编号="ＺＹ〔２０２６〕1 "))

    assert found.faults == {4: ("登记编号与第2行重复",)}


def test_a_number_of_a_bad_row_is_taken_all_the_same() -> None:
    found = reading(row(申请内容=None), row())

    assert found.faults == {2: ("缺少申请内容",), 3: ("登记编号与第2行重复",)}


def test_a_day_that_is_today_has_come_and_a_service_may_lie_ahead() -> None:
    columns = {"答复日期": "2026-09-15", "处理决定": "予以公开", "送达日期": "2026-09-18"}

    assert faults(**columns) == ()
    assert reading(row(**columns), today=date(2026, 9, 14)).faults == {
        2: ("答复日期2026-09-15晚于导入当天（2026-09-14）",)
    }


def test_no_reason_repeats_what_could_be_somebodys_number() -> None:
    # As if the columns had slipped: the telephone stands where a day should, the ID number in a channel.
    told = faults(收到日期=PHONE, 申请渠道=ID_NUMBER, 答复日期="zhang@example.com", 处理决定="予以公开")

    assert len(told) == 3
    assert not any(secret in reason for reason in told for secret in (PHONE, ID_NUMBER, "zhang"))

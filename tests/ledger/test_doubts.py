"""What a row leaves open or contradicts: shown, never refused."""

from typing import Any

import pytest

from tests.ledger.courses import course

CLEAN: dict[str, Any] = {
    "clarification_sent": "2026-07-06",
    "clarification_received": "2026-07-13",
    "consultation_sent": "2026-07-14",
    "consultation_received": "2026-07-20",
    "extension_notified": "2026-07-21",
    "extension_workdays": 10,
    "fee_yuan": 380,
    "paid_on": "2026-07-24",
    "replied_on": "2026-08-03",
    "decision": "disclosed",
    "served_on": "2026-08-05",
    "reconsideration": "upheld",
    "litigation_kind": "litigation_after_reconsideration",
    "litigation": "pending",
    "archive_number": "2026-1",
}


def test_a_complete_row_in_order_leaves_no_doubt() -> None:
    assert course(**CLEAN).warnings == []
    assert course().warnings == []


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"clarification_sent": None}, "有补正收到日期，缺少补正告知日期"),
        ({"clarification_received": None}, "已告知补正并已答复，缺少补正收到日期"),
        ({"consultation_sent": None}, "有征求意见收到日期，缺少征求意见发出日期"),
        ({"consultation_received": None}, "已征求意见并已答复，缺少征求意见收到日期"),
        ({"extension_notified": None}, "有延期工作日，缺少延期告知日期"),
        ({"extension_workdays": None}, "有延期告知日期，缺少延期工作日"),
        ({"fee_yuan": None}, "有缴费日期，缺少收费金额"),
        ({"paid_on": None}, "已收费并已答复，缺少缴费日期"),
        ({"litigation_kind": None}, "有诉讼结果，缺少诉讼类型"),
        ({"litigation": None}, "有诉讼类型，缺少诉讼结果"),
        ({"replied_on": None, "decision": None}, "有送达日期，缺少答复日期"),
        ({"replied_on": None, "decision": None}, "有归档号，缺少处理决定"),
        ({"extension_workdays": 21}, "延期工作日超过20个"),
        ({"extension_notified": "2026-08-04"}, "延期告知日期2026-08-04晚于答复日期2026-08-03"),
        ({"paid_on": "2026-08-05"}, "缴费日期2026-08-05晚于答复日期2026-08-03"),
        ({"clarification_sent": "2026-06-30"}, "补正告知日期2026-06-30早于收到日期2026-07-01"),
        ({"clarification_received": "2026-07-03"}, "补正收到日期2026-07-03早于补正告知日期2026-07-06"),
        ({"consultation_received": "2026-07-13"}, "征求意见收到日期2026-07-13早于征求意见发出日期2026-07-14"),
        ({"served_on": "2026-07-31"}, "送达日期2026-07-31早于答复日期2026-08-03"),
        ({"received_on": "2026-07-04"}, "收到日期2026-07-04（周六）为休息日"),
        ({"replied_on": "2026-08-02"}, "答复日期2026-08-02（周日）为休息日"),
        ({"clarification_sent": "2026-07-13", "clarification_received": "2026-07-14"}, "补正告知晚于"),
        ({"replied_on": "2026-08-25", "served_on": "2026-08-26"}, "2026-08-25答复，已逾2026-08-21的答复期限"),
        ({"consultation_received": "2026-08-05", "replied_on": "2026-08-06"}, "2026-08-05收到的意见已逾"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_row_leaves_open_or_contradicts_is_told(facts: dict[str, Any], told: str) -> None:
    said = {name: value for name, value in {**CLEAN, **facts}.items() if value is not None}

    assert any(warning.startswith(told) for warning in course(**said).warnings), course(**said).warnings


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("abandoned_clarification", "缺少补正告知日期，而处理决定以此为前提"),
        ("still_unclear", "缺少补正收到日期，而处理决定以此为前提"),
        ("abandoned_payment", "缺少收费金额，而处理决定以此为前提"),
    ],
)
def test_a_decision_without_what_must_have_come_before_it_is_told(decision: str, told: str) -> None:
    assert told in course(replied_on="2026-07-20", decision=decision).warnings


@pytest.mark.parametrize("decision", ["abandoned_clarification", "abandoned_payment", "withdrawn"])
def test_an_answer_that_never_came_is_no_doubt_where_the_decision_says_so(decision: str) -> None:
    h = course(clarification_sent="2026-07-06", fee_yuan=380, replied_on="2026-08-03", decision=decision)

    assert h.warnings == []


def test_all_days_on_holidays_are_told_in_one_sentence_with_the_holiday() -> None:
    h = course(received_on="2025-02-01", replied_on="2025-02-04", decision="disclosed")

    assert h.warnings == ["收到日期2025-02-01（春节）、答复日期2025-02-04（春节）为休息日，请核对"]

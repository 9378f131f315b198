"""A record taken over from a ledger is corrected by its own columns, and by nothing that is none."""

from datetime import date
from typing import Any

import pytest

from workflow.commands.ledgered import corrected_row
from workflow.errors import BadInput

TODAY = date(2026, 9, 15)
OPEN = {"channel": "in_person", "received_on": "2026-07-01", "warnings": ["申请人未提供联系方式"]}
CLOSED = OPEN | {"replied_on": "2026-07-20", "decision": "disclosed", "extension_workdays": 10}


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (OPEN, {"received_on": "2026-07-02"}),
        (OPEN, {"channel": "fax", "unit": "规划科"}),
        (OPEN, {"fee_yuan": 380, "fee_notified_on": "2026-07-08"}),
        (OPEN, {"replied_on": "2026-07-20", "decision": "not_held"}),
        (CLOSED, {"replied_on": None, "decision": None}),
        (CLOSED, {"extension_workdays": None}),
        (CLOSED, {"served_on": "2026-09-20"}),
        (
            CLOSED,
            {"reconsideration": "upheld", "litigation_kind": "direct_litigation", "litigation": "pending"},
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else str(value),
)
def test_what_a_row_can_say_is_taken(row: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert corrected_row(row, wanted, TODAY) == wanted


@pytest.mark.parametrize(
    ("row", "wanted", "told"),
    [
        (OPEN, {"channel": "pigeon"}, "changes.channel 不认识“pigeon”"),
        (OPEN, {"channel": None}, "changes.channel 缺少此项"),
        (OPEN, {"received_on": "2026-02-30"}, "changes.received_on 日期应为"),
        (OPEN, {"received_on": 20260701}, "changes.received_on 日期应为"),
        (OPEN, {"clarification_sent": "2026-09-16"}, "晚于办理日期"),
        (OPEN, {"fee_yuan": "380"}, "changes.fee_yuan 应为整数"),
        (OPEN, {"decision": "disclosed"}, "应当同时填写"),
        (OPEN, {"replied_on": "2026-06-30", "decision": "disclosed"}, "早于收到日期"),
        (CLOSED, {"decision": "granted"}, "changes.decision 不认识“granted”"),
        (CLOSED, {"decision": None}, "应当同时填写"),
        (CLOSED, {"reconsideration": "won"}, "changes.reconsideration"),
        (CLOSED, {"state": "archived"}, "changes.state 没有这个字段"),
        (CLOSED, {"due_on": "2026-12-31"}, "changes.due_on 没有这个字段"),
    ],
    ids=str,
)
def test_what_no_row_can_say_is_bad_input(row: dict[str, Any], wanted: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput) as bad:
        corrected_row(row, wanted, TODAY)

    assert told in str(bad.value)

"""The worked deadlines that need nothing but the calendar, and the proof that none of all is left out."""

from collections.abc import Iterator
from datetime import date
from types import ModuleType
from typing import Any

from tests.deadlines import BY_ID, named
from tests.workflow import test_deadline_cases as lived
from workflow.law import terms
from workflow.law.workdays import natural, packaged

REPLIES = ("D01", "D02", "D03", "D05", "D07", "D09", "D10", "D12", "D14", "D36")


@named(*REPLIES)
def test_a_reply_is_due_on_the_twentieth_working_day_after_receipt(case: dict[str, Any]) -> None:
    start = date.fromisoformat(case["input"]["start"])
    assert case["input"]["workdays"] == terms.REPLY.count

    due_on = packaged().add_workdays(start, terms.REPLY.count)

    assert due_on.isoformat() == case["expected"]["answer_due"], case["steps"]


@named("D31")
def test_a_joint_maker_is_taken_to_consent_after_fifteen_working_days(case: dict[str, Any]) -> None:
    start = date.fromisoformat(case["input"]["start"])
    assert case["input"]["workdays"] == terms.AGENCY_OPINION.count

    due_on = packaged().add_workdays(start, terms.AGENCY_OPINION.count)

    assert due_on.isoformat() == case["expected"]["deemed_consent_after"], case["steps"]


@named("D33")
def test_clarification_is_asked_for_within_seven_working_days(case: dict[str, Any]) -> None:
    start = date.fromisoformat(case["input"]["start"])
    assert case["input"]["workdays"] == terms.CLARIFICATION_NOTICE.count

    due_on = packaged().add_workdays(start, terms.CLARIFICATION_NOTICE.count)

    assert due_on.isoformat() == case["expected"]["correction_notice_due"], case["steps"]


@named("D37", "D40")
def test_a_remedy_of_natural_days_or_months_rolls_forward_to_a_working_day(case: dict[str, Any]) -> None:
    received = date.fromisoformat(case["input"]["received"])
    length = {"60d": terms.RECONSIDERATION, "6m": terms.LITIGATION}[case["input"]["kind"]]

    nominal, due_on = natural(received, length, packaged())

    assert nominal.isoformat() == case["expected"]["nominal"], case["steps"]
    assert due_on.isoformat() == case["expected"]["remedy_due"], case["steps"]


def test_only_what_reaches_into_2027_is_provisional() -> None:
    counted = {
        i: packaged().count(date.fromisoformat(BY_ID[i]["input"]["start"]), terms.REPLY.count)
        for i in REPLIES
    }

    assert [i for i, count in counted.items() if count.provisional] == ["D36"]


def test_every_worked_deadline_is_told_exactly_once() -> None:
    import tests.law.test_deadline_cases as counted

    assert sorted([*_ids(counted), *_ids(lived)]) == sorted(BY_ID)


def _ids(module: ModuleType) -> Iterator[str]:
    for test in vars(module).values():
        for mark in getattr(test, "pytestmark", ()):
            yield from (param.values[0]["id"] for param in mark.args[1])

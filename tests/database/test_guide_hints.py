"""What a case itself says beside the seven questions, and what it already holds as proof."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.office import FIRST_DAY, Office
from workflow.casefile import open_file
from workflow.law.decisions import Decision
from workflow.law.evidence import ITEMS
from workflow.law.guide import path
from workflow.queries.describe import describe
from workflow.queries.guided import earlier_reply, hints, obstacles, proved
from workflow.vocabulary import Action, State

TODAY = FIRST_DAY + timedelta(days=10)
#: Straight through to a disclosure.
OPEN = {
    "clarify": "clear",
    "scope": "information",
    "responsible": "ours",
    "held": "held",
    "disclose": "all",
    "provide": "asked",
    "reply": "now",
}


def told(office: Office, number: str, step: str, on: date = TODAY) -> str:
    with office.store.reading() as session:
        return " ".join(hints(session, open_file(session, number), on).get(step, []))


def test_a_new_case_tells_until_when_a_clarification_is_asked_for(office: Office) -> None:
    number = office.case_at(State.PROCESSING)  # Received on Wednesday 1 July: the seventh day is the 10th.

    assert told(office, number, "clarify", FIRST_DAY) == "需要补正的，告知期限为2026-07-10（周五）。"
    assert told(office, number, "clarify", date(2026, 7, 13)).endswith("，已过。")


def test_an_answered_clarification_is_told(office: Office) -> None:
    number = office.case_at(State.AWAITING_CLARIFICATION)
    assert "还没有收到申请人的答复" in told(office, number, "clarify")

    office.do(number, Action.RECEIVE_CLARIFICATION, FIRST_DAY + timedelta(days=5), text="城东地块")

    assert "申请人已经补正，不能再次要求补正" in told(office, number, "clarify")


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        (None, "发出，还没有收到意见"),
        ({"consents": True}, "同意公开"),
        ({"consents": False, "reasonable": True}, "不同意公开，理由合理"),
        ({"consents": False, "reasonable": False}, "不同意公开，理由不合理"),
    ],
)
def test_what_the_third_party_said_is_told_beside_whether_it_is_given(
    office: Office, opinion: dict[str, Any] | None, said: str
) -> None:
    number = office.case_at(State.CONSULTING)

    if opinion:
        office.do(number, Action.RECORD_OPINION, TODAY, name="甲公司", **opinion)

    assert f"征求第三方甲公司意见：2026-07-{'11（周六） ' if opinion else '03（周五）'}{said}" in told(
        office, number, "disclose"
    )


def test_the_same_request_of_the_same_person_is_told_beside_whether_it_is_one(office: Office) -> None:
    first, second = office.case_at(State.PROCESSING), office.case_at(State.PROCESSING)

    assert f"同一申请人提出过内容相同的申请：{first}。" in told(office, second, "scope")


def test_the_time_left_is_told_before_the_reply(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.EXTEND, TODAY, workdays=5, reason="档案较多")

    assert "已延长5个工作日" in told(office, number, "reply")


def test_the_conclusion_of_a_conference_and_why_a_draft_came_back_are_told(office: Office) -> None:
    number = office.case_at(State.LEGAL_REVIEW)
    office.do(number, Action.RETURN_DRAFT, TODAY, comment="请补充检索记录")
    office.do(number, Action.OPEN_CONFERENCE, TODAY, participants=["司法局"], question="能否公开？")
    assert "会商还没有结束" in told(office, number, "reply")

    office.do(number, Action.CLOSE_CONFERENCE, TODAY, conclusion="可以公开")

    assert "会商结论：可以公开" in told(office, number, "disclose")
    assert "上次拟稿的退回意见：请补充检索记录" in told(office, number, "reply")


def test_a_repeat_is_proved_by_what_was_answered_before(office: Office) -> None:
    answered_before = office.case_at(State.CONCLUDED)
    stranger = {"kind": "natural_person", "name": "李四", "contact": "13800000000"}
    number = office.case_at(State.PROCESSING)
    other = office.case_at(State.PROCESSING, applicant=stranger)

    with office.store.reading() as session:
        sent = describe(session, open_file(session, answered_before), TODAY)["letters"][-1]
        found = earlier_reply(session, open_file(session, number))
        nothing = earlier_reply(session, open_file(session, other))

    assert found == f"{sent['number']}（{sent['on']}）"
    assert nothing == ""


def test_a_draft_that_the_rules_would_refuse_is_told_beforehand(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    unclear = path({"clarify": "still_unclear", "reply": "now"})

    with office.store.reading() as session:
        file = open_file(session, number)
        (refusal,) = obstacles(session, file, unclear, TODAY)
        others = obstacles(session, file, path({**OPEN, "held": "not_held"}), TODAY)
        none = obstacles(session, file, path({}), TODAY)

    assert "申请人补正之后仍不明确的，才能以此答复" in refusal
    assert (others, none) == ([], [])


def test_an_objection_stands_against_disclosure(office: Office) -> None:
    number = office.case_at(State.CONSULTING)
    office.do(number, Action.RECORD_OPINION, TODAY, name="甲公司", consents=False, reasonable=True)

    with office.store.reading() as session:
        file = open_file(session, number)
        against = obstacles(session, file, path(OPEN), TODAY)
        public = obstacles(session, file, path({**OPEN, "disclose": "public_interest"}), TODAY)

    assert len(against) == 1
    assert public == []


def test_the_case_itself_proves_that_the_third_party_was_asked(office: Office) -> None:
    number = office.case_at(State.CONSULTING)
    office.do(number, Action.RECORD_OPINION, TODAY, name="甲公司", consents=False, reasonable=True)

    with office.store.reading() as session:
        found = proved(session, open_file(session, number))

    assert found["征求意见书"].endswith("（2026-07-03）")
    assert found["送达证明"] == "甲公司于2026-07-03收到"
    assert found["第三方意见"] == "甲公司2026-07-11（周六） 不同意公开，理由合理"
    assert set(found) <= {item.name for item in ITEMS[Decision.THIRD_PARTY_RIGHTS]}

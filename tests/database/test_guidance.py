"""The seven questions of a case: who answers them, what a change takes with it, and what is kept how."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.office import FIRST_DAY, Office, morning
from workflow import guidance
from workflow.casefile import open_file
from workflow.errors import BadInput, Forbidden, Refused
from workflow.guidance import GUIDED, LONGEST_PROOF, LONGEST_REASON, Guided, Named, Said, guided
from workflow.law.decisions import Decision
from workflow.law.evidence import ITEMS
from workflow.law.guide import path
from workflow.queries.guided import hints, obstacles, proved
from workflow.tables import GUIDE_ANSWERS
from workflow.vocabulary import Action, Role, State

TODAY = FIRST_DAY + timedelta(days=10)
AT = morning(TODAY)
HANDLER = frozenset({Role.HANDLER})
OPEN = {
    "clarify": "clear",
    "scope": "information",
    "responsible": "ours",
    "held": "held",
    "disclose": "all",
    "provide": "asked",
    "reply": "now",
}


def answer(
    office: Office,
    number: str,
    step: str,
    code: str,
    *details: str,
    reason: str = "",
    seen: str = "",
    roles: frozenset[Role] = HANDLER,
) -> Guided:
    by = office.staff(Role.HANDLER).user_id
    assert by is not None
    said = Said(step, code, details, reason, seen)
    with office.store.transaction() as session:
        return guidance.answer(session, open_file(session, number), said, roles=roles, by=by, at=AT)


def prove(office: Office, number: str, roles: frozenset[Role] = HANDLER, **named: Named) -> None:
    by = office.staff(Role.HANDLER).user_id
    assert by is not None
    with office.store.transaction() as session:
        guidance.note_evidence(session, open_file(session, number), named, roles=roles, by=by, at=AT)


def read(office: Office, number: str) -> Guided:
    with office.store.reading() as session:
        return guided(session, open_file(session, number).id)


def answered(office: Office, number: str) -> dict[str, str]:
    return {step: given.answer for step, given in read(office, number).given.items()}


def told(office: Office, number: str, step: str, on: date = TODAY) -> str:
    with office.store.reading() as session:
        return " ".join(hints(session, open_file(session, number), on).get(step, []))


def test_an_answer_is_kept_with_its_reason_and_who_gave_it_when(office: Office) -> None:
    number, other = office.case_at(State.PROCESSING), office.case_at(State.PROCESSING)

    answer(office, number, "clarify", "clear", reason=" 写明了地块名称 \n")

    given = read(office, number).given["clarify"]
    assert (given.answer, given.reason, given.person) == ("clear", "写明了地块名称", Role.HANDLER.zh)
    assert given.at == AT
    assert answered(office, other) == {}


def test_a_changed_answer_drops_those_that_no_longer_lie_on_the_way(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    for step, code in OPEN.items():
        answer(office, number, step, code)

    answer(office, number, "disclose", "internal_affairs", seen="all")

    assert answered(office, number) == {
        **{step: code for step, code in OPEN.items() if step != "provide"},
        "disclose": "internal_affairs",
    }


def test_what_still_lies_on_the_way_stays(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    for step, code in OPEN.items():
        answer(office, number, step, code, reason=f"{step}的理由")

    after = answer(office, number, "disclose", "part", "internal_affairs", "not_held", seen="all")

    assert answered(office, number) == {**OPEN, "disclose": "part internal_affairs not_held"}
    assert after.way.grounds == ("internal_affairs", "not_held")
    assert after.reasons["provide"] == "provide的理由"
    assert after.reasons["disclose"] == ""


def test_the_reasons_and_the_proof_are_encrypted_each_for_its_own_place(office: Office) -> None:
    number, other = office.case_at(State.PROCESSING), office.case_at(State.PROCESSING)
    answer(office, number, "clarify", "clear", reason="张三的地块")
    answer(office, other, "clarify", "clear", reason="李四的地块")
    prove(office, number, 检索记录=Named(3, "张三的卷宗"))

    with office.store.reading() as session:
        rows = session.execute(select(GUIDE_ANSWERS)).all()

    assert len(rows) == 3
    assert not any("张三".encode() in bytes(row.reason) for row in rows)
    assert read(office, number).evidence == {"检索记录": Named(3, "张三的卷宗")}
    assert read(office, other).reasons == {"clarify": "李四的地块"}
    assert read(office, other).evidence == {}


def test_the_proof_of_other_items_stays_beside_what_is_noted(office: Office) -> None:
    number = office.case_at(State.PROCESSING)

    prove(office, number, 检索记录=Named(3, "登记表"), 移交情况=Named())
    prove(office, number, 密级=Named(text="秘密"), 检索记录=Named(text="另一份"))
    answer(office, number, "clarify", "clear")

    assert read(office, number).evidence == {
        "检索记录": Named(text="另一份"),
        "移交情况": Named(),
        "密级": Named(text="秘密"),
    }


@pytest.mark.parametrize(
    ("step", "code", "details", "message"),
    [
        ("disclose", "all", (), "请先回答前面的问题"),
        ("unheard_of", "all", (), "请先回答前面的问题"),
        ("evidence", "all", (), "请先回答前面的问题"),
        ("clarify", "", (), "请选择“补不补”的一个回答"),
        ("clarify", "all", (), "请选择“补不补”的一个回答"),
    ],
)
def test_what_is_no_answer_here_is_not_kept(
    office: Office, step: str, code: str, details: tuple[str, ...], message: str
) -> None:
    number = office.case_at(State.PROCESSING)

    with pytest.raises(BadInput, match=message):
        answer(office, number, step, code, *details)

    assert answered(office, number) == {}


def test_what_has_to_be_ticked_is_asked_for(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    for step in ("clarify", "scope", "responsible", "held"):
        answer(office, number, step, OPEN[step])

    with pytest.raises(BadInput, match="至少勾选一项") as error:
        answer(office, number, "disclose", "part", "unheard_of")

    assert error.value.where == "details"


@pytest.mark.parametrize("reason", ["长" * (LONGEST_REASON + 1), "坏字符\x00"])
def test_a_reason_that_cannot_be_kept_is_told(office: Office, reason: str) -> None:
    number = office.case_at(State.PROCESSING)

    with pytest.raises(BadInput) as error:
        answer(office, number, "clarify", "clear", reason=reason)

    assert error.value.where == "reason"


@pytest.mark.parametrize("text", ["长" * (LONGEST_PROOF + 1), "坏字符\x00"])
def test_a_proof_that_cannot_be_kept_is_told(office: Office, text: str) -> None:
    with pytest.raises(BadInput, match="检索记录"):
        prove(office, office.case_at(State.PROCESSING), 检索记录=Named(text=text))


def test_who_changes_an_answer_that_another_has_changed_is_told_of_it(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    answer(office, number, "clarify", "clear", reason="有文号")

    with pytest.raises(BadInput, match="承办人刚刚把这一步答为“明确，能够据以查找”，理由：有文号"):
        answer(office, number, "clarify", "unclear")

    assert answered(office, number) == {"clarify": "clear"}


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEGAL, Role.HEAD, Role.ADMIN, Role.SUPERVISOR])
def test_only_a_handler_answers(office: Office, role: Role) -> None:
    number = office.case_at(State.PROCESSING)

    with pytest.raises(Forbidden, match="由承办人填写"):
        answer(office, number, "clarify", "clear", roles=frozenset({role}))
    with pytest.raises(Forbidden, match="由承办人填写"):
        prove(office, number, frozenset({role}), 检索记录=Named(text="登记表"))


@pytest.mark.parametrize("state", sorted(set(State) - GUIDED))
def test_answers_stand_once_the_case_has_gone_on(office: Office, state: State) -> None:
    number = office.case_at(state)

    with pytest.raises(Refused, match="不再更改"):
        answer(office, number, "clarify", "clear")


@pytest.mark.parametrize("state", sorted(GUIDED))
def test_while_it_is_handled_the_questions_are_answered(office: Office, state: State) -> None:
    number = office.case_at(state)

    assert answer(office, number, "clarify", "clear").way.answered


# --- Hints -----------------------------------------------------------------------------------------------


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

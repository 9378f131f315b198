"""The seven questions of a case: who answers them, what a change takes with it, and what is kept how."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.office import FIRST_DAY, Office, morning
from workflow import guidance
from workflow.casefile import open_file
from workflow.errors import BadInput, Forbidden, Refused
from workflow.guidance import GUIDED, LONGEST_PROOF, LONGEST_REASON, Guided, Named, Said, guided
from workflow.tables import GUIDE_ANSWERS
from workflow.vocabulary import Role, State

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


def test_of_two_who_answer_at_once_the_second_is_told_of_the_first(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.staff(Role.HANDLER)

    def attempt(code: str) -> str:
        try:
            answer(office, number, "clarify", code)
        except BadInput as error:
            return error.message
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(attempt, ["clear", "unclear"]))

    assert sorted(outcome == "kept" for outcome in outcomes) == [False, True]
    assert any("刚刚把这一步答为" in outcome for outcome in outcomes)


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

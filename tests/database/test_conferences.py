"""会商: numbered within the case, with what each participant said, one after the other."""

from datetime import timedelta
from typing import Any

import pytest

from tests.office import FIRST_DAY, Office
from workflow.casefile import open_file
from workflow.errors import BadInput, NotFound, Refused
from workflow.queries.conferences import Conference, Opinion, conference, conferences, opinions
from workflow.queries.timeline import timeline
from workflow.vocabulary import Action, Role, State

DAY = FIRST_DAY + timedelta(days=5)
OPENED: dict[str, Any] = {"participants": ["司法局", "财政局"], "question": "能否公开？"}


def told(office: Office, number: str) -> list[Conference]:
    with office.store.reading() as session:
        file = open_file(session, number)
        return conferences(session, file, timeline(session, file))


def confer(office: Office, number: str, days: int = 0, **closed: Any) -> None:
    office.do(number, Action.OPEN_CONFERENCE, DAY + timedelta(days=days), **OPENED)
    if closed:
        office.do(number, Action.CLOSE_CONFERENCE, DAY + timedelta(days=days + 1), **closed)


def test_a_conference_is_told_with_who_when_and_what_each_said(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    confer(office, number, conclusion="可以公开。", opinions=["财政局：同意", "司法局: 无异议"])

    (only,) = told(office, number)

    assert (only.no, only.on, only.closed_on) == (1, DAY, DAY + timedelta(days=1))
    assert (only.opened_by, only.closed_by) == (Role.HANDLER.zh, Role.HANDLER.zh)
    assert only.opinions == (Opinion("司法局", "无异议"), Opinion("财政局", "同意"))
    assert (only.participants, only.question, only.conclusion) == (
        ("司法局", "财政局"),
        "能否公开？",
        "可以公开。",
    )
    assert [letter.kind for letter in only.letters] == ["conference_invitation"]


def test_one_conference_follows_the_other_and_each_conclusion_belongs_to_its_own(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    confer(office, number, conclusion="补充材料后再议。")
    confer(office, number, days=2, conclusion="可以公开。", opinions=["司法局：同意"])
    confer(office, number, days=4)

    assert [(each.no, each.conclusion, each.closed is None) for each in told(office, number)] == [
        (1, "补充材料后再议。", False),
        (2, "可以公开。", False),
        (3, "", True),
    ]


def test_a_second_one_waits_for_the_conclusion_of_the_first(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    confer(office, number)

    with pytest.raises(Refused, match="上一次会商尚未形成结论"):
        confer(office, number, days=1)


def test_a_corrected_conclusion_is_told_as_corrected(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    confer(office, number, conclusion="可以公开。", opinions=["司法局：同意"])
    (only,) = told(office, number)

    office.do(
        number,
        Action.RECTIFY,
        DAY + timedelta(days=3),
        event=only.closed,
        reason="笔误",
        changes={"conclusion": "部分公开。", "opinions": ["司法局：部分同意"]},
    )

    (only,) = told(office, number)
    assert only.conclusion == "部分公开。"
    assert only.opinions[0] == Opinion("司法局", "部分同意")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_conference_struck_out_is_counted_no_more(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    confer(office, number)
    (only,) = told(office, number)

    office.do(number, Action.RECTIFY, DAY, event=only.opened, void=True, reason="误登记")

    assert told(office, number) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("no", [0, 2])
def test_there_is_no_conference_beyond_those_held(office: Office, no: int) -> None:
    number = office.case_at(State.PROCESSING)
    confer(office, number)

    with office.store.reading() as session:
        file = open_file(session, number)
        with pytest.raises(NotFound, match=f"没有第{no}次会商"):
            conference(session, file, timeline(session, file), no)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_opinions_are_lines(office: Office) -> None:
    number = office.case_at(State.PROCESSING)

    with pytest.raises(BadInput, match="opinions"):
        confer(office, number, conclusion="可以公开。", opinions="司法局：同意")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], {"甲局": "", "乙局": ""}),
        (["乙局：好", "甲局：不好"], {"甲局": "不好", "乙局": "好"}),
        (["甲局：一", "甲局：二"], {"甲局": "一\n二", "乙局": ""}),
        (["甲局：时间为10：30"], {"甲局": "时间为10：30", "乙局": ""}),
        (["甲局", "甲局："], {"甲局": "", "乙局": ""}),
        (["丙局：旁听"], {"甲局": "", "乙局": "", "丙局": "旁听"}),
        (["大家都同意"], {"甲局": "", "乙局": "", "": "大家都同意"}),
        (["：没有署名"], {"甲局": "", "乙局": "", "": "没有署名"}),
    ],
    ids=["none", "order", "twice", "colons", "empty", "guest", "no colon", "no name"],
)
def test_opinions_are_read_by_participant(lines: list[str], expected: dict[str, str]) -> None:
    assert {each.party: each.text for each in opinions(("甲局", "乙局"), lines)} == expected

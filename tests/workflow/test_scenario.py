"""The form of a scenario file: what it may say, in which order it is played, and how its faults are told."""

from typing import Any

import pytest

import letters
from tests.story import AGENCY, ZHANG, Event, do, drafted, play, processing, refusal, register, run
from workflow.errors import BadInput
from workflow.scenario import replay


def file(*events: Any, **more: Any) -> dict[str, Any]:
    """A scenario file as it is read from JSON."""
    return {"agency": AGENCY, "events": list(events), **more}


EXTEND = {"workdays": 5, "reason": "案情复杂"}
FIRST = register("2026-07-01")

#: The document, the place that the fault names, and what it says.
FAULTS: dict[str, tuple[Any, str, str]] = {
    "no object": ([], "", "对象"),
    "no agency": ({"events": [FIRST]}, "agency", "机关名称"),
    "an agency that is no name": ({"agency": 7, "events": [FIRST]}, "agency", "机关名称"),
    "no events": ({"agency": AGENCY}, "events", "列表"),
    "empty events": (file(), "events", "列表"),
    "events that are no list": ({"agency": AGENCY, "events": {}}, "events", "列表"),
    "an unknown field of the file": (file(FIRST, city="招远"), "city", "没有这个字段"),
    "an as_of that is no day": (file(FIRST, as_of="2026-7-1"), "as_of", "2026-7-1"),
    "an event that is no object": (file(FIRST, "accept"), "events[1]", "对象"),
    "no act": (file({"on": "2026-07-01"}), "events[0].do", "办理动作"),
    "an unknown act": (file(FIRST, do("2026-07-02", "close")), "events[1].do", "close"),
    "what only the system writes": (file(do("2026-07-02", "recalculate")), "events[0].do", "recalculate"),
    "no day": (file({"do": "accept"}), "events[0].on", "None"),
    "a malformed day": (file(FIRST, do("2026/07/02", "accept")), "events[1].on", "2026/07/02"),
    "a day that is none": (file(FIRST, do("2026-02-30", "accept")), "events[1].on", "2026-02-30"),
    "a day in figures": (file(FIRST, do("20260702", "accept")), "events[1].on", "20260702"),
    "a day as a number": (file({"on": 20260702, "do": "accept"}), "events[0].on", "20260702"),
    "a day before every calendar": (file(do("1949-10-01", "accept")), "events[0].on", "1949-10-01"),
    "a by that is nobody": (file(FIRST, do("2026-07-02", "accept", by=3)), "events[1].by", "角色或姓名"),
    "a case that is no name": (file(FIRST | {"case": 1}), "events[0].case", "文字"),
    "a case for some events only": (
        file(FIRST | {"case": "a"}, do("2026-07-02", "accept")),
        "events",
        "每条记录都应写明 case",
    ),
    "an expectation of something else": (
        file(FIRST, do("2026-07-02", "accept", expect="done")),
        "events[1].expect",
        "refused",
    ),
    "a missing field": (file(FIRST, do("2026-07-02", "extend", workdays=5)), "events[1]", "reason 缺少此项"),
    "an unknown field": (file(FIRST, do("2026-07-02", "accept", due_on="2026-09-01")), "events[1]", "due_on"),
    "a number as text": (
        file(FIRST, do("2026-07-02", "extend", **(EXTEND | {"workdays": "5"}))),
        "events[1]",
        "workdays 应为整数",
    ),
    "a number beyond all measure": (
        file(FIRST, do("2026-07-02", "assess_fee", basis="per_page", pages=10**12)),
        "events[1]",
        "pages 数值过大",
    ),
    "a yes that is none": (
        file(FIRST, do("2026-07-02", "judge_justification", reasonable="yes")),
        "events[1]",
        "reasonable 应为 true 或 false",
    ),
    "an unknown word": (
        file(FIRST, do("2026-07-02", "issue_reply", method="pigeon")),
        "events[1]",
        "不认识“pigeon”",
    ),
    "a malformed day in a body": (
        file(FIRST, do("2026-07-02", "record_payment", receipt_no="1", paid_on="7月2日")),
        "events[1]",
        "paid_on 日期应为 YYYY-MM-DD",
    ),
    "a day as a number in a body": (file(FIRST | {"received_on": 0}), "events[0]", "received_on 日期应为"),
    "an empty text": (
        file(FIRST, do("2026-07-02", "cancel_fee", reason=" ")),
        "events[1]",
        "reason 不能为空",
    ),
    "an unknown kind of applicant": (
        file(FIRST | {"applicant": ZHANG | {"kind": "person"}}),
        "events[0]",
        "applicant.kind",
    ),
    "no day of service": (
        file(FIRST, do("2026-07-02", "record_service", letter="receipt", method="fax")),
        "events[1]",
        "served_on",
    ),
    "a letter that is none": (
        file(FIRST, do("2026-07-02", "record_service", letter="love", served_on="2026-07-02", method="fax")),
        "events[1]",
        "没有文书“love”",
    ),
    "a first part that is none": (file(FIRST | {"split_of": "X-1"}), "events[0]", "X-1"),
    "a duplicate of nothing": (
        file(FIRST, do("2026-07-02", "void", reason="重复登记", duplicate_of="X-1")),
        "events[1]",
        "X-1",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_told_with_its_place(what: str) -> None:
    document, where, told = FAULTS[what]

    with pytest.raises(BadInput) as bad:
        replay(document, letters.issue)

    assert bad.value.where == where
    assert told in str(bad.value)


def test_a_fault_anywhere_is_told_before_anything_is_played() -> None:
    early_refusal = do("2026-07-02", "issue_reply", method="fax")

    with pytest.raises(BadInput, match=r"events\[2\]"):
        replay(file(FIRST, early_refusal, do("2026-07-03", "extend", workdays="5")), letters.issue)


# --- Refusals ---------------------------------------------------------------------------------------------


def test_a_refusal_stops_the_story_and_says_where_what_and_why() -> None:
    outcome, ok = run([FIRST, do("2026-07-02", "issue_reply", method="fax"), do("2026-07-03", "accept")])

    assert not ok
    message = outcome["refused"].pop("message")
    assert outcome == {
        "refused": {"event": 1, "action": "issue_reply", "state": "screening", "article": "36"},
    }
    assert message == "本件处于“审核”状态，不能“发出答复”（《政府信息公开条例》第三十六条）"


def test_an_expected_refusal_changes_nothing_and_the_story_goes_on() -> None:
    refused = do("2026-07-02", "extend", **(EXTEND | {"workdays": 30}), expect="refused")

    case = play([FIRST, refused, do("2026-07-02", "accept")])

    assert case == play([FIRST, do("2026-07-02", "accept")])


def test_an_expected_refusal_that_goes_through_stops_the_story() -> None:
    outcome, ok = run([FIRST, do("2026-07-02", "accept", expect="refused"), do("2026-07-03", "withdraw")])

    assert (ok, outcome) == (False, {"expected_refusal": {"event": 1}})


@pytest.mark.parametrize(
    ("events", "state", "article"),
    [
        pytest.param([do("2026-07-01", "accept")], None, "45", id="an act on no case"),
        pytest.param([FIRST, register("2026-07-02")], "screening", "31", id="registered twice"),
        pytest.param([register("2026-07-01", by="handler")], None, "31", id="registered by a handler"),
        pytest.param([FIRST, do("2026-07-02", "accept", by="head")], "screening", "45", id="of another role"),
        pytest.param([FIRST, do("2026-06-30", "accept")], "screening", "45", id="before the last event"),
        pytest.param([register("2026-07-01", received_on="2026-07-02")], None, "31", id="received tomorrow"),
    ],
)
def test_what_a_rule_forbids_is_refused_and_not_bad_input(
    events: list[Event], state: str | None, article: str
) -> None:
    refused = refusal(events)

    assert (refused["state"], refused["article"]) == (state, article)


def test_the_order_of_the_file_counts_and_nothing_is_sorted() -> None:
    events = [FIRST, do("2026-07-06", "accept"), do("2026-07-03", "extend", **EXTEND)]

    assert refusal(events)["event"] == 2


# --- Who ---------------------------------------------------------------------------------------------------


def test_without_a_by_the_first_role_of_the_act_acts() -> None:
    events = [
        do("2026-07-01", "submit", channel="online", applicant=ZHANG, request=FIRST["request"]),
        do("2026-07-02", "register"),
        do("2026-07-02", "accept"),
        *drafted("2026-07-06"),
        do("2026-07-07", "return_draft", comment="文号有误"),
        do("2026-07-07", "assess_fee", basis="per_page", pages=3),
        do("2026-07-08", "escalate", message="请抓紧办理"),
    ]

    told = [(event["action"], event["by"]) for event in play(events)["events"]]

    assert told == [
        ("submit", "applicant"),
        ("register", "clerk"),
        ("accept", "clerk"),
        ("draft_reply", "handler"),
        ("pass_review", "legal"),
        ("approve", "head"),
        ("return_draft", "legal"),
        ("assess_fee", "clerk"),
        ("escalate", "supervisor"),
    ]


def test_a_by_may_be_another_role_of_the_act() -> None:
    events = [FIRST, do("2026-07-02", "request_clarification", items=["请明确地块"])]

    case = play([*events, do("2026-07-06", "receive_clarification", text="甲地块", by="applicant")])

    assert case["events"][-1]["by"] == "applicant"


def test_a_by_may_be_a_name_that_tells_two_people_of_one_role_apart() -> None:
    draft = [
        *processing("2026-07-01"),
        do("2026-07-06", "draft_reply", decision="disclosed", reasons="予以公开", by="李四"),
    ]

    assert refusal([*draft, do("2026-07-07", "pass_review", by="李四")])["article"] == "17"
    case = play([*draft, do("2026-07-07", "pass_review", by="王五")])
    assert [event["by"] for event in case["events"][-2:]] == ["handler", "legal"]


def test_somebody_who_was_refused_stays_another_person_than_those_who_come_later() -> None:
    events = [
        FIRST,
        do("2026-07-02", "extend", **(EXTEND | {"workdays": 30}), expect="refused"),
        do("2026-07-02", "accept"),
        *drafted("2026-07-06"),
    ]

    assert play(events)["state"] == "approved"


# --- Several cases, and the last day ----------------------------------------------------------------


def test_several_cases_are_told_each_under_its_name_and_each_has_its_own_order_of_days() -> None:
    events = [
        register("2026-07-06", case="a"),
        register("2026-07-01", case="b"),
        do("2026-07-02", "accept", case="b"),
        do("2026-07-07", "accept", case="a"),
    ]

    cases = play(events)["cases"]

    assert [(name, case["state"], case["due_on"]) for name, case in cases.items()] == [
        ("a", "processing", "2026-08-03"),
        ("b", "processing", "2026-07-29"),
    ]
    assert cases["a"]["number"] != cases["b"]["number"]


def test_one_case_with_a_name_is_told_under_it() -> None:
    assert set(play([register("2026-07-01", case="只此一件")])) == {"cases"}


@pytest.mark.parametrize(
    ("as_of", "left"),
    [
        pytest.param(None, 17, id="absent: the last event"),
        pytest.param("2026-07-01", 17, id="before the last event: ignored"),
        pytest.param("2026-07-06", 17, id="the last event"),
        pytest.param("2026-07-27", 2, id="later"),
    ],
)
def test_the_story_ends_on_as_of_but_not_before_its_last_event(as_of: str | None, left: int) -> None:
    case = play([FIRST, do("2026-07-06", "accept")], as_of)

    assert case["workdays_left"] == left


def test_the_timer_looks_on_each_day_on_which_a_term_lapses() -> None:
    consulted = [
        *processing("2026-07-01"),
        do("2026-07-06", "consult_agency", name="市规划局"),
        do("2026-07-07", "consult_agency", name="市财政局", served_on="2026-07-08"),
    ]

    events = play(consulted, as_of="2026-12-31")["events"]

    assert [(event["on"], event["by"], event["to"]) for event in events[-2:]] == [
        ("2026-07-28", "system", "consulting"),
        ("2026-07-30", "system", "processing"),
    ]


def test_the_answer_has_exactly_the_fields_of_the_contract() -> None:
    case = play([*processing("2026-07-01"), do("2026-07-03", "assess_fee", basis="per_page", pages=68)])

    assert set(case) == {
        "number",
        "state",
        "received_on",
        "due_on",
        "conservative_due_on",
        "provisional",
        "excluded_workdays",
        "extension_workdays",
        "overdue",
        "workdays_left",
        "terms",
        "decision",
        "report_row",
        "fees",
        "letters",
        "events",
        "explain",
        "warnings",
    }
    assert set(case["terms"][0]) == {"term", "party", "runs_from", "due_on", "status"}
    assert set(case["fees"][0]) == {"basis", "pages", "amount_yuan", "notified_on", "due_on", "paid_on"}
    assert set(case["letters"][0]) >= {"kind", "number", "on", "to"}
    assert set(case["events"][0]) >= {"on", "action", "from", "to", "by", "article"}

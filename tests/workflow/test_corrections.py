"""Records put right: nothing is overwritten, the log is replayed, and what can no longer be is refused."""

from typing import Any

import pytest

from tests.story import REQUEST, ZHANG, Event, do, drafted, play, processing, register, term

WHY = {"reason": "录入有误"}
ASK = {"items": ["请明确地块名称"]}


def rectify(on: str, event: int, **body: Any) -> Event:
    """A correction by the head."""
    return do(on, "rectify", event=event, **WHY, **body)


def consulted(**more: Any) -> list[Event]:
    """A third party was asked and has answered."""
    return [
        *processing("2026-07-01"),
        do("2026-07-06", "consult_third_party", name="甲公司", **more),
        do("2026-07-10", "record_opinion", name="甲公司", consents=True),
    ]


#: What was entered, the correction, and the due date before and after it.
MOVES: dict[str, tuple[list[Event], Event, str, str]] = {
    "register: the receipt day": (
        [register("2026-07-01")],
        rectify("2026-07-02", 1, changes={"received_on": "2026-06-29"}),
        "2026-07-29",
        "2026-07-27",
    ),
    "register: the day of the act": (
        [register("2026-07-01")],
        rectify("2026-07-02", 1, changes={"on": "2026-06-30"}),
        "2026-07-29",
        "2026-07-28",
    ),
    "receive_clarification: the day it came": (
        [
            register("2026-07-01"),
            do("2026-07-02", "request_clarification", **ASK),
            do("2026-07-10", "receive_clarification", text="甲地块"),
        ],
        rectify("2026-07-13", 3, changes={"received_on": "2026-07-08"}),
        "2026-08-07",
        "2026-08-05",
    ),
    "record_opinion: the day it came": (
        consulted(),
        rectify("2026-07-13", 4, changes={"received_on": "2026-07-08"}),
        "2026-08-04",
        "2026-07-31",
    ),
    "record_opinion: struck out": (
        consulted(),
        rectify("2026-07-13", 4, void=True),
        "2026-08-04",
        "2026-08-19",
    ),
    "consult_third_party: the day it was sent": (
        consulted(),
        rectify("2026-07-13", 3, changes={"on": "2026-07-03"}),
        "2026-08-04",
        "2026-08-05",
    ),
    "extend: the length": (
        [register("2026-07-01"), do("2026-07-06", "extend", workdays=5, reason="案情复杂")],
        rectify("2026-07-07", 2, changes={"workdays": 10}),
        "2026-08-05",
        "2026-08-12",
    ),
    "extend: struck out": (
        [register("2026-07-01"), do("2026-07-06", "extend", workdays=5, reason="案情复杂")],
        rectify("2026-07-07", 2, void=True),
        "2026-08-05",
        "2026-07-29",
    ),
    "record_payment: the day": (
        [
            register("2026-07-01"),
            do("2026-07-03", "assess_fee", basis="per_page", pages=68),
            do("2026-07-20", "record_payment", receipt_no="SD-1"),
        ],
        rectify("2026-07-21", 3, changes={"paid_on": "2026-07-15"}),
        "2026-08-17",
        "2026-08-12",
    ),
    "judge_justification: the set day": (
        [
            register("2026-07-01"),
            do("2026-07-02", "request_justification"),
            do("2026-07-06", "receive_justification", text="用于研究"),
            do("2026-07-07", "judge_justification", reasonable=True, reply_by="2026-09-30"),
        ],
        rectify("2026-07-08", 4, changes={"reply_by": "2026-09-15"}),
        "2026-09-30",
        "2026-09-15",
    ),
    "reopen: the set day": (
        [
            *processing("2026-07-01"),
            *drafted("2026-07-06"),
            do("2026-07-07", "issue_reply", method="in_person"),
            do("2026-08-03", "reopen", reason="复议决定撤销", reply_by="2026-08-31"),
        ],
        rectify("2026-08-04", 7, changes={"reply_by": "2026-08-28"}),
        "2026-08-31",
        "2026-08-28",
    ),
}


@pytest.mark.parametrize("what", MOVES)
def test_a_correction_moves_the_due_date_as_if_it_had_been_right_at_once(what: str) -> None:
    events, correction, before, after = MOVES[what]

    assert play(events)["due_on"] == before
    assert play([*events, correction])["due_on"] == after


def test_the_history_shows_the_record_and_its_correction() -> None:
    case = play([register("2026-07-01"), rectify("2026-07-02", 1, changes={"received_on": "2026-06-29"})])

    told = [(event["action"], event["from"], event["to"], event["by"]) for event in case["events"]]
    assert told == [
        ("register", None, "screening", "clerk"),
        ("rectify", "screening", "screening", "head"),
    ]


def test_a_struck_out_step_takes_the_case_back_to_where_it_was() -> None:
    case = play([*processing("2026-07-01"), rectify("2026-07-02", 2, void=True)])

    assert case["state"] == "screening"
    assert (case["events"][-1]["from"], case["events"][-1]["to"]) == ("processing", "screening")


def test_a_wrong_void_is_itself_struck_out() -> None:
    voided = [*processing("2026-07-01"), do("2026-07-02", "void", reason="误以为重复")]

    case = play([*voided, rectify("2026-07-03", 3, void=True)])

    assert (case["state"], term(case, "reply")["status"]) == ("processing", "running")


def test_a_withdrawal_entered_on_the_wrong_case_is_struck_out() -> None:
    case = play([*consulted()[:3], do("2026-07-07", "withdraw"), rectify("2026-07-08", 4, void=True)])

    assert (case["state"], case["decision"]) == ("consulting", None)
    assert term(case, "third_party_opinion")["status"] == "running"


def test_a_correction_of_a_correction_counts() -> None:
    events = [
        register("2026-07-01"),
        rectify("2026-07-02", 1, changes={"received_on": "2026-06-29"}),
        rectify("2026-07-03", 1, changes={"received_on": "2026-06-30"}),
    ]

    assert play(events)["received_on"] == "2026-06-30"


def test_a_fact_that_was_too_much_is_taken_away() -> None:
    events = [
        register("2026-07-01"),
        do("2026-07-02", "request_clarification", **ASK, served_on="2026-07-20", method="registered_post"),
    ]
    assert term(play(events), "clarification")["status"] == "running"

    case = play([*events, rectify("2026-07-03", 2, changes={"served_on": None})])

    assert term(case, "clarification")["status"] == "awaited"


def test_the_channel_and_the_applicant_of_a_registration_are_put_right() -> None:
    events = [
        register("2026-07-03", "registered_post", applicant={"kind": "natural_person", "name": "张山"}),
        rectify(
            "2026-07-06",
            1,
            changes={"received_on": "2026-07-02", "applicant": {"name": "张三", "contact": "13800001234"}},
        ),
    ]
    assert len(play(events[:1])["warnings"]) == 2, "no contact, no day of receipt"

    case = play(events)

    assert case["warnings"] == []
    assert case["due_on"] == "2026-07-30"
    notice = play([*events, do("2026-07-07", "request_clarification", **ASK)])["letters"][-1]
    assert notice["to"] == "张三"


def test_a_submission_of_another_channel_moves_the_receipt_day_of_its_registration() -> None:
    submitted = do("2026-07-01", "submit", channel="online", applicant=ZHANG, request=REQUEST)
    events = [submitted, do("2026-07-03", "register")]
    assert play(events)["received_on"] == "2026-07-03"

    case = play([*events, rectify("2026-07-06", 1, changes={"channel": "in_person"})])

    assert case["received_on"] == "2026-07-01"


def test_the_timers_finding_goes_when_it_no_longer_holds() -> None:
    lapsed = [*processing("2026-07-01"), do("2026-07-06", "consult_third_party", name="甲公司")]
    by_then = do("2026-07-29", "assign", unit="规划科")
    assert play([*lapsed, by_then])["state"] == "processing"

    case = play([*lapsed, by_then, rectify("2026-07-29", 3, changes={"served_on": "2026-07-13"})])

    assert case["state"] == "consulting"
    assert term(case, "third_party_opinion")["due_on"] == "2026-08-03"


def test_a_consultation_that_had_lapsed_in_truth_is_closed_by_the_timer() -> None:
    asked = do("2026-07-06", "consult_third_party", name="甲公司", served_on="2026-07-20")
    served_earlier = rectify("2026-07-30", 3, changes={"served_on": "2026-07-07"})

    case = play([*processing("2026-07-01"), asked, served_earlier], as_of="2026-07-31")

    assert case["state"] == "processing"
    assert term(case, "third_party_opinion")["status"] == "lapsed"


def test_the_opinion_of_the_wrong_party_is_given_to_the_right_one() -> None:
    events = [
        *processing("2026-07-01"),
        do("2026-07-06", "consult_third_party", name="甲公司"),
        do("2026-07-06", "consult_third_party", name="乙公司"),
        do("2026-07-08", "record_opinion", name="甲公司", consents=False),
        rectify("2026-07-09", 5, changes={"name": "乙公司"}),
    ]

    case = play(events)

    assert [(t["party"], t["status"]) for t in case["terms"][2:]] == [
        ("甲公司", "running"),
        ("乙公司", "met"),
    ]


def test_a_notified_fee_keeps_its_count_when_another_fact_is_put_right() -> None:
    def small(case: str) -> Event:
        return register("2026-07-01", case=case)

    events = [small(case) for case in "abcdefghijk"]
    events += [do("2026-07-02", "assess_fee", basis="per_piece", pieces=1, case="k")]
    events += [do("2026-07-03", "void", reason="重复登记", case="a")]
    events += [rectify("2026-07-06", 2, changes={"served_on": "2026-07-03"}, case="k")]

    fee = play(events)["cases"]["k"]["fees"][0]

    assert (fee["amount_yuan"], fee["due_on"]) == (100, "2026-07-31")

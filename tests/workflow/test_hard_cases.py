"""The cases that other systems get wrong, by their number in the collection (H1–H61)."""

import pytest

from tests.story import ZHANG, do, drafted, play, processing, refusal, register, run, term
from workflow.errors import BadInput


def test_h2_a_date_in_a_year_without_a_notice_is_provisional_and_still_falls_due() -> None:
    # Friday 2026-12-25: 20 working days reach into January 2027, whose notice is not there yet.
    outcome = play([register("2026-12-25")], as_of="2027-02-01")

    assert outcome["provisional"] is True
    assert outcome["due_on"] == "2027-01-25"
    assert outcome["overdue"] is True
    assert any("暂定" in line for line in outcome["explain"])


def test_h15_two_consultations_on_one_day_count_once_and_end_on_the_day_of_the_answer() -> None:
    # Wednesday 2026-07-08 to Monday 2026-07-13: 9, 10, 13 July are left out, once.
    events = [
        *processing("2026-07-01"),
        do("2026-07-08", "consult_third_party", name="甲公司"),
        do("2026-07-08", "consult_third_party", name="乙公司"),
        do("2026-07-13", "record_opinion", name="甲公司", consents=True),
        do("2026-07-13", "record_opinion", name="乙公司", consents=True),
    ]

    outcome = play(events)

    assert outcome["excluded_workdays"] == 3
    assert outcome["due_on"] == "2026-08-03"


def test_h15_an_answer_on_a_rest_day_leaves_out_no_working_day_twice() -> None:
    # Sent Friday 2026-07-10, answered Sunday 2026-07-12, asked again the same Sunday, answered Monday.
    events = [
        *processing("2026-07-01"),
        do("2026-07-10", "consult_third_party", name="甲公司"),
        do("2026-07-12", "record_opinion", name="甲公司", consents=True),
        do("2026-07-12", "consult_third_party", name="乙公司"),
        do("2026-07-13", "record_opinion", name="乙公司", consents=True),
    ]

    assert play(events)["excluded_workdays"] == 1


def test_h16_a_pause_is_measured_in_working_days() -> None:
    # 2026-04-30 (Thu) to 2026-05-06 (Wed): six calendar days over the Labour Day holiday, one working day.
    events = [
        *processing("2026-04-20"),
        do("2026-04-30", "consult_third_party", name="甲公司"),
        do("2026-05-06", "record_opinion", name="甲公司", consents=True),
    ]

    assert play(events)["excluded_workdays"] == 1


def test_h16_pause_and_extension_add_up_whatever_their_order() -> None:
    asked = do("2026-07-08", "consult_third_party", name="甲公司")
    answered = do("2026-07-10", "record_opinion", name="甲公司", consents=True)
    first = [
        *processing("2026-07-01"),
        do("2026-07-07", "extend", workdays=5, reason="案情复杂"),
        asked,
        answered,
    ]
    last = [
        *processing("2026-07-01"),
        asked,
        answered,
        do("2026-07-13", "extend", workdays=5, reason="案情复杂"),
    ]

    assert play(first)["due_on"] == play(last)["due_on"] == "2026-08-07"


def test_h17_a_struck_out_extension_gives_the_exact_earlier_date() -> None:
    before = processing("2026-07-01")
    extended = [*before, do("2026-07-20", "extend", workdays=20, reason="案情复杂")]
    struck = [*extended, do("2026-07-21", "rectify", event=3, void=True, reason="误操作")]

    assert play(extended)["due_on"] == "2026-08-26"
    assert play(struck)["due_on"] == play(before)["due_on"] == "2026-07-29"
    assert play(struck)["extension_workdays"] == 0


def test_h18_nobody_can_send_a_due_date() -> None:
    with pytest.raises(BadInput, match="due_on"):
        run([register("2026-07-01"), do("2026-07-02", "extend", workdays=5, reason="x", due_on="2027-01-01")])


@pytest.mark.parametrize("workdays", [0, 21, -3])
def test_h19_an_extension_is_1_to_20_working_days(workdays: int) -> None:
    refused = refusal(
        [register("2026-07-01"), do("2026-07-02", "extend", workdays=workdays, reason="案情复杂")]
    )

    assert refused["article"] == "33"


def test_h19_an_extension_is_granted_once() -> None:
    extended = [register("2026-07-01"), do("2026-07-02", "extend", workdays=5, reason="案情复杂")]

    assert refusal([*extended, do("2026-07-03", "extend", workdays=5, reason="案情复杂")])["article"] == "33"


def test_h19_a_restarted_clock_can_be_extended_again() -> None:
    events = [
        register("2026-07-01"),
        do("2026-07-02", "extend", workdays=5, reason="案情复杂"),
        do("2026-07-03", "request_clarification", items=["请明确地块名称"]),
        do("2026-07-10", "receive_clarification", text="为甲地块"),
        do("2026-07-13", "extend", workdays=10, reason="案情复杂"),
    ]

    outcome = play(events)

    assert (outcome["extension_workdays"], outcome["due_on"]) == (10, "2026-08-21")


def test_h20_a_closed_case_is_not_extended_and_a_reopened_one_has_its_set_day() -> None:
    concluded = [
        *processing("2026-07-01"),
        *drafted("2026-07-06"),
        do("2026-07-07", "issue_reply", method="in_person"),
    ]
    assert (
        refusal([*concluded, do("2026-07-08", "extend", workdays=5, reason="案情复杂")])["state"]
        == "concluded"
    )

    reopened = [*concluded, do("2026-08-03", "reopen", reason="复议决定撤销", reply_by="2026-08-31")]

    outcome = play(reopened)
    assert (outcome["state"], outcome["due_on"], outcome["decision"]) == ("processing", "2026-08-31", None)
    refused = refusal([*reopened, do("2026-08-04", "extend", workdays=5, reason="案情复杂")])
    assert refused["article"] == "33"


def test_h21_the_term_runs_from_the_day_the_answer_came_not_from_the_day_it_was_entered() -> None:
    asked = [register("2026-07-01"), do("2026-07-02", "request_clarification", items=["请明确地块名称"])]
    at_once = [*asked, do("2026-07-08", "receive_clarification", text="甲地块")]
    entered_late = [
        *asked,
        do("2026-07-20", "receive_clarification", text="甲地块", received_on="2026-07-08"),
    ]

    assert play(at_once)["due_on"] == play(entered_late)["due_on"] == "2026-08-05"


def test_h22_an_answer_after_the_old_term_has_a_due_date() -> None:
    events = [
        register("2026-07-01"),
        do("2026-07-28", "request_clarification", items=["请明确地块名称"], within_workdays=15),
        do("2026-08-14", "receive_clarification", text="甲地块"),
    ]

    assert play(events)["due_on"] == "2026-09-11"


def test_h23_clarification_is_asked_once_and_resets_the_clock() -> None:
    asked_twice = [
        register("2026-07-01"),
        do("2026-07-06", "request_clarification", items=["请明确地块名称"]),
        do("2026-07-10", "receive_clarification", text="甲地块"),
        do("2026-07-13", "request_clarification", items=["请明确年份"]),
    ]

    assert play(asked_twice[:3])["due_on"] == "2026-08-07"
    assert refusal(asked_twice)["article"] == "30"


def test_h24_an_unanswered_clarification_ends_by_a_person_after_its_term() -> None:
    asked = [register("2026-07-01"), do("2026-07-02", "request_clarification", items=["请明确地块名称"])]
    long_after = play(asked, as_of="2026-12-31")
    assert (long_after["state"], term(long_after, "clarification")["status"]) == (
        "awaiting_clarification",
        "lapsed",
    )

    outcome = play([*asked, do("2026-07-24", "confirm_abandonment")])

    assert outcome["letters"][-1]["kind"] == "abandonment_clarification"


def test_h25_the_explanation_says_which_date_is_shown() -> None:
    events = [
        register("2026-07-01"),
        do("2026-07-02", "request_clarification", items=["请明确地块名称"]),
        do("2026-07-08", "receive_clarification", text="甲地块"),
        do("2026-07-09", "extend", workdays=5, reason="案情复杂"),
    ]

    lines = play(events)["explain"]

    text = "\n".join(lines)
    assert "2026-07-01" in text
    assert "2026-07-08（周三）收到补正材料，当日不计" in text
    assert "延长5个工作日" in text
    assert "答复期限届满日：2026-08-12（周三）" in lines[-1]
    assert [line for line in lines if "》第" not in line] == [], "every step names its article"


def test_h26_a_consultation_may_overlap_an_extension_and_another_consultation() -> None:
    # Union (07-24, 08-05] = 8 working days; base term would end 07-29, extension 10.
    events = [
        *processing("2026-07-01"),
        do("2026-07-24", "consult_third_party", name="甲公司"),
        do("2026-07-27", "consult_agency", name="乙局"),
        do("2026-07-28", "extend", workdays=10, reason="案情复杂"),
        do("2026-07-31", "record_opinion", name="甲公司", consents=True),
        do("2026-08-05", "record_opinion", name="乙局", consents=True),
    ]

    outcome = play(events)

    assert outcome["excluded_workdays"] == 8
    assert outcome["due_on"] == "2026-08-24"


def test_h30_what_happened_today_is_not_in_the_future() -> None:
    outcome = play([register("2026-07-01", received_on="2026-07-01")])
    assert outcome["received_on"] == "2026-07-01"

    tomorrow = register("2026-07-01", received_on="2026-07-02")

    assert refusal([tomorrow])["article"] == "31"


@pytest.mark.parametrize(
    ("as_of", "overdue", "left"),
    [
        pytest.param("2026-07-28", False, 1, id="2026-07-28 周二: the day before"),
        pytest.param("2026-07-29", False, 0, id="2026-07-29 周三: due today is not overdue"),
        pytest.param("2026-07-30", True, -1, id="2026-07-30 周四: overdue from 00:00"),
        pytest.param("2026-08-03", True, -3, id="2026-08-03 周一: the sign is kept"),
    ],
)
def test_h31_overdue_from_the_day_after(as_of: str, overdue: bool, left: int) -> None:
    outcome = play([register("2026-07-01")], as_of=as_of)

    assert (outcome["due_on"], outcome["overdue"], outcome["workdays_left"]) == ("2026-07-29", overdue, left)


def test_h57_a_refusal_to_disclose_stands_in_the_history() -> None:
    events = [
        *processing("2026-07-01"),
        *drafted("2026-07-06", "internal_affairs", evidence=["人事任免内部流程说明"]),
        do("2026-07-07", "issue_reply", method="in_person"),
    ]

    last = play(events)["events"][-1]

    assert (last["action"], last["from"], last["to"], last["article"]) == (
        "issue_reply",
        "approved",
        "concluded",
        "16¶1",
    )


def test_h37_the_same_request_by_another_person_is_an_application_of_its_own() -> None:
    li = ZHANG | {"name": "李四"}
    events = [register("2026-07-01", case="a"), register("2026-07-01", case="b") | {"applicant": li}]

    outcome = play(events)

    assert outcome["cases"]["a"]["number"] != outcome["cases"]["b"]["number"]


@pytest.mark.parametrize("decision", ["internal_affairs", "not_held"])
def test_a_scenario_without_files_is_warned_of_missing_evidence(decision: str) -> None:
    bare = [*processing("2026-07-01"), *drafted("2026-07-06", decision)]
    proved = [*processing("2026-07-01"), *drafted("2026-07-06", decision, evidence=["检索记录"])]

    assert any("尚未附证据材料" in warning for warning in play(bare)["warnings"])
    assert play(proved)["warnings"] == []

"""The worked deadlines that need a life of their own: clarification, consultation, extension, payment."""

from typing import Any

from tests.deadlines import named
from tests.story import do, play, processing, refusal, register, term


@named("D22", "D24", "D26")
def test_consultations_leave_out_the_union_of_their_working_days(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    asked = [
        do(c["sent"], "consult_third_party", name=c["name"], served_on=c["received_by_third"])
        for c in given["consultations"]
    ]
    answered = [
        do(c["reply"], "record_opinion", name=c["name"], consents=True) for c in given["consultations"]
    ]
    events = processing(given["receipt"]) + sorted(asked + answered, key=lambda event: str(event["on"]))
    if given["extend"]:
        events.append(do(events[-1]["on"], "extend", workdays=given["extend"], reason="案情复杂"))

    outcome = play(events)

    assert outcome["due_on"] == expected["answer_due"], case["explanation"]
    assert outcome["excluded_workdays"] == expected["excluded_workdays"], case["explanation"]
    third_due = [t["due_on"] for t in outcome["terms"] if t["term"] == "third_party_opinion"]
    assert third_due == [c["third_due"] for c in given["consultations"]]


@named("D16")
def test_an_extension_goes_on_from_the_day_the_term_would_have_ended(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    events = [register(given["receipt"])]
    assert play(events)["due_on"] == expected["base_due"]

    outcome = play(
        [*events, do(given["extend_notified"], "extend", workdays=given["extend"], reason="案情复杂")]
    )

    assert outcome["due_on"] == expected["answer_due"], case["explanation"]


@named("D18")
def test_an_extension_after_the_term_is_refused(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    events = [register(given["receipt"])]
    assert play(events)["due_on"] == expected["base_due"]

    refused = refusal(
        [*events, do(given["extend_notified"], "extend", workdays=given["extend"], reason="案情复杂")]
    )

    assert (refused["action"], refused["article"]) == ("extend", "33"), case["explanation"]


@named("D19")
def test_a_clarification_starts_the_term_anew(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]

    outcome = play(
        [*_asked(given), do(given["corrected_received"], "receive_clarification", text="补充说明")]
    )

    assert term(outcome, "clarification_notice")["due_on"] == expected["correction_notice_due"]
    assert term(outcome, "clarification_notice")["status"] == "met"
    assert term(outcome, "clarification")["due_on"] == expected["correction_due"]
    assert outcome["due_on"] == expected["answer_due"], case["explanation"]


@named("D21")
def test_silence_beyond_the_set_term_is_abandonment(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    on_the_last_day = do(expected["correction_due"], "confirm_abandonment")
    assert refusal([*_asked(given), on_the_last_day])["article"] == "30"

    outcome = play([*_asked(given), do("2026-07-01", "confirm_abandonment")])

    assert term(outcome, "clarification")["due_on"] == expected["correction_due"], case["explanation"]
    assert (outcome["decision"], outcome["report_row"]) == ("abandoned_clarification", "3.6.1")


def _asked(given: dict[str, Any]) -> list[dict[str, Any]]:
    notice = do(
        given["notice_sent"],
        "request_clarification",
        items=["请明确所需信息的名称或文号"],
        within_workdays=given["allowed_workdays"],
        served_on=given["notice_received"],
    )
    return [register(given["receipt"]), notice]


@named("D29")
def test_a_payment_starts_the_term_anew(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    notice = do(
        given["notice_sent"], "assess_fee", basis="per_page", pages=68, served_on=given["notice_received"]
    )
    asked = play([register(given["receipt"]), notice])
    assert (asked["due_on"], asked["state"]) == (expected["original_due"], "awaiting_payment")

    outcome = play(
        [register(given["receipt"]), notice, do(given["paid"], "record_payment", receipt_no="0001")]
    )

    assert term(outcome, "payment")["due_on"] == expected["pay_due"]
    assert outcome["due_on"] == expected["answer_due"], case["explanation"]

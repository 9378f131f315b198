"""Corrections that cannot be: a later record would not hold any more, or nobody can read what is meant."""

import pytest

from tests.story import Event, do, drafted, play, processing, refusal, register, run
from tests.workflow.test_corrections import ASK, consulted, rectify
from workflow.errors import BadInput

#: What was entered, the correction, and what its refusal names.
REFUSED: dict[str, tuple[list[Event], Event, str, str]] = {
    "a later act would have come too late": (
        [register("2026-07-03"), do("2026-07-30", "extend", workdays=10, reason="案情复杂")],
        rectify("2026-07-31", 1, changes={"received_on": "2026-06-26"}),
        "33",
        "第2条记录“延长答复期限”",
    ),
    "a step in the middle": (
        [*processing("2026-07-01"), *drafted("2026-07-06")],
        rectify("2026-07-07", 2, void=True),
        "36",
        "第3条记录“拟定答复”",
    ),
    "a notice that was answered": (
        [
            register("2026-07-01"),
            do("2026-07-02", "request_clarification", **ASK),
            do("2026-07-06", "receive_clarification", text="甲地块"),
        ],
        rectify("2026-07-07", 2, void=True),
        "30",
        "第3条记录“收到补正”",
    ),
    "a letter whose service is proved": (
        [
            *processing("2026-07-01"),
            do("2026-07-06", "consult_third_party", name="甲公司", method="registered_post"),
            do(
                "2026-07-10",
                "record_service",
                letter="third_party_consultation",
                served_on="2026-07-08",
                method="registered_post",
            ),
        ],
        rectify("2026-07-13", 3, void=True),
        "45",
        "第4条记录“登记送达”",
    ),
    "a day after the next act": (
        processing("2026-07-01"),
        rectify("2026-07-06", 1, changes={"on": "2026-07-03"}),
        "45",
        "第2条记录“转入办理”",
    ),
    "a day in the future of the act": (
        [register("2026-07-01")],
        rectify("2026-07-02", 1, changes={"received_on": "2026-07-02"}),
        "31",
        "第1条记录“登记”",
    ),
    "an objection that the draft does not respect": (
        [*consulted(), *drafted("2026-07-13")],
        rectify("2026-07-14", 4, changes={"consents": False}),
        "32",
        "第5条记录“拟定答复”",
    ),
    "more than the law allows": (
        [register("2026-07-01"), do("2026-07-06", "extend", workdays=5, reason="案情复杂")],
        rectify("2026-07-07", 2, changes={"workdays": 21}),
        "33",
        "第2条记录“延长答复期限”",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_correction_that_makes_a_record_impossible_is_refused_naming_it(what: str) -> None:
    events, correction, article, named = REFUSED[what]
    state = play(events)["state"]

    refused = refusal([*events, correction])

    assert (refused["action"], refused["state"], refused["article"]) == ("rectify", state, article)
    assert named in refused["message"]


BAD: dict[str, tuple[Event, str]] = {
    "no such record": (rectify("2026-07-02", 9, void=True), "第9条"),
    "the first record as a whole": (rectify("2026-07-02", 1, void=True), "作废"),
    "nothing to change": (rectify("2026-07-02", 1), "changes"),
    "both at once": (rectify("2026-07-02", 2, void=True, changes={"unit": "规划科"}), "不能同时"),
    "a field that the act does not have": (
        rectify("2026-07-02", 2, changes={"due_on": "2026-09-01"}),
        "due_on",
    ),
    "a day that is none": (rectify("2026-07-02", 1, changes={"received_on": "2026-02-30"}), "received_on"),
    "a word of another type": (rectify("2026-07-02", 2, changes={"unit": 5}), "unit"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_correction_that_cannot_be_read_is_bad_input(what: str) -> None:
    correction, told = BAD[what]

    with pytest.raises(BadInput, match=told):
        run([*processing("2026-07-01"), correction])

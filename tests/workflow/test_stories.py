"""Real life, one scenario file each (tests/scenarios): what comes out, told beside the file's name."""

import json
from pathlib import Path
from typing import Any

import pytest

import letters
from tests.story import term, weekday
from workflow.scenario import replay

FOLDER = Path(__file__).parents[1] / "scenarios"

#: story: state, due date, decision, and what else the story is about.
STORIES: dict[str, tuple[str, str, str | None, dict[str, Any]]] = {
    "consultation_returned": (
        "legal_review",
        "2026-07-29",
        None,
        {"third_party_opinion": "cancelled"},
    ),
    "fee_waived": ("processing", "2026-03-30", None, {"payment": "cancelled"}),
    "handed_over_and_back": ("processing", "2026-07-29", None, {}),
    "joint_maker_silent": ("legal_review", "2026-06-10", None, {"excluded": 15, "agency_opinion": "lapsed"}),
    "justification_never_given": ("concluded", "2026-07-29", "excessive", {"justification": "lapsed"}),
    "notice_returned": ("screening", "2026-08-31", None, {"clarification": "met"}),
    "opinion_entered_late": (
        "legal_review",
        "2026-08-10",
        None,
        {"excluded": 8, "third_party_opinion": "met"},
    ),
    "payment_late": ("processing", "2026-05-08", None, {"payment": "lapsed", "warning": "已逾2026-04-02"}),
    "received_on_rectified": ("processing", "2026-08-13", None, {}),
    "reopened_after_reconsideration": ("archived", "2026-09-04", "disclosed", {"litigation": "running"}),
    "reply_on_the_spot": ("archived", "2026-07-29", "already_public", {"reconsideration": "running"}),
    "reply_published": ("archived", "2026-06-30", "disclosed", {"reconsideration": "running"}),
    "reply_deferred": ("concluded", "2026-09-30", "disclosed", {"warning": "不予扣除"}),
    "slip_after_signing": ("archived", "2026-07-29", "disclosed", {"reconsideration": "running"}),
    "third_party_late": (
        "legal_review",
        "2026-08-21",
        None,
        {"excluded": 17, "third_party_opinion": "lapsed", "warning": "不影响答复期限"},
    ),
}


def played(name: str) -> dict[str, Any]:
    """The answer of `mingda replay` for a story."""
    outcome, ok = replay(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")), letters.issue)
    assert ok, outcome
    return outcome


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, id=f"{name} due {due} {weekday(due)}") for name, (_, due, _, _) in STORIES.items()],
)
def test_a_story_comes_out_as_told(name: str) -> None:
    state, due_on, decision, more = STORIES[name]

    case = played(name)

    assert (case["state"], case["due_on"], case["decision"]) == (state, due_on, decision)
    assert case["excluded_workdays"] == more.get("excluded", 0)
    assert more.get("warning", "") in "".join(case["warnings"])
    terms = {name: status for name, status in more.items() if name not in ("excluded", "warning")}
    assert {name: term(case, name)["status"] for name in terms} == terms


def test_parts_of_one_application_share_its_receipt_day_and_number() -> None:
    cases = played("split_application")["cases"]

    first = cases["一"]["number"]
    assert [cases[part]["number"] for part in ("二", "三")] == [f"{first}-2", f"{first}-3"]
    assert {case["received_on"] for case in cases.values()} == {"2026-06-30"}
    assert {case["due_on"] for case in cases.values()} == {"2026-07-28"}


def test_a_voided_registration_counts_nowhere_and_its_number_stays_used() -> None:
    cases = played("registered_twice")["cases"]

    assert cases["乙"]["state"] == "voided"
    assert len({case["number"] for case in cases.values()}) == 3
    # One earlier piece counts (甲, not the voided 乙): pieces 2 to 11, the eleventh costs 100 yuan.
    assert cases["丙"]["fees"][0]["amount_yuan"] == 100


def test_a_reply_that_was_published_counts_as_served_after_thirty_days() -> None:
    case = played("reply_published")

    remedies = {each: term(case, each) for each in ("reconsideration", "litigation")}
    assert {name: (each["runs_from"], each["due_on"]) for name, each in remedies.items()} == {
        "reconsideration": ("2026-07-18", "2026-09-16"),
        "litigation": ("2026-07-18", "2027-01-18"),
    }
    assert case["warnings"] == []


def test_every_story_is_told_here() -> None:
    told = {*STORIES, "split_application", "registered_twice"}

    assert {path.stem for path in FOLDER.glob("*.json")} == told

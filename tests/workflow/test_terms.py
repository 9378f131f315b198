"""Every period of a case at every point of its life: name, first day, last day, status."""

from collections.abc import Callable

import pytest

from tests.workflow.forbidden import POST
from tests.workflow.walk import (
    A,
    Walk,
    accepted,
    charged,
    clarifying,
    consulting,
    issued,
    justifying,
    registered,
    signed,
)
from workflow.vocabulary import Role

REPLY = "reply 2026-07-01..2026-07-29"
NOTICE = "clarification_notice 2026-07-01..2026-07-10"


def told(walk: Walk) -> list[str]:
    """The terms of a case, one line each."""
    return [f"{t.name} {t.runs_from}..{t.due_on} {t.status}" for t in walk.h.terms]


COURSES: dict[str, tuple[Callable[[], Walk], list[str]]] = {
    "registered": (registered, [f"{REPLY} running", f"{NOTICE} running"]),
    "the seventh working day is over": (
        lambda: registered().sweep(10),
        [f"{REPLY} running", f"{NOTICE} lapsed"],
    ),
    "overdue: the reply term never lapses": (
        lambda: registered().sweep(60),
        [f"{REPLY} running", f"{NOTICE} lapsed"],
    ),
    "asked to clarify": (
        clarifying,
        [f"{REPLY} paused", f"{NOTICE} met", "clarification 2026-07-03..2026-07-24 running"],
    ),
    "asked to clarify too late": (
        lambda: registered().do(A.REQUEST_CLARIFICATION, 12, items_count=1, within_workdays=5),
        [f"{REPLY} paused", f"{NOTICE} lapsed", "clarification 2026-07-13..2026-07-20 running"],
    ),
    "asked to clarify, served later": (
        lambda: clarifying(served_on="2026-07-06"),
        [f"{REPLY} paused", f"{NOTICE} met", "clarification 2026-07-06..2026-07-27 running"],
    ),
    "asked to clarify by post": (
        lambda: clarifying(**POST),
        [f"{REPLY} paused", f"{NOTICE} met", "clarification 2026-07-03..2026-07-24 awaited"],
    ),
    "asked to clarify by post, and the proof is there": (
        lambda: clarifying(**POST).served("clarification_notice", 9, served_on="2026-07-07"),
        [f"{REPLY} paused", f"{NOTICE} met", "clarification 2026-07-07..2026-07-28 running"],
    ),
    "asked to clarify by post, in vain, and again": (
        lambda: (
            clarifying(**POST)
            .served("clarification_notice", 8, returned=True)
            .do(A.REQUEST_CLARIFICATION, 9, items_count=1, within_workdays=15, served_on="2026-07-10")
        ),
        [
            f"{REPLY} paused",
            f"{NOTICE} met",
            "clarification 2026-07-03..2026-07-24 cancelled",
            "clarification 2026-07-10..2026-07-31 running",
        ],
    ),
    "clarified": (
        lambda: clarifying().do(A.RECEIVE_CLARIFICATION, 7),
        [
            "reply 2026-07-08..2026-08-05 running",
            f"{NOTICE} met",
            "clarification 2026-07-03..2026-07-24 met",
        ],
    ),
    "clarified too late": (
        lambda: clarifying().sweep(24).do(A.RECEIVE_CLARIFICATION, 26),
        [
            "reply 2026-07-27..2026-08-24 running",
            f"{NOTICE} met",
            "clarification 2026-07-03..2026-07-24 lapsed",
        ],
    ),
    "given up": (
        lambda: clarifying().do(A.CONFIRM_ABANDONMENT, 24),
        [
            f"{REPLY} cancelled",
            f"{NOTICE} met",
            "clarification 2026-07-03..2026-07-24 lapsed",
            "reconsideration 2026-07-25..2026-09-23 awaited",
            "litigation 2026-07-25..2027-01-25 awaited",
        ],
    ),
    "asked for reasons: the clock runs on": (
        justifying,
        [f"{REPLY} running", f"{NOTICE} running", "justification 2026-07-03..2026-07-17 running"],
    ),
    "deferred": (
        lambda: (
            justifying()
            .do(A.RECEIVE_JUSTIFICATION, 7)
            .do(A.JUDGE_JUSTIFICATION, 8, reasonable=True, reply_by="2026-10-30")
        ),
        [
            "reply 2026-07-09..2026-10-30 running",
            f"{NOTICE} running",
            "justification 2026-07-03..2026-07-17 met",
        ],
    ),
    "a third party asked": (
        consulting,
        [
            "reply 2026-07-01..2026-08-19 running",
            f"{NOTICE} running",
            "third_party_opinion 2026-07-06..2026-07-27 running",
        ],
    ),
    "a third party's answer": (
        lambda: consulting().do(A.RECORD_OPINION, 12, party=1, consents=True, received_on="2026-07-10"),
        [
            "reply 2026-07-01..2026-08-04 running",
            f"{NOTICE} lapsed",
            "third_party_opinion 2026-07-06..2026-07-27 met",
        ],
    ),
    "a third party's silence": (
        lambda: consulting().sweep(27),
        [
            "reply 2026-07-01..2026-08-19 running",
            f"{NOTICE} lapsed",
            "third_party_opinion 2026-07-06..2026-07-27 lapsed",
        ],
    ),
    "a third party's letter came back": (
        lambda: consulting(**POST).served("third_party_consultation", 9, returned=True),
        [
            f"{REPLY} running",
            f"{NOTICE} running",
            "third_party_opinion 2026-07-06..2026-07-27 cancelled",
        ],
    ),
    "an agency asked": (
        lambda: accepted().do(A.CONSULT_AGENCY, 5, party=1, under=11),
        [
            "reply 2026-07-01..2026-08-19 running",
            f"{NOTICE} running",
            "agency_opinion 2026-07-06..2026-07-27 running",
        ],
    ),
    "a proof of service after the answer puts the days right and moves no status": (
        lambda: (
            consulting(**POST)
            .do(A.RECORD_OPINION, 28, party=1, consents=True)
            .served("third_party_consultation", 29, served_on="2026-07-10")
        ),
        [
            "reply 2026-07-01..2026-08-21 running",
            f"{NOTICE} lapsed",
            "third_party_opinion 2026-07-10..2026-07-31 met",
        ],
    ),
    "withdrawn while a third party is asked": (
        lambda: consulting().do(A.WITHDRAW, 7),
        [
            "reply 2026-07-01..2026-08-19 cancelled",
            f"{NOTICE} cancelled",
            "third_party_opinion 2026-07-06..2026-07-27 cancelled",
        ],
    ),
    "charged": (
        charged,
        [f"{REPLY} paused", f"{NOTICE} running", "payment 2026-07-03..2026-07-31 running"],
    ),
    "paid": (
        lambda: charged().do(A.RECORD_PAYMENT, 15, paid_on="2026-07-14"),
        [
            "reply 2026-07-14..2026-08-11 running",
            f"{NOTICE} lapsed",
            "payment 2026-07-03..2026-07-31 met",
        ],
    ),
    "waived": (
        lambda: charged().do(A.CANCEL_FEE, 7),
        [f"{REPLY} running", f"{NOTICE} running", "payment 2026-07-03..2026-07-31 cancelled"],
    ),
    "the fee notice came back and went out again": (
        lambda: (
            charged(**POST)
            .served("fee_notice", 8, returned=True)
            .do(A.ASSESS_FEE, 9, basis="per_page", pages=68, served_on="2026-07-13")
            .do(A.RECORD_PAYMENT, 20)
        ),
        [
            "reply 2026-07-21..2026-08-18 running",
            f"{NOTICE} lapsed",
            "payment 2026-07-03..2026-07-31 cancelled",
            "payment 2026-07-13..2026-08-10 met",
        ],
    ),
    "answered by hand": (
        issued,
        [
            f"{REPLY} met",
            f"{NOTICE} cancelled",
            "reconsideration 2026-07-08..2026-09-07 running",
            "litigation 2026-07-08..2027-01-08 running",
        ],
    ),
    "refused: reconsideration comes first": (
        lambda: issued("internal_affairs", evidence_count=1),
        [
            f"{REPLY} met",
            f"{NOTICE} cancelled",
            "reconsideration 2026-07-08..2026-09-07 running",
        ],
    ),
    "answered by post: the remedies wait for the proof": (
        lambda: issued(method="registered_post"),
        [
            f"{REPLY} met",
            f"{NOTICE} cancelled",
            "reconsideration 2026-07-08..2026-09-07 awaited",
            "litigation 2026-07-08..2027-01-08 awaited",
        ],
    ),
    "answered by post, and the proof is there": (
        lambda: issued(method="registered_post").served("disclosed", 12, served_on="2026-07-13"),
        [
            f"{REPLY} met",
            f"{NOTICE} cancelled",
            "reconsideration 2026-07-13..2026-09-11 running",
            "litigation 2026-07-13..2027-01-13 running",
        ],
    ),
    "withdrawn": (
        lambda: registered().do(A.WITHDRAW, 3),
        [f"{REPLY} cancelled", f"{NOTICE} cancelled"],
    ),
    "voided": (lambda: registered().do(A.VOID, 3), [f"{REPLY} cancelled", f"{NOTICE} cancelled"]),
    "reopened": (
        lambda: issued().do(A.REOPEN, 34, reply_by="2026-08-31"),
        [
            "reply 2026-08-04..2026-08-31 running",
            f"{NOTICE} cancelled",
            "reconsideration 2026-07-08..2026-09-07 cancelled",
            "litigation 2026-07-08..2027-01-08 cancelled",
        ],
    ),
    "reopened and answered again": (
        lambda: signed(walk=issued().do(A.REOPEN, 34, reply_by="2026-08-31"), on=40).do(
            A.ISSUE_REPLY, 41, method="in_person"
        ),
        [
            "reply 2026-08-04..2026-08-31 met",
            f"{NOTICE} cancelled",
            "reconsideration 2026-07-08..2026-09-07 cancelled",
            "litigation 2026-07-08..2027-01-08 cancelled",
            "reconsideration 2026-08-11..2026-10-10 running",
            "litigation 2026-08-11..2027-02-11 running",
        ],
    ),
}


@pytest.mark.parametrize("course", COURSES)
def test_the_periods_of_a_case_stand_so(course: str) -> None:
    make, expected = COURSES[course]

    assert told(make()) == expected


@pytest.mark.parametrize(
    ("under", "consents"),
    [pytest.param(34, True, id="art. 34: consent"), (11, None), (17, None)],
)
def test_an_agencys_silence_is_consent_under_article_34_only(under: int, consents: bool | None) -> None:
    walk = accepted().do(A.CONSULT_AGENCY, 5, party=1, under=under).sweep(27)

    last = walk.log[-1]
    assert (last.action, last.role, last.facts["consents"]) == (A.RECORD_OPINION, Role.SYSTEM, consents)
    assert walk.h.state == "processing"


def test_a_third_partys_silence_is_no_consent_and_no_objection() -> None:
    walk = consulting().sweep(27)

    assert walk.log[-1].facts["consents"] is None
    walk.do(A.DRAFT_REPLY, 28, decision="disclosed")
    assert walk.h.state == "legal_review"


def test_a_consultation_in_the_post_never_lapses_by_itself() -> None:
    walk = consulting(**POST).sweep(200)

    assert walk.h.state == "consulting"
    assert walk.h.due_on is not None
    assert walk.h.due_on.isoformat() == "2026-08-19", "its time is left out as if it had come at once"


def test_one_lapsed_consultation_of_two_leaves_the_case_consulting() -> None:
    walk = consulting().do(A.CONSULT_AGENCY, 8, party=2)

    assert walk.sweep(27).h.state == "consulting"
    assert walk.sweep(30).h.state == "processing"

"""Which letters each act sends, and to whom: the whole correspondence of an office as one table."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflow.forbidden import POST
from tests.workflow.walk import (
    A,
    Walk,
    accepted,
    charged,
    clarifying,
    consulting,
    drafted,
    issued,
    justifying,
    registered,
    signed,
    submitted,
)
from workflow.correspondence import (
    ADDRESSEES,
    APPLICANTS,
    CONCLUDING,
    DECISION_KINDS,
    ENCLOSED,
    ONLY_WHEN,
    SENT_BY,
    SERIES,
    Addressee,
    letters_of,
    series_of,
)
from workflow.effects.service import STARTED_BY
from workflow.law.decisions import CORRECTION, DECISIONS, Decision
from workflow.vocabulary import Action

Letters = list[tuple[str, int | None]]


def objected() -> Walk:
    """Two third parties object, one of them with reason; a third one agrees, and an agency does not."""
    walk = accepted()
    for party in (1, 2, 3):
        walk.do(A.CONSULT_THIRD_PARTY, 2, party=party)
    walk.do(A.CONSULT_AGENCY, 2, party=4)
    walk.do(A.RECORD_OPINION, 3, party=2, consents=False, reasonable=True)
    walk.do(A.RECORD_OPINION, 3, party=1, consents=False, reasonable=False)
    walk.do(A.RECORD_OPINION, 3, party=3, consents=True)
    return walk.do(A.RECORD_OPINION, 3, party=4, consents=False)


def signed_after(walk: Walk, **facts: Any) -> Walk:
    """The same case with a draft that was signed."""
    return signed("disclosed", walk, 6, **facts)


def corrected(outcome: str) -> Walk:
    """An application to correct a record, its answer signed."""
    return signed("other", accepted(), 6, correction=outcome)


#: What happens, and the letters that it sends: their kinds, each with the consulted party it addresses.
TABLE: dict[str, tuple[Callable[[], Walk], Letters]] = {
    "submitted": (submitted, []),
    "registered at the counter": (registered, [("receipt", None)]),
    "registered from the post": (
        lambda: Walk().do(A.REGISTER, 0, channel="registered_post"),
        [("receipt", None)],
    ),
    "registered online": (
        lambda: submitted().do(A.REGISTER, 1),
        [("receipt", None), ("receipt_confirmation", None)],
    ),
    "registered from a fax": (
        lambda: Walk().do(A.REGISTER, 0, channel="fax"),
        [("receipt", None), ("receipt_confirmation", None)],
    ),
    "asked to clarify": (clarifying, [("clarification_notice", None)]),
    "asked for reasons": (justifying, [("justification_notice", None)]),
    "reasons found good, in time": (
        lambda: justifying().do(A.RECEIVE_JUSTIFICATION, 3).do(A.JUDGE_JUSTIFICATION, 3, reasonable=True),
        [],
    ),
    "reasons found good, and a later day": (
        lambda: (
            justifying()
            .do(A.RECEIVE_JUSTIFICATION, 3)
            .do(A.JUDGE_JUSTIFICATION, 3, reasonable=True, reply_by="2026-09-30")
        ),
        [("deferral_notice", None)],
    ),
    "accepted": (accepted, []),
    "accepted, with a search": (
        lambda: registered().do(A.ACCEPT, 1, unit="档案科", assistance=True),
        [("assistance_request", None)],
    ),
    "assigned": (lambda: accepted().do(A.ASSIGN, 2, unit="档案科"), []),
    "assigned, with a search": (
        lambda: accepted().do(A.ASSIGN, 2, unit="档案科", assistance=True),
        [("assistance_request", None)],
    ),
    "a third party asked": (
        consulting,
        [("consultation_notice", None), ("third_party_consultation", 1), ("third_party_reply_form", 1)],
    ),
    "a joint maker asked": (
        lambda: accepted().do(A.CONSULT_AGENCY, 2, party=7),
        [("consultation_notice", None), ("agency_consultation", 7)],
    ),
    "another agency asked": (
        lambda: accepted().do(A.CONSULT_AGENCY, 2, party=7, under=11),
        [("consultation_notice", None), ("agency_consultation", 7)],
    ),
    "secrecy asked about": (
        lambda: accepted().do(A.CONSULT_AGENCY, 2, party=7, under=17),
        [("consultation_notice", None), ("secrecy_review_request", 7)],
    ),
    "an opinion heard": (lambda: consulting().do(A.RECORD_OPINION, 6, party=1, consents=True), []),
    "a conference": (
        lambda: accepted().do(A.OPEN_CONFERENCE, 2, participants_count=3),
        [("conference_invitation", None)],
    ),
    "a fee": (charged, [("fee_notice", None)]),
    "no fee after all": (lambda: registered().do(A.ASSESS_FEE, 2, basis="per_page", pages=3), []),
    "extended": (lambda: accepted().do(A.EXTEND, 2, workdays=5), [("extension_notice", None)]),
    "drafted": (drafted, []),
    "signed": (signed, []),
    "answered": (issued, [("disclosed", None)]),
    "answered on the spot": (
        lambda: registered().do(A.REPLY_ON_THE_SPOT, 0, decision="already_public"),
        [("already_public", None)],
    ),
    "answered against objections": (
        lambda: signed_after(objected(), grounds=["public_interest"]).do(A.ISSUE_REPLY, 7, method="online"),
        [
            ("disclosed", None),
            ("third_party_disclosure_notice", 1),
            ("third_party_disclosure_notice", 2),
        ],
    ),
    "answered as somebody who objected wished at last": (
        lambda: signed_after(
            consulting()
            .do(A.RECORD_OPINION, 6, party=1, consents=False, reasonable=False)
            .do(A.CONSULT_THIRD_PARTY, 6, party=1)
            .do(A.RECORD_OPINION, 6, party=1, consents=True),
            grounds=["public_interest"],
        ).do(A.ISSUE_REPLY, 7, method="online"),
        [("disclosed", None)],
    ),
    "a record corrected": (
        lambda: corrected("made").do(A.ISSUE_REPLY, 7, method="online"),
        [("correction_decision", None)],
    ),
    "a record not corrected": (
        lambda: corrected("refused").do(A.ISSUE_REPLY, 7, method="online"),
        [("correction_decision", None)],
    ),
    "given up": (lambda: clarifying().do(A.CONFIRM_ABANDONMENT, 24), [("abandonment_clarification", None)]),
    "not paid": (lambda: charged().do(A.CONFIRM_ABANDONMENT, 31), [("abandonment_payment", None)]),
    "taken back": (lambda: registered().do(A.WITHDRAW, 1), [("withdrawal_confirmation", None)]),
    "taken back before it was registered": (lambda: submitted().do(A.WITHDRAW, 1), []),
    "served": (lambda: issued(method="online").served("disclosed", 8, method="online"), []),
    "opened again": (lambda: issued().do(A.REOPEN, 9, reply_by="2026-08-31"), []),
    "registered by mistake": (lambda: registered().do(A.VOID, 1), []),
    "pressed": (lambda: registered().do(A.ESCALATE, 1), []),
}


@pytest.mark.parametrize("what", TABLE)
def test_an_act_sends_its_letters_to_their_addressees(what: str) -> None:
    make, letters = TABLE[what]
    walk = make()

    assert [(each.kind, each.party) for each in letters_of(walk.h, walk.log[-1])] == letters


@pytest.mark.parametrize("decision", Decision)
def test_every_decision_that_is_drafted_goes_out_under_its_own_kind(decision: Decision) -> None:
    kind = DECISIONS[decision].letter_kind

    assert kind in DECISION_KINDS
    assert ADDRESSEES[kind] is Addressee.APPLICANT


def test_every_kind_of_the_table_of_acts_is_sent_in_this_table() -> None:
    told = {kind for _make, letters in TABLE.values() for kind, _party in letters}

    assert {kind for kinds in SENT_BY.values() for kind in kinds} <= told
    assert set(ONLY_WHEN) <= told
    acts = {make().log[-1].action for make, _letters in TABLE.values()}
    assert set(SENT_BY) | CONCLUDING | {Action.ISSUE_REPLY} <= acts


def test_who_is_written_to() -> None:
    others = {kind: to for kind, to in ADDRESSEES.items() if to is not Addressee.APPLICANT}

    assert others == {
        "third_party_consultation": Addressee.THIRD_PARTY,
        "third_party_reply_form": Addressee.THIRD_PARTY,
        "third_party_disclosure_notice": Addressee.THIRD_PARTY,
        "agency_consultation": Addressee.AGENCY,
        "secrecy_review_request": Addressee.AGENCY,
        "conference_invitation": Addressee.AGENCY,
        "assistance_request": Addressee.DEPARTMENT,
    }
    assert set(ADDRESSEES) - set(others) == APPLICANTS


def test_decisions_share_one_group_of_numbers_and_nothing_else_does() -> None:
    groups = {kind for kind in ADDRESSEES if series_of(kind) == "告"}

    assert groups == DECISION_KINDS | {"third_party_disclosure_notice"}
    assert {series_of(kind) for kind in ENCLOSED} == {series_of(kind) for kind, _suffix in ENCLOSED.values()}
    assert len(set(SERIES.values())) == 12


def test_what_starts_a_term_is_a_letter_that_an_act_sends() -> None:
    assert {kind for kinds in STARTED_BY.values() for kind in kinds} <= set(ADDRESSEES)


@pytest.mark.parametrize("under", [17, 11, 34])
def test_a_letter_to_an_agency_in_the_post_starts_its_term_when_it_arrives(under: int) -> None:
    walk = accepted().do(A.CONSULT_AGENCY, 5, party=1, under=under, **POST)
    kind = walk.log[-1].letters[-1].kind
    assert walk.h.terms[-1].status == "awaited"

    walk.served(kind, 9, served_on="2026-07-09", method="registered_post")

    term = walk.h.terms[-1]
    assert (term.name, term.status, term.runs_from.isoformat()) == ("agency_opinion", "running", "2026-07-09")


@pytest.mark.parametrize("outcome", ["made", "refused", "transferred"])
def test_the_letter_about_a_correction_is_the_final_letter_of_its_case(outcome: str) -> None:
    walk = corrected(outcome).do(A.ISSUE_REPLY, 7, method="online")

    assert [final.kind for final in walk.h.final_letters] == [CORRECTION]
    assert walk.h.decision is Decision.OTHER
    walk.served(CORRECTION, 8, served_on="2026-07-09", method="online")
    assert walk.h.final_letters[0].served is not None
    assert {term.name for term in walk.h.terms if term.status == "running"} == {
        "reconsideration",
        "litigation",
    }

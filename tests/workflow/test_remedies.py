"""Reconsideration and suits: what each report of them opens, ends, and leaves alone (art. 51)."""

from typing import Any

from tests.workflow.walk import A, Walk, issued, signed
from workflow.history import Term
from workflow.records import Remedy
from workflow.vocabulary import TermName

FILED = {"kind": "reconsideration", "filed_on": "2026-07-20"}


def _periods(walk: Walk) -> list[str]:
    names = (TermName.RECONSIDERATION, TermName.LITIGATION)
    return [f"{t.name} {t.due_on} {t.status}" for t in walk.h.terms if t.name in names]


def _decided(walk: Walk, on: int = 45, **more: Any) -> Walk:
    return walk.do(A.RECORD_REMEDY, on, **FILED, **({"outcome": "upheld"} | more))


def test_filing_uses_the_period_up_and_leaves_the_suit_open() -> None:
    walk = issued().do(A.RECORD_REMEDY, 20, **FILED)

    assert _periods(walk) == ["reconsideration 2026-09-07 met", "litigation 2027-01-08 running"]


def test_the_decision_gives_fifteen_days_for_a_suit_instead_of_six_months() -> None:
    walk = _decided(issued().do(A.RECORD_REMEDY, 20, **FILED), decided_on="2026-08-12")

    assert _periods(walk) == [
        "reconsideration 2026-09-07 met",
        "litigation 2027-01-08 cancelled",
        "litigation 2026-08-27 running",
    ]
    remedy: Remedy = walk.h.remedies[0]
    assert (remedy.outcome, str(remedy.decided_on), len(walk.h.remedies)) == ("upheld", "2026-08-12", 1)


def test_after_a_refusal_too_the_suit_opens_with_the_decision() -> None:
    refused = issued("internal_affairs", evidence_count=1).do(A.RECORD_REMEDY, 20, **FILED)
    assert _periods(refused) == ["reconsideration 2026-09-07 met"]

    assert _periods(_decided(refused, decided_on="2026-08-12")) == [
        "reconsideration 2026-09-07 met",
        "litigation 2026-08-27 running",
    ]


def test_filing_told_again_does_not_take_the_outcome_back() -> None:
    walk = _decided(issued().do(A.RECORD_REMEDY, 20, **FILED), decided_on="2026-08-12")
    before = _periods(walk)

    walk.do(A.RECORD_REMEDY, 46, **FILED)

    assert walk.h.remedies[0].outcome == "upheld"
    assert _periods(walk) == before


def test_the_same_decision_told_again_opens_nothing_anew() -> None:
    walk = _decided(issued(), decided_on="2026-08-12")

    _decided(walk, on=50)
    _decided(walk, on=51, decided_on="2026-08-12")

    assert _periods(walk)[2:] == ["litigation 2026-08-27 running"]
    assert len(walk.h.remedies) == 1


def test_a_decision_told_with_another_day_moves_the_period() -> None:
    walk = _decided(_decided(issued(), decided_on="2026-08-12"), on=50, decided_on="2026-08-14")

    assert _periods(walk)[2:] == ["litigation 2026-08-27 cancelled", "litigation 2026-08-31 running"]


def test_an_outcome_without_its_day_is_taken_to_be_of_the_day_it_is_told() -> None:
    walk = _decided(issued())

    assert str(walk.h.remedies[0].decided_on) == "2026-08-15"


def test_another_reconsideration_stands_beside_the_first() -> None:
    walk = issued().do(A.RECORD_REMEDY, 20, **FILED)

    walk.do(A.RECORD_REMEDY, 25, kind="reconsideration", filed_on="2026-07-25")

    assert [str(remedy.filed_on) for remedy in walk.h.remedies] == ["2026-07-20", "2026-07-25"]


def test_a_direct_suit_uses_its_own_period_up() -> None:
    walk = issued().do(A.RECORD_REMEDY, 20, kind="direct_litigation", filed_on="2026-07-20")

    assert _periods(walk) == ["reconsideration 2026-09-07 running", "litigation 2027-01-08 met"]


def test_a_suit_after_the_decision_uses_the_fifteen_days_up() -> None:
    walk = _decided(issued(), decided_on="2026-08-12")

    walk.do(A.RECORD_REMEDY, 55, kind="litigation_after_reconsideration", filed_on="2026-08-20")

    assert _periods(walk)[2:] == ["litigation 2026-08-27 met"]


def test_a_remedy_filed_after_its_period_leaves_it_lapsed() -> None:
    walk = issued().sweep(70)
    walk.do(A.RECORD_REMEDY, 70, kind="reconsideration", filed_on="2026-09-09")

    assert _periods(walk)[0] == "reconsideration 2026-09-07 lapsed"


def test_what_is_decided_on_the_first_reply_leaves_the_second_ones_remedies_alone() -> None:
    walk = issued().do(A.RECORD_REMEDY, 20, **FILED).do(A.REOPEN, 25, reply_by="2026-08-31")
    signed(walk=walk, on=30).do(A.ISSUE_REPLY, 31, method="in_person")
    second: list[Term] = walk.h.terms[-2:]

    _decided(walk, decided_on="2026-08-12")

    assert walk.h.terms[-3:-1] == second
    assert _periods(walk)[-1] == "litigation 2026-08-27 running"


def test_body_and_number_are_kept_when_the_outcome_leaves_them_out() -> None:
    walk = issued().do(A.RECORD_REMEDY, 20, **FILED, body="招远市人民政府", case_no="招政复〔2026〕12号")

    _decided(walk, decided_on="2026-08-12")

    remedy: Remedy = walk.h.remedies[0]
    assert (remedy.body, remedy.case_no, remedy.outcome) == ("招远市人民政府", "招政复〔2026〕12号", "upheld")


def test_body_and_number_can_be_told_later_and_put_right() -> None:
    walk = issued().do(A.RECORD_REMEDY, 20, **FILED, body="烟台市人民政府")

    walk.do(A.RECORD_REMEDY, 21, **FILED, body="招远市人民政府", case_no="12号")

    assert [(each.body, each.case_no) for each in walk.h.remedies] == [("招远市人民政府", "12号")]

"""What an act would do is told before it is done: state, dates, terms, letters; and nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from tests.database.test_all_or_nothing import contents
from tests.office import Office, morning
from workflow.casefile import open_file
from workflow.errors import Refused
from workflow.lifecycle import ROLES
from workflow.queries.effect import Effect, effect
from workflow.vocabulary import Action, Role, State, TermName, TermStatus

A, S, T = Action, State, TermName
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def told(office: Office, number: str, action: Action, on: date, **body: Any) -> Effect:
    """What that act would do on that day, by the first role named for it."""
    by = office.staff(ROLES[action][0] if ROLES[action][0] is not Role.APPLICANT else Role.CLERK)
    with office.store.reading() as session:
        file = open_file(session, number)
        return effect(session, file, action, body, by=by, at=morning(on))


@dataclass(frozen=True)
class Expected:
    """What is told of an act."""

    state: State
    due_on: str | None
    moved: int | None = 0
    paused: bool = False
    letters: tuple[str, ...] = ()
    opens: Mapping[TermName, str] = field(default_factory=dict)
    ends: Mapping[TermName, TermStatus] = field(default_factory=dict)
    touches: bool = True


#: Where the case is (received on Wednesday 2026-07-01, due on 2026-07-29), what is done, and what is told.
TABLE: dict[str, tuple[State, Action, str, dict[str, Any], Expected]] = {
    "登记：期限起算": (
        S.SUBMITTED,
        A.REGISTER,
        "2026-07-02",
        {},
        Expected(
            S.SCREENING,
            "2026-07-30",
            None,
            letters=("receipt", "receipt_confirmation"),
            opens={T.CLARIFICATION_NOTICE: "2026-07-13"},
        ),
    ),
    "补正：期限暂停": (
        S.SCREENING,
        A.REQUEST_CLARIFICATION,
        "2026-07-02",
        {"items": ["请写明地块"], "within_workdays": 15},
        Expected(
            S.AWAITING_CLARIFICATION,
            "2026-07-29",
            paused=True,
            letters=("clarification_notice",),
            opens={T.CLARIFICATION: "2026-07-23"},
            ends={T.CLARIFICATION_NOTICE: TermStatus.MET},
        ),
    ),
    "收到补正：重新起算": (
        S.AWAITING_CLARIFICATION,
        A.RECEIVE_CLARIFICATION,
        "2026-07-15",
        {"text": "第三地块"},
        Expected(S.SCREENING, "2026-08-12", 10, ends={T.CLARIFICATION: TermStatus.MET}),
    ),
    "受理：不影响期限": (
        S.SCREENING,
        A.ACCEPT,
        "2026-07-03",
        {"unit": "耕地保护科"},
        Expected(S.PROCESSING, "2026-07-29", touches=False),
    ),
    "延期十日": (
        S.PROCESSING,
        A.EXTEND,
        "2026-07-06",
        {"workdays": 10, "reason": "档案较多"},
        Expected(S.PROCESSING, "2026-08-12", 10, letters=("extension_notice",)),
    ),
    "征求第三方意见：所需时间不计入": (
        S.PROCESSING,
        A.CONSULT_THIRD_PARTY,
        "2026-07-08",
        {"name": "乙公司", "served_on": "2026-07-10"},
        Expected(
            S.CONSULTING,
            "2026-08-21",
            17,
            letters=("consultation_notice", "third_party_consultation", "third_party_reply_form"),
            opens={T.THIRD_PARTY_OPINION: "2026-07-31"},
        ),
    ),
    "收到意见：提前结束": (
        S.CONSULTING,
        A.RECORD_OPINION,
        "2026-07-10",
        {"name": "甲公司", "consents": True},
        Expected(S.PROCESSING, "2026-08-05", -10, ends={T.THIRD_PARTY_OPINION: TermStatus.MET}),
    ),
    "收费：期限暂停": (
        S.PROCESSING,
        A.ASSESS_FEE,
        "2026-07-06",
        {"basis": "per_page", "pages": 68},
        Expected(
            S.AWAITING_PAYMENT,
            "2026-07-29",
            paused=True,
            letters=("fee_notice",),
            opens={T.PAYMENT: "2026-08-03"},
        ),
    ),
    "缴费：重新起算": (
        S.AWAITING_PAYMENT,
        A.RECORD_PAYMENT,
        "2026-07-20",
        {"receipt_no": "SD-1"},
        Expected(S.PROCESSING, "2026-08-17", 13, ends={T.PAYMENT: TermStatus.MET}),
    ),
    "拟稿：不影响期限": (
        S.PROCESSING,
        A.DRAFT_REPLY,
        "2026-07-06",
        {"decision": "disclosed", "reasons": "予以公开。"},
        Expected(S.LEGAL_REVIEW, "2026-07-29", touches=False),
    ),
    "发出答复：办结": (
        S.APPROVED,
        A.ISSUE_REPLY,
        "2026-07-20",
        {"method": "registered_post"},
        Expected(
            S.CONCLUDED,
            None,
            None,
            letters=("disclosed",),
            opens={T.RECONSIDERATION: "2026-09-18", T.LITIGATION: "2027-01-20"},
            ends={T.REPLY: TermStatus.MET},
        ),
    ),
    "撤回": (
        S.PROCESSING,
        A.WITHDRAW,
        "2026-07-06",
        {},
        Expected(
            S.CONCLUDED,
            None,
            None,
            letters=("withdrawal_confirmation",),
            ends={T.REPLY: TermStatus.CANCELLED, T.CLARIFICATION_NOTICE: TermStatus.CANCELLED},
        ),
    ),
}


@SQLITE
@pytest.mark.parametrize("row", TABLE)
def test_states_dates_terms_and_letters_are_told_beforehand(office: Office, row: str) -> None:
    state, action, on, body, expected = TABLE[row]
    number = office.case_at(state)

    found = told(office, number, action, date.fromisoformat(on), **body)

    assert (
        Expected(
            found.after.state,
            found.after.due_on.isoformat() if found.after.due_on else None,
            found.moved,
            found.after.paused,
            found.letters,
            {each.name: each.due_on.isoformat() for each in found.periods if each.was is None},
            {each.name: each.status for each in found.periods if each.was is not None},
            found.touches_the_clock,
        )
        == expected
    )
    assert bool(found.explain) == (found.after.open and expected.touches)


@SQLITE
def test_a_notice_after_the_seventh_day_is_warned_of_with_the_conservative_day(office: Office) -> None:
    number = office.case_at(State.SCREENING)

    found = told(office, number, A.REQUEST_CLARIFICATION, date(2026, 7, 13), items=["请写明地块"])

    assert found.after.conservative_due_on == date(2026, 7, 29)
    assert [warning for warning in found.warnings if "第三十条" in warning]


@SQLITE
def test_what_a_rule_refuses_is_refused_with_its_article(office: Office) -> None:
    number = office.case_at(State.PROCESSING)

    with pytest.raises(Refused) as refused:
        told(office, number, A.EXTEND, date(2026, 7, 30), workdays=10, reason="来不及")

    assert "第三十三条" in refused.value.message


@SQLITE
def test_the_fee_and_the_decision_are_told(office: Office) -> None:
    processing, approved = office.case_at(State.PROCESSING), office.case_at(State.APPROVED)

    fee = told(office, processing, A.ASSESS_FEE, date(2026, 7, 6), basis="per_page", pages=68)
    reply = told(office, approved, A.ISSUE_REPLY, date(2026, 7, 20), method="in_person")

    assert (fee.fee_yuan, fee.decision) == (380, None)
    assert (reply.fee_yuan, reply.decision) == (None, "disclosed")


@SQLITE
def test_a_party_is_told_by_the_name_that_is_typed(office: Office) -> None:
    number = office.case_at(State.CONSULTING)

    found = told(office, number, A.CONSULT_AGENCY, date(2026, 7, 9), name="招远市财政局", under=34)

    assert [(each.name, each.party) for each in found.periods] == [(T.AGENCY_OPINION, "招远市财政局")]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PROCESSING, State.CONSULTING, State.APPROVED])
def test_a_trial_leaves_no_trace(office: Office, state: State) -> None:
    number = office.case_at(state)
    before = contents(office.store)
    acts = {state: (action, body) for state, action, _on, body, _expected in TABLE.values()}
    action, body = acts[state]

    told(office, number, action, date(2026, 7, 20), **body)

    assert contents(office.store) == before

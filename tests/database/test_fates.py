"""What has become of a letter: it stands, was voided with its record, or another took its place."""

from datetime import date, timedelta
from typing import Any

from tests.database.test_documents import letters_of
from tests.office import FIRST_DAY, Office
from workflow.casefile import open_file
from workflow.queries.fates import Fate, fates
from workflow.vocabulary import Action, State

STANDS, VOID = Fate(), Fate(void=True)


def told(office: Office, number: str) -> list[tuple[str, Fate]]:
    """The letters of a case in their order, each with what has become of it."""
    with office.store.reading() as session:
        known = fates(session, open_file(session, number))
    return [(letter.kind, known[letter.number]) for letter in letters_of(office, number)]


def numbers(office: Office, number: str, kind: str) -> list[str]:
    return [letter.number for letter in letters_of(office, number) if letter.kind == kind]


def do(office: Office, number: str, day: int, action: Action, **body: Any) -> None:
    office.do(number, action, FIRST_DAY + timedelta(days=day), **body)


def test_letters_stand_as_long_as_nothing_happens_to_them(office: Office) -> None:
    number = office.case_at(State.CONCLUDED)

    assert {fate for _kind, fate in told(office, number)} == {STANDS}


def test_a_letter_whose_record_is_struck_out_is_void_and_the_next_takes_its_place(office: Office) -> None:
    number = office.register()
    do(office, number, 1, Action.REQUEST_CLARIFICATION, items=["请明确年份"])
    do(office, number, 2, Action.RECTIFY, event=2, void=True, reason="发给了别人")

    struck = told(office, number)
    do(office, number, 3, Action.REQUEST_CLARIFICATION, items=["请明确地块"])
    again = numbers(office, number, "clarification_notice")[-1]

    assert struck == [("receipt", STANDS), ("clarification_notice", VOID)]
    assert told(office, number)[1:] == [
        ("clarification_notice", Fate(void=True, replaced_by=again)),
        ("clarification_notice", STANDS),
    ]


def test_a_new_decision_takes_the_place_of_the_old_whatever_kind_it_is(office: Office) -> None:
    number = office.case_at(State.CONCLUDED)
    office.do(number, Action.REOPEN, date(2026, 8, 3), reason="复议撤销", reply_by="2026-08-31")
    draft: dict[str, Any] = {
        "decision": "not_held",
        "reasons": "经检索，没有该信息。",
        "evidence": ["检索记录"],
    }
    office.do(number, Action.DRAFT_REPLY, date(2026, 8, 4), **draft)
    office.do(number, Action.PASS_REVIEW, date(2026, 8, 5))
    office.do(number, Action.APPROVE, date(2026, 8, 6))

    before = dict(told(office, number))
    office.do(number, Action.ISSUE_REPLY, date(2026, 8, 7), method="in_person")
    after = dict(told(office, number))

    assert before["disclosed"] == STANDS
    assert after["disclosed"] == Fate(replaced_by=numbers(office, number, "not_held")[0])
    assert after["not_held"] == after["receipt"] == STANDS


def test_a_notice_that_came_back_is_replaced_by_the_one_that_is_sent_again(office: Office) -> None:
    number = office.register()
    do(office, number, 1, Action.REQUEST_CLARIFICATION, items=["年份"], method="registered_post")
    back = {"letter": "clarification_notice", "served_on": "2026-07-06", "method": "registered_post"}
    do(office, number, 5, Action.RECORD_SERVICE, returned=True, **back)

    unsent = told(office, number)
    do(office, number, 6, Action.REQUEST_CLARIFICATION, items=["年份"])

    assert unsent == [("receipt", STANDS), ("clarification_notice", STANDS)]
    first, second = numbers(office, number, "clarification_notice")
    assert [fate for _kind, fate in told(office, number)[1:]] == [Fate(replaced_by=second), STANDS]
    assert first != second


def test_what_told_a_third_party_of_a_decision_falls_with_it(office: Office) -> None:
    number = office.case_at(State.CONSULTING)
    against = {"name": "甲公司", "consents": False, "reasonable": True}
    do(office, number, 9, Action.RECORD_OPINION, **against)
    decide(office, number, 10, "disclosed", grounds=["public_interest"])
    told_at_first = dict(told(office, number))["third_party_disclosure_notice"]

    do(office, number, 20, Action.REOPEN, reason="复议撤销", reply_by="2026-08-31")
    decide(office, number, 21, "third_party_rights", evidence=["意见"])

    assert told_at_first == STANDS
    after = dict(told(office, number))
    assert after["third_party_disclosure_notice"] == VOID
    assert after["disclosed"] == Fate(replaced_by=numbers(office, number, "third_party_rights")[0])


def decide(office: Office, number: str, day: int, decision: str, **more: Any) -> None:
    """Draft, review, sign and issue a reply, one act a day."""
    draft = {"decision": decision, "reasons": "经审查。", **more}
    acts: tuple[tuple[Action, dict[str, Any]], ...] = (
        (Action.DRAFT_REPLY, draft),
        (Action.PASS_REVIEW, {}),
        (Action.APPROVE, {}),
    )
    for later, (action, body) in enumerate((*acts, (Action.ISSUE_REPLY, {"method": "in_person"}))):
        do(office, number, day + later, action, **body)


def test_two_parties_that_were_asked_replace_nothing_of_each_other(office: Office) -> None:
    number = office.case_at(State.CONSULTING)
    do(office, number, 9, Action.CONSULT_THIRD_PARTY, name="乙公司")

    assert {fate for _kind, fate in told(office, number)} == {STANDS}


def test_the_notice_of_a_fee_that_was_cancelled_is_void(office: Office) -> None:
    number = office.case_at(State.AWAITING_PAYMENT)
    do(office, number, 9, Action.CANCEL_FEE, reason="减免")

    assert dict(told(office, number))["fee_notice"] == VOID


def test_the_letters_of_a_case_that_was_registered_by_mistake_are_void(office: Office) -> None:
    number = office.case_at(State.VOIDED)

    assert {fate for _kind, fate in told(office, number)} == {VOID}

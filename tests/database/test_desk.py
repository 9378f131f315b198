"""What lies on whose desk: each case once, under its most pressing reason, most urgent first."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from tests.office import FIRST_DAY, Office, morning
from workflow import keptforms, memos
from workflow.absences import Absent
from workflow.casefile import open_file
from workflow.engine import Actor
from workflow.memos import MemoKind
from workflow.queries.desk import SHOWN_OF_GROUP, Desk, Wanted, desk
from workflow.queries.desk_lines import Line
from workflow.queries.lights import Light
from workflow.queries.reasons import Owner, Reason
from workflow.tables import TERMS
from workflow.vocabulary import Action, Role, State, TermName

#: A Friday: every case of FIRST_DAY has come where it was to go.
TODAY = date(2026, 7, 10)
AT = morning(TODAY)


def look(
    office: Office, *roles: Role, user_id: int = 0, absent: tuple[Absent, ...] = (), **wanted: Any
) -> Desk:
    """The desk of somebody with those roles."""
    owner = Owner(user_id, frozenset(roles), absent)
    with office.store.reading() as session:
        return desk(session, office.agency.id or 0, owner, TODAY, Wanted(**wanted))


def piles(found: Desk) -> dict[Reason, list[str]]:
    """The numbers of the cases by reason."""
    return {group.reason: [line.task.number for line in group.lines] for group in found.groups}


def only(found: Desk) -> Line:
    """The one line that lies there."""
    (line,) = [line for group in found.groups for line in group.lines]
    return line


def memo(office: Office, number: str, kind: MemoKind, text: str, by: Actor) -> None:
    """Somebody asks for something."""
    with office.store.transaction() as session:
        memos.add(session, open_file(session, number), kind, text, by=by.user_id or 0, at=AT)


@pytest.mark.parametrize(
    ("state", "role", "reason", "act"),
    [
        (State.SUBMITTED, Role.CLERK, Reason.TO_REGISTER, Action.REGISTER),
        (State.SCREENING, Role.CLERK, Reason.TO_SCREEN, Action.ACCEPT),
        (State.AWAITING_CLARIFICATION, Role.CLERK, Reason.AWAITING, Action.RECEIVE_CLARIFICATION),
        (State.AWAITING_JUSTIFICATION, Role.CLERK, Reason.AWAITING, Action.RECEIVE_JUSTIFICATION),
        (State.AWAITING_PAYMENT, Role.CLERK, Reason.AWAITING, Action.RECORD_PAYMENT),
        (State.PROCESSING, Role.HANDLER, Reason.TO_HANDLE, Action.DRAFT_REPLY),
        (State.CONSULTING, Role.HANDLER, Reason.ASKED, Action.RECORD_OPINION),
        (State.LEGAL_REVIEW, Role.LEGAL, Reason.TO_REVIEW, Action.PASS_REVIEW),
        (State.APPROVAL, Role.HEAD, Reason.TO_SIGN, Action.APPROVE),
        (State.APPROVED, Role.CLERK, Reason.TO_SEND, Action.ISSUE_REPLY),
        (State.CONCLUDED, Role.CLERK, Reason.TO_FILE, Action.ARCHIVE),
    ],
)
def test_a_case_lies_on_the_desk_of_whose_turn_it_is(
    office: Office, state: State, role: Role, reason: Reason, act: Action
) -> None:
    number = office.case_at(state)

    found = {each: look(office, each) for each in (Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD)}

    assert {each: piles(its) for each, its in found.items() if its.groups} == {role: {reason: [number]}}
    assert only(found[role]).next is act


@pytest.mark.parametrize("state", [State.ARCHIVED, State.VOIDED])
def test_what_is_over_lies_on_no_desk(office: Office, state: State) -> None:
    office.case_at(state)

    assert look(office, Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD).groups == ()


def test_nobody_sees_the_desk_of_another_agency(office: Office) -> None:
    office.other().case_at(State.SUBMITTED)

    assert look(office, Role.CLERK).total == 0
    assert look(office, Role.ADMIN).total == 0


def test_a_handler_has_their_own_cases_and_those_of_nobody(office: Office) -> None:
    mine, theirs, nobodys = (office.case_at(State.PROCESSING) for _ in range(3))
    me, other = (office.staff(Role.HANDLER, name) for name in ("我", "他"))
    for number, name in ((mine, "我"), (theirs, "他")):
        office.do(number, Action.ASSIGN, TODAY, unit="科", handler=name)

    assert piles(look(office, Role.HANDLER, user_id=me.user_id or 0)) == {Reason.TO_HANDLE: [mine, nobodys]}
    assert piles(look(office, Role.HANDLER, user_id=other.user_id or 0)) == {
        Reason.TO_HANDLE: [theirs, nobodys]
    }


# --- More pressing reasons -------------------------------------------------------------------------------


def test_pressing_lies_with_whose_turn_it_is_and_with_the_head_until_somebody_acts(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.ESCALATE, TODAY, message="请抓紧办理")

    handler, head = look(office, Role.HANDLER), look(office, Role.HEAD)

    assert piles(handler) == piles(head) == {Reason.PRESSED: [number]}
    assert look(office, Role.CLERK).total == 0
    line = only(handler)
    assert (line.tags, line.next) == ((Reason.TO_HANDLE,), Action.DRAFT_REPLY)
    assert only(head).next is None
    assert line.said is not None
    assert (line.said.who, line.said.on, line.said.text) == ("督办", TODAY, "请抓紧办理")

    office.do(number, Action.CONSULT_THIRD_PARTY, TODAY, name="甲公司")
    assert piles(look(office, Role.HANDLER)) == {Reason.ASKED: [number]}
    assert look(office, Role.HEAD).total == 0


@pytest.mark.parametrize(
    ("state", "role", "act", "days"),
    [
        (State.AWAITING_CLARIFICATION, Role.HEAD, Action.CONFIRM_ABANDONMENT, 40),
        (State.AWAITING_PAYMENT, Role.HEAD, Action.CONFIRM_ABANDONMENT, 40),
        (State.AWAITING_JUSTIFICATION, Role.CLERK, Action.JUDGE_JUSTIFICATION, 40),
    ],
)
def test_an_applicants_time_that_is_over_asks_for_a_decision(
    office: Office, state: State, role: Role, act: Action, days: int
) -> None:
    number = office.case_at(state, TODAY - timedelta(days=days))

    line = only(look(office, role))

    assert (line.task.number, line.reason, line.next) == (number, Reason.LAPSED, act)


def test_a_case_handed_back_waits_for_clerk_and_head(office: Office) -> None:
    number, handler = office.case_at(State.PROCESSING), office.staff(Role.HANDLER)
    memo(office, number, MemoKind.HAND_BACK, "不属于本科室职责", handler)

    for role in (Role.CLERK, Role.HEAD):
        line = only(look(office, role))
        assert (line.task.number, line.reason, line.next) == (number, Reason.HANDED_BACK, Action.ASSIGN)
        assert line.said is not None
        assert (line.said.who, line.said.text) == (Role.HANDLER.zh, "不属于本科室职责")


def test_a_reminder_lies_with_the_handler(office: Office) -> None:
    number, clerk = office.case_at(State.PROCESSING), office.staff(Role.CLERK)
    memo(office, number, MemoKind.REMINDER, "请本周拟稿", clerk)

    line = only(look(office, Role.HANDLER))

    assert (line.task.number, line.reason, line.tags) == (number, Reason.REMINDED, (Reason.TO_HANDLE,))
    assert look(office, Role.CLERK).total == 0


def test_a_draft_that_was_returned_is_told_until_it_is_drafted_again(office: Office) -> None:
    number = office.case_at(State.LEGAL_REVIEW)
    office.do(number, Action.RETURN_DRAFT, TODAY, comment="请补充检索过程")
    line = only(look(office, Role.HANDLER))
    assert (line.reason, line.next) == (Reason.RETURNED, Action.DRAFT_REPLY)
    assert line.said is not None
    assert line.said.text == "请补充检索过程"

    office.do(number, Action.DRAFT_REPLY, TODAY, decision="disclosed", reasons="予以公开。")

    assert look(office, Role.HANDLER).total == 0


def test_an_applicants_answer_is_news_until_somebody_acts(office: Office) -> None:
    number = office.case_at(State.AWAITING_CLARIFICATION)
    office.do(number, Action.RECEIVE_CLARIFICATION, TODAY, text="补正如下", by=office.staff(Role.APPLICANT))
    line = only(look(office, Role.CLERK))
    assert (line.reason, line.tags, line.next) == (Reason.ANSWERED, (Reason.TO_SCREEN,), Action.ACCEPT)
    assert line.said is not None
    assert (line.said.who, line.said.on, line.said.text) == ("张三", TODAY, "收到补正")

    office.do(number, Action.ACCEPT, TODAY, unit="科")

    assert piles(look(office, Role.HANDLER)) == {Reason.TO_HANDLE: [number]}


def test_what_the_clerk_has_entered_is_no_news_to_the_clerk(office: Office) -> None:
    number = office.case_at(State.AWAITING_CLARIFICATION)
    office.do(number, Action.RECEIVE_CLARIFICATION, TODAY, text="补正如下")

    assert piles(look(office, Role.CLERK)) == {Reason.TO_SCREEN: [number]}


@pytest.mark.parametrize(
    ("facts", "told"),
    [({"consents": True}, "同意公开"), ({"consents": False, "reasonable": True}, "不同意公开")],
)
def test_an_opinion_is_news_with_who_gave_it(office: Office, facts: dict[str, Any], told: str) -> None:
    number = office.case_at(State.CONSULTING)
    office.do(number, Action.RECORD_OPINION, TODAY, name="甲公司", **facts)

    line = only(look(office, Role.HANDLER))

    assert (line.reason, line.tags) == (Reason.ANSWERED, (Reason.TO_HANDLE,))
    assert line.said is not None
    assert (line.said.who, line.said.text) == ("甲公司", told)


def test_a_form_left_half_filled_in_waits_for_its_owner_only(office: Office) -> None:
    number, handler = office.case_at(State.PROCESSING), office.staff(Role.HANDLER)
    with office.store.transaction() as session:
        case_id = open_file(session, number).id
        place = keptforms.place_of(case_id, Action.DRAFT_REPLY)
        keptforms.keep(session, handler.user_id or 0, place, {"reasons": ["经检索"]}, AT, case_id=case_id)

    assert piles(look(office, Role.HANDLER, user_id=handler.user_id or 0)) == {Reason.KEPT: [number]}
    assert piles(look(office, Role.HANDLER)) == {Reason.TO_HANDLE: [number]}


def test_a_reply_is_served_before_it_is_filed(office: Office) -> None:
    number = office.case_at(State.APPROVED)
    office.do(number, Action.ISSUE_REPLY, TODAY, method="registered_post")
    assert only(look(office, Role.CLERK)).next is Action.RECORD_SERVICE

    office.do(number, Action.RECORD_SERVICE, TODAY, served_on=str(TODAY), method="registered_post")

    assert only(look(office, Role.CLERK)).next is Action.ARCHIVE


# --- Order, counts, terms --------------------------------------------------------------------------------


def test_one_list_has_what_ends_first_on_top_and_what_rests_at_the_bottom(office: Office) -> None:
    paused = office.case_at(State.AWAITING_PAYMENT, date(2026, 5, 11))
    fresh = office.case_at(State.APPROVED, date(2026, 7, 3))
    overdue = office.case_at(State.SCREENING, date(2026, 5, 20))
    soon = office.case_at(State.PROCESSING, date(2026, 6, 15))

    found = look(office, Role.CLERK, Role.HANDLER, listed=True)

    assert [line.task.number for line in found.listed] == [overdue, soon, fresh, paused]
    assert found.groups == ()


def test_the_counts_by_light_narrow_to_what_they_count(office: Office) -> None:
    office.case_at(State.SCREENING, date(2026, 5, 20))
    office.case_at(State.SUBMITTED, TODAY)
    for _ in range(2):
        office.case_at(State.SCREENING, FIRST_DAY)
    office.case_at(State.AWAITING_PAYMENT)

    found = look(office, Role.CLERK)

    assert found.lights == {Light.RED: 1, Light.GREEN: 2, Light.PAUSED: 1, Light.NONE: 1}
    assert found.reasons == {Reason.TO_REGISTER: 1, Reason.TO_SCREEN: 3, Reason.AWAITING: 1}
    assert found.total == 5
    for light, count in found.lights.items():
        narrowed = look(office, Role.CLERK, light=light)
        assert narrowed.total == count == sum(len(group.lines) for group in narrowed.groups)
        assert narrowed.lights == found.lights
    screening = look(office, Role.CLERK, reason=Reason.TO_SCREEN)
    assert (screening.total, screening.lights) == (3, {Light.RED: 1, Light.GREEN: 2})
    assert piles(screening).keys() == {Reason.TO_SCREEN}


def test_a_long_group_shows_the_most_urgent_and_counts_the_rest(office: Office) -> None:
    late = office.case_at(State.SUBMITTED, date(2026, 6, 1))
    for _ in range(SHOWN_OF_GROUP + 2):
        office.case_at(State.SUBMITTED, FIRST_DAY)

    (group,) = look(office, Role.CLERK).groups

    assert (len(group.lines), group.total) == (SHOWN_OF_GROUP, SHOWN_OF_GROUP + 3)
    assert group.lines[0].task.number == late


@pytest.mark.parametrize(
    ("state", "role", "name", "due_on"),
    [
        (State.SCREENING, Role.CLERK, TermName.CLARIFICATION_NOTICE, date(2026, 7, 10)),
        (State.CONSULTING, Role.HANDLER, TermName.THIRD_PARTY_OPINION, date(2026, 7, 24)),
        (State.AWAITING_PAYMENT, Role.CLERK, TermName.PAYMENT, date(2026, 7, 30)),
    ],
)
def test_another_countdown_is_told_where_it_ends_before_the_reply(
    office: Office, state: State, role: Role, name: TermName, due_on: date
) -> None:
    office.case_at(state)

    ending = only(look(office, role)).soonest

    assert ending is not None
    assert (ending.name, ending.due_on) == (name, due_on)


def test_once_it_is_handled_no_notice_is_counted_down(office: Office) -> None:
    office.case_at(State.PROCESSING)

    assert only(look(office, Role.HANDLER)).soonest is None


def test_a_term_that_ends_after_the_reply_is_not_the_soonest(office: Office) -> None:
    number = office.case_at(State.PROCESSING, date(2026, 6, 12))
    with office.store.transaction() as session:
        row = {"case_id": open_file(session, number).id, "name": TermName.JUSTIFICATION, "no": 1}
        row |= {"article": "35", "runs_from": TODAY, "due_on": date(2026, 8, 31), "status": "running"}
        session.execute(insert(TERMS), row | {"event_seq": 2})

    assert only(look(office, Role.HANDLER)).soonest is None


# --- For somebody who is away ----------------------------------------------------------------------------


def test_a_substitute_sees_what_waits_for_the_absent_and_for_whom(office: Office) -> None:
    wang, zhao = (office.staff(Role.HANDLER, name) for name in ("王", "赵"))
    theirs, shared, others = (office.case_at(State.PROCESSING) for _ in range(3))
    for number, name in ((theirs, "王"), (others, "赵")):
        office.do(number, Action.ASSIGN, TODAY, unit="科", handler=name)
    waiting = office.case_at(State.SCREENING)
    absent = (Absent(wang.user_id or 0, "王", frozenset({Role.HANDLER, Role.CLERK})),)

    for own in (frozenset({Role.CLERK}), frozenset({Role.CLERK, Role.HANDLER})):
        found = look(office, *own, user_id=999, absent=absent)
        told = {line.task.number: line.absent for group in found.groups for line in group.lines}
        nobodys = "" if Role.HANDLER in own else "王"
        assert told == {theirs: "王", shared: nobodys, waiting: ""}
    assert zhao.user_id

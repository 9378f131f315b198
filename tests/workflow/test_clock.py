"""The statutory clock where its parts meet: restarts, pauses, extensions, consultations, set days."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.story import weekday
from tests.workflow.forbidden import POST
from tests.workflow.walk import (
    CALENDAR,
    A,
    Walk,
    accepted,
    charged,
    clarifying,
    consulting,
    issued,
    justifying,
    registered,
)
from workflow import clock
from workflow.clock import Cause, Clock, Pause, union


def _deferred(reply_by: str = "2026-10-30") -> Walk:
    judged = justifying().do(A.RECEIVE_JUSTIFICATION, 7)
    return judged.do(A.JUDGE_JUSTIFICATION, 8, reasonable=True, reply_by=reply_by).do(A.ACCEPT, 8)


def _clarified_from(walk: Walk, on: int) -> Walk:
    asked = walk.do(A.REQUEST_CLARIFICATION, on, items_count=1, within_workdays=15)
    return asked.do(A.RECEIVE_CLARIFICATION, on + 3)


def _answered(walk: Walk, on: int, **more: object) -> Walk:
    return walk.do(A.RECORD_OPINION, on, party=1, consents=True, **more)


#: What it is about; the case; due date, days left out, days of extension.
CLOCKS: dict[str, tuple[Callable[[], Walk], str, int, int]] = {
    "extension, then a consultation of 2 days": (
        lambda: _answered(accepted().do(A.EXTEND, 2, workdays=5).do(A.CONSULT_THIRD_PARTY, 5, party=1), 7),
        "2026-08-07",
        2,
        5,
    ),
    "a restart clears extension and consultation": (
        lambda: _clarified_from(_answered(consulting().do(A.EXTEND, 6, workdays=5), 7), 8),
        "2026-08-07",
        0,
        0,
    ),
    "a consultation of the new run counts for itself": (
        lambda: _answered(
            _clarified_from(_answered(consulting(), 7), 8)
            .do(A.ACCEPT, 12)
            .do(A.CONSULT_THIRD_PARTY, 12, party=1),
            14,
        ),
        "2026-08-11",
        2,
        0,
    ),
    "a consultation sent on the due date counts": (
        lambda: _answered(accepted().do(A.CONSULT_THIRD_PARTY, 28, party=1), 30),
        "2026-07-31",
        2,
        0,
    ),
    "a consultation sent the day after leaves nothing out": (
        lambda: _answered(accepted().do(A.CONSULT_THIRD_PARTY, 29, party=1), 30),
        "2026-07-29",
        0,
        0,
    ),
    "while it is open, a consultation is taken to last its whole term": (
        lambda: consulting(served_on="2026-07-08"),
        "2026-08-21",
        17,
        0,
    ),
    "an opinion before the letter arrived": (
        lambda: _answered(consulting(served_on="2026-07-10"), 9, received_on="2026-07-08"),
        "2026-07-31",
        2,
        0,
    ),
    "an opinion after its term leaves out the term only": (
        lambda: _answered(consulting().sweep(27), 30),
        "2026-08-19",
        15,
        0,
    ),
    "an opinion in time, entered after the timer": (
        lambda: _answered(consulting().sweep(27), 30, received_on="2026-07-08"),
        "2026-07-31",
        2,
        0,
    ),
    "a letter that came back leaves nothing out": (
        lambda: consulting(**POST).served("third_party_consultation", 9, returned=True),
        "2026-07-29",
        0,
        0,
    ),
    "the party of a letter that came back answers all the same: nothing was asked": (
        lambda: _answered(consulting(**POST).served("third_party_consultation", 9, returned=True), 12),
        "2026-07-29",
        0,
        0,
    ),
    "a letter in the post: as if it had arrived at once": (
        lambda: consulting(**POST),
        "2026-08-19",
        15,
        0,
    ),
    "the proof of service moves the end of the term": (
        lambda: consulting(**POST).served("third_party_consultation", 9, served_on="2026-07-09"),
        "2026-08-24",
        18,
        0,
    ),
    "a fee waived: as if no notice had been sent": (
        lambda: (
            accepted()
            .do(A.EXTEND, 1, workdays=3)
            .do(A.ASSESS_FEE, 2, basis="per_page", pages=68)
            .do(A.CANCEL_FEE, 20)
        ),
        "2026-08-03",
        0,
        3,
    ),
    "a fee paid: anew from the day of payment": (
        lambda: charged().do(A.RECORD_PAYMENT, 20, paid_on="2026-07-14"),
        "2026-08-11",
        0,
        0,
    ),
    "a deferred reply has a fixed day": (_deferred, "2026-10-30", 0, 0),
    "a deferred reply leaves no consultation out": (
        lambda: _answered(_deferred().do(A.CONSULT_THIRD_PARTY, 9, party=1), 20),
        "2026-10-30",
        0,
        0,
    ),
    "a clarification after a fixed day starts the term anew": (
        lambda: _clarified_from(_deferred(), 9),
        "2026-08-10",
        0,
        0,
    ),
    "a payment after a fixed day starts the term anew": (
        lambda: _deferred().do(A.ASSESS_FEE, 9, basis="per_page", pages=68).do(A.RECORD_PAYMENT, 12),
        "2026-08-10",
        0,
        0,
    ),
    "and that one leaves a consultation out again": (
        lambda: _answered(
            _clarified_from(_deferred(), 9).do(A.ACCEPT, 12).do(A.CONSULT_THIRD_PARTY, 13, party=1), 15
        ),
        "2026-08-12",
        2,
        0,
    ),
    "reopened: a fixed day, whatever was before": (
        lambda: issued().do(A.REOPEN, 34, reply_by="2026-09-04"),
        "2026-09-04",
        0,
        0,
    ),
    "reopened and charged: anew from the day of payment": (
        lambda: (
            issued()
            .do(A.REOPEN, 34, reply_by="2026-09-04")
            .do(A.ASSESS_FEE, 35, basis="per_page", pages=68)
            .do(A.RECORD_PAYMENT, 40)
        ),
        "2026-09-07",
        0,
        0,
    ),
}


@pytest.mark.parametrize(
    "what",
    [pytest.param(what, id=f"{what}: {due} {weekday(due)}") for what, (_make, due, _x, _e) in CLOCKS.items()],
)
def test_the_reply_is_due(what: str) -> None:
    make, due_on, excluded, extension = CLOCKS[what]

    h = make().h

    assert h.due is not None
    assert h.clock is not None
    assert (str(h.due.due_on), h.due.excluded, h.clock.extension) == (due_on, excluded, extension)


# --- Late notices, and overdue while the term rests ---------------------------------------------------------


def test_a_clarification_notice_in_time_has_no_other_date() -> None:
    assert (
        registered().do(A.REQUEST_CLARIFICATION, 9, items_count=1, within_workdays=5).h.conservative_due_on
        is None
    )


def test_a_late_clarification_notice_keeps_the_date_as_it_stood_before_it() -> None:
    walk = accepted().do(A.EXTEND, 2, workdays=5)

    walk.do(A.REQUEST_CLARIFICATION, 12, items_count=1, within_workdays=5)

    assert str(walk.h.conservative_due_on) == "2026-08-05"
    walk.do(A.RECEIVE_CLARIFICATION, 14)
    assert (str(walk.h.due_on), str(walk.h.conservative_due_on)) == ("2026-08-12", "2026-08-05")
    assert any("第7个工作日" in warning for warning in walk.h.warnings)


def test_a_clarification_notice_sent_again_too_late_is_late() -> None:
    walk = clarifying(**POST).served("clarification_notice", 12, returned=True)
    assert walk.h.conservative_due_on is None

    walk.do(A.REQUEST_CLARIFICATION, 13, items_count=1, within_workdays=15)

    assert str(walk.h.conservative_due_on) == "2026-07-29"


def test_the_other_date_goes_when_the_case_is_reopened_with_a_day_of_its_own() -> None:
    walk = registered().do(A.REQUEST_CLARIFICATION, 12, items_count=1, within_workdays=5)
    walk.do(A.CONFIRM_ABANDONMENT, 30).do(A.REOPEN, 31, reply_by="2026-09-04")

    assert walk.h.conservative_due_on is None


@pytest.mark.parametrize(
    ("asked_on", "overdue"),
    [
        pytest.param(28, False, id="asked on the due date: never overdue while it rests"),
        pytest.param(29, True, id="asked the day after: overdue as long as it rests"),
    ],
)
def test_while_the_term_rests_a_case_is_overdue_only_if_it_was_so_before(
    asked_on: int, overdue: bool
) -> None:
    walk = accepted().do(A.REQUEST_CLARIFICATION, asked_on, items_count=1, within_workdays=15)

    long_after = date(2026, 12, 31)
    assert walk.h.is_overdue(long_after) is overdue
    assert walk.h.workdays_left(long_after, CALENDAR) is None
    assert str(walk.h.due_on) == "2026-07-29", "the date keeps its last value"

    walk.do(A.RECEIVE_CLARIFICATION, 35)
    assert walk.h.is_overdue(date(2026, 8, 10)) is False


def test_after_a_waived_fee_the_case_is_as_overdue_as_its_date_says() -> None:
    walk = charged().do(A.CANCEL_FEE, 40)

    assert walk.h.is_overdue(date(2026, 8, 10)) is True


# --- The explanation -----------------------------------------------------------------------------------


def test_every_day_up_to_the_due_date_stands_in_the_explanation() -> None:
    # Received Wednesday 2026-04-22; asked Thursday, answered Monday; Labour Day and its make-up day.
    run = Clock(date(2026, 4, 22), Cause.RECEIPT, (Pause(date(2026, 4, 23), date(2026, 4, 27)),), extension=2)

    assert clock.explain(run, CALENDAR) == [
        "2026-04-22（周三）收到申请，当日不计，自次日起算（《政府信息公开条例》第三十一条）",
        "法定答复期限20个工作日（《政府信息公开条例》第三十三条第二款）",
        "2026-04-23（周四）发出征求意见书，止于2026-04-27（周一），所需时间2个工作日不计入期限"
        "（《政府信息公开条例》第三十三条第三款）",
        "经负责人同意延长2个工作日，自原届满日次日续计（《政府信息公开条例》第三十三条第二款）",
        "计入22个工作日：04-23（1日）；04-28至04-30（3日）；05-06至05-09（4日）；05-11至05-15（5日）；"
        "05-18至05-22（5日）；05-25至05-28（4日）（《政府信息公开条例》第三十三条第二款）",
        "不计入的休息日：04-25至04-26（2日） 周末；05-01至05-05（5日） 劳动节；05-10（1日） 周末；"
        "05-16至05-17（2日） 周末；05-23至05-24（2日） 周末（《政府信息公开条例》第三十三条第二款）",
        "调休上班计入：05-09（劳动节调休）（《政府信息公开条例》第三十三条第二款）",
        "答复期限届满日：2026-05-28（周四），即自次日起第24个工作日（计入22个，不计入2个）"
        "（《政府信息公开条例》第三十三条）",
    ]


def test_a_set_day_explains_itself() -> None:
    run = Clock(date(2026, 7, 9), Cause.DEFERRAL, fixed=date(2026, 10, 30))

    lines = clock.explain(run, CALENDAR)

    assert lines[0].startswith("2026-07-09（周四）理由合理，确定延迟答复的期限")
    assert "2026-10-30（周五）" in lines[1]


def test_consultations_that_overlap_are_explained_together() -> None:
    pauses = (Pause(date(2026, 8, 10), date(2026, 8, 25)), Pause(date(2026, 8, 17), date(2026, 9, 1), True))

    lines = clock.explain(Clock(date(2026, 8, 3), Cause.RECEIPT, pauses), CALENDAR)

    assert any("取并集，合计不计入16个工作日" in line for line in lines)
    assert any("暂按征求意见期限届满日计至2026-09-01" in line for line in lines)


@pytest.mark.parametrize(
    ("pauses", "merged"),
    [
        ([], []),
        ([(1, 3)], [(1, 3)]),
        ([(1, 1)], []),
        ([(1, 3), (3, 5)], [(1, 5)]),
        ([(1, 3), (4, 5)], [(1, 3), (4, 5)]),
        ([(4, 9), (1, 5), (2, 3)], [(1, 9)]),
        ([(1, 9), (2, 3)], [(1, 9)]),
    ],
    ids=str,
)
def test_intervals_are_merged_into_their_union(
    pauses: list[tuple[int, int]], merged: list[tuple[int, int]]
) -> None:
    given = [Pause(date(2026, 7, first), date(2026, 7, last)) for first, last in pauses]

    assert [(first.day, last.day) for first, last in union(given)] == merged

"""The calendar on a case's page counts as the clock does."""

from datetime import date

import pytest

from api.pages.months import Kind, counted_days, months
from tests.story import weekday
from workflow import clock
from workflow.clock import Cause, Clock, Pause
from workflow.history import History
from workflow.law.workdays import packaged
from workflow.vocabulary import State

D = date.fromisoformat
RUNS = {
    "plain": Clock(D("2026-07-01"), Cause.RECEIPT),
    "received on a rest day": Clock(D("2026-10-03"), Cause.RECEIPT),
    "over the spring festival with made-up Saturdays": Clock(D("2026-02-05"), Cause.RECEIPT),
    "extended": Clock(D("2026-04-15"), Cause.RECEIPT, extension=20),
    "one consultation": Clock(D("2026-07-01"), Cause.RECEIPT, (Pause(D("2026-07-08"), D("2026-07-22")),)),
    "two that overlap": Clock(
        D("2026-07-01"),
        Cause.CLARIFICATION,
        (Pause(D("2026-07-08"), D("2026-07-22")), Pause(D("2026-07-15"), D("2026-07-30"), projected=True)),
        extension=5,
    ),
    "into a year not announced": Clock(D("2026-12-22"), Cause.PAYMENT),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, id=f"{name} {run.start} {weekday(str(run.start))}") for name, run in RUNS.items()],
)
def test_the_last_counted_day_is_the_due_day_and_its_number_the_term(name: str) -> None:
    run, calendar = RUNS[name], packaged()
    due = clock.due(run, calendar)

    days = list(counted_days(run, due.due_on, calendar))

    counted = [day for day in days if day.kind in (Kind.COUNTED, Kind.EXTENDED)]
    assert [day.n for day in counted if day.kind is Kind.EXTENDED] == list(range(21, 21 + run.extension))
    assert [day.n for day in counted] == list(range(1, 21 + run.extension))
    assert [day.date for day in days if day.due] == [due.due_on]
    assert counted[-1].date == due.due_on
    assert sum(day.kind is Kind.PAUSED for day in days) == due.excluded


def test_the_months_are_whole_and_begin_on_mondays() -> None:
    run, calendar = RUNS["one consultation"], packaged()
    h = History(clock=run, due=clock.due(run, calendar))

    july, august = months(h, calendar)

    assert (july.title, august.title) == ("2026年7月", "2026年8月")
    assert july.weeks[0][:2] == (None, None)
    assert july.weeks[0][2] is not None
    assert july.weeks[0][2].kind is Kind.START
    assert sum(day is not None for week in july.weeks for day in week) == 31


def test_a_day_that_was_set_is_not_counted_out() -> None:
    run = Clock(D("2026-07-01"), Cause.DEFERRAL, fixed=D("2026-09-01"))

    assert months(History(clock=run, due=clock.due(run, packaged())), packaged()) == []


def test_a_paused_term_has_no_days_to_count() -> None:
    run, calendar = RUNS["plain"], packaged()
    h = History(state=State.AWAITING_CLARIFICATION, clock=run, due=clock.due(run, calendar))

    assert months(h, calendar) == []

"""Sweeps: whatever has lapsed, once, however late, and in the zone in which the law counts its days."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests import processes
from tests.database import behind
from tests.database.test_all_or_nothing import contents
from tests.database.test_audit import breaks
from tests.office import FIRST_DAY, Office, morning
from workflow import timers
from workflow.casefile import claim_file
from workflow.commands import legal_day
from workflow.engine import catch_up
from workflow.store import Store
from workflow.tables import CASES, EVENTS, TERMS
from workflow.timers import Swept
from workflow.vocabulary import Action, Role, State, TermName, TermStatus

#: Asked on Friday 2026-07-03, 15 working days end on Friday 2026-07-24.
ASKED, LAST_DAY = date(2026, 7, 3), date(2026, 7, 24)
AGENCY_ASKED: dict[str, Any] = {"name": "招远市财政局"}


def sweep(store: Store, now: datetime) -> Swept:
    """One sweep at that moment."""
    with store.session() as session:
        return timers.sweep(session, now)


def at_midnight(day: date, second: int = 0) -> datetime:
    """00:00 of that day in Asia/Shanghai, as the moment in UTC that it is."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8) + timedelta(seconds=second)


def status(store: Store, number: str, name: TermName) -> TermStatus:
    """How a term of a case stands in the database."""
    query = select(TERMS.c.status).join(CASES, CASES.c.id == TERMS.c.case_id)
    with store.reading() as session:
        found = session.execute(query.where(CASES.c.number == number, TERMS.c.name == name))
        return TermStatus(found.scalar_one())


def by_the_system(store: Store) -> list[tuple[str, date, dict[str, Any]]]:
    """What the timers wrote into the logs: case, day, facts."""
    query = (
        select(CASES.c.number, EVENTS.c.on_date, EVENTS.c.facts)
        .join(CASES, CASES.c.id == EVENTS.c.case_id)
        .where(EVENTS.c.role == Role.SYSTEM)
        .order_by(EVENTS.c.id)
    )
    with store.reading() as session:
        return [(number, on, facts) for number, on, facts in session.execute(query)]


def consulting(office: Office, action: Action = Action.CONSULT_AGENCY, **body: Any) -> str:
    """A case in which somebody was asked on 2026-07-03."""
    number = office.case_at(State.PROCESSING)
    office.do(number, action, ASKED, **{**AGENCY_ASKED, **body})
    return number


def state(store: Store, number: str) -> State:
    """Where a case stands."""
    with store.reading() as session:
        return State(session.execute(select(CASES.c.state).where(CASES.c.number == number)).scalar_one())


#: What a sweep of 25 July does to a term that ended on the 24th: state, deemed consent.
LAPSED: dict[str, tuple[Callable[[Office], str], State, TermName, object]] = {
    "art. 34: an agency's silence is consent": (
        consulting,
        State.PROCESSING,
        TermName.AGENCY_OPINION,
        True,
    ),
    "art. 11: an agency's silence is not": (
        lambda office: consulting(office, under=11),
        State.PROCESSING,
        TermName.AGENCY_OPINION,
        None,
    ),
    "art. 32: a third party's silence is not": (
        lambda office: consulting(office, Action.CONSULT_THIRD_PARTY),
        State.PROCESSING,
        TermName.THIRD_PARTY_OPINION,
        None,
    ),
}


@pytest.mark.parametrize("silence", LAPSED)
def test_a_consultation_that_nobody_answered_is_closed(office: Office, silence: str) -> None:
    make, after, name, consents = LAPSED[silence]
    number = make(office)

    swept = sweep(office.store, morning(date(2026, 7, 25)))

    assert swept == Swept([number], {})
    assert state(office.store, number) is after
    assert status(office.store, number, name) is TermStatus.LAPSED
    ((_number, on, facts),) = by_the_system(office.store)
    assert (on, facts["deemed"], facts["consents"]) == (date(2026, 7, 25), True, consents)


@pytest.mark.parametrize(
    ("waiting", "name", "last_day"),
    [
        pytest.param(State.AWAITING_CLARIFICATION, TermName.CLARIFICATION, date(2026, 7, 23), id="补正 周四"),
        pytest.param(State.AWAITING_JUSTIFICATION, TermName.JUSTIFICATION, date(2026, 7, 16), id="理由 周四"),
        pytest.param(State.AWAITING_PAYMENT, TermName.PAYMENT, date(2026, 7, 30), id="缴费 周四"),
        pytest.param(State.SCREENING, TermName.CLARIFICATION_NOTICE, date(2026, 7, 10), id="补正告知 周五"),
    ],
)
def test_what_ends_a_right_lapses_and_waits_for_a_person(
    office: Office, waiting: State, name: TermName, last_day: date
) -> None:
    number = office.case_at(waiting)
    sweep(office.store, morning(last_day))
    assert status(office.store, number, name) is TermStatus.RUNNING

    swept = sweep(office.store, morning(last_day + timedelta(days=1)))

    assert number in swept.changed
    assert status(office.store, number, name) is TermStatus.LAPSED
    assert state(office.store, number) is waiting
    assert by_the_system(office.store) == []


@pytest.mark.parametrize(
    ("moment", "lapsed"),
    [
        pytest.param(at_midnight(LAST_DAY), False, id="2026-07-24 周五 00:00 the last day begins"),
        pytest.param(at_midnight(LAST_DAY) + timedelta(hours=8), False, id="2026-07-24 周五 00:00 in UTC"),
        pytest.param(at_midnight(date(2026, 7, 25), -1), False, id="2026-07-24 周五 23:59:59"),
        pytest.param(at_midnight(date(2026, 7, 25)), True, id="2026-07-25 周六 00:00, still the 24th in UTC"),
    ],
)
def test_h28_h31_h32_a_term_lapses_at_midnight_in_shanghai(
    office: Office, moment: datetime, lapsed: bool
) -> None:
    number = consulting(office)
    assert moment.tzinfo is UTC

    swept = sweep(office.store, moment)

    assert (number in swept.changed and bool(by_the_system(office.store))) is lapsed
    assert (state(office.store, number) is State.PROCESSING) is lapsed


def test_h28_an_act_just_after_midnight_bears_the_new_day(office: Office) -> None:
    number = office.register()

    before = office.do(number, Action.ASSIGN, FIRST_DAY, at=at_midnight(date(2026, 7, 3), -1), unit="甲科")
    after = office.do(number, Action.ASSIGN, FIRST_DAY, at=at_midnight(date(2026, 7, 3)), unit="乙科")

    assert before.log.events[-1].on == date(2026, 7, 2)
    assert after.log.events[-1].on == date(2026, 7, 3)


def test_a_sweep_run_twice_equals_a_sweep_run_once(office: Office) -> None:
    for each in State:
        office.case_at(each)
    consulting(office)
    now = morning(date(2026, 8, 20))
    first = sweep(office.store, now)
    before = contents(office.store)

    second = sweep(office.store, now)

    assert len(first.changed) > 3
    assert second == Swept([], {})
    assert contents(office.store) == before


def test_h44_a_month_without_a_sweep_leaves_the_same_dates_and_terms_as_daily_ones(office: Office) -> None:
    store, end = office.store, date(2026, 8, 24)
    daily = consulting(office)
    for days in range((end - ASKED).days + 1):
        sweep(store, morning(ASKED + timedelta(days=days)))
    late = consulting(office)

    swept = sweep(store, morning(end))

    assert swept == Swept([late], {})
    assert outline(store, daily) == outline(store, late)
    assert [(number, on) for number, on, _facts in by_the_system(store)] == [
        (daily, date(2026, 7, 25)),
        (late, end),
    ]


def outline(store: Store, number: str) -> list[tuple[Any, ...]]:
    """The dates of a case and of its terms."""
    columns = (CASES.c.due_on, CASES.c.state, CASES.c.excluded_workdays)
    terms = (TERMS.c.name, TERMS.c.runs_from, TERMS.c.due_on, TERMS.c.status)
    query = select(*columns, *terms).join(TERMS, TERMS.c.case_id == CASES.c.id)
    with store.reading() as session:
        rows = session.execute(query.where(CASES.c.number == number).order_by(TERMS.c.name)).all()
        return [tuple(row) for row in rows]


def test_h47_a_bad_case_stops_no_other(office: Office) -> None:
    good, bad, last = consulting(office), consulting(office), consulting(office)
    behind.change(office.store, bad, 1, facts={"channel": "by pigeon"})

    swept = sweep(office.store, morning(date(2026, 7, 25)))

    assert swept.changed == [good, last]
    assert list(swept.failed) == [bad]
    assert state(office.store, bad) is State.CONSULTING
    assert [number for number, _on, _facts in by_the_system(office.store)] == [good, last]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_case_that_somebody_is_acting_on_is_left_for_the_next_sweep(office: Office) -> None:
    # On SQLite the sweep waits for the writer instead.
    busy, idle = consulting(office), consulting(office)
    now = morning(date(2026, 7, 25))

    with office.store.transaction() as session:
        session.execute(select(CASES).where(CASES.c.number == busy).with_for_update())
        assert sweep(office.store, now) == Swept([idle], {})

    assert sweep(office.store, now) == Swept([busy], {})


def test_two_sweepers_at_once_do_each_work_once(office: Office, database_url: str) -> None:
    numbers = [consulting(office) for _ in range(30)]

    swept = processes.together(processes.sweep, [(database_url, date(2026, 7, 25))] * 2)

    changed = [number for result in swept for number in result.changed]
    assert [result.failed for result in swept] == [{}, {}]
    assert sorted(changed) == sorted(numbers)
    assert sorted(number for number, _on, _facts in by_the_system(office.store)) == sorted(numbers)
    assert breaks(office.store) == []


@pytest.mark.parametrize("waiting", [State.CONSULTING, State.AWAITING_PAYMENT])
def test_who_comes_second_to_a_case_finds_nothing_left_to_do(office: Office, waiting: State) -> None:
    number, now = office.case_at(waiting), morning(date(2026, 8, 20))
    assert sweep(office.store, now).changed == [number]

    with office.store.session() as session:  # It had the case on its list before the other was done.
        file = claim_file(session, number)
        assert file is not None
        assert catch_up(session, file, legal_day(now), now) is False


def test_an_opinion_that_came_in_time_but_is_entered_late_replaces_the_deemed_one(office: Office) -> None:
    number = consulting(office)
    sweep(office.store, morning(date(2026, 7, 25)))

    office.do(
        number,
        Action.RECORD_OPINION,
        date(2026, 7, 27),
        **AGENCY_ASKED,
        consents=False,
        reasonable=True,
        received_on="2026-07-10",
    )

    assert status(office.store, number, TermName.AGENCY_OPINION) is TermStatus.MET
    assert outline(office.store, number)[0][2] == 5  # (3 July, 10 July]: five working days left out.


def test_a_sweep_reports_every_case_as_it_goes(office: Office) -> None:
    for _ in range(3):
        consulting(office)
    seen = []

    with office.store.session() as session:
        timers.sweep(session, morning(date(2026, 7, 25)), lambda: seen.append(1))

    assert len(seen) == 3


def test_h32_h46_the_job_is_there_and_ticks_in_the_legal_zone() -> None:
    scheduler = timers.start_ticking(print, datetime.now(UTC) + timedelta(days=1))
    try:
        (job,) = scheduler.get_jobs()
        assert job.func is print
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
        last_second = at_midnight(date(2026, 7, 25), -1)
        following = job.trigger.get_next_fire_time(None, last_second)
        assert following.isoformat() == "2026-07-25T00:00:05+08:00"
    finally:
        scheduler.shutdown()


def test_the_ticker_ticks_at_once_and_stops_cleanly() -> None:
    ticked = threading.Event()
    before = threading.active_count()

    scheduler = timers.start_ticking(ticked.set, datetime.now(UTC))
    assert ticked.wait(5)
    scheduler.shutdown()

    assert not scheduler.running
    assert threading.active_count() <= before


def test_a_tick_that_fails_does_not_end_the_ticking() -> None:
    second = threading.Event()
    calls: list[int] = []

    def tick() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionError
        second.set()

    scheduler = timers.start_ticking(tick, datetime.now(UTC))
    try:
        scheduler.modify_job("tick", next_run_time=datetime.now(UTC) + timedelta(milliseconds=200))
        assert second.wait(5)
    finally:
        scheduler.shutdown()

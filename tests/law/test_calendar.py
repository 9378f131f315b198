"""The packaged calendar: which days are working days, and the arithmetic on them."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.story import weekday
from workflow import clock
from workflow.clock import Cause, Clock
from workflow.law import terms
from workflow.law.workdays import Calendar, OutOfRange, Year, add_months, natural, packaged

CALENDAR = packaged()
OFFICIAL = range(2019, 2027)
#: Working days of each year by the State Council's notices, counted by hand.
WORKDAYS = {2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}


def days_of(year: int) -> list[date]:
    """Every civil day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", OFFICIAL)
def test_every_day_is_what_two_other_libraries_say(year: int) -> None:
    other = holidays.country_holidays("CN", years=year)
    days = days_of(year)

    ours = [CALENDAR.is_workday(day) for day in days]

    assert ours == [chinese_calendar.is_workday(day) for day in days]
    assert ours == [other.is_working_day(day) for day in days]


@pytest.mark.parametrize(("year", "count"), WORKDAYS.items())
def test_a_year_has_its_number_of_working_days(year: int, count: int) -> None:
    assert sum(map(CALENDAR.is_workday, days_of(year))) == count
    assert CALENDAR.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_every_year_but_the_coming_one_rests_on_a_numbered_notice() -> None:
    years = {number: CALENDAR.year(number) for number in range(2019, 2028)}

    assert [n for n, year in years.items() if year is None] == []
    assert [n for n, year in years.items() if year and year.status == "provisional"] == [2027]
    assert all(year.notice for n, year in years.items() if year and n in OFFICIAL)


@pytest.mark.parametrize(
    ("day", "why", "works"),
    [
        pytest.param(date(2026, 2, 14), "春节", True, id="2026-02-14 周六: make-up day before the holiday"),
        pytest.param(date(2026, 2, 15), "春节", False, id="2026-02-15 周日: first day of the holiday"),
        pytest.param(date(2026, 2, 23), "春节", False, id="2026-02-23 周一: last day of the holiday"),
        pytest.param(date(2026, 10, 10), "国庆节", True, id="2026-10-10 周六: make-up day"),
        pytest.param(date(2026, 7, 4), "周六", False, id="2026-07-04 周六: plain weekend"),
        pytest.param(date(2026, 7, 5), "周日", False, id="2026-07-05 周日: plain weekend"),
        pytest.param(date(2026, 7, 6), None, True, id="2026-07-06 周一: plain working day"),
        pytest.param(date(2024, 2, 9), None, True, id="2024-02-09 周五: new year's eve, not a holiday then"),
        pytest.param(date(2025, 1, 28), "春节", False, id="2025-01-28 周二: new year's eve, a holiday since"),
        pytest.param(date(2018, 12, 29), "元旦", True, id="2018-12-29 周六: named by the notice for 2019"),
        pytest.param(
            date(2031, 10, 1), "国庆节", False, id="2031-10-01 周三: statutory day without a notice"
        ),
        pytest.param(date(2031, 10, 6), None, True, id="2031-10-06 周一: nothing known without a notice"),
    ],
)
def test_a_day_says_why_it_is_one(day: date, why: str | None, works: bool) -> None:
    said = CALENDAR.why(day)

    assert (said.partition("(")[0] if said else None, CALENDAR.is_workday(day)) == (why, works)


def test_every_rest_day_has_a_reason_and_no_plain_working_day_has_one() -> None:
    for year in range(2018, 2040):
        for day in days_of(year):
            assert CALENDAR.is_workday(day) or CALENDAR.why(day), day


@pytest.mark.parametrize("year", range(2027, 2030))
def test_h2_a_year_without_its_notice_is_provisional_and_has_its_statutory_days(year: int) -> None:
    assert CALENDAR.is_provisional(date(year, 3, 1), date(year, 3, 1))
    assert not CALENDAR.is_workday(date(year, 10, 1))
    assert CALENDAR.add_workdays(date(year, 3, 1), 20) > date(year, 3, 1)


def test_a_span_is_provisional_when_any_of_its_years_is() -> None:
    assert not CALENDAR.is_provisional(date(2025, 12, 1), date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2026, 12, 31), date(2027, 1, 4))
    assert CALENDAR.is_provisional(date(2018, 12, 31), date(2019, 1, 4))


# --- Arithmetic --------------------------------------------------------------------------------------

DAYS = st.dates(date(2018, 6, 1), date(2027, 12, 31))


def naive(day: date, n: int) -> date:
    """The n-th working day after `day`, counted one day at a time."""
    while n:
        day += timedelta(days=1)
        n -= CALENDAR.is_workday(day)
    return day


@given(DAYS, st.integers(1, 120))
def test_the_prefix_table_counts_as_one_counts_by_hand(day: date, n: int) -> None:
    due_on = CALENDAR.add_workdays(day, n)

    assert due_on == naive(day, n)
    assert CALENDAR.is_workday(due_on)
    assert CALENDAR.workdays_between(day, due_on) == n


@given(DAYS, DAYS)
def test_h14_the_distance_of_two_days_keeps_its_sign(first: date, last: date) -> None:
    forward, back = CALENDAR.workdays_between(first, last), CALENDAR.workdays_between(last, first)

    assert forward == -back
    assert (forward >= 0) if first <= last else (forward <= 0)


@given(DAYS, st.integers(1, 60), st.integers(1, 60))
def test_periods_that_follow_each_other_add_up(day: date, n: int, m: int) -> None:
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(day, n), m) == CALENDAR.add_workdays(day, n + m)


@given(DAYS)
def test_rolling_forward_goes_to_the_next_working_day_and_no_further(day: date) -> None:
    rolled = CALENDAR.roll_forward(day)

    assert CALENDAR.is_workday(rolled)
    assert rolled == (day if CALENDAR.is_workday(day) else naive(day, 1))


def test_h3_a_period_crosses_the_turn_of_the_year_by_the_calendars_of_both() -> None:
    # December 2023: 4–8, 11–15, 18–22, 25–29 = 20; 1 January off; 2–5, 8–12 = 9; Monday 15 January is day 30.
    assert CALENDAR.add_workdays(date(2023, 12, 1), 30) == date(2024, 1, 15)
    # Every packaged year is there, not the last few only.
    assert CALENDAR.add_workdays(date(2018, 12, 31), 2000) == date(2027, 1, 11)


@pytest.mark.parametrize(
    ("start", "first"),
    [
        pytest.param(
            "2026-10-03", "2026-10-08", id="H13 2026-10-03 周六 in the holiday: day 1 is 10-08 周四"
        ),
        pytest.param("2026-10-10", "2026-10-12", id="H13 2026-10-10 周六 make-up day: day 1 is 10-12 周一"),
        pytest.param("2026-02-13", "2026-02-14", id="H13 2026-02-13 周五: day 1 is the make-up Saturday"),
        pytest.param("2026-07-05", "2026-07-06", id="H13 2026-07-05 周日: day 1 is the Monday"),
    ],
)
def test_h13_day_one_is_the_first_working_day_after_receipt(start: str, first: str) -> None:
    count = CALENDAR.count(date.fromisoformat(start), 20)

    assert count.days[0] == (date.fromisoformat(first), 1), weekday(first)


@pytest.mark.parametrize("year", [2000, 2060])
def test_a_period_that_leaves_the_calendar_is_told_not_guessed(year: int) -> None:
    edge = date(year, 1, 1) if year == 2000 else date(year, 12, 30)

    with pytest.raises(OutOfRange, match="超出日历范围"):
        CALENDAR.add_workdays(edge, 20 if year == 2060 else -20)


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date(2061, 1, 1), date.max])
def test_a_day_outside_the_calendar_is_told_whatever_is_asked_of_it(day: date) -> None:
    inside = date(2026, 7, 1)
    asked = (
        lambda: CALENDAR.is_workday(day),
        lambda: CALENDAR.add_workdays(day, 20),
        lambda: CALENDAR.workdays_between(inside, day),
        lambda: CALENDAR.workdays_between(day, inside),
        lambda: CALENDAR.roll_forward(day),
        lambda: natural(day, terms.RECONSIDERATION, CALENDAR),
        lambda: natural(day, terms.LITIGATION, CALENDAR),
    )

    for question in asked[:5] if day.year < 2000 else asked:
        with pytest.raises(OutOfRange, match="超出日历范围"):
            question()


# --- Days and months ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        pytest.param("2025-08-31", 6, "2026-02-28", id="H12 31 August and 6 months: last day of February"),
        pytest.param("2023-08-31", 6, "2024-02-29", id="H12 31 August before a leap year: 29 February"),
        pytest.param("2025-08-15", 6, "2026-02-15", id="H12 the day of the same number"),
        pytest.param("2025-12-31", 2, "2026-02-28", id="H12 across the turn of the year"),
        pytest.param("2025-01-31", 1, "2025-02-28", id="H12 31 January and 1 month"),
        pytest.param("2025-02-28", 6, "2025-08-28", id="H12 the last of February is no 31 August"),
        pytest.param("2024-12-05", 12, "2025-12-05", id="H12 a year"),
    ],
)
def test_h12_a_month_without_that_day_ends_on_its_last(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months).isoformat() == end


@pytest.mark.parametrize(
    ("served", "length", "nominal", "due_on"),
    [
        ("2025-08-05", terms.RECONSIDERATION, "2025-10-04", "2025-10-09"),
        ("2026-07-01", terms.RECONSIDERATION, "2026-08-30", "2026-08-31"),
        ("2025-08-15", terms.LITIGATION, "2026-02-15", "2026-02-24"),
        ("2025-08-31", terms.LITIGATION, "2026-02-28", "2026-02-28"),
        ("2026-09-10", terms.LITIGATION_AFTER_RECONSIDERATION, "2026-09-25", "2026-09-28"),
        ("2026-08-06", terms.LITIGATION_AFTER_RECONSIDERATION, "2026-08-21", "2026-08-21"),
    ],
    ids=lambda value: f"{value} {weekday(value)}" if isinstance(value, str) else str(value.count),
)
def test_h12_natural_periods_roll_forward_by_the_same_calendar(
    served: str, length: terms.Length, nominal: str, due_on: str
) -> None:
    ends = natural(date.fromisoformat(served), length, CALENDAR)

    assert [day.isoformat() for day in ends] == [nominal, due_on]


# --- One table for all uses -----------------------------------------------------------------------------


def test_h1_loading_a_year_again_neither_doubles_a_day_nor_undoes_a_make_up_day() -> None:
    year = CALENDAR.year(2026)
    assert year is not None

    again = CALENDAR.with_years([year]).with_years([year, year])

    assert [again.is_workday(day) for day in days_of(2026)] == [
        CALENDAR.is_workday(day) for day in days_of(2026)
    ]
    assert again.add_workdays(date(2026, 2, 2), 15) == date(2026, 2, 28)


@given(DAYS, st.integers(1, 60))
def test_h6_the_count_that_is_shown_is_the_count_that_is_used(day: date, n: int) -> None:
    count = CALENDAR.count(day, n)

    assert count.due_on == CALENDAR.add_workdays(day, n) == count.days[-1][0]
    assert [number for _day, number in count.days] == list(range(1, n + 1))
    told = sorted([*(each for each, _n in count.days), *(each for each, _why in count.skipped)])
    assert told == [day + timedelta(days=k) for k in range(1, (count.due_on - day).days + 1)]


@pytest.mark.parametrize(
    "day",
    [date(2019, 4, 28), date(2019, 5, 5), date(2020, 1, 19), date(2021, 9, 26), date(2023, 6, 25)],
    ids=str,
)
def test_h9_make_up_days_that_other_calendars_got_wrong_are_working_days(day: date) -> None:
    assert CALENDAR.is_workday(day)


def test_h10_a_notice_changed_in_mid_year_replaces_the_year_and_nothing_else() -> None:
    # Labour Day 2019 was lengthened in March: before, 2 and 3 May were working days, 28 April was not.
    year = CALENDAR.year(2019)
    assert year is not None
    days = {date(2019, 5, 2), date(2019, 5, 3)}
    first = Year(
        2019,
        "official",
        "国办发明电〔2018〕15号",
        {day: why for day, why in year.off.items() if day not in days},
        {day: why for day, why in year.workdays.items() if day not in (date(2019, 4, 28), date(2019, 5, 5))},
    )

    before, after = CALENDAR.with_years([first]), CALENDAR.with_years([first]).with_years([year])

    assert before.add_workdays(date(2019, 4, 26), 4) == date(2019, 5, 3)
    assert after.add_workdays(date(2019, 4, 26), 4) == date(2019, 5, 5)
    changed = [day for day in days_of(2019) if before.is_workday(day) != after.is_workday(day)]
    assert changed == [date(2019, 4, 28), date(2019, 5, 2), date(2019, 5, 3), date(2019, 5, 5)]
    assert [d for d in days_of(2020) if before.is_workday(d) != CALENDAR.is_workday(d)] == []


@given(DAYS.filter(lambda day: day.year > 2018))
def test_h11_due_date_explanation_and_days_left_rest_on_one_calendar(start: date) -> None:
    run = Clock(start, Cause.RECEIPT)

    due_on = clock.due(run, CALENDAR).due_on

    assert due_on == CALENDAR.count(start, 20).due_on
    assert CALENDAR.workdays_between(start, due_on) == 20
    lines = clock.explain(run, CALENDAR)
    assert any(line.startswith("计入20个工作日") for line in lines)
    assert any(clock.day_zh(due_on) in line for line in lines)


def test_an_empty_calendar_knows_weekends_and_statutory_days_only() -> None:
    bare = Calendar([])

    assert bare.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 5)
    assert bare.why(date(2026, 10, 1)) == "国庆节"


# --- Freshness -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "missed"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), None),
        (date(2025, 12, 31), None),
    ],
    ids=str,
)
def test_from_december_on_the_coming_years_notice_is_missed(today: date, missed: int | None) -> None:
    """When this fails for a notice that has come: write workflow/law/calendar/YYYY.toml from it."""
    assert CALENDAR.missed_notice(today) == missed


def test_a_notice_that_was_loaded_is_not_missed() -> None:
    loaded = CALENDAR.with_years([Year(2027, "official", "国办发明电〔2026〕1号")])

    assert loaded.missed_notice(date(2026, 12, 1)) is None

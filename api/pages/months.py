"""The reply term as a calendar: which days were counted, which were left out and why (art. 33)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from workflow import clock
from workflow.clock import Clock
from workflow.history import History
from workflow.law.terms import REPLY
from workflow.law.workdays import WEEKENDS, Calendar
from workflow.vocabulary import Word

WEEK = 7
FRIDAY = 4


class Kind(Word):
    """What a day means for the term."""

    START = "start", "起算事由发生日，不计入"
    COUNTED = "counted", "计入"
    EXTENDED = "extended", "延长期内，计入"
    PAUSED = "paused", "征求意见，不计入"
    REST = "rest", "休息日"
    OUTSIDE = "outside", "期限以外"


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `n` is its number among the counted days, `mark` what calendars print on it."""

    date: date
    kind: Kind
    n: int = 0
    why: str = ""
    mark: str = ""
    due: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday; what belongs to its neighbours is None."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]


def months(h: History, calendar: Calendar) -> list[Month]:
    """The months of the present run of the term; none while it is paused, or when its last day was set."""
    if h.clock is None or h.due is None or h.clock.fixed or h.is_paused:
        return []
    days = {day.date: day for day in counted_days(h.clock, h.due.due_on, calendar)}
    first = h.clock.start.replace(day=1)
    whole = [days.get(each) or _outside(each, calendar) for each in _to_month_end(first, h.due.due_on)]
    by_month = groupby(whole, key=lambda day: (day.date.year, day.date.month))
    return [Month(f"{year}年{month}月", _weeks(list(each))) for (year, month), each in by_month]


def counted_days(run: Clock, due_on: date, calendar: Calendar) -> Iterator[Day]:
    """Every day from the start to the last, with its number or its reason."""
    outside, n = clock.union(run.pauses), 0
    yield Day(run.start, Kind.START, why=run.cause.zh, mark=_mark(run.start, calendar))
    day = run.start + timedelta(days=1)
    while day <= due_on:
        why, mark = calendar.why(day) or "", _mark(day, calendar)
        if not calendar.is_workday(day):
            yield Day(day, Kind.REST, why=why, mark=mark)
        elif any(sent < day <= closed for sent, closed in outside):
            yield Day(day, Kind.PAUSED, why="征求意见", mark=mark)
        else:
            n += 1
            kind = Kind.COUNTED if n <= REPLY.count else Kind.EXTENDED
            yield Day(day, kind, n, why, mark, due=day == due_on)
        day += timedelta(days=1)


def _outside(day: date, calendar: Calendar) -> Day:
    return Day(day, Kind.OUTSIDE, why=calendar.why(day) or "", mark=_mark(day, calendar))


def _mark(day: date, calendar: Calendar) -> str:
    """休 on a holiday that is no plain weekend, 班 on a weekend that is worked."""
    if calendar.is_workday(day):
        return "班" if day.weekday() > FRIDAY else ""
    return "" if calendar.why(day) in WEEKENDS else "休"


def _to_month_end(first: date, last: date) -> Iterator[date]:
    day = first
    while (day.year, day.month) <= (last.year, last.month):
        yield day
        day += timedelta(days=1)


def _weeks(days: list[Day]) -> tuple[tuple[Day | None, ...], ...]:
    places: list[Day | None] = [*[None] * days[0].date.weekday(), *days]
    places += [None] * (-len(places) % WEEK)
    return tuple(tuple(places[n : n + WEEK]) for n in range(0, len(places), WEEK))

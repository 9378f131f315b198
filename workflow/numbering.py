"""文号: given in the act's own transaction, each once and none left out, however the office writes it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow import numberformat
from workflow.correspondence import DECISION_SERIES, SERIES, series_of
from workflow.store import Session
from workflow.tables import AGENCIES, COUNTERS, LETTERS, NUMBER_GAPS, Agency

#: Every group of numbers, in the order in which a case comes to them.
GROUPS = tuple(dict.fromkeys([*SERIES.values(), DECISION_SERIES]))
#: Why a counter passes over numbers that were written another way before.
WRITTEN_BEFORE = "文号格式或机关代字变更前，已有文书使用相同的文号"


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """文号, with the counter and the running number that it was made of.

    A letter that bears another's number with a suffix has neither: it takes none from any counter.
    """

    text: str
    series: str | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One counter: whose, of which year, for which group."""

    agency_id: int
    year: int
    name: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why numbers bear no letter, and who says so when."""

    reason: str
    by: int
    at: datetime


def pattern_of(agency: Agency) -> str:
    """How the agency writes its numbers."""
    return agency.number_format or numberformat.STANDARD


def letter_number(agency: Agency, kind: str, year: int, n: int) -> str:
    """The 文号 of a letter of that kind, as the agency writes it."""
    return _written(agency, series_of(kind), year, n)


def _written(agency: Agency, group: str, year: int, n: int) -> str:
    return numberformat.write(pattern_of(agency), code=agency.letter_code, series=group, year=year, n=n)


def counters_of(agency: Agency) -> tuple[str, ...]:
    """The counters that the agency's letters take their numbers from: one a group, or one for all."""
    pattern = pattern_of(agency)
    return tuple(dict.fromkeys(numberformat.counter_of(pattern, group) for group in GROUPS))


# --- Giving numbers -----------------------------------------------------------------------------------


def take_numbers(session: Session, agency: Agency, year: int, kinds: Sequence[str]) -> list[LetterNumber]:
    """The next 文号 of each kind in this agency and year; kinds of one counter take theirs at once."""
    pattern = pattern_of(agency)
    counters = [numberformat.counter_of(pattern, series_of(kind)) for kind in kinds]
    # In one order for all: two acts that each wait for the other's counter would both fail.
    taken = {
        series: iter(next_numbers(session, agency.id or 0, year, series, count))
        for series, count in sorted(Counter(counters).items())
    }
    return [_taken(agency, kind, year, s, next(taken[s])) for kind, s in zip(kinds, counters, strict=True)]


def _taken(agency: Agency, kind: str, year: int, series: str, n: int) -> LetterNumber:
    return LetterNumber(letter_number(agency, kind, year, n), series, n)


def next_number(session: Session, agency_id: int, year: int, series: str) -> int:
    """Take a number in this transaction: the row is locked, none is given twice or left out."""
    return next_numbers(session, agency_id, year, series, 1)[0]


def next_numbers(session: Session, agency_id: int, year: int, series: str, count: int) -> range:
    """Take so many numbers at once."""
    row = {"agency_id": agency_id, "year": year, "series": series, "value": count}
    last = int(session.execute(_NEXT[session.store.engine.dialect.name], row).scalar_one())
    return range(last - count + 1, last + 1)


def _next_numbers(insert: Callable[..., Any]) -> Any:
    statement = insert(COUNTERS)
    return statement.on_conflict_do_update(
        index_elements=["agency_id", "year", "series"],
        set_={"value": COUNTERS.c.value + statement.excluded.value},
    ).returning(COUNTERS.c.value)


_NEXT = {"sqlite": _next_numbers(sqlite.insert), "postgresql": _next_numbers(postgresql.insert)}


def given(session: Session, agency_id: int, year: int) -> dict[str, int]:
    """The last number that each counter of that year has given."""
    query = select(COUNTERS.c.series, COUNTERS.c.value)
    rows = session.execute(query.where(COUNTERS.c.agency_id == agency_id, COUNTERS.c.year == year))
    return {row.series: row.value for row in rows}


def last_given(session: Session, series: Series) -> int:
    """The last number that a counter has given; 0, if none."""
    return given(session, series.agency_id, series.year).get(series.name, 0)


def upcoming(session: Session, agency: Agency, year: int, after: Agency | None = None) -> dict[str, str]:
    """What the next letter of each group will be numbered, if nothing else comes before it.

    `after` is the agency as it is about to write its numbers (keep_clear).
    """
    written = after or agency
    last, pattern = given(session, agency.id or 0, year), pattern_of(written)
    if after is not None:
        alike = _written_alike(session, agency, after)
        last |= {s.name: max(n, last.get(s.name, 0)) for s, n in alike.items() if s.year == year}
    return {
        group: _written(written, group, year, last.get(numberformat.counter_of(pattern, group), 0) + 1)
        for group in GROUPS
    }


# --- Passing numbers over -----------------------------------------------------------------------------


def hold(session: Session, agency_id: int) -> Agency:
    """The agency, while no letter of it is being numbered by anybody else until the commit.

    Whoever numbers a letter shares the row until its own commit (posting), and reads it anew after this one.
    """
    query = select(AGENCIES).where(AGENCIES.c.id == agency_id).with_for_update()
    return Agency(**session.execute(query).one()._mapping)


def pass_over(session: Session, series: Series, up_to: int, why: Why) -> None:
    """Move a counter on to `up_to`, and note why its numbers bear no letter; the caller holds the agency."""
    count = up_to - last_given(session, series)
    passed = next_numbers(session, series.agency_id, series.year, series.name, count)
    note(session, series, passed, why)


def note(session: Session, series: Series, numbers: range, why: Why) -> None:
    """Keep in the register why those numbers bear no letter."""
    row = {
        "agency_id": series.agency_id,
        "year": series.year,
        "series": series.name,
        "first": numbers[0],
        "last": numbers[-1],
        "reason": why.reason,
        "user_id": why.by,
        "at": why.at,
    }
    session.execute(insert(NUMBER_GAPS), row)


def keep_clear(session: Session, before: Agency, after: Agency, *, by: int, at: datetime) -> None:
    """Let no number that exists come out again, now that the agency writes its numbers another way.

    The counters are moved past every number that the new way would write as the old one did; the caller
    holds the agency.
    """
    for series, n in _written_alike(session, before, after).items():
        if n > last_given(session, series):
            pass_over(session, series, n, Why(WRITTEN_BEFORE, by, at))


def _written_alike(session: Session, before: Agency, after: Agency) -> dict[Series, int]:
    """By counter, the highest number that exists already as the new way would write it."""
    pattern = pattern_of(after)
    alike = numberformat.reader(pattern, after.letter_code, GROUPS)
    highest: dict[Series, int] = {}
    for found in filter(None, map(alike.fullmatch, _existing(session, before))):
        group = found.groupdict().get("series") or ""
        series = Series(after.id or 0, int(found["year"]), numberformat.counter_of(pattern, group))
        highest[series] = max(highest.get(series, 0), int(found["n"]))
    return highest


def _existing(session: Session, before: Agency) -> Iterator[str]:
    """Every number that a letter bears, and the last one of each counter: that may stand on paper only."""
    query = select(LETTERS.c.number).where(LETTERS.c.agency_id == before.id)
    yield from session.execute(query).scalars()
    counters = select(COUNTERS).where(
        COUNTERS.c.agency_id == before.id, COUNTERS.c.series.in_(counters_of(before))
    )
    yield from (_written(before, row.series, row.year, row.value) for row in session.execute(counters))

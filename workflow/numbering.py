"""文号: how the numbers of letters are written, and how they are given: each once, none left out."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from workflow.correspondence import series_of
from workflow.store import Session
from workflow.tables import COUNTERS, Agency


def letter_number(agency: Agency, kind: str, year: int, n: int) -> str:
    """发文字号: 机关代字, group, 〔year〕, running number without leading zeros (GB/T 9704 7.2.5)."""
    return f"{agency.letter_code}公开{series_of(kind)}〔{year}〕{n}号"


def take_numbers(session: Session, agency: Agency, year: int, kinds: Sequence[str]) -> list[str]:
    """The next 文号 of each kind in this agency and year; kinds of one group take theirs at once."""
    groups = Counter(series_of(kind) for kind in kinds)
    taken = {
        series: iter(next_numbers(session, agency.id or 0, year, series, count))
        for series, count in groups.items()
    }
    return [letter_number(agency, kind, year, next(taken[series_of(kind)])) for kind in kinds]


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

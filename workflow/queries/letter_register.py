"""文书登记簿: every number that a counter has given, with its letter, or with why it bears none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from workflow.casefile import open_file
from workflow.commands.intake import NUMBER_SERIES
from workflow.numberformat import SHARED
from workflow.numbering import GROUPS, Series, counters_of, given
from workflow.queries.dispatch import Dispatch, dispatches, enclosing
from workflow.queries.fates import Fate, fates
from workflow.queries.gaps import Gap, gaps, numbered
from workflow.store import Session
from workflow.tables import CASES, COUNTERS, LETTERS, Agency

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A letter in the register."""

    id: int
    n: int
    number: str
    kind: str
    on: date
    case_number: str
    dispatch: Dispatch
    fate: Fate
    #: What went out with it under its number.
    enclosed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One counter of a year: how far it is, and what is missing."""

    series: str
    last: int
    letters: int
    missing: int
    unexplained: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a register, latest first, and below which number it goes on (None: it was the end)."""

    lines: tuple[Line | Gap, ...]
    cursor: int | None


def years(session: Session, agency_id: int) -> list[int]:
    """The years in which letters were numbered, latest first."""
    query = select(COUNTERS.c.year).where(
        COUNTERS.c.agency_id == agency_id, COUNTERS.c.series != NUMBER_SERIES
    )
    return sorted(set(session.execute(query).scalars()), reverse=True)


def standings(session: Session, agency: Agency, year: int) -> list[Standing]:
    """Every counter of the agency's letters in that year, in the order in which a case comes to them."""
    last = given(session, agency.id or 0, year)
    names = dict.fromkeys([*GROUPS, SHARED, *sorted(last)])
    wanted = [n for n in names if n != NUMBER_SERIES and (n in last or n in counters_of(agency))]
    borne, missing = _borne(session, agency.id or 0, year), gaps(session, agency.id or 0, year)
    return [_standing(name, last.get(name, 0), borne.get(name, 0), missing.get(name, ())) for name in wanted]


def _standing(name: str, last: int, borne: int, missing: Iterable[Gap]) -> Standing:
    found = list(missing)
    unexplained = sum(gap.count for gap in found if gap.explanation is None)
    return Standing(name, last, borne, sum(gap.count for gap in found), unexplained)


def _borne(session: Session, agency_id: int, year: int) -> dict[str, int]:
    counted = func.count().label("letters")
    query = select(LETTERS.c.series, counted).where(*numbered(agency_id, year)).group_by(LETTERS.c.series)
    return {row.series: row.letters for row in session.execute(query)}


# --- The register itself --------------------------------------------------------------------------------


def page(session: Session, series: Series, *, below: int | None = None, size: int = PAGE) -> Page:
    """Letters and gaps of one counter, latest first, from below that number on."""
    columns = (LETTERS.c[name] for name in ("id", "case_id", "n", "number", "kind", "on_date"))
    query = (
        select(*columns, CASES.c.number.label("case_number"))
        .join(CASES, CASES.c.id == LETTERS.c.case_id)
        .where(*numbered(series.agency_id, series.year), LETTERS.c.series == series.name)
        .order_by(LETTERS.c.n.desc())
        .limit(size + 1)
    )
    if below is not None:
        query = query.where(LETTERS.c.n < below)
    rows = session.execute(query).all()
    more = len(rows) > size
    lines = _lines(session, rows[:size])
    lowest = lines[-1].n if more else 0
    missing = [
        gap
        for gap in gaps(session, series.agency_id, series.year).get(series.name, ())
        if gap.first > lowest and (below is None or gap.last < below)
    ]
    return Page(tuple(sorted([*lines, *missing], key=_place, reverse=True)), lowest if more else None)


def _place(line: Line | Gap) -> int:
    return line.n if isinstance(line, Line) else line.last


def _lines(session: Session, rows: Sequence[Row[Any]]) -> list[Line]:
    cases = {row.case_number for row in rows}
    sent, stand = _of_cases(session, cases)
    enclosed = _enclosed(session, {row.case_id for row in rows})
    return [
        Line(
            id=row.id,
            n=row.n,
            number=row.number,
            kind=row.kind,
            on=row.on_date,
            case_number=row.case_number,
            dispatch=sent.get(row.number, Dispatch()),
            fate=stand.get(row.number, Fate()),
            enclosed=tuple(enclosed.get(row.number, ())),
        )
        for row in rows
    ]


def _of_cases(session: Session, cases: Iterable[str]) -> tuple[Mapping[str, Dispatch], Mapping[str, Fate]]:
    """By number of the letter: how it went, and what has become of it, as the cases' logs tell."""
    sent: dict[str, Dispatch] = {}
    stand: dict[str, Fate] = {}
    for number in cases:
        file = open_file(session, number)
        sent |= dispatches(file)
        stand |= fates(session, file)
    return sent, stand


def _enclosed(session: Session, cases: Iterable[int]) -> dict[str, list[str]]:
    """What went out with another letter, by that letter's number."""
    columns = (LETTERS.c.kind, LETTERS.c.number)
    query = select(*columns).where(LETTERS.c.case_id.in_(list(cases)), LETTERS.c.n.is_(None))
    found: dict[str, list[str]] = {}
    for row in session.execute(query.order_by(LETTERS.c.id)):
        found.setdefault(enclosing(row.kind, row.number), []).append(row.number)
    return found

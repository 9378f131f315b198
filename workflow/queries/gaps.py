"""Numbers that a counter has given and no letter bears, with what has been said about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from sqlalchemy import ColumnElement, func, select

from workflow.clock import legal_day
from workflow.commands.intake import NUMBER_SERIES
from workflow.numbering import given
from workflow.store import Session
from workflow.tables import LETTERS, NUMBER_GAPS, USERS


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why numbers bear no letter, who said so, and when."""

    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that no letter bears; without an explanation somebody has yet to say why."""

    first: int
    last: int
    explanation: Explanation | None

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


def numbered(agency_id: int, year: int) -> tuple[ColumnElement[bool], ...]:
    """Letters with a number of their own, of that agency and year."""
    return (
        LETTERS.c.agency_id == agency_id,
        LETTERS.c.on_date.between(date(year, 1, 1), date(year, 12, 31)),
        LETTERS.c.n.is_not(None),
    )


def gaps(session: Session, agency_id: int, year: int) -> dict[str, list[Gap]]:
    """The numbers of each counter that no letter bears, lowest first."""
    told = _explanations(session, agency_id, year)
    found: dict[str, list[Gap]] = {}
    for name, first, last in _ranges(session, agency_id, year):
        found.setdefault(name, []).extend(_explained(first, last, told.get(name, ())))
    return found


def _ranges(session: Session, agency_id: int, year: int) -> Iterator[tuple[str, int, int]]:
    """What lies between two letters, before the first, and behind the last."""
    before = func.lag(LETTERS.c.n, 1, 0).over(partition_by=LETTERS.c.series, order_by=LETTERS.c.n)
    borne = select(LETTERS.c.series, LETTERS.c.n, before.label("before")).where(*numbered(agency_id, year))
    each = borne.subquery()
    between = select(each).where(each.c.n - each.c.before > 1).order_by(each.c.series, each.c.n)
    for row in session.execute(between).all():
        yield row.series, row.before + 1, row.n - 1
    highest = select(LETTERS.c.series, func.max(LETTERS.c.n).label("n")).where(*numbered(agency_id, year))
    rows = session.execute(highest.group_by(LETTERS.c.series)).all()
    ends = {row.series: int(row.n) for row in rows}
    for name, last in given(session, agency_id, year).items():
        if name != NUMBER_SERIES and last > ends.get(name, 0):
            yield name, ends.get(name, 0) + 1, last


Told = tuple[int, int, Explanation]


def _explanations(session: Session, agency_id: int, year: int) -> dict[str, list[Told]]:
    query = (
        select(NUMBER_GAPS, USERS.c.name)
        .join(USERS, USERS.c.id == NUMBER_GAPS.c.user_id)
        .where(NUMBER_GAPS.c.agency_id == agency_id, NUMBER_GAPS.c.year == year)
        .order_by(NUMBER_GAPS.c.id)
    )
    found: dict[str, list[Told]] = {}
    for row in session.execute(query):
        said = Explanation(row.reason, row.name, legal_day(row.at))
        found.setdefault(row.series, []).append((row.first, row.last, said))
    return found


def _explained(first: int, last: int, told: Sequence[Told]) -> Iterator[Gap]:
    """Missing numbers cut where another explanation begins; of several for one number the latest counts."""
    cuts = {first} | {cut for begin, end, _said in told for cut in (begin, end + 1) if first < cut <= last}
    pieces = [Gap(n, end - 1, _said_of(n, told)) for n, end in pairwise([*sorted(cuts), last + 1])]
    for said, alike in groupby(pieces, key=lambda piece: piece.explanation):
        together = list(alike)
        yield Gap(together[0].first, together[-1].last, said)


def _said_of(n: int, told: Sequence[Told]) -> Explanation | None:
    said = [explanation for first, last, explanation in told if first <= n <= last]
    return said[-1] if said else None

"""The ledger: the cases that a filter finds, page by page in both directions, and how many they are."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from workflow import search
from workflow.law.decisions import Decision
from workflow.law.workdays import Calendar
from workflow.queries.lights import UP_TO, Light
from workflow.store import Session
from workflow.tables import AGENCIES, CASES, USERS
from workflow.vocabulary import OPEN_STATES, PAUSED_STATES, ApplicantKind, Channel, State

PAGE = 50
#: So many cases are counted; of more it is told that there are more.
COUNTED = 10_000
#: Among so many of the nearest cases a word is looked for first: of one agency, and of several.
NEAR, NEAR_OF_SEVERAL = 1_500, 6_000


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one to another, both included; either may be missing."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; what is empty does not narrow."""

    words: str = ""
    states: Collection[State] = ()
    light: Light | None = None
    unit: str = ""
    handler: int | None = None
    channel: Channel | None = None
    kind: ApplicantKind | None = None
    decision: Decision | None = None
    received: Span = Span()
    due: Span = Span()
    concluded: Span = Span()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: behind that case, or before it; neither: the first page."""

    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page, latest first, and the places of its neighbours, where there are any."""

    rows: Sequence[Any]
    newer: Place | None
    older: Place | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many cases there are, by state and by light; of the latest COUNTED, if there are more."""

    count: int
    more: bool
    states: dict[State, int]
    lights: dict[Light, int]


def rows_of() -> Select[Any]:
    """All cases with the names of agency and handler."""
    return (
        select(CASES, AGENCIES.c.name.label("agency"), USERS.c.name.label("handler"))
        .join(AGENCIES, AGENCIES.c.id == CASES.c.agency_id)
        .join(USERS, USERS.c.id == CASES.c.handler_id, isouter=True)
    )


def page(
    session: Session,
    agencies: frozenset[int],
    wanted: Filter,
    today: date,
    place: Place,
    *,
    size: int = PAGE,
) -> Page:
    """The `size` cases at that place."""
    found: Sequence[Any] = ()
    for keys in _ways(session, agencies, wanted, today, place, size + 1):
        found = session.execute(rows_of().where(CASES.c.id.in_(keys)).order_by(CASES.c.id.desc())).all()
        if len(found) > size:
            break
    more = len(found) > size
    if place.before is not None:
        return _page(found[-size:], newer=more, older=True)
    return _page(found[:size], newer=place.after is not None, older=more)


def _ways(
    session: Session, agencies: frozenset[int], wanted: Filter, today: date, place: Place, most: int
) -> Iterator[Select[tuple[int]]]:
    """How the keys are found: words alone first among the nearest cases, which is enough for common ones."""
    words, alone = wanted.words.split(), replace(wanted, words="", states=()) == Filter()
    if words and alone and not wanted.states and session.store.engine.dialect.name == "postgresql":
        near = NEAR if len(agencies) == 1 else NEAR_OF_SEVERAL
        query, key = search.among(keys_at(session, agencies, Filter(), today, place, near), words)
        yield query.order_by(key.asc() if place.before is not None else key.desc()).limit(most)
    yield keys_at(session, agencies, wanted, today, place, most)


def keys_at(
    session: Session, agencies: frozenset[int], wanted: Filter, today: date, place: Place, most: int
) -> Select[tuple[int]]:
    """The keys of the cases nearest to that place: an index alone can tell them, and no row is read."""
    query, key = narrowed(session, select(CASES.c.id), agencies, wanted, today)
    order = key if session.store.engine.dialect.name == "sqlite" or not _past(wanted, today) else key + 0
    if place.before is not None:
        return query.where(key > place.before).order_by(order.asc()).limit(most)
    if place.after is not None:
        query = query.where(key < place.after)
    return query.order_by(order.desc()).limit(most)


def _past(wanted: Filter, today: date) -> bool:
    """Days that ended before today: PostgreSQL would look for them from the latest case back, one by one.

    By the sum of a key nothing is ordered beforehand: it is led to those days, and orders what is there.
    """
    ends = (span.last for span in (wanted.received, wanted.due, wanted.concluded))
    return any(last is not None and last < today for last in ends)


def _page(rows: Sequence[Any], *, newer: bool, older: bool) -> Page:
    if not rows:
        return Page((), None, None)
    return Page(
        rows, Place(before=rows[0].id) if newer else None, Place(after=rows[-1].id) if older else None
    )


def totals(session: Session, agencies: frozenset[int], wanted: Filter, today: date) -> Totals:
    """How many cases the filter finds, in one query that looks at no more than COUNTED of them."""
    lit = lights(session.calendar, today)
    query = select(CASES.c.state, lit.label("light"))
    query, key = narrowed(session, query, agencies, wanted, today)
    some = query.order_by(key.desc()).limit(COUNTED + 1).subquery()
    counted = select(some.c.state, some.c.light, func.count()).group_by(some.c.state, some.c.light)
    states: dict[State, int] = {}
    colours: dict[Light, int] = {}
    for state, light, count in session.execute(counted):
        states[state] = states.get(state, 0) + count
        colours[Light(light)] = colours.get(Light(light), 0) + count
    count = sum(states.values())
    return Totals(min(count, COUNTED), count > COUNTED, _ordered(states, State), _ordered(colours, Light))


def count(session: Session, agencies: frozenset[int], wanted: Filter, today: date, *, most: int) -> int:
    """How many cases the filter finds, as far as `most`."""
    query, _key = narrowed(session, select(CASES.c.id), agencies, wanted, today)
    some = query.limit(most).subquery()
    return int(session.execute(select(func.count()).select_from(some)).scalar_one())


def whole(rows: Sequence[Any], lit: Sequence[Light]) -> Totals:
    """The totals of cases that all stand on one page, each with its light: nothing is asked for them."""
    states, colours = Counter(row.state for row in rows), Counter(lit)
    return Totals(len(rows), False, _ordered(states, State), _ordered(colours, Light))


def _ordered(counts: Mapping[Any, int], words: Any) -> dict[Any, int]:
    return {word: counts[word] for word in words if word in counts}


def narrowed(
    session: Session, query: Select[Any], agencies: frozenset[int], wanted: Filter, today: date
) -> tuple[Select[Any], ColumnElement[int]]:
    """The query with what the filter finds in these agencies, and the key by which its pages are turned."""
    query, key = search.narrowed(session, query, wanted.words.split(), agencies)
    query = query.where(_of(agencies, wanted), *_equal(wanted), *_within(wanted))
    return query.where(*_lit(session.calendar, wanted.light, today)), key


def _of(agencies: frozenset[int], wanted: Filter) -> ColumnElement[bool]:
    """Of several agencies, the latest cases are found at once by their key, if nothing else narrows much.

    SQLite would collect them by agency, and sort them all: the sum keeps it from that index. Those with one
    decision are found by their key as well.
    """
    spans = (wanted.received, wanted.due, wanted.concluded)
    narrow = wanted.unit or wanted.handler or wanted.light or any(map(_set, spans))
    narrow = narrow or not OPEN_STATES.isdisjoint(wanted.states) or len(agencies) < 2
    column: ColumnElement[int] = CASES.c.agency_id
    return (column if narrow else column + 0).in_(agencies)


def _set(span: Span) -> bool:
    return span.first is not None or span.last is not None


def _equal(wanted: Filter) -> list[ColumnElement[bool]]:
    pairs = (
        (CASES.c.unit, wanted.unit),
        (CASES.c.handler_id, wanted.handler),
        (CASES.c.channel, wanted.channel),
        (CASES.c.applicant_kind, wanted.kind),
        (CASES.c.decision, wanted.decision),
    )
    conditions = [column == value for column, value in pairs if value]
    if wanted.states:
        conditions.append(CASES.c.state.in_(wanted.states))
    return conditions


def _within(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = []
    for column, span in (
        (CASES.c.received_on, wanted.received),
        (CASES.c.due_on, wanted.due),
        (CASES.c.concluded_on, wanted.concluded),
    ):
        if span.first:
            conditions.append(column >= span.first)
        if span.last:
            conditions.append(column <= span.last)
    return conditions


# --- Lights (workflow/queries/lights.py) as the database sees them ------------------------------------

_PAUSED = and_(CASES.c.state.in_(PAUSED_STATES), CASES.c.due_on.is_not(None))
_RUNNING = and_(CASES.c.state.in_(OPEN_STATES - PAUSED_STATES), CASES.c.due_on.is_not(None))


def lights(calendar: Calendar, today: date) -> ColumnElement[str]:
    """The light of a case, as an expression."""
    ends = [(CASES.c.due_on < _end(calendar, today, limit), literal(light.value)) for limit, light in UP_TO]
    return case(
        (_PAUSED, literal(Light.PAUSED.value)),
        (~_RUNNING, literal(Light.NONE.value)),
        *ends,
        else_=literal(Light.GREEN.value),
    )


def _lit(calendar: Calendar, light: Light | None, today: date) -> list[ColumnElement[bool]]:
    """The same as conditions that an index serves: only cases without a decision have a light."""
    if light is None:
        return []
    if light is Light.PAUSED:
        return [_PAUSED, CASES.c.concluded_on.is_(None)]
    if light is Light.NONE:
        return [~and_(CASES.c.state.in_(OPEN_STATES), CASES.c.due_on.is_not(None))]
    ends = [(each, _end(calendar, today, limit)) for limit, each in UP_TO]
    colours = [each for each, _end_day in ends]
    place = colours.index(light) if light in colours else len(colours)
    conditions = [_RUNNING, CASES.c.concluded_on.is_(None)]
    if place:
        conditions.append(CASES.c.due_on >= ends[place - 1][1])
    if place < len(ends):
        conditions.append(CASES.c.due_on < ends[place][1])
    return conditions


def _end(calendar: Calendar, today: date, limit: int) -> date:
    """The first working day of which more than `limit` working days are left."""
    return calendar.add_workdays(today, limit + 1)

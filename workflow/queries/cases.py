"""The list of cases: found by agency, state, unit, last day and words, page by page, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select

from workflow import search
from workflow.queries.tasks import Task, lines, read
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import State

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; what is empty does not narrow."""

    states: Collection[State] = ()
    unit: str = ""
    due_before: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases, and where the next page begins (None: it was the last)."""

    tasks: tuple[Task, ...]
    cursor: int | None


def page(
    session: Session,
    agencies: frozenset[int],
    wanted: Filter,
    today: date,
    *,
    cursor: int | None = None,
    size: int = PAGE,
) -> Page:
    """The next `size` cases within the caller's agencies."""
    query, key = search.narrowed(session, lines(agencies), wanted.words.split(), ())
    query = query.order_by(key.desc()).limit(size + 1)
    for condition in _conditions(wanted):
        query = query.where(condition)
    if cursor is not None:
        query = query.where(key < cursor)
    return _cut(session, query, today, size)


def _cut(session: Session, query: Select[Any], today: date, size: int) -> Page:
    tasks = read(session, query, today)
    shown = tuple(tasks[:size])
    return Page(shown, shown[-1].id if len(tasks) > size else None)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.states:
        conditions.append(CASES.c.state.in_(wanted.states))
    if wanted.unit:
        conditions.append(CASES.c.unit == wanted.unit)
    if wanted.due_before:
        conditions.append(CASES.c.due_on < wanted.due_before)
        conditions.append(CASES.c.concluded_on.is_(None))
    return conditions

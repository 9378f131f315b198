"""The lines of a ledger: each case with its log, which is read and folded for the rows of a page only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select

from workflow.casefile import CaseFile, parties, texts_of
from workflow.corrections import effective
from workflow.history import Event, History, LetterRef
from workflow.lifecycle import fold
from workflow.log import GENESIS, Log
from workflow.queries.dispatch import Dispatch, dispatches
from workflow.queries.tasks import Task, task
from workflow.store import Session
from workflow.tables import EVENTS, MADE_PUBLIC, USERS
from workflow.vocabulary import Action

_COLUMNS = ("case_id", "seq", "on_date", "action", "role", "facts", "user_id", "letters")


@dataclass(frozen=True, slots=True)
class Public:
    """Since when something is public, and where."""

    on: date
    place: str


@dataclass(frozen=True)
class Beside:
    """The logs of a page's cases and what stands beside them: asked for all at once, if a column shows it."""

    session: Session
    case_ids: Sequence[int]

    @cached_property
    def events(self) -> dict[int, list[Event]]:
        """What was done, by case."""
        return _events(self.session, self.case_ids)

    @cached_property
    def public(self) -> dict[int, Public]:
        """What has been made public to all, by case."""
        columns = (MADE_PUBLIC.c.case_id, MADE_PUBLIC.c.on_date, MADE_PUBLIC.c.place)
        found = self.session.execute(select(*columns).where(MADE_PUBLIC.c.case_id.in_(self.case_ids)))
        return {row.case_id: Public(row.on_date, row.place) for row in found}

    @cached_property
    def extenders(self) -> dict[int, str]:
        """Who has extended the term, by the person's key."""
        acts = select(EVENTS.c.user_id).where(
            EVENTS.c.case_id.in_(self.case_ids), EVENTS.c.action == Action.EXTEND
        )
        found = self.session.execute(select(USERS.c.id, USERS.c.name).where(USERS.c.id.in_(acts)))
        return {row.id: row.name for row in found}


@dataclass(frozen=True)
class Line:
    """A case as the ledger tells it: its row, where it stands, and its course."""

    session: Session
    row: Row[Any]
    task: Task
    #: Its place among all that the view finds, from 1; none, where nobody knows.
    nth: int | None
    beside: Beside

    @cached_property
    def file(self) -> CaseFile:
        """The case with its log, folded."""
        log = Log(self.beside.events.get(self.row.id, []), GENESIS)
        return CaseFile(self.row, log, fold(log.events, self.session.calendar), self.row.version, [])

    @property
    def history(self) -> History:
        """The course of the case."""
        return self.file.history

    @cached_property
    def events(self) -> list[Event]:
        """The acts that count, as corrected."""
        return effective(self.file.log.events)

    @cached_property
    def imported(self) -> dict[str, Any]:
        """What the register that it was taken over from says of it."""
        found = [dict(event.facts) for event in self.events if event.action is Action.IMPORTED]
        return found[-1] if found else {}

    def last(self, *actions: Action) -> Event | None:
        """The latest act of these kinds."""
        return next((event for event in reversed(self.events) if event.action in actions), None)

    @cached_property
    def reply(self) -> LetterRef | None:
        """The letter that ended the case; none of a case that is open."""
        final = self.history.final_letters[-1:] if self.history.decision else []
        sent = self.history.sent(final[0].event, final[0].kind) if final else None
        return sent[0] if sent else None

    @cached_property
    def dispatch(self) -> Dispatch:
        """How that letter went, and when it arrived."""
        return dispatches(self.file).get(self.reply.number, Dispatch()) if self.reply else Dispatch()

    @property
    def parties(self) -> list[str]:
        """The names of those consulted."""
        return list(parties(self.session, self.file).values())

    @property
    def remarks(self) -> str:
        """What the register that it was taken over from remarks."""
        texts = texts_of(self.session, self.file) if self.imported else {}
        return next((text["remarks"] for text in reversed(texts.values()) if "remarks" in text), "")


def lines(session: Session, rows: Sequence[Row[Any]], today: date, *, before: int | None = 0) -> list[Line]:
    """The rows of a page as lines, their logs yet unread; so many stand `before` them."""
    beside = Beside(session, [row.id for row in rows])
    return [
        Line(
            session,
            row,
            task(row, today, session.calendar),
            None if before is None else before + place,
            beside,
        )
        for place, row in enumerate(rows, start=1)
    ]


def _events(session: Session, case_ids: Sequence[int]) -> dict[int, list[Event]]:
    query = select(*(EVENTS.c[name] for name in _COLUMNS)).where(EVENTS.c.case_id.in_(case_ids))
    found = session.execute(query.order_by(EVENTS.c.case_id, EVENTS.c.seq))
    return {case_id: list(_read(rows)) for case_id, rows in groupby(found, key=lambda row: row.case_id)}


def _read(rows: Iterator[Row[Any]]) -> Iterator[Event]:
    for row in rows:
        letters = tuple(LetterRef(**letter) for letter in row.letters)
        yield Event(row.seq, row.on_date, row.action, row.role, row.facts, row.user_id, letters)

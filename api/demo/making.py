"""Making the demo city in an empty installation, and what a visitor is told about it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from api.accounts import HASHER
from api.demo.city import found_city
from api.demo.marks import UNFINISHED, mark
from api.demo.player import Stage, play, submission_key
from api.demo.stories import scenes, steps_of, stories
from workflow.commands import legal_day
from workflow.store import Session, Store
from workflow.tables import CASES, SUBMISSIONS
from workflow.vocabulary import State


def build(
    store: Store, at: datetime, *, password: str, done: Callable[[], None] = lambda: None
) -> dict[str, str]:
    """Fill an empty installation with the city as it stands at the moment `at`; gives the cases' numbers.

    Everything goes through the commands of the office, one transaction per act.
    """
    today = legal_day(at)
    with _unsynchronised(store):
        with store.transaction() as session:
            mark(session, UNFINISHED)
            city = found_city(session, HASHER.hash(password))
            calendar = session.calendar
        stage = Stage(store, city, calendar, today)
        play(stage, scenes(stories(), calendar, at), done)
        with store.transaction() as session:
            mark(session, today.isoformat())
    return stage.numbers


def size() -> int:
    """How many acts the making takes, each told by one call of `done`."""
    return sum(len(steps_of(story)) for story in stories())


@contextmanager
def _unsynchronised(store: Store) -> Iterator[None]:
    """Let SQLite not wait for the disk: what is lost with the power is made anew."""
    if store.engine.dialect.name != "sqlite":
        yield
        return
    _pragma(store, "OFF")
    try:
        yield
    finally:
        _pragma(store, "FULL")


def _pragma(store: Store, value: str) -> None:
    """Set it outside of any transaction; one connection of the pool serves the whole making."""
    connection = store.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA synchronous={value}")
    connection.close()


# --- What an applicant can try ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Track:
    """An application that a visitor can follow on the applicants' page."""

    number: str
    tracking_code: str
    title: str
    state: State


#: In each of these states there is something to see or to do for the applicant.
WORTH_A_LOOK = (State.AWAITING_CLARIFICATION, State.PROCESSING, State.CONCLUDED)


def tracks(session: Session) -> list[Track]:
    """For some states one online application with its tracking code, told again from its key."""
    found: dict[State, Track] = {}
    for story in stories():
        digest = session.seal.index("submission", submission_key(story))
        query = select(CASES.c.number, CASES.c.title, CASES.c.state).join(SUBMISSIONS)
        row = session.execute(query.where(SUBMISSIONS.c.key_digest == digest)).one_or_none()
        if row:
            code = session.seal.tracking_code(digest)
            found.setdefault(row.state, Track(row.number, code, row.title, row.state))
    return [found[state] for state in WORTH_A_LOOK if state in found]


def count_cases(session: Session) -> int:
    """How many applications there are."""
    return int(session.execute(select(func.count()).select_from(CASES)).scalar_one())

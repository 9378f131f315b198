"""Making the demo city in an empty installation, and what a visitor is told about it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from api.accounts import HASHER
from api.demo.beside import ask_around
from api.demo.city import found_city
from api.demo.marks import UNFINISHED, mark
from api.demo.player import Stage, let_time_pass, play, submission_key
from api.demo.register import NUMBER, bring_register, brought_in_at, taken_over
from api.demo.stories import Story, scenes, steps_of, stories
from workflow.store import Session, Store
from workflow.tables import CASES, SUBMISSIONS
from workflow.vocabulary import State


def build(
    store: Store, at: datetime, *, password: str, done: Callable[[], None] = lambda: None
) -> dict[str, str]:
    """Fill an empty installation with the city as it stands at the moment `at`; gives the cases' numbers.

    Everything goes through the commands of the office, one transaction per act.
    """
    with _unsynchronised(store):
        with store.transaction() as session:
            mark(session, UNFINISHED)
            stage = Stage(store, found_city(session, HASHER.hash(password)), session.calendar, at)
        _live(stage, done)
        with store.transaction() as session:
            mark(session, stage.today.isoformat())
    return stage.numbers


def _live(stage: Stage, done: Callable[[], None]) -> None:
    """The stories before the register came, the register, and the rest with its open rows."""
    brought_in = brought_in_at(stage.now)
    own = scenes(_told(in_register=False), stage.calendar, stage.now)
    play(stage, [scene for scene in own if scene.at < brought_in], done)
    bring_register(stage, brought_in)
    done()
    rows = list(taken_over(stage, _told(in_register=True), brought_in))
    went_on = scenes(rows, stage.calendar, stage.now)
    play(stage, sorted([*went_on, *(scene for scene in own if scene.at >= brought_in)]), done)
    let_time_pass(stage, stage.today)
    ask_around(stage)


def _told(*, in_register: bool) -> list[Story]:
    return [story for story in stories() if (NUMBER in story.texts) is in_register]


def size() -> int:
    """How many calls of `done` the making takes: one an act, and one for the register."""
    return sum(len(steps_of(story)) for story in stories()) + 1


#: How each database is told not to wait for the disk, and to wait again.
HURRY = {
    "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA synchronous=FULL"),
    "postgresql": ("SET synchronous_commit TO off", "RESET synchronous_commit"),
}


@contextmanager
def _unsynchronised(store: Store) -> Iterator[None]:
    """Do not wait for the disk after each act: what is lost with the power is made anew."""
    hurry, care = HURRY[store.engine.dialect.name]
    _set(store, hurry)
    try:
        yield
    finally:
        _set(store, care)


def _set(store: Store, statement: str) -> None:
    """Outside of any transaction of ours; one connection of the pool serves the whole making."""
    connection = store.engine.raw_connection()
    try:
        connection.cursor().execute(statement)
        connection.commit()
    finally:
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

"""The register of an earlier year that the office of natural resources brings along.

It is imported once it is filled in for the year; the clerk then files what is closed, and the office goes on
with what is still open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from api.demo.player import Stage, let_time_pass
from api.demo.stories import Story
from workflow.commands import LEGAL_ZONE, legal_day, perform
from workflow.ledger.importing import bring_in
from workflow.ledger.rows import read_rows
from workflow.ledger.sheet import open_sheet
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import Action, Role, State

REGISTER = Path(__file__).with_name("ledger_2025.xlsx")
OWNER = "ZYZRZY"
#: The day that the register bears; before it a demo brings in what there is.
FILLED_IN = datetime.combine(date(2026, 1, 12), time(8, 5), LEGAL_ZONE).astimezone(UTC)
FILING_TAKES = timedelta(seconds=10)
#: The reply to this one was taken to reconsideration; the office keeps the file at hand.
KEPT_OPEN = frozenset({"ZYZRZY2025046"})
#: What a story calls the number that its application has in the register.
NUMBER = "number"


def brought_in_at(now: datetime) -> datetime:
    """The moment of the import."""
    return min(FILLED_IN, now)


def bring_register(stage: Stage, at: datetime) -> None:
    """Import the register, the bad rows left out, and file what is closed."""
    let_time_pass(stage, legal_day(at))
    reading = read_rows(open_sheet(REGISTER), legal_day(at))
    with stage.store.transaction() as session:
        bring_in(session, reading, stage.city.agencies[OWNER].name, at=at, skip_bad=True)
        closed = list(_closed(session))
    for n, number in enumerate(closed, start=1):
        moment = min(at + n * FILING_TAKES, stage.now)
        with stage.store.transaction() as session:
            by = stage.city.actors[OWNER, Role.CLERK]
            perform(session, number, Action.ARCHIVE, {"retention": 30}, by=by, at=moment)


def _closed(session: Session) -> Iterator[str]:
    query = select(CASES.c.number).where(CASES.c.state == State.CONCLUDED, CASES.c.intake_number.is_not(None))
    numbers = session.execute(query.order_by(CASES.c.number)).scalars()
    return (number for number in numbers if number not in KEPT_OPEN)


def taken_over(stage: Stage, told: Iterable[Story], at: datetime) -> Iterator[Story]:
    """The stories of the open rows, counted from the day of the import; none, if it left the row out."""
    with stage.store.reading() as session:
        in_hand = set(
            session.execute(select(CASES.c.number).where(CASES.c.state == State.PROCESSING)).scalars()
        )
    day_before = legal_day(at) - timedelta(days=1)
    start = 1 - stage.calendar.workdays_between(day_before, stage.today)
    for story in told:
        if (number := story.texts[NUMBER]) in in_hand:
            stage.numbers[str(story.no)] = number
            yield replace(story, start=start)

"""What happens when a period runs out: one sweep, however often, however late, in however many processes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import ColumnElement, and_, select, text

from workflow import calendars
from workflow.casefile import claim_file
from workflow.commands import LEGAL_ZONE, legal_day
from workflow.engine import catch_up
from workflow.errors import Stale
from workflow.keptforms import sweep_kept
from workflow.presence import sweep_presences
from workflow.reminders import remind_of_due
from workflow.store import Session
from workflow.tables import CASES, LAPSING, TERMS
from workflow.vocabulary import OPEN_STATES

log = structlog.get_logger()
BATCH = 500


@dataclass(slots=True)
class Swept:
    """What a sweep did: the cases it changed, and those it could not, with the reason."""

    changed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def sweep(session: Session, now: datetime, done: Callable[[], None] = lambda: None) -> Swept:
    """Bring every case up to the legal day of `now`; one commit per case, a bad case stops no other.

    Idempotent, and catches up after any downtime: it asks what has lapsed, not what lapses today.
    """
    swept = _bring_up(session, chain(outdated(session), lapsing(session, legal_day(now))), now, done)
    sweep_kept(session, now)
    sweep_presences(session, now)
    remind_of_due(session, now)
    session.commit()
    return swept


def recompute(session: Session, now: datetime, done: Callable[[], None] = lambda: None) -> Swept:
    """Bring the open cases up to the calendar in force: what a newly loaded notice asks for."""
    return _bring_up(session, outdated(session), now, done)


def _bring_up(session: Session, numbers: Iterable[str], now: datetime, done: Callable[[], None]) -> Swept:
    today, result = legal_day(now), Swept()
    for number in numbers:
        try:
            if _sweep_case(session, number, today, now):
                result.changed.append(number)
            session.commit()
        except Stale:
            session.rollback()  # Somebody else is at this case; the next sweep looks again.
        except Exception as error:
            session.rollback()
            log.exception("sweep_failed", case=number)
            result.failed[number] = type(error).__name__
        done()
    return result


def lapsing(session: Session, today: date) -> Iterator[str]:
    """The cases with a running term that ended before `today`."""
    ended = select(TERMS.c.case_id).where(TERMS.c.due_on < today, text(LAPSING))
    return _numbers(session, CASES.c.id.in_(ended))


def outdated(session: Session) -> Iterator[str]:
    """The open cases whose dates rest on an older calendar than the one in force."""
    version = session.execute(calendars.VERSION).scalar_one()
    return _numbers(session, and_(CASES.c.state.in_(OPEN_STATES), CASES.c.calendar < version))


def _numbers(session: Session, wanted: ColumnElement[bool]) -> Iterator[str]:
    """Case numbers in batches, without holding anything open between them."""
    last = 0
    while True:
        query = select(CASES.c.id, CASES.c.number).where(wanted, CASES.c.id > last)
        rows = session.execute(query.order_by(CASES.c.id).limit(BATCH)).all()
        session.commit()
        if not rows:
            return
        last = rows[-1].id
        yield from (row.number for row in rows)


def _sweep_case(session: Session, number: str, today: date, now: datetime) -> bool:
    file = claim_file(session, number)
    return file is not None and catch_up(session, file, today, now)


def start_ticking(tick: Callable[[], None], now: datetime) -> BackgroundScheduler:
    """Call `tick` now, and five seconds into every minute: right after midnight in the legal zone, too."""
    scheduler = BackgroundScheduler(timezone=LEGAL_ZONE)
    scheduler.add_job(
        tick,
        "cron",
        second=5,
        id="tick",
        next_run_time=now,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    return scheduler

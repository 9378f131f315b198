"""Who else has a case open: told for a minute after they were last seen; nothing rests on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from workflow.errors import NotFound
from workflow.store import Session
from workflow.tables import CASES, PRESENCES, USERS

#: So long somebody is told of after the last sign of them.
SEEN_FOR = timedelta(seconds=60)
#: A sign that came so shortly before is not written again.
WRITTEN_FOR = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Present:
    """A colleague who has the case open; `form` is the act whose form they fill in, if they do."""

    name: str
    form: str


def others(session: Session, case_id: int, user_id: int, now: datetime) -> list[Present]:
    """Who else has the case open, by name; the caller has made sure that it is within reach."""
    query = (
        select(USERS.c.name, PRESENCES.c.form)
        .join(USERS, USERS.c.id == PRESENCES.c.user_id)
        .where(PRESENCES.c.case_id == case_id, PRESENCES.c.user_id != user_id)
        .where(PRESENCES.c.seen_at > now - SEEN_FOR)
        .order_by(USERS.c.name, USERS.c.id)
    )
    return [Present(row.name, row.form) for row in session.execute(query)]


def is_noted(session: Session, case_id: int, user_id: int, form: str, now: datetime) -> bool:
    """Whether the same was written a moment ago, so that it need not be again."""
    query = select(PRESENCES.c.user_id).where(
        PRESENCES.c.case_id == case_id,
        PRESENCES.c.user_id == user_id,
        PRESENCES.c.form == form,
        PRESENCES.c.seen_at > now - WRITTEN_FOR,
    )
    return session.execute(query).one_or_none() is not None


def note(session: Session, case_id: int, user_id: int, form: str, now: datetime) -> None:
    """Somebody has the case open, or that form of it."""
    values = {"case_id": case_id, "user_id": user_id, "form": form, "seen_at": now}
    session.upsert(PRESENCES, ("case_id", "user_id"), values)


def leave(session: Session, case_id: int, user_id: int, form: str) -> None:
    """Somebody has left that page; if they are on another one of the case by now, they stay."""
    there = (PRESENCES.c.case_id == case_id, PRESENCES.c.user_id == user_id, PRESENCES.c.form == form)
    session.execute(delete(PRESENCES).where(*there))


def case_within(session: Session, number: str, agencies: frozenset[int]) -> int:
    """The key of a case, without reading its file; raises NotFound."""
    query = select(CASES.c.id).where(CASES.c.number == number, CASES.c.agency_id.in_(agencies))
    found = session.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound(f"没有编号为{number}的申请，或不在您的职责范围内")
    return int(found)


def sweep_presences(session: Session, now: datetime) -> None:
    """Forget who is no longer told of."""
    session.execute(delete(PRESENCES).where(PRESENCES.c.seen_at < now - SEEN_FOR))

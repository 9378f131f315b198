"""Forms as somebody left them, half filled in: kept encrypted for their owner alone, until they are sent.

A kept form is no act and moves nothing; nobody else ever sees it, and no log tells of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, or_, select

from workflow.store import Session
from workflow.tables import CASES, KEPT_FORMS, USERS
from workflow.vocabulary import Action

#: So long a form waits for its owner.
KEPT_FOR = timedelta(days=30)
#: A form of registration, which has no case yet; its key follows.
REGISTRATION = "register/"
#: So many of those one person may leave lying; the oldest makes room.
REGISTRATIONS = 20

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it was left: what was typed, when, and upon which version of the case."""

    place: str
    typed: dict[str, list[str]]
    at: datetime
    version: int | None

    @property
    def key(self) -> str:
        """Of a registration: its key, which its address carries."""
        return self.place.removeprefix(REGISTRATION)


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the list of somebody's kept forms."""

    #: None: an application that is being registered.
    number: str | None
    #: The title of the case, or what the application has been called so far.
    title: str
    action: Action
    at: datetime
    #: The page on which it is gone on with.
    address: str


def place_of(case_id: int, action: Action, event: int | None = None) -> str:
    """Where the form of an act is kept; of a correction, one for each record."""
    return f"case/{case_id}/{action}" + (f"/{event}" if event else "")


def keep(
    session: Session,
    user_id: int,
    place: str,
    typed: Typed,
    at: datetime,
    *,
    case_id: int | None = None,
    version: int | None = None,
) -> None:
    """Keep a form in the place of what was kept there before."""
    seal_place = _seal_place(user_id, place)
    values = {
        "user_id": user_id,
        "place": place,
        "case_id": case_id,
        "version": version,
        "body": session.seal.encrypt_json({name: list(texts) for name, texts in typed.items()}, seal_place),
        "at": at,
    }
    session.upsert(KEPT_FORMS, ("user_id", "place"), values)
    if case_id is None:
        _make_room(session, user_id)


def _make_room(session: Session, user_id: int) -> None:
    mine = select(KEPT_FORMS.c.place).where(KEPT_FORMS.c.user_id == user_id, KEPT_FORMS.c.case_id.is_(None))
    oldest = mine.order_by(KEPT_FORMS.c.at.desc(), KEPT_FORMS.c.place).offset(REGISTRATIONS)
    for place in session.execute(oldest).scalars().all():
        drop(session, user_id, place)


def kept_form(session: Session, user_id: int, place: str) -> KeptForm | None:
    """What this person left in that place."""
    query = select(KEPT_FORMS).where(KEPT_FORMS.c.user_id == user_id, KEPT_FORMS.c.place == place)
    row = session.execute(query).one_or_none()
    return None if row is None else _opened(session, row)


def kept_registrations(session: Session, user_id: int) -> list[KeptForm]:
    """The applications that this person has begun to register, the latest first."""
    query = select(KEPT_FORMS).where(KEPT_FORMS.c.user_id == user_id, KEPT_FORMS.c.case_id.is_(None))
    latest = query.order_by(KEPT_FORMS.c.at.desc(), KEPT_FORMS.c.place)
    return [_opened(session, row) for row in session.execute(latest)]


def drop(session: Session, user_id: int, place: str) -> None:
    """Forget a form: it was sent, or its owner wants it no more."""
    session.execute(delete(KEPT_FORMS).where(KEPT_FORMS.c.user_id == user_id, KEPT_FORMS.c.place == place))


def sweep_kept(session: Session, now: datetime) -> None:
    """Forget what has waited too long, and what belongs to somebody who no longer works here."""
    gone = select(USERS.c.id).where(~USERS.c.active)
    old = or_(KEPT_FORMS.c.at < now - KEPT_FOR, KEPT_FORMS.c.user_id.in_(gone))
    session.execute(delete(KEPT_FORMS).where(old))


def kept(session: Session, user_id: int, agencies: frozenset[int]) -> list[Kept]:
    """What this person has left half filled in, the latest first: what the desk lists as 我的草稿.

    `agencies` are the person's: a form of a case that is out of reach by now is not listed. Of an
    application that is being registered the number is None.
    """
    query = (
        select(KEPT_FORMS, CASES.c.number, CASES.c.title)
        .join(CASES, CASES.c.id == KEPT_FORMS.c.case_id, isouter=True)
        .where(KEPT_FORMS.c.user_id == user_id)
        .where(or_(KEPT_FORMS.c.case_id.is_(None), CASES.c.agency_id.in_(agencies)))
        .order_by(KEPT_FORMS.c.at.desc(), KEPT_FORMS.c.place)
    )
    return [_line(session, row) for row in session.execute(query)]


def _line(session: Session, row: Row[Any]) -> Kept:
    if row.case_id is None:
        form = _opened(session, row)
        title = "".join(form.typed.get("request.title", ())).strip() or "（未填写信息名称）"
        return Kept(None, title, Action.REGISTER, row.at, f"/cases/new?kept={form.key}")
    _case, _id, word, *event = row.place.split("/")
    address = f"/cases/{row.number}/actions/{word}" + (f"?event={event[0]}" if event else "")
    return Kept(row.number, row.title, Action(word), row.at, address)


def _opened(session: Session, row: Row[Any]) -> KeptForm:
    typed = session.seal.decrypt_json(row.body, _seal_place(row.user_id, row.place))
    return KeptForm(row.place, typed, row.at, row.version)


def _seal_place(user_id: int, place: str) -> str:
    """What it is encrypted for: under another person or form it cannot be read."""
    return f"kept_forms.body {user_id} {place}"

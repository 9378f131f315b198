"""Who else has a case open: noted on every look, and told; nothing rests on it, and nothing waits for it."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.accounts import User
from api.clock import now
from workflow.presence import is_noted, note, others
from workflow.store import Session, Store
from workflow.vocabulary import Action

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else who has the case open, and the act whose form they fill in."""

    name: str
    act: Action | None


def best_effort(store: Store, do: Callable[[Session], None]) -> None:
    """Write, unless somebody else is writing, or the database takes nothing."""
    try:
        with store.briefly() as session:
            do(session)
    except (OperationalError, PoolTimeout):
        log.info("presence_not_noted")


def attend(store: Store, user: User, case_id: int, form: str = "") -> list[Colleague]:
    """Note this person, and give who else is there; a database that is busy is not waited for."""
    word, at = form if form in set(Action) else "", now()
    with store.reading() as session:
        noted = is_noted(session, case_id, user.id, word, at)
        present = others(session, case_id, user.id, at)
    if not noted:
        best_effort(store, lambda session: note(session, case_id, user.id, word, at))
    return [Colleague(each.name, Action(each.form) if each.form else None) for each in present]

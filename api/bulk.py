"""One act on many cases, each in a transaction of its own: none waits for another, none fails another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from api import acting
from api.accounts import User
from api.clock import now
from api.errors import told
from workflow.lifecycle import ROLES
from workflow.store import Store
from workflow.vocabulary import Action, Role

log = structlog.get_logger()

#: Besides acts, letters can be printed.
PRINT = "print"
ACTIONS = (Action.ACCEPT, Action.ASSIGN, Action.ARCHIVE)
#: So many at once: more would keep a browser waiting too long, and nobody looks through more.
MOST = 500
OUT_OF_TIME = "本次办理的时间已满，本件还没有办理，请重试"


@dataclass(frozen=True, slots=True)
class Pick:
    """A case as somebody has ticked it: in the version that they saw."""

    number: str
    version: int

    def __str__(self) -> str:
        """As a form sends it."""
        return f"{self.version}.{self.number}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case: nothing is said against what was done."""

    number: str
    against: str = ""
    article: str = ""


def offered(user: User) -> list[tuple[str, str]]:
    """What this person can do with many cases, as (word, name)."""
    able = [action for action in ACTIONS if acting.actor(user, action).role in ROLES[action]]
    words = [(action.value, action.zh) for action in able]
    return [*words, (PRINT, "打印文书")] if user.roles - {Role.SUPERVISOR, Role.ADMIN} else words


def picks_of(texts: Sequence[str]) -> list[Pick]:
    """What a form has sent, each case once; what is no pick is none."""
    found: dict[str, Pick] = {}
    for text in texts:
        version, _dot, number = text.partition(".")
        if version.isascii() and version.isdecimal() and len(version) < 10 and number:
            found.setdefault(number, Pick(number, int(version)))
    return list(found.values())


def act_on_each(
    store: Store, user: User, picks: Sequence[Pick], action: Action, data: Mapping[str, Any], until: datetime
) -> Iterator[Outcome]:
    """Do the act on each as this person; what fails says why, and what comes after `until` is left."""
    for pick in picks:
        if now() >= until:
            yield Outcome(pick.number, OUT_OF_TIME)
            continue
        try:
            acting.act(store, user, pick.number, action, data, pick.version)
            yield Outcome(pick.number)
        except Exception as error:
            # Whatever it is, the others go on, and what was done is reported.
            yield _failed(pick, error)


def _failed(pick: Pick, error: Exception) -> Outcome:
    status, content = told(error)
    if status == 500:
        log.error("bulk_act_failed", case=pick.number, exc_info=error)
    return Outcome(pick.number, content["message"], content.get("article") or "")

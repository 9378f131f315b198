"""Letters in an office's own words: every version of a kind's text is kept, and the latest is in force."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.correspondence import OwnText
from workflow.errors import NotFound, Stale
from workflow.store import Session
from workflow.tables import AGENCIES, USERS
from workflow.tables import LETTER_TEXTS as TEXTS

_LATEST_OF_ALL = select(TEXTS.c.agency_id, TEXTS.c.kind, func.max(TEXTS.c.version).label("version")).group_by(
    TEXTS.c.agency_id, TEXTS.c.kind
)
_LATEST = _LATEST_OF_ALL.where(TEXTS.c.agency_id == bindparam("agency_id")).subquery()
_OWN = (
    select(TEXTS.c.kind, TEXTS.c.version, TEXTS.c.source)
    .join(
        _LATEST,
        (TEXTS.c.agency_id == _LATEST.c.agency_id)
        & (TEXTS.c.kind == _LATEST.c.kind)
        & (TEXTS.c.version == _LATEST.c.version),
    )
    .where(TEXTS.c.kind.in_(bindparam("kinds", expanding=True)), TEXTS.c.source.is_not(None))
)
_VERSIONS = (
    select(
        TEXTS.c.kind, TEXTS.c.version, TEXTS.c.source, TEXTS.c.note, TEXTS.c.at, USERS.c.name.label("person")
    )
    .join(USERS, USERS.c.id == TEXTS.c.user_id)
    .where(TEXTS.c.agency_id == bindparam("agency_id"))
)
_IN_FORCE = _VERSIONS.join(_LATEST, (TEXTS.c.kind == _LATEST.c.kind) & (TEXTS.c.version == _LATEST.c.version))
_OF_KIND = _VERSIONS.where(TEXTS.c.kind == bindparam("kind")).order_by(TEXTS.c.version.desc())
_ALL = _LATEST_OF_ALL.subquery()
_EVERYWHERE = (
    select(AGENCIES.c.name, TEXTS.c.kind, TEXTS.c.version, TEXTS.c.source)
    .join(TEXTS, TEXTS.c.agency_id == AGENCIES.c.id)
    .join(
        _ALL,
        (TEXTS.c.agency_id == _ALL.c.agency_id)
        & (TEXTS.c.kind == _ALL.c.kind)
        & (TEXTS.c.version == _ALL.c.version),
    )
    .where(TEXTS.c.source.is_not(None))
    .order_by(AGENCIES.c.name, TEXTS.c.kind)
)
_SAVE = {
    "sqlite": sqlite.insert(TEXTS).on_conflict_do_nothing().returning(TEXTS.c.version),
    "postgresql": postgresql.insert(TEXTS).on_conflict_do_nothing().returning(TEXTS.c.version),
}


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a kind's text: by whom, when and why; without a source it goes back to the standard."""

    kind: str
    version: int
    source: str | None
    note: str
    at: datetime
    person: str


def own_texts(session: Session, agency_id: int, kinds: Collection[str]) -> dict[str, OwnText]:
    """The texts in force in an agency for those of the kinds that it words itself."""
    rows = session.execute(_OWN, {"agency_id": agency_id, "kinds": list(kinds)})
    return {row.kind: OwnText(row.version, row.source) for row in rows}


def in_force(session: Session, agency_id: int) -> dict[str, Version]:
    """The latest version of each kind whose text the agency has ever touched."""
    rows = session.execute(_IN_FORCE, {"agency_id": agency_id})
    return {row.kind: _version(row) for row in rows}


def everywhere(session: Session) -> list[tuple[str, str, OwnText]]:
    """The own texts in force of all agencies: whose, of which kind, and the text."""
    rows = session.execute(_EVERYWHERE)
    return [(row.name, row.kind, OwnText(row.version, row.source)) for row in rows]


def versions(session: Session, agency_id: int, kind: str) -> list[Version]:
    """Every version of a kind's text, the latest first."""
    rows = session.execute(_OF_KIND, {"agency_id": agency_id, "kind": kind})
    return [_version(row) for row in rows]


def latest(known: Sequence[Version]) -> int:
    """The number of the latest version; zero where there is only the standard text."""
    return known[0].version if known else 0


def numbered(known: Sequence[Version], number: int) -> Version:
    """The version of that number; raises NotFound."""
    for version in known:
        if version.version == number:
            return version
    raise NotFound(f"没有第{number}版")


def save(
    session: Session,
    agency_id: int,
    kind: str,
    source: str | None,
    *,
    note: str,
    seen: int,
    by: int,
    at: datetime,
) -> int:
    """Keep a text as the next version after the one `seen`; raises Stale if somebody was faster.

    Without a source the standard text is in force again. Gives the version's number.
    """
    found = latest(versions(session, agency_id, kind))
    values = {
        "agency_id": agency_id,
        "kind": kind,
        "version": seen + 1,
        "source": source,
        "note": note,
        "user_id": by,
        "at": at,
    }
    save_next = _SAVE[session.store.engine.dialect.name]
    if found != seen or session.execute(save_next, values).one_or_none() is None:
        raise Stale(kind, seen, max(found, seen + 1))
    return seen + 1


def _version(row: Row[Any]) -> Version:
    return Version(**row._mapping)

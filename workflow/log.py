"""The log of a case in the database: read as events, appended with a hash chain, never changed."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from workflow.history import Event, LetterRef
from workflow.sealing import canonical, salted_digest
from workflow.store import Session
from workflow.tables import EVENTS, SEALED
from workflow.vocabulary import State

GENESIS = "0" * 64
SALT_BYTES = 16
SEALED_PLACE = "sealed.body"

_LOG = (
    select(
        EVENTS.c.seq,
        EVENTS.c.on_date,
        EVENTS.c.action,
        EVENTS.c.role,
        EVENTS.c.facts,
        EVENTS.c.user_id,
        EVENTS.c.letters,
        EVENTS.c.hash,
    )
    .where(EVENTS.c.case_id == bindparam("case_id"), EVENTS.c.seq <= bindparam("version"))
    .order_by(EVENTS.c.seq)
)
_APPEND = insert(EVENTS).inline()  # Nobody asks for the key that the database gives.
_SEAL = insert(SEALED)
_TEXTS = select(SEALED.c.seq, SEALED.c.body).where(SEALED.c.case_id == bindparam("case_id"))


@dataclass(frozen=True, slots=True)
class Log:
    """The events of a case, and the hash that the next one continues."""

    events: list[Event]
    last_hash: str


def read(session: Session, case_id: int, version: int) -> Log:
    """The log of a case, oldest first, as it stood at that version: every act adds one to both.

    What somebody else committed since the row was read is left out, and the act then found stale.
    """
    rows = session.execute(_LOG, {"case_id": case_id, "version": version}).all()
    events = [
        Event(seq, on, action, role, facts, person, tuple(LetterRef(**letter) for letter in letters))
        for seq, on, action, role, facts, person, letters, _hash in rows
    ]
    return Log(events, rows[-1].hash if rows else GENESIS)


def append(
    session: Session,
    case_id: int,
    event: Event,
    *,
    at: datetime,
    moved: tuple[State | None, State],
    article: str,
    texts: Mapping[str, Any],
    last_hash: str,
) -> str:
    """Write one event, what people wrote in it encrypted beside it; gives the hash it ends on."""
    digest = _seal(session, case_id, event.seq, texts) if texts else None
    row = {
        "case_id": case_id,
        "seq": event.seq,
        "on_date": event.on,
        "at": at,
        "action": event.action,
        "from_state": moved[0],
        "to_state": moved[1],
        "role": event.role,
        "user_id": event.person,
        "article": article,
        "facts": dict(event.facts),
        "letters": [{"kind": letter.kind, "number": letter.number} for letter in event.letters],
        "sealed_digest": digest,
        "previous_hash": last_hash,
    }
    row["hash"] = chain_hash(row)
    session.execute(_APPEND, row)
    return str(row["hash"])


def chain_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over every column of an event, its predecessor's hash among them."""
    at: datetime = row["at"]
    plain = {
        **{name: row[name] for name in CHAINED},
        "on_date": row["on_date"].isoformat(),
        "at": at.astimezone(UTC).isoformat(),
    }
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


CHAINED = (
    "case_id",
    "seq",
    "action",
    "from_state",
    "to_state",
    "role",
    "user_id",
    "article",
    "facts",
    "letters",
    "sealed_digest",
    "previous_hash",
)


def _seal(session: Session, case_id: int, seq: int, texts: Mapping[str, Any]) -> str:
    salt, body = secrets.token_bytes(SALT_BYTES), canonical(texts)
    row = {"case_id": case_id, "seq": seq, "salt": salt, "body": session.seal.encrypt(body, SEALED_PLACE)}
    session.execute(_SEAL, row)
    return salted_digest(salt, body)


def texts_of(session: Session, case_id: int) -> dict[int, dict[str, Any]]:
    """What people wrote in the acts of a case, by the event's number."""
    rows = session.execute(_TEXTS, {"case_id": case_id}).all()
    return {row.seq: json.loads(session.seal.decrypt(row.body, SEALED_PLACE)) for row in rows}

"""What an act sends: its letters, numbered and frozen in the transaction, and the messages after it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.casefile import CaseFile, parties, texts_of
from workflow.correspondence import LetterOrder, letter_number, letters_of, series_of
from workflow.history import Event
from workflow.sealing import canonical
from workflow.store import Session
from workflow.tables import AGENCIES, COUNTERS, LETTERS, OUTBOX, Agency
from workflow.vocabulary import Channel

CONTEXT_PLACE = "letters.context"
HTML_PLACE = "letters.html"

_AGENCY = select(AGENCIES)
_LETTER = insert(LETTERS)
_MESSAGE = insert(OUTBOX)


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter that an act has sent: what the log keeps of it."""

    kind: str
    number: str
    party: int | None


def write_letters(session: Session, file: CaseFile, event: Event, texts: Mapping[str, Any]) -> list[Posted]:
    """Write, number and freeze the letters of an act; `file.history` is the course after it."""
    kinds = letters_of(file.history, event)
    if not kinds:
        return []
    agency = Agency(**session.execute(_AGENCY.where(AGENCIES.c.id == file.row.agency_id)).one()._mapping)
    known = {**texts_of(session, file), event.seq: dict(texts)}
    draft = file.history.draft
    names = parties([*file.log.events, event], known)
    return [
        _write(
            session,
            file,
            LetterOrder(
                kind=kind,
                number=letter_number(
                    agency, kind, event.on.year, take_number(session, agency, event.on.year, kind)
                ),
                on=event.on,
                agency=agency,
                case=file.row._asdict(),
                history=file.history,
                event=event,
                calendar=session.calendar,
                texts=texts,
                draft=known.get(draft.event, {}) if draft else {},
                parties=names,
            ),
        )
        for kind in kinds
    ]


def _write(session: Session, file: CaseFile, order: LetterOrder) -> Posted:
    written = session.store.issue_letter(order)
    party = order.event.facts.get("party")
    row = {
        "agency_id": file.row.agency_id,
        "case_id": file.id,
        "event_seq": order.event.seq,
        "kind": order.kind,
        "number": order.number,
        "on_date": order.on,
        "party": party,
        "template": written.template,
        "context": session.seal.encrypt(canonical(dict(written.context)), CONTEXT_PLACE),
        "html": session.seal.encrypt(written.html, HTML_PLACE),
        "sha256": hashlib.sha256(written.html.encode()).hexdigest(),
    }
    session.execute(_LETTER, row)
    return Posted(order.kind, order.number, party)


def take_number(session: Session, agency: Agency, year: int, kind: str) -> int:
    """The next 文号 of the kind's group in this agency and year."""
    return next_number(session, agency.id or 0, year, series_of(kind))


def next_number(session: Session, agency_id: int, year: int, series: str) -> int:
    """Take a number in this transaction: the row is locked, none is given twice or left out."""
    statement = _NEXT[session.store.engine.dialect.name]
    value = session.execute(statement, {"agency_id": agency_id, "year": year, "series": series, "value": 1})
    return int(value.scalar_one())


def _next_number(insert: Callable[..., Any]) -> Any:
    statement = insert(COUNTERS)
    return statement.on_conflict_do_update(
        index_elements=["agency_id", "year", "series"], set_={"value": COUNTERS.c.value + 1}
    ).returning(COUNTERS.c.value)


_NEXT = {"sqlite": _next_number(sqlite.insert), "postgresql": _next_number(postgresql.insert)}


def post(session: Session, file: CaseFile, event: Event, letters: Sequence[Posted], at: datetime) -> None:
    """Note, in the same transaction, whom to tell after the commit: online applicants of their letters."""
    if file.row.channel is not Channel.ONLINE:
        return
    for letter in letters:
        if letter.party is None:
            key = f"letter:{file.id}:{event.seq}:{letter.kind}"
            row = {
                "case_id": file.id,
                "key": key,
                "kind": "letter",
                "created_at": at,
                "next_at": at,
                "attempts": 0,
            }
            session.execute(_MESSAGE, row)

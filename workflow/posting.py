"""What an act sends: its letters, numbered and frozen in the transaction, and the messages after it."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, insert, select

from workflow.casefile import CaseFile, parties, texts_of
from workflow.correspondence import APPLICANTS, ENCLOSED, LetterOrder, Sent, letters_of, told
from workflow.history import Event
from workflow.numbering import LetterNumber, take_numbers
from workflow.reissuing import Letter, letters_again
from workflow.sealing import canonical
from workflow.store import Session
from workflow.tables import AGENCIES, LETTERS, OUTBOX, Agency
from workflow.texts import own_texts
from workflow.vocabulary import Action, Channel

#: Shared until the commit, as the letters' foreign key would share it anyway: who changes how the agency
#: writes its numbers waits (numbering.hold).
_AGENCY = (
    select(AGENCIES).where(AGENCIES.c.id == bindparam("agency_id")).with_for_update(read=True, key_share=True)
)
_LETTERS = insert(LETTERS).inline()
_MESSAGES = insert(OUTBOX).inline()


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter that an act has sent: what the log keeps of it."""

    kind: str
    number: str


def write_letters(
    session: Session, file: CaseFile, event: Event, texts: Mapping[str, Any], sets: Mapping[str, Any]
) -> list[Posted]:
    """Write, number and freeze the letters of an act; `file.history` is the course after it."""
    letters = _letters(session, file, event, texts)
    if not letters and "reissues" not in event.facts:
        return []
    agency = _agency(session.execute(_AGENCY, {"agency_id": file.row.agency_id}).one())
    letters = letters or letters_again(session, file, event, agency, texts=texts, sets=sets)
    if not letters:
        return []
    sent = [each.sent for each in letters]
    numbers = _numbers(session, agency, event.on.year, sent)
    own = own_texts(session, file.row.agency_id, {each.kind for each in sent})
    orders = [
        LetterOrder(
            kind=each.sent.kind,
            party=each.sent.party,
            number=number.text,
            on=event.on,
            agency=agency,
            calendar=session.calendar,
            corrects=each.corrects,
            code=_new_code(session),
            own_text=own.get(each.sent.kind),
            **each.told,
        )
        for each, number in zip(letters, numbers, strict=True)
    ]
    rows = [
        _frozen(session, file, order, number) | {"event_seq": event.seq}
        for order, number in zip(orders, numbers, strict=True)
    ]
    session.execute(_LETTERS, rows)
    return [Posted(each.kind, each.number) for each in orders]


def _letters(session: Session, file: CaseFile, event: Event, texts: Mapping[str, Any]) -> list[Letter]:
    """The letters that the act itself sends."""
    sent = letters_of(file.history, event)
    if not sent:
        return []
    known, names = {event.seq: texts}, {}
    if event.action is Action.ISSUE_REPLY:
        known, names = {**texts_of(session, file), **known}, parties(session, file)
    elif "party" in event.facts:
        names = {event.facts["party"]: texts["name"]}
    acted = told(file.row._asdict(), file.history, event, known, names)
    return [Letter(each, acted) for each in sent]


def _numbers(session: Session, agency: Agency, year: int, sent: Sequence[Sent]) -> list[LetterNumber]:
    """A number for each letter; an enclosure bears that of its letter, and leaves no gap."""
    counted = [each for each in sent if each.kind not in ENCLOSED]
    kinds = [each.kind for each in counted]
    given = dict(zip(counted, take_numbers(session, agency, year, kinds), strict=True))
    return [given.get(each) or _enclosed(each, given) for each in sent]


def _enclosed(each: Sent, given: Mapping[Sent, LetterNumber]) -> LetterNumber:
    kind, suffix = ENCLOSED[each.kind]
    return LetterNumber(given[Sent(kind, each.party)].text + suffix)


def _new_code(session: Session) -> str:
    """A code for the reader of one letter; only its keyed digest is kept outside the letter."""
    return session.seal.tracking_code(secrets.token_hex(16))


@lru_cache
def _agency(row: Row[Any]) -> Agency:
    return Agency(**row._mapping)


def _frozen(session: Session, file: CaseFile, order: LetterOrder, number: LetterNumber) -> dict[str, Any]:
    """The letter as it is kept: written once, encrypted, with the digest of its text."""
    written = session.store.issue_letter(order)
    return {
        "agency_id": file.row.agency_id,
        "case_id": file.id,
        "kind": order.kind,
        "number": order.number,
        "series": number.series,
        "n": number.n,
        "on_date": order.on,
        "party": order.party,
        "template": written.template,
        "context": session.seal.encrypt(
            canonical(dict(written.context)), letter_place("context", file.id, order.number)
        ),
        "html": session.seal.encrypt(written.html, letter_place("html", file.id, order.number)),
        "sha256": hashlib.sha256(written.html.encode()).hexdigest(),
        "verification_digest": session.seal.tracking_digest(order.code),
    }


def letter_place(column: str, case_id: int, number: str) -> str:
    """Where a letter is encrypted for: put under another number or case, it cannot be read."""
    return f"letters.{column} {case_id} {number}"


def post(session: Session, file: CaseFile, event: Event, letters: Sequence[Posted], at: datetime) -> None:
    """Note, in the same transaction, whom to tell after the commit: online applicants of their letters."""
    told = [letter for letter in letters if letter.kind in APPLICANTS]
    if file.row.channel is Channel.ONLINE and told:
        session.execute(_MESSAGES, [_message(file, event, letter, at) for letter in told])


def _message(file: CaseFile, event: Event, letter: Posted, at: datetime) -> dict[str, Any]:
    return {
        "case_id": file.id,
        "key": f"letter:{file.id}:{event.seq}:{letter.kind}",
        "kind": "letter",
        "created_at": at,
        "next_at": at,
        "attempts": 0,
    }

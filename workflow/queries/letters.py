"""A letter from the store, exactly as it was issued."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, select

from workflow.correspondence import APPLICANTS
from workflow.errors import Incomplete, NotFound
from workflow.posting import letter_place
from workflow.store import Session
from workflow.tables import LETTERS


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """What was frozen when the letter was issued."""

    id: int
    kind: str
    number: str
    on: date
    html: str
    sha256: str


def letter(session: Session, case_id: int, letter_id: int, *, applicants_own: bool = False) -> StoredLetter:
    """A letter of a case; raises NotFound, or Incomplete when it is no longer what was issued.

    `applicants_own` leaves out what was addressed to third parties and other agencies.
    """
    query = select(LETTERS).where(LETTERS.c.id == letter_id, LETTERS.c.case_id == case_id)
    if applicants_own:
        query = query.where(LETTERS.c.kind.in_(APPLICANTS))
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有这件文书")
    return StoredLetter(row.id, row.kind, row.number, row.on_date, frozen_text(session, row), row.sha256)


def frozen_text(session: Session, row: Row[Any]) -> str:
    """The text of a row of letters; raises Incomplete when it is no longer what was issued."""
    try:
        html = session.seal.decrypt(row.html, letter_place("html", row.case_id, row.number))
    except InvalidTag:
        raise Incomplete(f"文书{row.number}无法解密：密钥不符，或存储的内容被改动") from None
    if hashlib.sha256(html.encode()).hexdigest() != row.sha256:
        raise Incomplete(f"文书{row.number}与发出时不一致：存储的内容被改动")
    return html

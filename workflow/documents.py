"""A letter as PDF or Word: made of its frozen text when it is first asked for, and from then on kept."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.errors import Incomplete
from workflow.queries.letters import StoredLetter
from workflow.store import Session, Store
from workflow.tables import LETTER_DOCUMENTS


class Form(StrEnum):
    """What a letter can be had as beside its text; the ending of the file's name."""

    PDF = "pdf"
    WORD = "docx"


#: Lays a letter's frozen text out, dated by the letter's day.
Maker = Callable[[str, date], bytes]

_KEEP = {
    "sqlite": sqlite.insert(LETTER_DOCUMENTS).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(LETTER_DOCUMENTS).on_conflict_do_nothing(),
}


def document(store: Store, letter: StoredLetter, form: Form, make: Maker, at: datetime) -> bytes:
    """The letter in that form, as it was first made; whoever asks first has it made, outside any transaction.

    Raises Incomplete when what is kept is no longer what was made.
    """
    with store.reading() as session:
        content = kept(session, letter, form)
    if content is None:
        made = make(letter.html, letter.on)
        with store.transaction() as session:
            content = _keep(session, letter, form, made, at)
    return content


def kept(session: Session, letter: StoredLetter, form: Form) -> bytes | None:
    """What is kept of the letter in that form, if anything; raises Incomplete when it was tampered with."""
    query = select(LETTER_DOCUMENTS).where(
        LETTER_DOCUMENTS.c.letter_id == letter.id, LETTER_DOCUMENTS.c.form == form
    )
    row = session.execute(query).one_or_none()
    return None if row is None else kept_content(session, row, letter.number)


def kept_content(session: Session, row: Row[Any], number: str) -> bytes:
    """The content of a row of documents; raises Incomplete when it is no longer what was made."""
    what = f"文书{number}的{row.form.upper()}文件"
    try:
        content = session.seal.decrypt_bytes(row.content, document_place(row.letter_id, number, row.form))
    except InvalidTag:
        raise Incomplete(f"{what}无法解密：密钥不符，或存储的内容被改动") from None
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise Incomplete(f"{what}与首次生成时不一致：存储的内容被改动")
    return content


def _keep(session: Session, letter: StoredLetter, form: Form, made: bytes, at: datetime) -> bytes:
    """Keep what was made, unless somebody else was first; gives what is kept."""
    row = {
        "letter_id": letter.id,
        "form": form,
        "content": session.seal.encrypt_bytes(made, document_place(letter.id, letter.number, form)),
        "sha256": hashlib.sha256(made).hexdigest(),
        "made_at": at,
    }
    session.execute(_KEEP[session.store.engine.dialect.name], row)
    content = kept(session, letter, form)
    assert content is not None
    return content


def document_place(letter_id: int, number: str, form: str) -> str:
    """Where a document is encrypted for: put under another letter or form, it cannot be read."""
    return f"letter_documents.content {letter_id} {number} {form}"

"""Whether the log is as it was written: every event's hash, its link, and the text beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, select

from workflow.log import CHAINED, GENESIS, SEALED_PLACE, chain_hash
from workflow.sealing import salted_digest
from workflow.store import Session
from workflow.tables import CASES, EVENTS, SEALED

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Break:
    """The first place of a case where the log is not what was written."""

    number: str
    seq: int
    what: str


def verify(session: Session) -> Iterator[Break | None]:
    """Walk all cases in order; yields for each None, or its first broken link."""
    last = 0
    while True:
        query = select(CASES.c.id, CASES.c.number).where(CASES.c.id > last)
        cases = session.execute(query.order_by(CASES.c.id).limit(BATCH)).all()
        if not cases:
            return
        last = cases[-1].id
        for case in cases:
            yield _first_break(session, case.id, case.number)


def _first_break(session: Session, case_id: int, number: str) -> Break | None:
    texts = {row.seq: row for row in session.execute(select(SEALED).where(SEALED.c.case_id == case_id))}
    rows = session.execute(select(EVENTS).where(EVENTS.c.case_id == case_id).order_by(EVENTS.c.seq)).all()
    previous = GENESIS
    for place, row in enumerate(rows, start=1):
        columns = row._mapping
        if row.seq != place:
            return Break(number, place, "记录缺失")
        if row.previous_hash != previous:
            return Break(number, row.seq, "与上一条记录的链接不符")
        if chain_hash({name: columns[name] for name in (*CHAINED, "on_date", "at")}) != row.hash:
            return Break(number, row.seq, "记录内容被改动")
        sealed = texts.get(row.seq)
        if sealed is not None and not _proves(session, sealed, row.sealed_digest):
            return Break(number, row.seq, "记录所附文字被改动")
        previous = row.hash
    return None if rows else Break(number, 1, "没有任何记录")


def _proves(session: Session, sealed: Row[Any], digest: str | None) -> bool:
    try:
        body = session.seal.decrypt(sealed.body, SEALED_PLACE)
    except InvalidTag:
        return False
    return salted_digest(sealed.salt, body) == digest

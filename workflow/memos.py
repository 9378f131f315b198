"""What colleagues tell each other about a case: notes, reminders, and why a case was handed back.

A memo is no act and moves nothing. Its text lies encrypted; nothing of it is changed or taken away: what it
asked for is settled, and a note that was wrong is struck, and both can still be read.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import aliased

from workflow.casefile import CaseFile
from workflow.commands.fields import unstorable
from workflow.errors import BadInput, NotFound, Refused
from workflow.store import Session
from workflow.tables import MEMOS, USERS
from workflow.vocabulary import State, Word

BODY_PLACE = "memos.body"
LONGEST = 2_000


class MemoKind(Word):
    """What a memo is for."""

    NOTE = "note", "备注"
    REMINDER = "reminder", "催办"
    HAND_BACK = "hand_back", "退回"


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo with who wrote it and when; settled (a note: struck) by whom and when."""

    id: int
    kind: MemoKind
    text: str
    user_id: int
    person: str
    at: datetime
    settled_at: datetime | None
    settled_by: str | None


def add(session: Session, file: CaseFile, kind: MemoKind, text: str, *, by: int, at: datetime) -> int:
    """Keep a memo with a case, and give its key; raises BadInput when there is nothing or too much to keep.

    Raises Refused for a case that is void.
    """
    _check(file, kind, text)
    row = {
        "case_id": file.id,
        "kind": kind.value,
        "user_id": by,
        "at": at,
        "body": session.seal.encrypt(text.strip(), BODY_PLACE),
    }
    return int(session.execute(insert(MEMOS).returning(MEMOS.c.id), row).scalar_one())


def _check(file: CaseFile, kind: MemoKind, text: str) -> None:
    if not text.strip():
        raise BadInput(kind.value, f"请填写{kind.zh}的内容")
    if len(text.strip()) > LONGEST:
        raise BadInput(kind.value, f"{kind.zh}不超过{LONGEST}字，现有{len(text.strip())}字")
    if unstorable(text):
        raise BadInput(kind.value, "含有无法保存的字符，请重新输入")
    if kind is not MemoKind.NOTE and file.history.state is State.VOIDED:
        raise Refused(kind.value, State.VOIDED, "45", f"本件已作废，不能再{kind.zh}")


def memos(session: Session, case_id: int, *kinds: MemoKind) -> list[Memo]:
    """The memos of those kinds on a case, latest first; struck and settled ones too."""
    settler = aliased(USERS, name="settler")
    query = (
        select(MEMOS, USERS.c.name.label("person"), settler.c.name.label("settled_by"))
        .join(USERS, USERS.c.id == MEMOS.c.user_id)
        .join(settler, settler.c.id == MEMOS.c.settled_by_id, isouter=True)
        .where(MEMOS.c.case_id == case_id, MEMOS.c.kind.in_([kind.value for kind in kinds]))
        .order_by(MEMOS.c.id.desc())
    )
    return [_memo(session, row) for row in session.execute(query)]


def _memo(session: Session, row: Row[Any]) -> Memo:
    return Memo(
        row.id,
        MemoKind(row.kind),
        session.seal.decrypt(row.body, BODY_PLACE),
        row.user_id,
        row.person,
        row.at,
        row.settled_at,
        row.settled_by,
    )


def settle(session: Session, file: CaseFile, kind: MemoKind, *, by: int, at: datetime) -> int:
    """What all open memos of that kind on a case asked for is done; gives how many they were."""
    return session.execute(
        update(MEMOS)
        .where(MEMOS.c.case_id == file.id, MEMOS.c.kind == kind.value, MEMOS.c.settled_at.is_(None))
        .values(settled_at=at, settled_by_id=by)
    ).rowcount


def strike(session: Session, file: CaseFile, memo_id: int, *, by: int, at: datetime) -> None:
    """Strike a note that one has written; raises NotFound where it is another's, or struck already."""
    struck = session.execute(
        update(MEMOS)
        .where(MEMOS.c.id == memo_id, MEMOS.c.case_id == file.id, MEMOS.c.user_id == by)
        .where(MEMOS.c.kind == MemoKind.NOTE.value, MEMOS.c.settled_at.is_(None))
        .values(settled_at=at, settled_by_id=by)
    ).rowcount
    if struck != 1:
        raise NotFound("没有这条备注，或不是您写的，或已经划去")

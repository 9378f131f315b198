"""What an act settles of what colleagues have asked for."""

from datetime import datetime

from workflow import memos
from workflow.casefile import CaseFile
from workflow.engine import Actor
from workflow.store import Session
from workflow.vocabulary import Action, Role


def settle(session: Session, file: CaseFile, action: Action, *, by: Actor, at: datetime) -> None:
    """A hand-over settles all that was asked; an act of the handler settles what they were reminded of."""
    if by.user_id is None:
        return
    if action is Action.ASSIGN:
        memos.settle(session, file, memos.MemoKind.HAND_BACK, by=by.user_id, at=at)
    theirs = file.row.handler_id in (None, by.user_id, by.standing_for)
    if action is Action.ASSIGN or (by.role is Role.HANDLER and theirs):
        memos.settle(session, file, memos.MemoKind.REMINDER, by=by.user_id, at=at)

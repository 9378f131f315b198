"""Beside the log: a handler gives a case back, is reminded of one, or is told that it stays theirs (art. 45).

None of it is an act: the case goes to somebody else by `assign` only. What was asked for waits on the desk
until it is settled: by the next hand-over, by the handler's next act, or by a word.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NoReturn

from workflow import memos
from workflow.casefile import CaseFile
from workflow.errors import Forbidden, Refused
from workflow.law.statute import cite_zh
from workflow.memos import MemoKind
from workflow.queries.reasons import TURNS, Owner
from workflow.reminders import post_reminder
from workflow.store import Session
from workflow.vocabulary import Role

#: Who may remind a handler; the first two also answer a case that was handed back.
REMINDING = (Role.CLERK, Role.HEAD, Role.SUPERVISOR)
ANSWERING = REMINDING[:2]
STAYS = "仍由您办理"


def hand_back(session: Session, file: CaseFile, reason: str, *, by: Owner, at: datetime) -> None:
    """The handler gives the case back, with the reason; raises Forbidden, Refused or BadInput."""
    _check_role(file, MemoKind.HAND_BACK, (Role.HANDLER,), by)
    if not _handles(file, by):
        _refuse(file, MemoKind.HAND_BACK, "本件由其他承办人办理，不能由您退回")
    _check_turn(file, MemoKind.HAND_BACK)
    if waits(session, file, MemoKind.HAND_BACK):
        _refuse(file, MemoKind.HAND_BACK, "本件已经退回，正在等待转办")
    memos.add(session, file, MemoKind.HAND_BACK, reason, by=by.user_id, at=at)


def stays(session: Session, file: CaseFile, reason: str, *, by: Owner, at: datetime) -> None:
    """A case that was handed back stays with its handler, who is told why."""
    _check_role(file, MemoKind.HAND_BACK, ANSWERING, by)
    if not waits(session, file, MemoKind.HAND_BACK):
        _refuse(file, MemoKind.HAND_BACK, "本件没有退回，或者已经转办")
    text = f"{STAYS}：{reason.strip()}" if reason.strip() else ""
    memo = memos.add(session, file, MemoKind.REMINDER, text, by=by.user_id, at=at)
    memos.settle(session, file, MemoKind.HAND_BACK, by=by.user_id, at=at)
    post_reminder(session, file, memo, at)


def remind(session: Session, file: CaseFile, message: str, *, by: Owner, at: datetime) -> None:
    """The handler is reminded: on the desk, and by mail where an address is known."""
    _check_role(file, MemoKind.REMINDER, REMINDING, by)
    _check_turn(file, MemoKind.REMINDER)
    memo = memos.add(session, file, MemoKind.REMINDER, message, by=by.user_id, at=at)
    post_reminder(session, file, memo, at)


def seen(session: Session, file: CaseFile, *, by: Owner, at: datetime) -> None:
    """The handler has read the reminders of a case."""
    _check_role(file, MemoKind.REMINDER, (Role.HANDLER,), by)
    if not _handles(file, by):
        _refuse(file, MemoKind.REMINDER, "本件由其他承办人办理")
    memos.settle(session, file, MemoKind.REMINDER, by=by.user_id, at=at)


def may(session: Session, file: CaseFile, by: Owner) -> dict[str, bool]:
    """Which of these this person may do now: what the page of the case offers."""
    turn = file.history.state in TURNS[Role.HANDLER]
    back, own = waits(session, file, MemoKind.HAND_BACK), Role.HANDLER in by.roles and _handles(file, by)
    return {
        "hand_back": turn and own and not back,
        "stays": back and not by.roles.isdisjoint(ANSWERING),
        "remind": turn and not by.roles.isdisjoint(REMINDING),
        "seen": own,
    }


def waits(session: Session, file: CaseFile, kind: MemoKind) -> bool:
    """Whether something of that kind waits to be settled."""
    return any(each.settled_at is None for each in memos.memos(session, file.id, kind))


def _handles(file: CaseFile, by: Owner) -> bool:
    return file.row.handler_id is None or file.row.handler_id in by.handlers


def _check_role(file: CaseFile, kind: MemoKind, roles: Collection[Role], by: Owner) -> None:
    if by.roles.isdisjoint(roles):
        state, who = file.history.state, "、".join(role.zh for role in roles)
        raise Forbidden(kind.value, state and state.value, "45", f"由{who}办理（{cite_zh('45')}）")


def _check_turn(file: CaseFile, kind: MemoKind) -> None:
    state = file.history.state
    if state not in TURNS[Role.HANDLER]:
        _refuse(file, kind, f"本件处于“{state.zh if state else ''}”状态，现在不由承办人办理，不能{kind.zh}")


def _refuse(file: CaseFile, kind: MemoKind, why: str) -> NoReturn:
    state = file.history.state
    raise Refused(kind.value, state and state.value, "45", f"{why}（{cite_zh('45')}）")

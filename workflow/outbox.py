"""Messages after the commit: written with the act, sent at least once, under one Message-ID each."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, and_, bindparam, select, update

from workflow.commands.intake import CONTACT_PLACE
from workflow.reminders import DUE, REMINDER
from workflow.store import Session
from workflow.tables import AGENCIES, CASES, OUTBOX, USERS

log = structlog.get_logger()
#: Who has claimed a message sends it within this time, or it is up for grabs again.
CLAIMED_FOR = timedelta(minutes=10)
#: A message that fails is tried again after 1, 2, 4 … minutes, twice a day at the least.
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=12)
#: Later it would tell of something long past.
KEPT_FOR = timedelta(days=7)
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)

_WAITING = and_(OUTBOX.c.sent_at.is_(None), OUTBOX.c.given_up_at.is_(None))
_NEXT = (
    select(OUTBOX.c.id)
    .where(_WAITING, OUTBOX.c.next_at <= bindparam("now"))
    .order_by(OUTBOX.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(OUTBOX)
    .where(OUTBOX.c.id == _NEXT.scalar_subquery())
    .values(next_at=bindparam("until"), attempts=OUTBOX.c.attempts + 1)
    .returning(OUTBOX)
)
_NOTE = update(OUTBOX).where(OUTBOX.c.id == bindparam("row"))
_STAFF = select(USERS.c.name, USERS.c.email, USERS.c.active).where(USERS.c.id == bindparam("user"))
_CASE = (
    select(CASES.c.number, CASES.c.contact, CASES.c.due_on, CASES.c.concluded_on, AGENCIES.c.name)
    .join(AGENCIES, AGENCIES.c.id == CASES.c.agency_id)
    .where(CASES.c.id == bindparam("case"))
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one applicant, or to somebody of the staff."""

    #: The left half of the Message-ID: the same for every attempt, another in every installation.
    id: str
    to: str
    subject: str
    text: str


class Undeliverable(Exception):
    """The message will never arrive, however often it is sent; the text says why."""


def deliver(session: Session, send: Callable[[Message], None], now: datetime, site: str = "") -> int:
    """Send what waits and is due; gives how many were handed over. `site` is the address of the pages.

    Nothing is locked while a message is on its way: it is claimed for a while, and noted afterwards, so that
    a crash between the two repeats at most that one. `send` raises Undeliverable, or OSError to be called
    again later.
    """
    sent = 0
    while row := _claim(session, now):
        try:
            if now - row.created_at > KEPT_FOR:
                raise Undeliverable(f"{KEPT_FOR.days}日内未能送出：{row.error or '未设置邮件服务器'}")
            send(_compose(session, row, site))
            _note(session, row, sent_at=now, error=None)
            sent += 1
        except Undeliverable as error:
            _note(session, row, given_up_at=now, error=str(error))
        except OSError as error:
            log.warning("message_not_sent", key=row.key, error=type(error).__name__)
            wait = min(FIRST_RETRY * 2 ** min(row.attempts - 1, 20), LAST_RETRY)
            _note(session, row, next_at=now + wait, error=type(error).__name__)
    return sent


def _claim(session: Session, now: datetime) -> Row[Any] | None:
    row = session.execute(_CLAIM, {"now": now, "until": now + CLAIMED_FOR}).one_or_none()
    session.commit()
    return row


def _note(session: Session, row: Row[Any], **values: Any) -> None:
    session.execute(_NOTE.values(**values), {"row": row.id})
    session.commit()


def _compose(session: Session, row: Row[Any], site: str) -> Message:
    """The message with its addressee; raises Undeliverable."""
    case = session.execute(_CASE, {"case": row.case_id}).one()
    staff = session.execute(_STAFF, {"user": row.user_id}).one_or_none()
    session.commit()
    message = _to_applicant(session, case, site) if staff is None else _to_staff(row.kind, case, staff, site)
    return replace(message, id=session.seal.index("message", row.key)[:32])


def _to_staff(kind: str, case: Row[Any], staff: Row[Any], site: str) -> Message:
    """What somebody of the staff is told: which case, and until when; nothing of the applicant."""
    if not staff.active or not staff.email:
        raise Undeliverable("该工作人员没有电子邮箱，或账号已停用")
    if case.concluded_on is not None:
        raise Undeliverable("本件已经办结，不必再提醒")
    subject, says = {
        REMINDER: ("【催办】", "有新的催办"),
        DUE: ("【期限提醒】", f"答复截止日期为{case.due_on}，请按期办理"),
    }[kind]
    where = f"{site}/desk" if site else "本机关政府信息公开系统“工作台”"
    text = (
        f"{staff.name}：\n政府信息公开申请{case.number}{says}。\n"
        f"请登录后查看：{where}\n本邮件由系统自动发出，请勿直接回复。\n"
    )
    return Message("", staff.email, f"{subject}政府信息公开申请{case.number}", text)


def _to_applicant(session: Session, case: Row[Any], site: str) -> Message:
    """What the applicant is told: that there is something to see, and where; nothing of it, and no code."""
    where = f"{site}/track" if site else "本机关政府信息公开平台“申请查询”"
    text = (
        f"您好！您向{case.name}提出的政府信息公开申请（编号{case.number}）有新的文书。\n"
        f"请凭申请编号和查询码查看：{where}\n"
        "本邮件由系统自动发出，请勿直接回复。\n"
    )
    subject = f"政府信息公开申请{case.number}有新的文书"
    return Message("", _address(session, case.contact), subject, text)


def _address(session: Session, contact: bytes | None) -> str:
    """The first e-mail address that the applicant gave; raises Undeliverable."""
    try:
        known = session.seal.decrypt_json(contact, CONTACT_PLACE) if contact else {}
    except InvalidTag:
        raise Undeliverable("联系方式无法读取") from None
    found = ADDRESS.search(known.get("email") or known.get("text") or "")
    if found is None:
        raise Undeliverable("申请人未提供电子邮箱")
    return found.group()

"""Messages after the commit: written with the act, sent at least once, under one Message-ID each."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row, select, update

from workflow.commands.intake import CONTACT_PLACE
from workflow.store import Session
from workflow.tables import AGENCIES, CASES, OUTBOX

log = structlog.get_logger()
#: A message that fails is tried again after 1, 2, 4 … minutes, a day at the most.
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one applicant."""

    message_id: str
    to: str
    subject: str
    text: str


def deliver(session: Session, send: Callable[[Message], None], now: datetime) -> int:
    """Send what waits; one commit per message, so that a crash repeats at most the one it interrupted.

    `send` raises OSError when the message could not be handed over; it is then tried again later.
    """
    sent = 0
    while row := _claim(session, now):
        message = _compose(session, row)
        try:
            if message:
                send(message)
                sent += 1
            _note(session, row, sent_at=now, error=None if message else "no e-mail address")
        except OSError as error:
            log.warning("message_not_sent", key=row.key, error=type(error).__name__)
            wait = min(FIRST_RETRY * 2 ** min(row.attempts, 20), LAST_RETRY)
            _note(session, row, next_at=now + wait, error=type(error).__name__)
        session.commit()
    session.rollback()
    return sent


def _claim(session: Session, now: datetime) -> Row[Any] | None:
    query = select(OUTBOX).where(OUTBOX.c.sent_at.is_(None), OUTBOX.c.next_at <= now)
    return session.execute(
        query.order_by(OUTBOX.c.id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()


def _note(session: Session, row: Row[Any], **values: Any) -> None:
    changes = {"attempts": row.attempts + 1, **values}
    session.execute(update(OUTBOX).where(OUTBOX.c.id == row.id).values(**changes))


def _compose(session: Session, row: Row[Any]) -> Message | None:
    """The message of a row; None when the applicant gave no e-mail address."""
    query = (
        select(CASES.c.number, CASES.c.contact, AGENCIES.c.name)
        .join(AGENCIES, AGENCIES.c.id == CASES.c.agency_id)
        .where(CASES.c.id == row.case_id)
    )
    case = session.execute(query).one()
    contact = session.seal.decrypt_json(case.contact, CONTACT_PLACE) if case.contact else {}
    address = contact.get("email") or (contact.get("text", "") if "@" in contact.get("text", "") else "")
    if not address:
        return None
    digest = hashlib.sha256(row.key.encode()).hexdigest()[:32]
    text = (
        f"您好！您向{case.name}提出的政府信息公开申请（编号{case.number}）有新的文书。\n"
        "请在本机关政府信息公开平台“申请查询”中，凭申请编号和查询码查看。\n"
        "本邮件由系统自动发出，请勿直接回复。\n"
    )
    return Message(f"<{digest}@mingda>", address, f"政府信息公开申请{case.number}有新的文书", text)

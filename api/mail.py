"""Messages of the outbox on their way: SMTP, as the settings name it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from api.settings import Settings
from workflow.outbox import Message, deliver
from workflow.store import Store

TIMEOUT_S = 20


def deliver_waiting(store: Store, settings: Settings, now: datetime) -> int:
    """Send what waits in the outbox; without an SMTP server it waits on. Gives how many were sent."""
    if not settings.smtp_url:
        return 0
    with store.session() as session:
        return deliver(session, lambda message: _send(settings, message, now), now)


def _send(settings: Settings, message: Message, now: datetime) -> None:
    """Hand one message over; raises OSError (smtplib's errors are such) when that fails."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, message.to, message.subject
    mail["Message-ID"], mail["Date"] = message.message_id, format_datetime(now)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    with _connection(settings) as server:
        server.send_message(mail)


@contextmanager
def _connection(settings: Settings) -> Iterator[smtplib.SMTP]:
    url = urlsplit(settings.smtp_url)
    host, context = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT_S)
    with server:
        server.ehlo()
        if url.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server

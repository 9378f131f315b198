"""Messages of the outbox on their way: SMTP, as the settings name it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from api.installation import is_demo
from api.settings import Settings
from workflow.errors import Incomplete
from workflow.outbox import Message, Undeliverable, deliver
from workflow.store import Store

TIMEOUT_S = 20
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def deliver_waiting(store: Store, settings: Settings, now: datetime) -> int:
    """Send what waits in the outbox; gives how many were sent.

    Without an SMTP server it waits on; in a database of invented cases nobody is there to be told.
    """
    if not settings.smtp_url or not settings.mail_from:
        return 0
    server = server_of(settings)
    with store.reading() as session:
        if is_demo(session):
            return 0
    with store.session() as session:
        return deliver(
            session, lambda message: _send(server, settings.mail_from, message, now), now, settings.public_url
        )


def server_of(settings: Settings) -> SplitResult:
    """The mail server's address; raises Incomplete when the setting is none."""
    try:
        url = urlsplit(settings.smtp_url)
        if url.scheme in ("smtp", "smtps") and url.hostname and url.port != 0:
            return url
    except ValueError:
        pass
    raise Incomplete("MINGDA_SMTP_URL 应为 smtp://用户:密码@主机:端口 或 smtps://…")


def _send(url: SplitResult, sender: str, message: Message, now: datetime) -> None:
    """Hand one message over; raises Undeliverable, or OSError (smtplib's errors are such) to try again."""
    mail = _mail(sender, message, now)
    try:
        with _connection(url) as server:
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        ((code, _text),) = error.recipients.values()
        _give_up_if_permanent(code, error, "收件人地址被邮件服务器拒绝")
    except smtplib.SMTPDataError as error:
        _give_up_if_permanent(error.smtp_code, error, "邮件被邮件服务器拒绝")


def _mail(sender: str, message: Message, now: datetime) -> EmailMessage:
    mail = EmailMessage()
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    mail["From"], mail["To"], mail["Subject"] = sender, message.to, message.subject
    mail["Message-ID"], mail["Date"] = f"<{message.id}@{domain}>", format_datetime(now)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail


def _give_up_if_permanent(code: int, error: OSError, why: str) -> None:
    """5xx is final (RFC 5321 4.2.1); anything else may be better next time."""
    if code < 500:
        raise error
    raise Undeliverable(f"{why}（{code}）") from None


@contextmanager
def _connection(url: SplitResult) -> Iterator[smtplib.SMTP]:
    """A session with the server, encrypted where it offers it, and always where a password is sent."""
    host, trusted = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT_S, context=trusted)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT_S)
    with server:
        server.ehlo()
        if url.scheme != "smtps":
            _encrypt(server, url, trusted if url.username else _anybody())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server


def _encrypt(server: smtplib.SMTP, url: SplitResult, context: ssl.SSLContext) -> None:
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    elif url.username and url.hostname not in LOOPBACK:
        raise smtplib.SMTPException("the server offers no TLS: the password is not sent")


def _anybody() -> ssl.SSLContext:
    """A relay in the house has a certificate of its own making; encrypted is better than in plain."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context

"""Signed-in browsers: a random token in a cookie, its digest and a CSRF token in the database."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from api import accounts
from api.accounts import User
from workflow.clock import legal_day
from workflow.store import Session
from workflow.tables import LOGIN_SESSIONS, USERS

COOKIE = "mingda_session"
#: A working day; whoever stays longer signs in again.
LASTS = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits before the browser, and the token that its forms carry."""

    user: User
    csrf: str


def open_session(session: Session, user_id: int, at: datetime) -> str:
    """Sign a person in; gives the token for the cookie. Sessions that are over are cleared away."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(LOGIN_SESSIONS).where(LOGIN_SESSIONS.c.expires_at <= at))
    row = {
        "token_digest": _digest(token),
        "user_id": user_id,
        "csrf": secrets.token_urlsafe(24),
        "expires_at": at + LASTS,
    }
    session.execute(insert(LOGIN_SESSIONS), row)
    return token


def find(session: Session, token: str, at: datetime) -> SignedIn | None:
    """Who is signed in with this token, if anybody is."""
    row = session.execute(
        select(LOGIN_SESSIONS.c.user_id, LOGIN_SESSIONS.c.csrf)
        .join(USERS, USERS.c.id == LOGIN_SESSIONS.c.user_id)
        .where(LOGIN_SESSIONS.c.token_digest == _digest(token))
        .where(LOGIN_SESSIONS.c.expires_at > at, USERS.c.active)
    ).one_or_none()
    return SignedIn(accounts.load(session, row.user_id, legal_day(at)), row.csrf) if row else None


def close_session(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(delete(LOGIN_SESSIONS).where(LOGIN_SESSIONS.c.token_digest == _digest(token)))


def same_token(given: str, expected: str) -> bool:
    """Compare two tokens in constant time."""
    return hmac.compare_digest(given.encode(), expected.encode())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

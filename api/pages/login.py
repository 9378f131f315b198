"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api import accounts, ratelimit, sessions
from api.accounts import User
from api.clock import now
from api.deps import FormDep, StoreDep
from api.pages.acts import check_token
from api.pages.rendering import page, ways
from api.sessions import SignedIn
from workflow.store import Store

router = APIRouter()

#: The same for a wrong name, a wrong password and an account at rest: nobody learns which names exist.
WRONG = (
    f"登录名或密码不正确。同一账号连续输错{accounts.TRIES}次，"
    f"{accounts.LOCKED_FOR.seconds // 60}分钟内不能登录，期间输入正确的密码也无效。"
)


@router.get("/login")
def show_login(request: Request, store: StoreDep) -> Response:
    """The form; who is signed in already goes on."""
    signed = _signed_in(request, store)
    if signed:
        return RedirectResponse(home_of(signed.user), 303)
    return page(request, "login.html", username="", error="")


@router.post("/login")
def sign_in(
    request: Request,
    store: StoreDep,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Open a session for who knows the password."""
    ratelimit.spend(request, ratelimit.LOGIN, "login")
    opened = _opened(store, username.strip(), password)
    if opened is None:
        return page(request, "login.html", status=401, username=username, error=WRONG)
    user, token = opened
    response = RedirectResponse(home_of(user), 303)
    secure = request.url.scheme == "https"
    response.set_cookie(sessions.COOKIE, token, httponly=True, samesite="lax", secure=secure)
    return response


def _opened(store: Store, login: str, password: str) -> tuple[User, str] | None:
    """The person and the session's token. The password is checked outside any transaction: that is slow."""
    at = now()
    with store.reading() as session:
        known = accounts.look_up(session, login, at)
    right = accounts.matches(known, password) and not known.locked
    with store.transaction() as session:
        if not right:
            accounts.note_failure(session, known.user_id, at)
            return None
        accounts.note_success(session, known.user_id)
        return accounts.load(session, known.user_id), sessions.open_session(session, known.user_id, at)


def _signed_in(request: Request, store: Store) -> SignedIn | None:
    with store.reading() as session:
        return sessions.find(session, request.cookies.get(sessions.COOKIE, ""), now())


def home_of(user: User) -> str:
    """Where a person's work begins."""
    return ways(user)[0][0]


@router.post("/logout")
def sign_out(request: Request, store: StoreDep, typed: FormDep) -> Response:
    """End the session, if it is not over already."""
    signed = _signed_in(request, store)
    if signed:
        check_token(typed, signed)
        with store.transaction() as session:
            sessions.close_session(session, request.cookies[sessions.COOKIE])
    response = RedirectResponse("/login", 303)
    response.delete_cookie(sessions.COOKIE)
    return response

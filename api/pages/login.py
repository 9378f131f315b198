"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import accounts, ratelimit, sessions
from api.clock import now
from api.deps import StaffDep, StoreDep
from api.errors import Rejected
from api.pages.rendering import page
from workflow.vocabulary import Role

router = APIRouter()

WRONG = "登录名或密码不正确；连续多次输错后账号将暂停登录一段时间"


@router.get("/login")
def show_login(request: Request) -> HTMLResponse:
    """The form."""
    return page(request, "login.html", username="", error="")


@router.post("/login")
def sign_in(
    request: Request,
    store: StoreDep,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Check the password outside any transaction: hashing is slow by design."""
    ratelimit.spend(request, ratelimit.LOGIN, "login")
    at = now()
    with store.reading() as session:
        known = accounts.look_up(session, username.strip(), at)
    right = accounts.matches(known, password) and not known.locked
    with store.transaction() as session:
        if not right:
            accounts.note_failure(session, known.user_id, at)
            token = ""
        else:
            accounts.note_success(session, known.user_id)
            token = sessions.open_session(session, known.user_id, at)
            user = accounts.load(session, known.user_id)
    if not right:
        return page(request, "login.html", status=401, username=username, error=WRONG)
    supervises = user.roles == {Role.SUPERVISOR}
    response = RedirectResponse("/supervision" if supervises else "/desk", 303)
    secure = request.url.scheme == "https"
    response.set_cookie(sessions.COOKIE, token, httponly=True, samesite="lax", secure=secure)
    return response


@router.post("/logout")
def sign_out(
    request: Request, store: StoreDep, signed: StaffDep, csrf: Annotated[str, Form()] = ""
) -> Response:
    """End the session."""
    if not sessions.same_token(csrf, signed.csrf):
        raise Rejected(403, "csrf", "页面已过期，请刷新后重试")
    with store.transaction() as session:
        sessions.close_session(session, request.cookies[sessions.COOKIE])
    response = RedirectResponse("/login", 303)
    response.delete_cookie(sessions.COOKIE)
    return response

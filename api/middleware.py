"""What every request passes: its size, where it comes from, and the headers that go back."""

import re
import time
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Rejected, respond

log = structlog.get_logger("access")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 2_000_000
#: Files come several at once, and are looked at one by one.
LARGEST_UPLOAD = 64_000_000
UPLOAD = re.compile(r"/cases/(?:new|[^/]+/attachments)|/ledger/import")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses what is too large or comes from another site, sets the headers, and notes the request.

    The note has no query string and no address: both may tell who asks for what.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _set_headers(scope["path"], MutableHeaders(scope=message))
            await send(message)

        fault = _fault(scope)
        if fault:
            await respond(Request(scope), fault)(scope, receive, send_on)
        else:
            await self.app(scope, _measured(receive, _largest(scope)), send_on)
        took = round((time.perf_counter() - began) * 1000, 1)
        log.info("request", method=scope["method"], path=scope["path"], status=status, ms=took)


def _set_headers(path: str, headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if not path.startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")


def _fault(scope: Scope) -> Rejected | None:
    headers = Headers(scope=scope)
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > _largest(scope):
        return Rejected(413, "too_large", "提交的内容过大")
    if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
        return Rejected(422, "bad_input", "地址中含有无法使用的字符")
    if scope["method"] not in SAFE and _from_elsewhere(headers):
        return Rejected(403, "cross_site", "请求来自其他网站，已拒绝；请在本系统页面内操作")
    return None


def _from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that another site caused this request; programs say nothing of the kind."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _largest(scope: Scope) -> int:
    return LARGEST_UPLOAD if UPLOAD.fullmatch(scope["path"]) else LARGEST_BODY


def _measured(receive: Receive, largest: int) -> Receive:
    """A body that does not tell its length is measured as it comes."""
    seen = 0

    async def receive_on() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > largest:
            raise HTTPException(413)  # Of all errors while a body is read, this kind alone is passed on.
        return message

    return receive_on

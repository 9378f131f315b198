"""What went wrong, for a program as JSON and for a person as a page; nothing of it tells personal data."""

from collections.abc import Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from workflow.commands.parsing import faults
from workflow.errors import BadInput, Forbidden, Incomplete, NotFound, Refused, Stale

log = structlog.get_logger()


class NotSignedIn(Exception):
    """Nobody is signed in, or the session is over."""


class Rejected(Exception):
    """The request cannot be taken as it is: status, code word and what to do."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


#: What plain HTTP failures are called.
MESSAGES = {
    404: ("not_found", "没有这个页面"),
    405: ("method_not_allowed", "该地址不支持这种操作"),
    413: ("too_large", "提交的内容过大"),
}
BUSY = "系统繁忙或数据库暂不可用，请稍后再试；您的操作没有保存"
UNSTORABLE = "内容中有无法保存的字符或过大的数值；您的操作没有保存"
BROKEN = "系统内部错误，操作没有保存，请联系管理员"


Told = tuple[int, dict[str, Any]]


def told(error: Exception) -> Told:
    """Status and content of an error."""
    return next(tell(error) for kind, tell in TELLERS if isinstance(error, kind))


def _forbidden(error: Forbidden) -> Told:
    return 403, {"error": "forbidden", **error.as_dict()}


def _refused(error: Refused) -> Told:
    return 409, {"error": "refused", **error.as_dict()}


def _stale(error: Stale) -> Told:
    unknown = {"action": None, "state": None, "article": None}
    return 409, {"error": "stale", **unknown, "version": error.found, "message": str(error)}


def _not_found(error: NotFound) -> Told:
    return 404, {"error": "not_found", "message": str(error)}


def _bad_input(error: BadInput) -> Told:
    return 422, {"error": "bad_input", "message": str(error), "details": _details(error.details)}


def _malformed(error: RequestValidationError) -> Told:
    found = faults(error.errors())
    message = "；".join(f"{place} {what}".strip() for place, what in found)
    return 422, {"error": "bad_input", "message": message, "details": _details(found)}


def _rejected(error: Rejected) -> Told:
    return error.status, {"error": error.code, "message": error.message}


def _http(error: HTTPException) -> Told:
    code, message = MESSAGES.get(error.status_code, ("http", str(error.detail)))
    return error.status_code, {"error": code, "message": message}


#: The first kind that fits tells the error.
TELLERS: tuple[tuple[type[Exception], Callable[[Any], Told]], ...] = (
    (Forbidden, _forbidden),
    (Refused, _refused),
    (Stale, _stale),
    (NotFound, _not_found),
    (BadInput, _bad_input),
    (Incomplete, lambda error: (500, {"error": "incomplete", "message": str(error)})),
    (RequestValidationError, _malformed),
    (NotSignedIn, lambda error: (401, {"error": "not_signed_in", "message": "请先登录"})),
    (Rejected, _rejected),
    (HTTPException, _http),
    (DataError, lambda error: (422, {"error": "bad_input", "message": UNSTORABLE, "details": []})),
    (OperationalError, lambda error: (503, {"error": "unavailable", "message": BUSY})),
    (PoolTimeout, lambda error: (503, {"error": "unavailable", "message": BUSY})),
    (Exception, lambda error: (500, {"error": "internal", "message": BROKEN})),
)


def _details(found: Any) -> list[dict[str, str]]:
    return [{"field": place, "message": message} for place, message in found]


def wants_json(request: Request) -> bool:
    """Programs ask under /api; a browser that follows a link there, to a letter say, is shown a page."""
    for_programs = request.url.path.startswith(("/api/", "/openapi.json", "/healthz", "/readyz"))
    return for_programs and "text/html" not in request.headers.get("accept", "")


def respond(request: Request, error: Exception) -> Response:
    """The answer to a request that failed."""
    status, content = told(error)
    if status == 500:
        log.error("request_failed", path=request.url.path, exc_info=error)
    if wants_json(request):
        return JSONResponse(content, status)
    # A form that comes too late is told so on a page of its own, which can be sent again: nothing is lost.
    if isinstance(error, NotSignedIn) and request.method in ("GET", "HEAD"):
        return RedirectResponse("/login", 303)
    page: Response = request.app.state.error_page(request, status, content)
    return page


async def _handle(request: Request, error: Exception) -> Response:
    return respond(request, error)


def install(app: FastAPI) -> None:
    """Answer every error in one form."""
    for kind, _tell in TELLERS:
        app.add_exception_handler(kind, _handle)

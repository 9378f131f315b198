"""The one Jinja2 environment of the pages, and what every page is told."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.accounts import User
from api.clock import today
from api.pages.way_back import back_query, way_back
from api.sessions import SignedIn
from letters.kinds import KINDS
from letters.wording import paragraphs
from workflow.clock import LEGAL_ZONE, day_zh
from workflow.law import terms
from workflow.law.decisions import DECISIONS
from workflow.law.statute import cite_zh, number_zh
from workflow.vocabulary import Action, Role

HERE = Path(__file__).parents[1]
STATIC = HERE / "static"
#: The acts by their code words, as the law names them.
ACTIONS = {action.value: action for action in Action}

ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def asset(name: str) -> str:
    """The address of a file of ours; it changes with the content, so that no browser keeps an old one."""
    content = (STATIC / name).read_bytes() if (STATIC / name).exists() else b""
    return f"/static/{name}?{hashlib.sha256(content).hexdigest()[:8]}"


def date_zh(iso: str | None) -> str:
    """A day as the API writes it, for a sentence: 2026-07-01 → 2026年7月1日."""
    if not iso:
        return ""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{day}日"


def brief(article: str) -> str:
    """A citation as the pages write it: the one regulation that everything rests on under its short name."""
    return short(cite_zh(article))


def short(text: str) -> str:
    """A text of the domain with that short name."""
    return text.replace("《政府信息公开条例》", "《条例》")


def clock(at: datetime) -> str:
    """A moment by the clock on the wall, with the day if it is another one."""
    local = at.astimezone(LEGAL_ZONE)
    return f"{local:%H:%M}" if local.date() == today() else f"{local:%Y-%m-%d %H:%M}"


ENVIRONMENT.globals |= {
    "asset": asset,
    "back_query": back_query,
    "way_back": way_back,
    "law": terms,
    "KINDS": KINDS,
    "DECISIONS": DECISIONS,
    "ACTIONS": ACTIONS,
}
ENVIRONMENT.filters |= {
    "brief": brief,
    "clock": clock,
    "date_zh": date_zh,
    "day_zh": day_zh,
    "number_zh": number_zh,
    "paragraphs": paragraphs,
    "short": short,
}


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A template as a response."""
    html = ENVIRONMENT.get_template(template).render(request=request, today=today(), **context)
    return HTMLResponse(html, status)


def staff_page(
    request: Request, signed: SignedIn, template: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page for somebody who is signed in: with their name, their ways, and the token of their forms."""
    told = {"user": signed.user, "csrf": signed.csrf, "ways": ways(signed.user)}
    return page(request, template, status=status, **told, **context)


def ways(user: User) -> list[tuple[str, str, str]]:
    """The pages that a person uses, as (address, name, icon)."""
    desk, cases = ("/desk", "工作台", "home"), ("/cases", "申请件", "files")
    ledger, letters = ("/ledger", "台账", "list-check"), ("/letters", "文书", "mail")
    supervision, office = ("/supervision", "督办", "flag"), ("/admin/office", "机关设置", "building")
    texts = ("/admin/letters", "文书文本", "pencil")
    if user.roles == {Role.SUPERVISOR}:
        return [supervision, cases, ledger, letters]
    held = ((Role.SUPERVISOR, supervision), (Role.ADMIN, texts), (Role.ADMIN, office))
    more = [way for role, way in held if role in user.roles]
    handles = user.roles - {Role.ADMIN}
    return [desk, cases, *([ledger] if handles else []), letters, *more]


#: What the reader can do about it.
ADVICE: dict[int, str] = {
    401: "您的登录已失效，本次操作没有保存。请在新的标签页重新登录，"
    "再回到本页刷新并确认重新提交，已填写的内容不会丢失。",
    403: "如确需办理，请联系本机关的系统管理员核对您的角色；如在页面停留过久，请返回上一页刷新后重试。",
    404: "请核对地址或编号。从工作台或列表进入，可以避免输错编号。",
    405: "请返回上一页，通过页面上的按钮办理。",
    409: "本次操作没有保存。请返回查看最新情况后再办理。",
    413: "请缩短填写的内容；文件过大的，请拆分后分次提交。",
    422: "请返回上一页，按提示修改后重新提交。",
    428: "请返回上一页刷新，在最新内容的基础上办理。",
    429: "为防止他人猜测查询码和密码，短时间内的尝试次数有限，请稍候再试。",
    500: "请记下操作的时间和内容，联系系统管理员；已经保存的内容不受影响。",
    503: "请稍候片刻再试，不必重复登记；已经保存的内容不受影响。",
}


def error_page(request: Request, status: int, content: dict[str, Any]) -> HTMLResponse:
    """What went wrong, what to do about it, and the way back."""
    told = {"article": None, "details": ()} | content
    back = _back(request.headers.get("referer"), request.url.netloc, request.url.path)
    return page(
        request, "error.html", status=status, code=status, advice=ADVICE.get(status, ""), back=back, **told
    )


def _back(referer: str | None, host: str, here: str) -> str | None:
    """Where the reader came from, if that is a page of ours and another one."""
    came = urlsplit(referer or "")
    if came.netloc != host or came.path == here:
        return None
    return came.path + (f"?{came.query}" if came.query else "")

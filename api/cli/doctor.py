"""`mingda doctor`: the settings, secrets masked, and what is wrong with them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.cli.output import Json, Outcome, answer
from api.settings import KEY_FILE, Settings
from workflow.errors import Incomplete
from workflow.law.workdays import Calendar

if TYPE_CHECKING:
    from workflow.store import Session


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, worth knowing, or wrong, and what to do."""

    level: str
    what: str
    found: str


SIGNS = {"ok": "正常", "note": "提示", "wrong": "问题"}


def doctor(as_json: Json = False) -> None:
    """检查设置。"""
    from api.clock import today
    from api.settings import from_environment

    settings = from_environment()
    findings = [*_settings(settings), *_installation(settings, today())]
    document = [{"level": f.level, "what": f.what, "found": f.found} for f in findings]
    lines = [f"[{SIGNS[f.level]}] {f.what}：{f.found}" for f in findings]
    answer({"findings": document}, lines, as_json=as_json)
    if any(finding.level == "wrong" for finding in findings):
        raise SystemExit(Outcome.REFUSED)


def _settings(settings: Settings) -> Iterator[Finding]:
    """What the environment says; nothing is opened."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        yield Finding("ok", "DATABASE_URL", make_url(settings.database_url).render_as_string())
    except ArgumentError:
        yield Finding("wrong", "DATABASE_URL", "不是可用的数据库地址")
    yield _folder(settings)
    key = "来自环境变量（已隐去）" if settings.secret_key else f"密钥文件 {settings.data / KEY_FILE}"
    yield Finding("ok", "MINGDA_SECRET_KEY", key)
    if settings.secret_key and len(settings.secret_key) < 32:
        yield Finding("wrong", "MINGDA_SECRET_KEY", "少于32个字符，请换用随机生成的长密钥")
    if not settings.smtp_url:
        yield Finding("note", "MINGDA_SMTP_URL", "未设置，通知邮件留在发件箱中不发出")
    else:
        yield from _mail(settings)


def _mail(settings: Settings) -> Iterator[Finding]:
    from api.mail import server_of

    try:
        server = server_of(settings)
        yield Finding(
            "ok", "MINGDA_SMTP_URL", f"{server.scheme}://{server.hostname}:{server.port or '默认端口'}"
        )
    except Incomplete as error:
        yield Finding("wrong", "MINGDA_SMTP_URL", str(error))
    if "@" not in settings.mail_from:
        yield Finding("wrong", "MINGDA_MAIL_FROM", "设置了邮件服务器，但未设置发件人地址，通知邮件不发出")


def _folder(settings: Settings) -> Finding:
    folder = settings.data
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return Finding("wrong", "MINGDA_DATA", f"{settings.data} 不可写")
    return Finding("ok", "MINGDA_DATA", str(settings.data))


def _installation(settings: Settings, today: date) -> Iterator[Finding]:
    """What the opened installation says."""
    from api.installation import is_demo, opened

    try:
        with opened(settings) as store, store.reading() as session:
            yield Finding("ok", "数据库", f"可以访问（{store.engine.dialect.name}），结构为最新版本")
            if is_demo(session):
                yield Finding("note", "演示数据", "本数据库为演示城市，仅限本机使用")
            yield _calendar(session.calendar, today)
            yield from _texts(session, settings)
            yield from _scans(session, settings)
    except Incomplete as error:
        yield Finding("wrong", "数据库", str(error))
    yield _front_end()


def _calendar(calendar: Calendar, today: date) -> Finding:
    following = today.year + 1
    if not calendar.is_provisional(date(following, 1, 1), date(following, 1, 1)):
        return Finding("ok", "日历", f"{following}年放假安排已导入")
    level = "wrong" if calendar.missed_notice(today) else "note"
    do = "国务院办公厅通知发布后，请执行 mingda calendar import 文件"
    return Finding(level, "日历", f"尚无{following}年放假安排，跨年的期限为暂定；{do}")


def _texts(session: "Session", settings: Settings) -> Iterator[Finding]:
    """The offices' own texts, as this version of the program understands them."""
    from letters.fonts import Fonts
    from letters.kinds import KINDS
    from letters.own import check
    from workflow.texts import everywhere

    fonts, own = Fonts(settings.fonts), everywhere(session)
    for agency, kind, text in own:
        if problems := check(kind, text.source, fonts) if kind in KINDS else ["没有这种文书"]:
            title = KINDS[kind].zh if kind in KINDS else kind
            found = f"{agency}《{title}》第{text.version}版不能使用：{'；'.join(map(str, problems))}"
            yield Finding("wrong", "文书文本", f"{found}。请该机关的系统管理员修改，或者恢复标准文本")
    if own:
        yield Finding("ok", "文书文本", f"共有{len(own)}种文书使用机关自己的文本")


def _scans(session: "Session", settings: Settings) -> Iterator[Finding]:
    """Where scanners put their files, agency by agency."""
    from workflow.queries.offices import offices

    known, what = {each.code: each.name for each in offices(session)}, "扫描仪文件夹"
    made = sorted(path for path in settings.scans.glob("*") if path.is_dir() and path.name in known)
    if not made:
        yield Finding("note", what, f"未使用；如需使用，请建立 {settings.scans}/机关代码/ 并让扫描仪存入")
    for folder in made:
        if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield Finding("ok", what, f"{folder}（{known[folder.name]}）")
        else:
            yield Finding("wrong", what, f"{folder} 不能读写，扫描件取用后无法移走；请检查文件夹的权限")
    others = [path.name for path in settings.scans.glob("*") if path not in made]
    if others:
        yield Finding(
            "note", what, f"{settings.scans} 中的 {'、'.join(sorted(others))} 不是机关代码，不会使用"
        )


def _front_end() -> Finding:
    from importlib import resources

    there = (resources.files("api") / "static" / "vendor" / "tabler.min.css").is_file()
    found = "样式文件齐备" if there else "缺少样式文件，页面可用但不美观；请执行 make install"
    return Finding("ok" if there else "wrong", "页面样式", found)

"""`mingda demo`: a city of invented offices, people and applications, to look at and to try things on."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.output import Json, answer, progress
from api.settings import Settings, default_data, from_environment

if TYPE_CHECKING:
    from workflow.store import Store

Port = Annotated[int, typer.Option("--port", help="监听端口", min=1, max=65535)]
Fresh = Annotated[bool, typer.Option("--fresh", help="按今天重新建立演示城市")]
NoServe = Annotated[bool, typer.Option("--no-serve", help="只建立演示城市，不启动服务")]

#: Its passwords are printed and its people invented: nobody but this machine may reach it.
HOST = "127.0.0.1"
#: The office whose logins are listed one by one; those of the others differ by its short name.
SHOWN = "zrzy"


def demo(port: Port = 8000, fresh: Fresh = False, no_serve: NoServe = False, as_json: Json = False) -> None:
    """打开演示城市。"""
    from api.cli.serve import check_free
    from api.installation import opened

    if not no_serve:
        check_free(HOST, port)
    settings = demo_settings({"MINGDA_PUBLIC_URL": f"http://{HOST}:{port}", **os.environ})
    _look_first(settings, fresh=fresh)
    with opened(settings) as store:
        document = {"address": f"http://{HOST}:{port}", **_open_city(store)}
    answer(document, _lines(document), as_json=as_json)
    if not no_serve:
        _serve(settings, port)


def demo_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of the demo; its data folder, unless one is given, lies beside that of production."""
    production = default_data(environment)
    data = environment.get("MINGDA_DATA") or str(production.with_name(f"{production.name}-demo"))
    return replace(from_environment({**environment, "MINGDA_DATA": data}), smtp_url="")


def _look_first(settings: Settings, *, fresh: bool) -> None:
    """Refuse real data before anything is upgraded or written; take down what is to be made anew."""
    from sqlalchemy.exc import ArgumentError, OperationalError

    from api.demo import marks
    from workflow.store import open_engine

    try:
        engine = open_engine(settings.database_url)
    except (ArgumentError, ModuleNotFoundError):
        return  # Opening the installation says what is wrong with the address.
    try:
        marks.refuse_real_data(engine)
        if fresh or marks.is_unfinished(engine):
            marks.take_down(engine)
    except OperationalError:
        return  # The same.
    finally:
        engine.dispose()


def _open_city(store: "Store") -> dict[str, Any]:
    """Make the city if it is not there yet, give its staff a password for this start, and tell of both."""
    from api import accounts
    from api.clock import now, today
    from api.demo import city, making, marks
    from workflow import audit

    password = accounts.new_password()
    with store.reading() as session:
        made_on = marks.made_on(session)
    if made_on is None:
        with progress("建立演示城市", making.size()) as advance:
            making.build(store, now(), password=password, done=advance)
    else:
        with store.transaction() as session:
            city.set_password(session, password)
    with store.reading() as session:
        tracks = making.tracks(session)
        cases = audit.count(session)
    return {
        "made_on": (made_on or today()).isoformat(),
        "made_today": made_on in (None, today()),
        "cases": cases,
        "password": password,
        "logins": [_login(account) for account in city.accounts()],
        "tracks": [
            {"number": t.number, "tracking_code": t.tracking_code, "state": t.state, "title": t.title}
            for t in tracks
        ],
    }


def _login(account: Any) -> dict[str, str]:
    return {
        "login": account.login,
        "name": account.name,
        "role": account.role.value,
        "role_zh": account.role.zh,
        "agency": account.office.name,
        "short": account.office.short,
    }


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    made_on, logins = document["made_on"], document["logins"]
    yield f"演示城市招远市：{document['cases']}件申请，建于{made_on}；机关人员、申请人和申请均为虚构"
    if not document["made_today"]:
        yield "各项期限按建立之日推算，加 --fresh 可按今天重新建立"
    yield ""
    yield f"网址  {document['address']}"
    yield f"密码  {document['password']}（全部演示账号通用，每次启动更换，只显示这一次）"
    yield ""
    yield "登录名              角色"
    offices = {login["short"]: login["agency"] for login in logins}
    for login in logins:
        suffix = login["login"].partition("-")[2]
        if suffix in (SHOWN, ""):
            yield f"{login['login']:<20}{login['role_zh']}（{login['agency']}，{login['name']}）"
    others = "、".join(f"{short} {name}" for short, name in offices.items() if short != SHOWN)
    yield f"其他机关把登录名中的 {SHOWN} 换成：{others}"
    yield ""
    yield "申请人查询进度可用的编号和查询码："
    for track in document["tracks"]:
        yield f"{track['number']}  {track['tracking_code']}  {track['state'].zh}  {track['title']}"


def _serve(settings: Settings, port: int) -> None:
    from api.cli.serve import run

    os.environ["MINGDA_SMTP_URL"] = ""  # The applicants are invented: nobody is written to.
    os.environ["MINGDA_PUBLIC_URL"] = settings.public_url
    run(settings, HOST, port)

"""`mingda user add`: an account for a person of the staff."""

import sys
from typing import Annotated

import typer

from api.cli.output import Json, answer
from workflow.errors import BadInput

app = typer.Typer(no_args_is_help=True)


@app.callback()
def users() -> None:
    """管理工作人员账号。"""


@app.command("add", help="新建账号；不从标准输入给密码时生成一个并显示一次")
def add(
    login: Annotated[str, typer.Argument(help="登录名", metavar="LOGIN")],
    agency: Annotated[str, typer.Option("--agency", help="机关名称或代码")],
    role: Annotated[
        list[str], typer.Option("--role", help="角色，可重复：clerk handler legal head supervisor admin")
    ],
    name: Annotated[str, typer.Option("--name", help="姓名，默认与登录名相同")] = "",
    email: Annotated[str, typer.Option("--email", help="电子邮箱，用于接收催办和期限提醒")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="从标准输入读取密码")] = False,
    as_json: Json = False,
) -> None:
    """新建账号。"""
    from api import accounts
    from api.installation import opened
    from api.settings import from_environment
    from workflow.agencies import named_or_found

    password = sys.stdin.readline().rstrip("\n") if password_stdin else accounts.new_password()
    if not login.strip():
        raise BadInput("LOGIN", "登录名不能为空")
    with opened(from_environment()) as store, store.transaction() as session:
        office = named_or_found(session, agency)
        user = accounts.add(
            session, office, login.strip(), name or login, accounts.staff_roles(role), password, email.strip()
        )
    document = {"login": login.strip(), "name": user.name, "agency": office.name, "roles": sorted(role)}
    lines = [f"已为{office.name}建立账号“{login.strip()}”"]
    if not password_stdin:
        document["password"] = password
        lines.append(f"初始密码（仅显示一次）：{password}")
    answer(document, lines, as_json=as_json)

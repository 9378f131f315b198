"""The command line `mingda`; each verb imports what it needs, `due` and `fee` neither database nor web."""

from typing import NoReturn

import typer
from typer.exceptions import TyperException

from api.cli import audit, calendar, demo, doctor, ledger, rules, serve, story, users
from api.cli.output import Outcome, fail
from api.cli.usage import told
from workflow.errors import BadInput, Incomplete, NotFound, Refused, WorkflowError

app = typer.Typer(
    name="mingda",
    help="明答：政府信息依申请公开办理系统",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("due", help="计算期限届满日，逐日列明计入与不计入的日期")(rules.due)
app.command("fee", help="按件或按量计算信息处理费")(rules.fee)
app.command("replay", help="在临时数据库上按场景文件办理，输出办理结果")(story.replay)
app.command("serve", help="启动服务")(serve.serve)
app.command("demo", help="打开演示城市：虚构的机关、人员和申请，只在本机")(demo.demo)
app.command("sweep", help="办理到期事项：标记届满、视为同意、重算日期")(serve.sweep)
app.command("doctor", help="检查本系统的设置和运行条件")(doctor.doctor)
app.command("import-ledger", help="导入台账（.xlsx、.csv）；有误的行列明行号和原因")(ledger.import_ledger)
app.add_typer(audit.app, name="audit", help="核对办理记录是否被改动")
app.add_typer(users.app, name="user", help="管理工作人员账号")
app.add_typer(calendar.app, name="calendar", help="管理节假日日历")


def main() -> None:
    """Run the command line; exit status 0 done, 1 refused by a rule, 2 bad input."""
    try:
        status = app(standalone_mode=False)
    except Refused as refusal:
        fail(Outcome.REFUSED, refusal.message, {"refused": refusal.as_dict()})
    except BadInput as error:
        _bad_input(error.where, error.message)
    except TyperException as error:
        _bad_input(*told(error))
    except (NotFound, Incomplete) as error:
        _bad_input("", str(error))
    except WorkflowError as error:
        fail(Outcome.REFUSED, str(error), {"error": {"where": "", "message": str(error)}})
    raise SystemExit(status or Outcome.DONE)


def _bad_input(where: str, message: str) -> NoReturn:
    text = f"{where}：{message}" if where else message
    fail(Outcome.BAD_INPUT, text, {"error": {"where": where, "message": message}})


if __name__ == "__main__":
    main()

"""`mingda calendar`: a year's holiday notice, or a change to it, comes into force."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import Json, Outcome, answer, progress
from workflow.errors import BadInput

app = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="放假安排文件（TOML）", metavar="FILE")]


@app.command("import", help="导入某年的放假安排或其调整，并重算所有未办结的申请")
def import_file(file: File, as_json: Json = False) -> None:
    """导入放假安排。"""
    from api.clock import now
    from api.installation import opened
    from api.settings import from_environment
    from workflow import calendars, timers
    from workflow.law.workdays import BadCalendar

    text = _read(file)
    with opened(from_environment()) as store:
        try:
            with store.transaction() as session:
                year = calendars.import_year(session, text, str(file), now())
        except BadCalendar as error:
            raise BadInput(f"{error.source} 第{error.line}行", error.message) from None
        with store.session() as session, progress("重算未办结的申请", None) as advance:
            moved = timers.recompute(session, now(), advance)
    document = {
        "year": year.year if year else None,
        "loaded": year is not None,
        "recomputed": moved.changed,
        "failed": moved.failed,
    }
    done = f"已导入{year.year}年放假安排（{year.notice}）" if year else "该放假安排已经导入，日历没有变化"
    lines = [done, f"重算后期限有变化的申请：{len(moved.changed)}件", *moved.changed]
    lines += [f"{number}：重算失败（{why}），详见日志" for number, why in moved.failed.items()]
    answer(document, lines, as_json=as_json)
    if moved.failed:
        raise SystemExit(Outcome.REFUSED)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(str(file), f"无法读取：{error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(str(file), "不是 UTF-8 编码的文本") from None

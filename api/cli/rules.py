"""`mingda due` and `mingda fee`: the law alone, without database or web."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.output import Json, answer
from workflow.errors import BadInput
from workflow.law import fees, workdays
from workflow.law.terms import Length
from workflow.law.workdays import Calendar, OutOfRange

Day = Annotated[str, typer.Option("--from", help="起算日（当日不计）", metavar="YYYY-MM-DD")]
Workdays = Annotated[int | None, typer.Option("--workdays", help="工作日数")]
NaturalDays = Annotated[int | None, typer.Option("--natural-days", help="自然日数，届满日为休息日的顺延")]
Months = Annotated[int | None, typer.Option("--months", help="月数，届满日为休息日的顺延")]
Database = Annotated[str | None, typer.Option("--database", help="使用该数据库中已导入的日历")]


def due(
    from_: Day,
    workdays: Workdays = None,
    natural_days: NaturalDays = None,
    months: Months = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """计算期限届满日。"""
    start, calendar = read_day("--from", from_), calendar_of(database)
    given = [n for n in (workdays, natural_days, months) if n is not None]
    if len(given) != 1:
        raise BadInput("--workdays", "请在 --workdays、--natural-days、--months 中选择一项")
    if given[0] < 1:
        raise BadInput("--workdays" if workdays is not None else "--natural-days/--months", "期限至少为1")
    try:
        if workdays is not None:
            document, lines = _workdays(start, workdays, calendar)
        else:
            unit = Length(given[0], "days" if months is None else "months", "民诉法85", start)
            document, lines = _natural(start, unit, calendar)
    except (OutOfRange, OverflowError) as error:
        raise BadInput("--from", f"超出日历范围：{error}") from None
    answer(document, lines, as_json=as_json)


def _workdays(start: date, n: int, calendar: Calendar) -> tuple[dict[str, Any], list[str]]:
    count = calendar.count(start, n)
    document = {
        "due_on": count.due_on.isoformat(),
        "provisional": count.provisional,
        "days": [{"date": day.isoformat(), "n": number} for day, number in count.days],
        "skipped": [{"date": day.isoformat(), "why": why} for day, why in count.skipped],
    }
    lines = [
        *(f"{day}  第{number}个工作日" for day, number in count.days),
        *(f"{day}  不计：{why}" for day, why in count.skipped),
    ]
    return document, [*sorted(lines), _result(count.due_on, provisional=count.provisional)]


def _natural(start: date, length: Length, calendar: Calendar) -> tuple[dict[str, Any], list[str]]:
    nominal, due_on = workdays.natural(start, length, calendar)
    provisional = calendar.is_provisional(nominal, due_on)
    document = {"due_on": due_on.isoformat(), "nominal": nominal.isoformat(), "provisional": provisional}
    rolled = [f"名义届满日{nominal}为休息日（{calendar.why(nominal)}），顺延"] if due_on != nominal else []
    return document, [*rolled, _result(due_on, provisional=provisional)]


def _result(due_on: date, *, provisional: bool) -> str:
    return f"届满日：{due_on}" + ("（暂定：所涉年度的放假安排尚未公布）" if provisional else "")


def read_day(where: str, text: str) -> date:
    """A day in ISO form; raises BadInput."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(where, f"“{text}”不是 YYYY-MM-DD 格式的有效日期") from None


def calendar_of(database: str | None) -> Calendar:
    """The packaged calendar, or the one in force in a database, which is only read; raises BadInput."""
    if database is None:
        return workdays.packaged()
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, DBAPIError

    from workflow import calendars
    from workflow.store import open_engine

    try:
        url = make_url(database)
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            raise BadInput("--database", f"没有数据库文件 {url.database}")
        engine = open_engine(database)
    except (ArgumentError, ModuleNotFoundError):
        raise BadInput(
            "--database", "不是可用的数据库地址（sqlite:///… 或 postgresql+psycopg://…）"
        ) from None
    try:
        return calendars.of_database(engine)
    except DBAPIError as error:
        raise BadInput("--database", f"无法读取：{error.orig}") from None
    finally:
        engine.dispose()


def fee(
    pieces: Annotated[int | None, typer.Option("--pieces", help="本次件数（按件计费）")] = None,
    before: Annotated[int, typer.Option("--before", help="本月此前累计件数")] = 0,
    pages: Annotated[int | None, typer.Option("--pages", help="页数（按量计费）")] = None,
    as_json: Json = False,
) -> None:
    """计算信息处理费。"""
    if (pieces is None) == (pages is None):
        raise BadInput("--pieces/--pages", "请选择按件（--pieces）或按量（--pages）一种方式")
    if min(pieces if pieces is not None else 1, before + 1) < 1 or (pages or 0) < 0:
        raise BadInput("--pieces/--before/--pages", "件数至少为1，累计件数和页数不能为负数")
    if max(pieces or 0, before, pages or 0) > fees.MOST:
        raise BadInput("--pieces/--before/--pages", f"件数和页数不能超过{fees.MOST}")
    result = fees.per_piece(pieces, before) if pieces is not None else fees.per_page(pages or 0)
    document = {"amount_yuan": result.amount_yuan, "basis": result.basis, "steps": list(result.steps)}
    answer(document, result.steps, as_json=as_json)

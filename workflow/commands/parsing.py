"""From what came in (JSON, a form, a scenario) to a body, and from a body to facts and texts."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from workflow.clock import legal_day
from workflow.commands.bodies import BODIES, Body, RegisterNew
from workflow.errors import BadInput
from workflow.vocabulary import Action

#: Pydantic's kinds of fault in the words of the office; anything else is told as it comes.
FAULTS = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这个字段",
    "date_from_datetime_parsing": "日期应为 YYYY-MM-DD 格式的有效日期",
    "date_parsing": "日期应为 YYYY-MM-DD 格式的有效日期",
    "date_type": "日期应为 YYYY-MM-DD 格式的有效日期",
    "date_from_datetime_inexact": "日期应为 YYYY-MM-DD 格式的有效日期",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "文字过长",
    "list_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "json_invalid": "不是有效的 JSON",
}


def parse(action: Action, data: Mapping[str, Any], *, model: type[Body] | None = None) -> Body:
    """The body of an act; raises BadInput naming every faulty field."""
    try:
        return (model or BODIES[action]).model_validate(dict(data))
    except ValidationError as error:
        found = faults(error.errors())
        where = "；".join(f"{place} {message}".strip() for place, message in found)
        raise BadInput(f"{action.value}", where, found) from None


def parse_new(data: Mapping[str, Any]) -> RegisterNew:
    """The body of a registration from nothing: submission and receipt in one."""
    body = parse(Action.REGISTER, data, model=RegisterNew)
    assert isinstance(body, RegisterNew)
    return body


def faults(errors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Pydantic's faults as (field, what is wrong with it)."""
    return [(_place(fault["loc"]), _say(fault)) for fault in errors]


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in loc if part != "body")


def _say(fault: Mapping[str, Any]) -> str:
    if fault["type"] in ("enum", "literal_error"):
        return f"不认识“{fault['input']}”，可用：{fault['ctx']['expected']}"
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return FAULTS.get(fault["type"], str(fault["msg"]))


def split(body: Body) -> tuple[dict[str, Any], dict[str, Any]]:
    """Facts for the event, and the texts that are kept encrypted beside it."""
    facts: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    for name, value in body.model_dump(mode="json", exclude_none=True, exclude={"on"}).items():
        extra = type(body).model_fields[name].json_schema_extra
        if not (isinstance(extra, dict) and extra.get("private")):
            facts[name] = value
            continue
        texts[name] = value
        if isinstance(value, list):
            facts[f"{name}_count"] = len(value)
    return facts, texts


def day_of(body: Body, at: datetime) -> date:
    """The day of the act: as said, else today; a day that has not come is bad input."""
    today = legal_day(at)
    if body.on is not None and body.on > today:
        raise BadInput("on", f"办理日期{body.on}晚于今天{today}")
    return body.on or today

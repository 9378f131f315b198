"""What the fields of a body are made of: lines, texts, counts and days, with their Chinese names."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from workflow.law.fees import MOST
from workflow.law.workdays import FIRST_YEAR, LAST_YEAR


def field(
    zh: str,
    default: Any = ...,
    *,
    private: bool = False,
    area: bool = False,
    seldom: bool = False,
    article: str = "",
) -> Any:
    """A field with its Chinese name; what is private is encrypted beside the event, never in it.

    A form keeps folded up what is asked for seldom.
    """
    extra: dict[str, Any] = {"private": private, "area": area, "seldom": seldom, "article": article}
    return Field(default, title=zh, json_schema_extra=extra)


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Count = Annotated[int, Field(strict=True, ge=-MOST, le=MOST)]


def _civil_day(value: object) -> object:
    """A day is written YYYY-MM-DD; numbers and moments, which Pydantic would take, are none."""
    written = isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII)
    if not written and not (isinstance(value, date) and not isinstance(value, datetime)):
        raise ValueError("日期应为 YYYY-MM-DD 格式的有效日期")
    return value


def _within_calendar(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"日期应在{FIRST_YEAR}年至{LAST_YEAR}年之间")
    return day


Day = Annotated[date, BeforeValidator(_civil_day), AfterValidator(_within_calendar)]


#: A NUL, which PostgreSQL keeps nowhere, and half a character, which nothing can write.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def unstorable(value: object, place: str = "") -> str | None:
    """The place of a text (or of a name) that no database keeps, if there is one."""
    if isinstance(value, str):
        return (place or "内容") if UNSTORABLE.search(value) else None
    if isinstance(value, dict):
        bad_name = any(UNSTORABLE.search(str(name)) for name in value)
        return (place or "内容") if bad_name else _first_unstorable(value.items(), place)
    return _first_unstorable(enumerate(value), place) if isinstance(value, list) else None


def _first_unstorable(parts: Iterable[tuple[object, object]], place: str) -> str | None:
    found = (unstorable(part, f"{place}.{name}".lstrip(".")) for name, part in parts)
    return next(filter(None, found), None)

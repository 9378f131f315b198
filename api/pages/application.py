"""The questions of an application (art. 29), as the citizen and as the clerk are asked them."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from api.forms import Choice, Entry, Field, Typed, entries
from workflow.law.statute import cite_zh

#: How information can be had (arts. 29¶2(3), 40); another wish goes into the description.
FORMS = (
    "纸质，邮寄",
    "纸质，到本机关领取",
    "电子文件，发送电子邮件",
    "电子文件，网上下载",
    "到本机关查阅、抄录",
)
#: Few answers that are best seen at once.
OPEN_TO_SEE = frozenset({"channel", "applicant.kind"})

HINTS: dict[str, str] = {
    "applicant.name": "个人填写身份证件上的姓名，单位填写全称。",
    "applicant.id_number": "个人填写居民身份证号码，单位填写统一社会信用代码。",
    "applicant.contact.phone": "请至少填写一种联系方式，用于确认收到日期和送达文书。",
    "applicant.contact.address": "需要邮寄纸质材料时填写。",
    "applicant.contact.email": "文书发出时会收到提醒。",
    "request.title": "文件名称、文号，或者一句话概括要哪方面的信息。一件申请只写一项。",
    "request.description": "写明时间、地点、项目、文号等便于查找的特征。越具体，找得越准、答复越快。",
    "request.form": "按您的要求和信息保存的实际情况提供。",
}
#: What a browser may fill in for the person before it.
AUTOCOMPLETE: dict[str, str] = {
    "applicant.name": "name",
    "applicant.contact.phone": "tel",
    "applicant.contact.address": "street-address",
    "applicant.contact.email": "email",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading; the ways to reach somebody stand side by side."""

    title: str
    article: str
    entries: tuple[Entry, ...]
    beside: tuple[Entry, ...] = ()


def prepared(fields: Iterable[Field], leave_out: Sequence[str] = ()) -> tuple[Field, ...]:
    """The model's questions as these pages ask them."""
    return tuple(_prepared(field) for field in fields if field.name not in leave_out)


def _prepared(field: Field) -> Field:
    if field.name in OPEN_TO_SEE:
        return replace(field, control="radio")
    if field.name == "request.form":
        return replace(field, control="select", choices=tuple(Choice(each, each, each) for each in FORMS))
    return field


def grouped(
    fields: tuple[Field, ...], typed: Typed | None, faults: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """The three groups of art. 29 for a template, and what belongs to none of them."""
    asked, general = entries(fields, typed, faults)
    groups = [
        Group("申请人", cite_zh("29"), _under(asked, "applicant"), _under(asked, "applicant.contact")),
        Group("需要的信息", cite_zh("29"), _under(asked, "request")),
    ]
    own = [entry for entry in asked if "." not in entry.field.name]
    return {"groups": groups, "own": own, "entries": asked, "general": general}


def _under(asked: Iterable[Entry], place: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in asked if entry.field.name.rpartition(".")[0] == place)


def new_key() -> str:
    """What makes two sendings of one form one application."""
    return secrets.token_urlsafe(18)

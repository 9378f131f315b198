"""The timeline in Chinese: each act with what was entered in it, under the names that its form asks with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.forms import Field, fields_of
from letters.addressing import MASKED, PERSONAL
from letters.kinds import KINDS
from workflow.commands.bodies import BODIES, Body, RegisterNew
from workflow.effects.service import published_until
from workflow.law import terms as law
from workflow.law.statute import cite_zh
from workflow.queries.timeline import Entry
from workflow.vocabulary import Action

Line = tuple[str, str | list[str]]

#: Who asks for what has a place of its own on the page, where papers and contacts are masked.
ELSEWHERE = ("applicant", "request", "on")
ELSEWHERE_ZH = {"applicant": "申请人", "request": "申请内容"}
#: What a row of a ledger tells of a case that was taken over.
LEDGER = {
    "received_on": "收到日期",
    "clarification_sent": "补正告知日期",
    "clarification_received": "补正收到日期",
    "consultation_sent": "征求意见发出日期",
    "consultation_received": "征求意见收到日期",
    "extension_workdays": "延期工作日",
    "fee_yuan": "收费金额（元）",
    "paid_on": "缴费日期",
    "replied_on": "答复日期",
    "served_on": "送达日期",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An act of the timeline with what was entered in it."""

    entry: Entry
    lines: tuple[Line, ...]


def told(entries: Iterable[Entry], names: Mapping[int, str]) -> list[Told]:
    """The timeline; `names` are those of the consulted parties."""
    return [Told(entry, tuple(_lines(entry, names))) for entry in entries]


def _lines(entry: Entry, names: Mapping[int, str]) -> Iterator[Line]:
    if entry.action is Action.RECALCULATE:
        yield "答复期限", f"{entry.facts['from']} → {entry.facts['to']}"
    elif entry.action is Action.IMPORTED:
        yield from ((zh, str(entry.facts[name])) for name, zh in LEDGER.items() if entry.facts.get(name))
    elif entry.action is Action.RECTIFY:
        yield from _correction(entry)
    elif entry.facts.get("deemed"):
        yield "被征求意见方", names.get(entry.facts["party"], "")
        yield "结果", _silence(entry)
    else:
        yield from _entered(model_of(entry.action, entry.texts), {**entry.facts, **entry.texts})
        yield from _deemed_served(entry)


def model_of(action: Action, texts: Mapping[str, Any]) -> type[Body]:
    """The form that an act was entered with."""
    return RegisterNew if action is Action.REGISTER and "applicant" in texts else BODIES[action]


def _deemed_served(entry: Entry) -> Iterator[Line]:
    """A public notice tells the day of service by itself."""
    published = entry.facts.get("published_on")
    if published and not entry.facts.get("served_on"):
        served, article = published_until(date.fromisoformat(published)), cite_zh(law.PUBLIC_NOTICE.article)
        yield "视为送达", f"{served}（{article}）"


def _silence(entry: Entry) -> str:
    if entry.facts.get("consents"):
        return f"逾期未提出意见，视为同意公开（{cite_zh(entry.article)}）"
    return f"逾期未提出意见，由本机关依法决定是否公开（{cite_zh(entry.article)}）"


def _entered(model: type[Body], data: Mapping[str, Any]) -> Iterator[Line]:
    for field in fields_of(model):
        value = data.get(field.name)
        if field.name.split(".")[0] in ELSEWHERE or value is None or (value is False and field.default):
            continue
        yield field.title.partition("（")[0], _shown(field, value, data)


def _shown(field: Field, value: Any, data: Mapping[str, Any]) -> str | list[str]:
    """A value in the words of its form; who signed for a letter, without numbers by which to reach them."""
    if field.name in ("receiver", "receipt"):
        return PERSONAL.sub(MASKED, value)
    if field.name == "letter":
        return f"{KINDS[value].zh} {data.get('number', '')}"
    names = {choice.value: choice.label for choice in field.choices}
    if isinstance(value, list):
        return [names.get(str(each), str(each)) for each in value]
    sent = str(value).lower() if isinstance(value, bool) else str(value)
    return names.get(sent, sent)


def _correction(entry: Entry) -> Iterator[Line]:
    yield "更正", f"第{entry.facts['event']}条记录" + ("，整条作废" if entry.facts.get("void") else "")
    changes, texts = entry.facts.get("changes") or {}, entry.texts.get("changes", {})
    for name, value in {**changes, **texts}.items():
        if name in LEDGER:
            yield LEDGER[name], str(value)
        elif name in ELSEWHERE_ZH:
            yield ELSEWHERE_ZH[name], "已更正，见申请内容"
        elif name in FIELDS:
            yield FIELDS[name].title, "删去" if value is None else _shown(FIELDS[name], value, changes)
    yield "理由", entry.texts.get("reason", "")


#: Every question that an act may be entered with, by its name.
FIELDS: dict[str, Field] = {
    field.name: field for model in (*BODIES.values(), RegisterNew) for field in fields_of(model)
}

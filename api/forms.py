"""HTML forms made from the same Pydantic models as the API's bodies: what to ask, and how to read it back.

An empty field is an absent one. What cannot be read is handed on as typed, so that the one parser names it.
"""

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from workflow.law.decisions import DECISIONS, Decision
from workflow.vocabulary import Word

#: The Chinese names of the code words that stand in no vocabulary.
LITERALS: dict[object, str] = {
    "per_piece": "按件计费",
    "per_page": "按量计费（按页）",
    "reconsideration": "行政复议",
    "direct_litigation": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "permanent": "永久",
    "made": "予以更正",
    "refused": "不予更正",
    "transferred": "转送有权更正的机关",
    "10": "10年",
    "30": "30年",
    34: "第三十四条（公开前征求意见）",
    11: "第十一条（协商、确认）",
    17: "第十七条（保密审查）",
    "public_interest": "不公开将对公共利益造成重大影响（第三十二条）",
}
YES_NO = ((True, "是"), (False, "否"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen: as it is sent, as it is read, and as the model takes it."""

    value: str
    label: str
    meant: object = None


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form; `control` names the macro that draws it (templates/form.html)."""

    name: str
    title: str
    control: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    default: str = ""
    #: The headings under which a nested field stands, outermost first.
    groups: tuple[str, ...] = ()
    article: str = ""
    #: Folded up until somebody needs it.
    seldom: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with what was typed, and what is wrong with it."""

    field: Field
    typed: tuple[str, ...]
    error: str = ""

    @property
    def value(self) -> str:
        """What was typed, as one text."""
        return self.typed[0] if self.typed else ""


Typed = Mapping[str, Sequence[str]]


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The questions of a model in its order; nested models are asked field by field."""
    return tuple(_fields(model, "", (), required=True))


def _fields(model: type[BaseModel], prefix: str, groups: tuple[str, ...], required: bool) -> Iterable[Field]:
    for name, info in model.model_fields.items():
        kind = _plain(info.annotation)
        title = info.title or name
        asked = required and info.is_required()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _fields(kind, f"{prefix}{name}.", (*groups, title), asked)
        else:
            yield _field(f"{prefix}{name}", title, kind, info, groups, asked)


def _field(
    name: str, title: str, kind: Any, info: FieldInfo, groups: tuple[str, ...], required: bool
) -> Field:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    control = "area" if extra.get("area") else _control(kind)
    preset = None if info.default is PydanticUndefined else info.default
    default = "" if preset is None else _sent(preset)
    article = str(extra.get("article") or "")
    seldom = bool(extra.get("seldom"))
    return Field(name, title, control, required, _choices(kind), default, groups, article, seldom)


def _plain(annotation: Any) -> Any:
    """The type behind Annotated and Optional; of a text or a model, the model."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        members = [_plain(member) for member in get_args(annotation) if member is not type(None)]
        nested = [m for m in members if isinstance(m, type) and issubclass(m, BaseModel)]
        return (nested or members)[0] if nested or len(members) == 1 else annotation
    return annotation


def _control(kind: Any) -> str:
    if get_origin(kind) is list:
        return "checks" if _choices(kind) else "lines"
    if kind is bool:
        return "radio"
    if _choices(kind):
        return "select"
    return {date: "date", int: "number"}.get(kind, "pairs" if get_origin(kind) is dict else "text")


def _choices(kind: Any) -> tuple[Choice, ...]:
    if get_origin(kind) is list:
        return tuple(choice for member in _members(get_args(kind)[0]) for choice in _choices(member))
    if kind is bool:
        return tuple(Choice(_sent(meant), label, meant) for meant, label in YES_NO)
    if get_origin(kind) is Literal:
        named = {_sent(meant): meant for meant in get_args(kind)}
        return tuple(Choice(sent, LITERALS.get(meant, sent), meant) for sent, meant in named.items())
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(Choice(word.value, _name(word), word.value) for word in kind)
    return ()


def _members(kind: Any) -> tuple[Any, ...]:
    plain = _plain(kind)
    return get_args(plain) if get_origin(plain) in (Union, types.UnionType) else (plain,)


def _name(word: Enum) -> str:
    if isinstance(word, Decision):
        rule = DECISIONS[word]
        return f"{rule.zh}（{rule.row}）"
    return word.zh if isinstance(word, Word) else str(word.value)


def _sent(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- Offering, showing, reading ----------------------------------------------------------------------


def offer(fields: Iterable[Field], offers: Mapping[str, Sequence[Choice]]) -> tuple[Field, ...]:
    """The same questions, where some are answered by choosing from what the case holds."""
    return tuple(
        replace(field, choices=tuple(offers[field.name]), control=_offered(field))
        if field.name in offers
        else field
        for field in fields
    )


def _offered(field: Field) -> str:
    return "checks" if field.control == "checks" else "select"


def entries(
    fields: Iterable[Field], typed: Typed | None = None, faults: Iterable[tuple[str, str]] = ()
) -> tuple[list[Entry], list[str]]:
    """The form as it is shown: each fault beside its field, and those that belong to none."""
    asked = list(fields)
    errors: dict[str, str] = {}
    general: list[str] = []
    for place, message in faults:
        name = _place(place, [field.name for field in asked])
        if name is None:
            general.append(message)
        else:
            errors.setdefault(name, message)
    return [_entry(field, typed, errors.get(field.name, "")) for field in asked], general


def _entry(field: Field, typed: Typed | None, error: str) -> Entry:
    if typed is None:
        return Entry(field, (field.default,) if field.default else (), error)
    return Entry(field, tuple(typed.get(field.name, ())), error)


def _place(place: str, names: Sequence[str]) -> str | None:
    """The field that a fault names: Pydantic's place without list numbers and union tags."""
    parts = [part for part in place.split(".") if part.isidentifier() and part not in ("Contact", "str")]
    for end in range(len(parts), 0, -1):
        if ".".join(parts[:end]) in names:
            return ".".join(parts[:end])
    inside = [name for name in names if parts and name.startswith(".".join(parts) + ".")]
    return inside[0] if inside else None


def read(fields: Iterable[Field], typed: Typed) -> dict[str, Any]:
    """What was typed as the nested data that the model takes; empty answers are left out."""
    data: dict[str, Any] = {}
    for field in fields:
        value = _value(field, [_lines(text) for text in typed.get(field.name, ()) if text.strip()])
        if value is not None:
            put(data, field.name, value)
    return data


def _lines(text: str) -> str:
    """A browser ends lines its own way."""
    return text.replace("\r\n", "\n")


def put(data: dict[str, Any], name: str, value: Any) -> None:
    """Write a value into nested data under a dotted name."""
    *path, last = name.split(".")
    for step in path:
        data = data.setdefault(step, {})
    data[last] = value


def fill(fields: Iterable[Field], data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The reverse of `read`: nested data as it would have been typed."""
    typed = {field.name: _typed(field, inner(data, field.name)) for field in fields}
    return {name: texts for name, texts in typed.items() if texts}


def inner(data: Any, name: str) -> Any:
    """What nested data hold under a dotted name, None where they hold nothing."""
    for step in name.split("."):
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _typed(field: Field, value: Any) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, list):
        texts = [_sent(each) for each in value]
        return texts if field.control == "checks" else ["\n".join(texts)]
    return [_sent(value)]


def _value(field: Field, texts: Sequence[str]) -> Any:
    if not texts:
        return None
    meant = {choice.value: choice.meant for choice in field.choices}
    if field.control == "checks":
        return [meant.get(text, text) for text in texts]
    if field.control == "lines":
        return [line.strip() for line in texts[0].splitlines() if line.strip()]
    if field.control == "pairs":
        return _pairs(texts[0])
    text = texts[0].strip()
    if field.control == "number":
        return _number(text)
    return meant.get(text, text)


def _number(text: str) -> int | str:
    return int(text) if text.lstrip("-").isdecimal() else text


def _pairs(text: str) -> dict[str, Any] | str:
    """Lines of `name: value`, where an empty value takes the field away."""
    pairs: dict[str, Any] = {}
    for line in filter(str.strip, text.splitlines()):
        name, colon, value = line.replace("：", ":", 1).partition(":")
        if not colon:
            return text
        put(pairs, name.strip(), _number(value.strip()) if value.strip() else None)
    return pairs

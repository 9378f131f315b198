"""The filter of the ledger as its address says it, and what of it cannot be read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from workflow.law.decisions import Decision
from workflow.queries.ledger import Filter, Span
from workflow.queries.lights import Light
from workflow.vocabulary import OPEN_STATES, ApplicantKind, Channel, State

W = TypeVar("W", State, Light, Channel, ApplicantKind, Decision)
#: Days are asked for by these names with _from and _to.
SPANS = {"received": "收到日期", "due": "答复截止", "concluded": "答复日期"}
DAYS = tuple(f"{name}_{end}" for name in SPANS for end in ("from", "to"))
NAMES = ("q", "agency", "state", "light", "unit", "handler", "channel", "kind", "decision", *DAYS)
LONGEST_WORDS, LONGEST_KEY = 200, 9
#: Besides single states: all in which the office still owes something, and all that are closed.
GROUPS = {
    "open": ("在办（全部）", frozenset({State.SUBMITTED, *OPEN_STATES})),
    "closed": ("已办结、已归档", frozenset({State.CONCLUDED, State.ARCHIVED})),
}


class Unreadable(ValueError):
    """A part of the address that says nothing; the text is for the person."""


def asked(params: Mapping[str, str]) -> dict[str, str]:
    """What the address says of the filter; what is empty is left out."""
    said = {name: params.get(name, "").strip()[:LONGEST_WORDS] for name in NAMES}
    return {name: text for name, text in said.items() if text}


def read(said: Mapping[str, str]) -> tuple[Filter, list[str]]:
    """The filter, and everything in it that cannot be read."""
    faults: list[str] = []
    values: dict[str, Any] = {"words": said.get("q", ""), "unit": said.get("unit", "")}
    readers = {
        "states": lambda: _states(said.get("state", "")),
        "light": lambda: _word(Light, said.get("light", ""), "预警"),
        "handler": lambda: number(said["handler"]) if "handler" in said else None,
        "channel": lambda: _word(Channel, said.get("channel", ""), "渠道"),
        "kind": lambda: _word(ApplicantKind, said.get("kind", ""), "申请人类型"),
        "decision": lambda: _word(Decision, said.get("decision", ""), "处理决定"),
        **{name: _span_reader(said, name) for name in SPANS},
    }
    for name, reader in readers.items():
        try:
            values[name] = reader()
        except Unreadable as why:
            faults.append(str(why))
    return Filter(**values), faults


def _states(text: str) -> frozenset[State]:
    if text in GROUPS:
        return GROUPS[text][1]
    word = _word(State, text, "状态")
    return frozenset({word} if word else ())


def _word(words: Iterable[W], text: str, what: str) -> W | None:
    if not text:
        return None
    for word in words:
        if word == text:
            return word
    raise Unreadable(f"没有“{text}”这个{what}")


def _span_reader(said: Mapping[str, str], name: str) -> Any:
    return lambda: _span(said, name)


def _span(said: Mapping[str, str], name: str) -> Span:
    first, last = (_day(said.get(f"{name}_{end}", "")) for end in ("from", "to"))
    if first and last and last < first:
        raise Unreadable(f"{SPANS[name]}的起始日{first}晚于截止日{last}")
    return Span(first, last)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unreadable(f"“{text}”不是 YYYY-MM-DD 格式的有效日期") from None


def number(text: str) -> int | None:
    """A key in an address, if it is one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None

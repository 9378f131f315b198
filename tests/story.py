"""Short ways to tell a case in a test: events as a scenario file has them, played by the real engine."""

from datetime import date, timedelta
from typing import Any

import letters
from workflow.scenario import replay

AGENCY = "招远市自然资源和规划局"
ZHANG = {"kind": "natural_person", "name": "张三", "contact": "13800001234"}
REQUEST = {"title": "某地块征收补偿方案", "description": "2025年某地块征收补偿安置方案及公告"}
Event = dict[str, Any]


def register(on: str, channel: str = "in_person", **more: Any) -> Event:
    """A registration from nothing, received the same day unless said otherwise."""
    return {"on": on, "do": "register", "channel": channel, "applicant": ZHANG, "request": REQUEST, **more}


def do(on: str, action: str, **body: Any) -> Event:
    """Any other act."""
    return {"on": on, "do": action, **body}


def processing(on: str, **more: Any) -> list[Event]:
    """Registered and accepted on one day."""
    return [register(on, **more), do(on, "accept")]


def drafted(on: str, decision: str = "disclosed", **body: Any) -> list[Event]:
    """Drafted, reviewed and signed on one day: ready to be sent."""
    return [
        do(on, "draft_reply", decision=decision, reasons="经检索，答复如下。", **body),
        do(on, "pass_review"),
        do(on, "approve"),
    ]


def play(events: list[Event], as_of: str | None = None) -> dict[str, Any]:
    """The case after these events; fails the test when the engine refuses one."""
    outcome, ok = run(events, as_of)
    assert ok, outcome
    return outcome


def run(events: list[Event], as_of: str | None = None) -> tuple[dict[str, Any], bool]:
    """The answer of the replay, refusal or case, and whether it went as told."""
    document = {"agency": AGENCY, "events": events} | ({"as_of": as_of} if as_of else {})
    return replay(document, letters.issue)


def refusal(events: list[Event]) -> dict[str, Any]:
    """The refusal of the last event; fails the test when it, or an earlier one, goes otherwise."""
    outcome, ok = run(events)
    assert not ok, "nothing was refused"
    refused: dict[str, Any] = outcome["refused"]
    assert refused["event"] == len(events) - 1, outcome
    return refused


def term(case: dict[str, Any], name: str) -> dict[str, Any]:
    """The latest term of that name."""
    found: dict[str, Any] = next(term for term in reversed(case["terms"]) if term["term"] == name)
    return found


def weekday(day: str) -> str:
    """The Chinese weekday of a day, for readable test ids."""
    return "周" + "一二三四五六日"[date.fromisoformat(day).weekday()]


def day_after(day: str) -> str:
    """The next civil day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()

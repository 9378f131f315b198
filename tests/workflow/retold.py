"""A walk retold as a scenario file: the bodies from which the engine would get the same facts."""

from collections.abc import Callable
from typing import Any

from tests.story import REQUEST, ZHANG
from workflow.history import Event
from workflow.vocabulary import Action, Role

Body = dict[str, Any]


def party(number: int) -> str:
    """The name under which a scenario knows a party."""
    return f"第三方{number}号"


def _lines(facts: Body, name: str) -> Body:
    return {name: ["其中一项"] * facts[f"{name}_count"]} if facts.get(f"{name}_count") else {}


#: What an act says besides its facts; what is counted in a fact is a list in the body.
SAID: dict[Action, Callable[[Body], Body]] = {
    Action.SUBMIT: lambda facts: {"applicant": ZHANG, "request": REQUEST},
    Action.REQUEST_CLARIFICATION: lambda facts: _lines(facts, "items"),
    Action.RECEIVE_CLARIFICATION: lambda facts: {"text": "补充说明"},
    Action.RECEIVE_JUSTIFICATION: lambda facts: {"text": "理由"},
    Action.REPLY_ON_THE_SPOT: lambda facts: {"reasons": "已公开。"},
    Action.CONSULT_THIRD_PARTY: lambda facts: {"name": party(facts["party"])},
    Action.CONSULT_AGENCY: lambda facts: {"name": party(facts["party"])},
    Action.RECORD_OPINION: lambda facts: {"name": party(facts["party"])},
    Action.OPEN_CONFERENCE: lambda facts: {"question": "是否公开", **_lines(facts, "participants")},
    Action.CLOSE_CONFERENCE: lambda facts: {"conclusion": "可以公开"},
    Action.CANCEL_FEE: lambda facts: {"reason": "免收"},
    Action.RECORD_PAYMENT: lambda facts: {"receipt_no": "SD-1"},
    Action.EXTEND: lambda facts: {"reason": "案情复杂"},
    Action.DRAFT_REPLY: lambda facts: {
        "reasons": "答复如下。",
        **_lines(facts, "evidence"),
        **_lines(facts, "attachments"),
    },
    Action.RETURN_DRAFT: lambda facts: {"comment": "请修改"},
    Action.REOPEN: lambda facts: {"reason": "责令重新答复"},
    Action.VOID: lambda facts: {"reason": "重复登记"},
    Action.RECTIFY: lambda facts: {"reason": "误录"},
    Action.ASSIGN: lambda facts: {"unit": "规划科"},
    Action.ESCALATE: lambda facts: {"message": "请抓紧办理"},
}
#: Facts that are looked up or counted, and so do not stand in a body.
LOOKED_UP = frozenset({"party", "issued", "number", "before", "dropped"})


def retold(log: list[Event]) -> list[Body]:
    """The events of a scenario; what the timer did alone, it will do again."""
    return [_event(event, anew=event.seq == 1) for event in log if event.role is not Role.SYSTEM]


def _event(event: Event, *, anew: bool) -> Body:
    facts = dict(event.facts)
    body = {n: v for n, v in facts.items() if n not in LOOKED_UP and not n.endswith("_count")}
    said = SAID[event.action](facts) if event.action in SAID else {}
    if event.action is Action.REGISTER:
        said = SAID[Action.SUBMIT](facts) if anew else {}
        body.pop("channel" if not anew else "", None)
    return {"on": event.on.isoformat(), "do": event.action.value, "by": event.role.value, **body, **said}

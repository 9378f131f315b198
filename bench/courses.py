"""What was done with an invented case until it came where it stands: its events as plain rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from workflow.law.decisions import DECISIONS, Decision
from workflow.vocabulary import Action, Role, State

EVENT = (
    *("case_id", "seq", "on_date", "at", "action", "from_state", "to_state", "role", "user_id", "article"),
    *("facts", "letters", "previous_hash", "hash"),
)
#: An act: how many days after the receipt, what, by whom, where it leads, its article, facts and letters.
Step = tuple[int, Action, Role, State, str, Mapping[str, Any], Sequence[str]]
REGISTERED: Step = (
    *(0, Action.REGISTER, Role.CLERK, State.SCREENING, "31"),
    *({"channel": "{channel}", "received_on": "{received}", "warnings": []}, ("receipt",)),
)
ACCEPTED: Step = (1, Action.ACCEPT, Role.CLERK, State.PROCESSING, "45", {"unit": "规划科"}, ())
ASKED: Step = (
    *(2, Action.REQUEST_CLARIFICATION, Role.CLERK, State.AWAITING_CLARIFICATION, "30"),
    *({"within_workdays": 10, "served_on": "{received}"}, ("clarification_request",)),
)
CONSULTED: Step = (
    *(2, Action.CONSULT_THIRD_PARTY, Role.HANDLER, State.CONSULTING, "32"),
    *({"served_on": "{received}", "party": 1}, ("consultation_notice", "third_party_consultation")),
)
DRAFTED: Step = (
    10,
    Action.DRAFT_REPLY,
    Role.HANDLER,
    State.LEGAL_REVIEW,
    "36",
    {"decision": "{decision}"},
    (),
)
WAY: tuple[Step, ...] = (
    *(REGISTERED, ACCEPTED, DRAFTED),
    (12, Action.PASS_REVIEW, Role.LEGAL, State.APPROVAL, "17", {}, ()),
    (15, Action.APPROVE, Role.HEAD, State.APPROVED, "17", {}, ()),
    (18, Action.ISSUE_REPLY, Role.CLERK, State.CONCLUDED, "36", {"method": "registered_post"}, ("{kind}",)),
    (
        *(22, Action.RECORD_SERVICE, Role.CLERK, State.CONCLUDED, "45"),
        {
            "method": "registered_post",
            "served_on": "{served}",
            "returned": False,
            "letter": "{kind}",
            "issued": 6,
            "number": "{reply}",
        },
        (),
    ),
    (40, Action.ARCHIVE, Role.CLERK, State.ARCHIVED, "45", {"retention": 30}, ()),
)
#: How a case comes to stand where it does.
COURSES: dict[State, tuple[Step, ...]] = {
    State.SCREENING: WAY[:1],
    State.AWAITING_CLARIFICATION: (REGISTERED, ASKED),
    State.PROCESSING: WAY[:2],
    State.CONSULTING: (REGISTERED, ACCEPTED, CONSULTED),
    State.LEGAL_REVIEW: WAY[:3],
    State.APPROVAL: WAY[:4],
    State.APPROVED: WAY[:5],
    State.CONCLUDED: WAY[:6],
    State.ARCHIVED: WAY,
}


def _template(step: Step) -> tuple[int, str, str, str, str, str, str]:
    """The step with its JSON as text to be filled in; made once, used a million times."""
    days, action, role, state, article, facts, letters = step
    sent = [{"kind": kind, "number": "{reply}"} for kind in letters]
    return days, action.value, role.value, state.value, article, _fillable(facts), _fillable(sent)


def _fillable(data: Any) -> str:
    """JSON whose own braces are not taken for places to fill in."""
    text = json.dumps(data, ensure_ascii=False).replace("{", "{{").replace("}", "}}")
    for name in ("channel", "received", "served", "decision", "kind", "reply"):
        text = text.replace("{{" + name + "}}", "{" + name + "}")
    return text


TEMPLATES = {state: tuple(map(_template, steps)) for state, steps in COURSES.items()}


def course(
    state: State,
    case_id: int,
    received: date,
    decision: Decision | None,
    people: Sequence[int],
    told: Mapping[str, str],
) -> list[tuple[Any, ...]]:
    """The events of a case that stands there, received on that day."""
    words = {
        **told,
        "received": received.isoformat(),
        "served": (received + timedelta(days=20)).isoformat(),
        "decision": (decision or Decision.DISCLOSED).value,
        "kind": (decision and DECISIONS[decision].letter_kind) or "disclosed",
    }
    rows: list[tuple[Any, ...]] = []
    before = None
    for seq, (days, action, role, after, article, facts, letters) in enumerate(TEMPLATES[state], start=1):
        on = (received + timedelta(days=days)).isoformat()
        rows.append(
            (
                *(case_id, seq, on, f"{on} 01:00:00.000000", action, before, after, role),
                *(people[seq % len(people)], article, facts.format_map(words), letters.format_map(words)),
                *(f"{case_id:062x}{seq - 1:02x}", f"{case_id:062x}{seq:02x}"),
            )
        )
        before = after
    return rows

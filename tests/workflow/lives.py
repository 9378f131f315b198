"""What can happen next to a case, drawn at random: the facts of every act, sensible and senseless."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.workflow.walk import Walk
from workflow.corrections import effective
from workflow.history import Event
from workflow.law.decisions import Decision
from workflow.vocabulary import Action, Channel, Method, Role

Facts = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

NOTICE_METHODS = [None, Method.IN_PERSON, Method.ONLINE, Method.REGISTERED_POST, Method.ORDINARY_POST]
GROUNDS = ["third_party_rights", "internal_affairs", "not_held", "public_interest", "repeat"]


def facts_of(action: Action, walk: Walk, today: date, draw: Draw) -> Facts:
    """Facts for that act; most are possible, some are what the rules are there for."""
    told = MAKERS[action](walk, today, draw) if action in MAKERS else {}
    return {name: value for name, value in told.items() if value is not None}


def _maybe_past(today: date, draw: Draw) -> str | None:
    """A day up to three weeks ago, or none."""
    back = draw(st.none() | st.integers(0, 21))
    return None if back is None else (today - timedelta(days=back)).isoformat()


def _coming(today: date, draw: Draw) -> str:
    return (today + timedelta(days=draw(st.integers(-1, 60)))).isoformat()


def _notice(today: date, draw: Draw) -> Facts:
    after = draw(st.none() | st.integers(0, 12))
    return {
        "served_on": None if after is None else (today + timedelta(days=after)).isoformat(),
        "method": draw(st.sampled_from(NOTICE_METHODS)),
    }


def _submit(walk: Walk, today: date, draw: Draw) -> Facts:
    return {"channel": draw(st.sampled_from(Channel))}


def _register(walk: Walk, today: date, draw: Draw) -> Facts:
    """From nothing with all that a submission says; else only the day."""
    submitted = {} if walk.log else _submit(walk, today, draw)
    return submitted | {"received_on": _maybe_past(today, draw)}


def _ask(walk: Walk, today: date, draw: Draw) -> Facts:
    counted = {"items_count": draw(st.integers(0, 3)), "within_workdays": draw(st.integers(0, 20))}
    return _notice(today, draw) | counted


def _answer(walk: Walk, today: date, draw: Draw) -> Facts:
    return {"received_on": _maybe_past(today, draw)}


def _judge(walk: Walk, today: date, draw: Draw) -> Facts:
    reply_by = _coming(today, draw) if draw(st.booleans()) else None
    return {"reasonable": draw(st.booleans()), "reply_by": reply_by}


def _consult(walk: Walk, today: date, draw: Draw) -> Facts:
    return _notice(today, draw) | {"party": draw(st.integers(1, 3))}


def _consult_agency(walk: Walk, today: date, draw: Draw) -> Facts:
    return _consult(walk, today, draw) | {"under": draw(st.sampled_from([34, 11, 17]))}


def _opinion(walk: Walk, today: date, draw: Draw) -> Facts:
    return {
        "party": draw(st.integers(1, 3)),
        "consents": draw(st.booleans()),
        "reasonable": draw(st.none() | st.booleans()),
        "received_on": _maybe_past(today, draw),
    }


def _assess(walk: Walk, today: date, draw: Draw) -> Facts:
    if draw(st.booleans()):
        pieces = {"pieces": draw(st.integers(0, 15)), "before": draw(st.integers(0, 40))}
        return _notice(today, draw) | {"basis": "per_piece"} | pieces
    return _notice(today, draw) | {"basis": "per_page", "pages": draw(st.sampled_from([-1, 10, 68]))}


def _draft(walk: Walk, today: date, draw: Draw) -> Facts:
    """The evidence is there most of the time, and the decision one of many that are easily made."""
    easy = st.sampled_from([Decision.DISCLOSED, Decision.THIRD_PARTY_RIGHTS, Decision.PARTLY_DISCLOSED])
    return {
        "decision": draw(easy | st.sampled_from(Decision)),
        "grounds": draw(st.none() | st.lists(st.sampled_from(GROUNDS), max_size=2)),
        "evidence_count": draw(st.integers(0, 4)),
        "attachments_count": draw(st.integers(0, 1)),
    }


def _serve(walk: Walk, today: date, draw: Draw) -> Facts:
    sent = [(letter, event) for event in walk.log for letter in event.letters]
    if not sent:
        return {"method": "registered_post"}
    letter, event = draw(st.sampled_from(sent))
    method = draw(st.sampled_from(Method))
    published = _maybe_past(today, draw) if method is Method.PUBLIC_NOTICE else None
    served = _maybe_past(today, draw) or today.isoformat()
    return {
        "letter": letter.kind,
        "issued": event.seq,
        "number": letter.number,
        "served_on": None if published and draw(st.booleans()) else served,
        "method": method,
        "published_on": published,
        "returned": draw(st.booleans()) or None,
    }


def _remedy(walk: Walk, today: date, draw: Draw) -> Facts:
    filed = _maybe_past(today, draw) or today.isoformat()
    return {
        "kind": draw(st.sampled_from(["reconsideration", "direct_litigation"])),
        "filed_on": filed,
        "outcome": draw(st.none() | st.sampled_from(["upheld", "corrected"])),
        "decided_on": _maybe_past(today, draw),
    }


MAKERS: dict[Action, Callable[[Walk, date, Draw], Facts]] = {
    Action.SUBMIT: _submit,
    Action.REGISTER: _register,
    Action.REQUEST_CLARIFICATION: _ask,
    Action.RECEIVE_CLARIFICATION: _answer,
    Action.REQUEST_JUSTIFICATION: _ask,
    Action.RECEIVE_JUSTIFICATION: _answer,
    Action.JUDGE_JUSTIFICATION: _judge,
    Action.REPLY_ON_THE_SPOT: lambda walk, today, draw: {
        "decision": draw(st.sampled_from(["already_public", "disclosed", "publication", "not_held"]))
    },
    Action.CONSULT_THIRD_PARTY: _consult,
    Action.CONSULT_AGENCY: _consult_agency,
    Action.RECORD_OPINION: _opinion,
    Action.OPEN_CONFERENCE: lambda walk, today, draw: {"participants_count": draw(st.integers(0, 2))},
    Action.ASSESS_FEE: _assess,
    Action.RECORD_PAYMENT: lambda walk, today, draw: {"paid_on": _maybe_past(today, draw)},
    Action.EXTEND: lambda walk, today, draw: {"workdays": draw(st.integers(0, 21))},
    Action.DRAFT_REPLY: _draft,
    Action.ISSUE_REPLY: lambda walk, today, draw: {"method": draw(st.sampled_from(Method))},
    Action.RECORD_SERVICE: _serve,
    Action.ARCHIVE: lambda walk, today, draw: {"retention": 30},
    Action.RECORD_REMEDY: _remedy,
    Action.REOPEN: lambda walk, today, draw: {"reply_by": _coming(today, draw)},
}

#: What a correction may change of an event, drawn like the act itself.
CORRECTED = {
    Action.SUBMIT: ("channel",),
    Action.REGISTER: ("received_on", "channel"),
    Action.RECEIVE_CLARIFICATION: ("received_on",),
    Action.CONSULT_THIRD_PARTY: ("served_on", "method", "party"),
    Action.CONSULT_AGENCY: ("served_on", "method", "under"),
    Action.RECORD_OPINION: ("received_on", "consents"),
    Action.RECORD_PAYMENT: ("paid_on",),
    Action.EXTEND: ("workdays",),
    Action.RECORD_SERVICE: ("served_on",),
}


def correctable(walk: Walk) -> list[Event]:
    """The events of people that still stand, but for corrections themselves and for 督办."""
    untouched = (Action.RECTIFY, Action.ESCALATE)
    return [e for e in effective(walk.log) if e.role is not Role.SYSTEM and e.action not in untouched]


def changes_of(event: Event, walk: Walk, draw: Draw) -> Facts:
    """New values for the facts of an event; a None takes one away, if the act can do without it."""
    before = Walk() if event.seq == 1 else walk
    drawn = MAKERS[event.action](before, event.on, draw)
    needed = {"channel", "party", "under", "workdays", "consents"}
    if event.action is Action.RECORD_SERVICE and not (
        event.facts.get("published_on") or event.facts.get("returned")
    ):
        needed.add("served_on")
    return {
        name: drawn[name]
        for name in CORRECTED[event.action]
        if name in drawn and (drawn[name] is not None or name not in needed)
    }

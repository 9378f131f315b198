"""Correcting a record: the change is checked like the act itself, then the whole log is replayed."""

from typing import Any

from workflow.casefile import parties, texts_of
from workflow.commands.bodies import BODIES, Body, RegisterNew, Submit
from workflow.commands.intake import columns_of, receipt_warnings, warnings_of
from workflow.commands.ledgered import corrected_row
from workflow.commands.parsing import parse, split
from workflow.commands.prepare import PREPARE, Prepared, staff_named
from workflow.corrections import effective, sender
from workflow.errors import BadInput
from workflow.history import Event
from workflow.vocabulary import Action

#: Facts that are looked up, not entered: they follow from the rest.
DERIVED = frozenset({"party", "before", "issued", "number", "warnings", "asked"})
#: What the system wrote, or what is itself a correction, is not corrected by hand.
UNTOUCHABLE = frozenset({Action.RECTIFY, Action.RECALCULATE, Action.ESCALATE})
#: Acts that say who has the case, or for how many pieces it counts.
SETTING = frozenset({Action.ACCEPT, Action.ASSIGN, Action.ASSESS_FEE})
CONSULTING = frozenset({Action.CONSULT_THIRD_PARTY, Action.CONSULT_AGENCY})


def rectify(act: Prepared) -> None:
    """Turn the changes into corrected facts and texts of the event that they correct."""
    wanted = act.facts.pop("changes", None) or {}
    event = _event(act, act.facts["event"])
    _change(act, event, wanted)
    reissues = sender(act.file.log.events, event.seq)
    if reissues and not act.facts.get("void"):
        act.facts["reissues"] = reissues
    if event.action in SETTING:
        act.sets |= _columns(act)


def _change(act: Prepared, event: Event, wanted: dict[str, Any]) -> None:
    if act.facts.get("void"):
        if wanted:
            raise BadInput("changes", "整条作废的，不能同时更正内容")
        if event.seq == 1:
            raise BadInput("event", "第1条记录是本件的登记，整件登记有误请使用“作废”")
        return
    if not wanted:
        raise BadInput("changes", "请写明需要更正的内容，或选择整条作废")
    if event.action is Action.IMPORTED:
        act.facts["changes"] = corrected_row(event.facts, wanted, act.on)
        return
    _correct(act, event, wanted)


def _event(act: Prepared, number: int) -> Event:
    current = {event.seq: event for event in effective(act.file.log.events)}
    event = current.get(number)
    if event is None or event.action in UNTOUCHABLE or event.facts.get("deemed"):
        raise BadInput("event", f"本件没有可以更正的第{number}条记录")
    return event


def _correct(act: Prepared, event: Event, wanted: dict[str, Any]) -> None:
    """Check the corrected body by the act's own model, and keep what differs."""
    texts = texts_of(act.session, act.file).get(event.seq, {})
    entered = {
        name: value
        for name, value in event.facts.items()
        if name not in DERIVED and not name.endswith("_count")
    }
    if "number" in event.facts:
        entered["letter"] = event.facts["number"]
    merged = _merge({"on": event.on.isoformat(), **entered, **texts}, wanted)
    model = _model(event, texts)
    body = parse(event.action, merged, model=model)
    facts, new_texts = split(body)
    corrected = Prepared(act.session, act.file, act.by, body.on or event.on, facts, new_texts)
    if event.action in PREPARE and event.action is not Action.REGISTER:
        PREPARE[event.action](corrected)
        _keep_party(act, event, corrected)
        if "before" in event.facts and "before" in corrected.facts:
            corrected.facts["before"] = event.facts["before"]  # What came earlier is known since the notice.
    if event.action in (Action.SUBMIT, Action.REGISTER):
        corrected.facts["warnings"] = _warnings(act, event, body, facts)
    act.facts["changes"] = _difference(event, corrected)
    act.texts["changes"] = {name: text for name, text in corrected.texts.items() if texts.get(name) != text}
    if isinstance(body, Submit) and act.texts["changes"]:
        act.sets |= columns_of(act.session, body)
    if isinstance(body, Submit):
        act.sets["channel"] = body.channel


def _keep_party(act: Prepared, event: Event, corrected: Prepared) -> None:
    """A consulted party whose name is put right stays who it is, with all that it was sent and has said."""
    if event.action not in CONSULTING or corrected.texts["name"] in parties(act.session, act.file).values():
        return
    party = event.facts["party"]
    asked = [
        e for e in effective(act.file.log.events) if e.action in CONSULTING and e.facts["party"] == party
    ]
    if len(asked) == 1:
        corrected.facts["party"] = party


def _columns(act: Prepared) -> dict[str, Any]:
    """Who has the case, and for how many pieces it counts, as the corrected log says in the end."""
    log = act.file.log.events
    correction = Event(len(log) + 1, act.on, Action.RECTIFY, act.by.role, act.facts)
    unit = handler = pieces = None
    for event in effective([*log, correction]):
        unit = event.facts.get("unit", unit)
        handler = event.facts.get("handler") if event.action is Action.ASSIGN else handler
        pieces = event.facts.get("pieces") if event.action is Action.ASSESS_FEE else pieces
    handler_id = staff_named(act.session, act.file.row.agency_id, handler) if handler else None
    return {"unit": unit, "handler_id": handler_id, "pieces": pieces}


def _warnings(act: Prepared, event: Event, body: Body, facts: dict[str, Any]) -> list[str]:
    """What is missing or looks wrong about the application as it stands corrected."""
    applicant = warnings_of(body.applicant) if isinstance(body, Submit) else []
    if event.action is Action.SUBMIT:
        return applicant
    channel = body.channel if isinstance(body, Submit) else act.file.row.channel
    return [*applicant, *receipt_warnings(channel, facts)]


def _merge(old: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Changes go into nested objects field by field; a null takes a field away."""
    merged = dict(old)
    for name, value in wanted.items():
        if isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = _merge(merged[name], value)
        elif value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged


def _model(event: Event, texts: dict[str, Any]) -> type[Body]:
    registered_new = event.action is Action.REGISTER and "applicant" in texts
    return RegisterNew if registered_new else BODIES[event.action]


def _difference(event: Event, corrected: Prepared) -> dict[str, Any]:
    changes: dict[str, Any] = {
        name: value for name, value in corrected.facts.items() if event.facts.get(name) != value
    }
    gone = set(event.facts) - set(corrected.facts) - DERIVED
    changes |= dict.fromkeys(gone)
    if corrected.on != event.on:
        changes["on"] = corrected.on.isoformat()
    return changes

"""The log of a case as it stands corrected: nothing in it is overwritten, everything is read anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from workflow.history import Event
from workflow.vocabulary import Action

#: What changes how the rest of a log is read.
REPLAYED = frozenset({Action.RECTIFY, Action.IMPORTED})


def effective(log: Iterable[Event]) -> list[Event]:
    """The log as corrected: what was rectified stands changed, what was struck out is passed over."""
    events = list(log)
    if not any(event.action in REPLAYED for event in events):
        return events
    struck: set[int] = set()
    changes: dict[int, dict[str, Any]] = {}
    for event in events:
        if event.action is Action.RECTIFY:
            target = event.facts["event"]
            struck.update(event.facts.get("dropped", ()))
            if event.facts.get("void"):
                struck.add(target)
            changes.setdefault(target, {}).update(event.facts.get("changes", {}))
    # A later import tells the whole course anew; what stands before it is the system's own doing.
    imports = [event.seq for event in events if event.action is Action.IMPORTED and event.seq not in struck]
    struck.update(event.seq for event in events if imports and event.seq < imports[-1])
    return [corrected(e, changes.get(e.seq, {})) for e in events if e.seq not in struck]


def sender(log: Iterable[Event], number: int) -> int | None:
    """The act whose letters tell of a record: the act itself, or the one that issued it as a draft."""
    draft = None
    for event in effective(log):
        if event.action is Action.DRAFT_REPLY:
            draft = event.seq
        elif event.letters and number in (event.seq, draft if event.action is Action.ISSUE_REPLY else None):
            return event.seq
    return None


def corrected(event: Event, changes: dict[str, Any]) -> Event:
    """The event with its facts (and its day, `on`) changed; a null takes a fact away."""
    if not changes:
        return event
    on = date.fromisoformat(changes["on"]) if changes.get("on") else event.on
    facts = {
        name: value
        for name, value in {**event.facts, **changes}.items()
        if value is not None and name != "on"
    }
    return replace(event, on=on, facts=facts)

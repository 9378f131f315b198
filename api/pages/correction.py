"""Correcting a record by the form it was entered with: filled with what is recorded, read as what differs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.forms import Field, Typed, fields_of, fill, inner, put
from api.pages.course import model_of
from workflow.casefile import CaseFile, texts_of
from workflow.commands.bodies import BODIES
from workflow.commands.rectification import UNTOUCHABLE
from workflow.corrections import effective
from workflow.errors import BadInput, NotFound
from workflow.history import Event
from workflow.store import Session
from workflow.vocabulary import Action

INSIDE = "changes."
#: Not shown again in full: an empty answer leaves them as they are.
MASKED = frozenset(
    {
        "applicant.id_number",
        "applicant.contact.phone",
        "applicant.contact.address",
        "applicant.contact.email",
    }
)
HINTS = {INSIDE + name: "不填则不更正；原内容不在这里显示。" for name in MASKED} | {
    "void": "整条记录按没有办理过计算，上面的更正不再适用。"
}


@dataclass(frozen=True, slots=True)
class Target:
    """The record that is corrected: which one, and what it says now under the names of its form."""

    event: Event
    recorded: Mapping[str, Any]
    fields: tuple[Field, ...]

    def typed(self, fields: tuple[Field, ...]) -> Typed:
        """The form as it is opened: with what is recorded, but for papers and contacts."""
        shown = fill(fields, {"changes": self.recorded})
        return {name: texts for name, texts in shown.items() if name.removeprefix(INSIDE) not in MASKED}

    def body(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The act: the record's number, the reason, and only what differs."""
        kept = {name: value for name, value in data.items() if name != "changes"}
        act = {**kept, "event": self.event.seq}
        return act if data.get("void") else {**act, "changes": self._changes(data)}

    def faults(self, error: BadInput) -> list[tuple[str, str]]:
        """Faults of the record stand beside the record's questions, those of the act beside the act's."""
        inside = INSIDE if error.where == self.event.action else ""
        return [(inside + place, message) for place, message in error.details]

    def _changes(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What was entered otherwise than it is recorded; what was emptied is taken away (null)."""
        asked = [f for f in self.fields if f.name.startswith(INSIDE)]
        before, after = fill(asked, {"changes": self.recorded}), fill(asked, data)
        changes: dict[str, Any] = {}
        for name in (f.name for f in asked):
            emptied_unseen = name not in after and name.removeprefix(INSIDE) in MASKED
            if before.get(name) != after.get(name) and not emptied_unseen:
                put(changes, name.removeprefix(INSIDE), inner(data, name))
        return changes


def target(session: Session, file: CaseFile, seq: int) -> Target | None:
    """A record as it can be corrected; None for a ledger's row, which has no form of its own."""
    event = next((each for each in correctable(file) if each.seq == seq), None)
    if event is None:
        raise NotFound(f"本件没有可以更正的第{seq}条记录")
    if event.action is Action.IMPORTED:
        return None
    texts = texts_of(session, file).get(seq, {})
    own = fields_of(model_of(event.action, texts))
    inside = tuple(replace(f, name=INSIDE + f.name, required=False) for f in own)
    rest = tuple(f for f in fields_of(BODIES[Action.RECTIFY]) if f.name not in ("event", "changes"))
    letter = {"letter": event.facts["number"]} if "number" in event.facts else {}
    recorded = {"on": event.on.isoformat(), **event.facts, **texts, **letter}
    return Target(event, recorded, (*inside, *rest))


def correctable(file: CaseFile) -> list[Event]:
    """The records that a person entered and that count."""
    return [
        event
        for event in effective(file.log.events)
        if event.action not in UNTOUCHABLE and not event.facts.get("deemed")
    ]

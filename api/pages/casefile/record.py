"""What has been done with a case: the timeline, who was asked, the fee, and the draft under review."""

from collections.abc import Mapping
from typing import Any

from api.forms import LITERALS
from api.pages.course import told
from workflow.casefile import CaseFile, parties, texts_of
from workflow.corrections import effective
from workflow.queries.timeline import timeline
from workflow.store import Session
from workflow.vocabulary import Action, State

#: A draft is shown to those who review, sign and send it.
DRAFTED = frozenset({State.LEGAL_REVIEW, State.APPROVAL, State.APPROVED})


def record(session: Session, file: CaseFile) -> dict[str, Any]:
    """All of it, for the page."""
    h, texts = file.history, texts_of(session, file)
    names = parties(session, file)
    draft = h.draft if h.state in DRAFTED else None
    course = told(timeline(session, file), names)
    pressing = [each for each in course if each.entry.action is Action.ESCALATE and h.is_open]
    return {
        "course": course,
        "pressed": pressing[-1] if pressing else None,
        "consultations": [(c, names.get(c.party, "第三方"), h.terms[c.term]) for c in h.consultations],
        "conferences": _conferences(file, texts),
        "fees": h.fees,
        "remedies": [
            (LITERALS[each.kind], each, LITERALS[each.outcome] if each.outcome else "") for each in h.remedies
        ],
        "draft": draft,
        "draft_texts": texts.get(draft.event, {}) if draft else {},
    }


def _conferences(file: CaseFile, texts: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each 会商 with its question and, once there is one, its conclusion."""
    found: list[dict[str, Any]] = []
    for event in effective(file.log.events):
        if event.action is Action.OPEN_CONFERENCE:
            found.append({"on": event.on, "conclusion": None, **texts.get(event.seq, {})})
        elif event.action is Action.CLOSE_CONFERENCE:
            found[-1]["conclusion"] = texts.get(event.seq, {}).get("conclusion", "")
    return found

"""What the page of a case tells of the seven questions, and beside a draft of what it proves."""

from typing import Any

from api.accounts import User
from workflow.casefile import CaseFile, texts_of
from workflow.guidance import READERS, Guided, guided, may_answer
from workflow.law.evidence import checked
from workflow.law.guide import STEPS
from workflow.store import Session
from workflow.vocabulary import Action, State

#: Where a draft is reviewed, signed and sent.
REVIEWED = frozenset({State.LEGAL_REVIEW, State.APPROVAL, State.APPROVED})


def guide_card(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    """The answers for those who may read them, and the list of proof of a draft under review."""
    if file.row.agency_id != user.agency_id or READERS.isdisjoint(user.roles):
        return {"guide": None, "guide_may": False, "proofs": (), "proofs_rest": ()}
    its = guided(session, file.id)
    may = may_answer(file, user.roles)
    return {
        "guide": its if its.given or may else None,
        "guide_may": may,
        **_words(its),
        **_proofs(session, file),
    }


def _words(its: Guided) -> dict[str, Any]:
    """The names of the questions, and of the acts that the answers wait for."""
    first = dict.fromkeys(Action(each.action).zh for each in its.way.first)
    return {"guide_steps": [(step.code, step.zh) for step in STEPS], "guide_first": list(first)}


def _proofs(session: Session, file: CaseFile) -> dict[str, Any]:
    """What a draft under review has to prove, with what it names for each."""
    draft = file.history.draft
    if draft is None or file.history.state not in REVIEWED:
        return {"proofs": (), "proofs_rest": ()}
    lines = texts_of(session, file).get(draft.event, {}).get("evidence") or []
    proofs, rest = checked(draft.decision, draft.grounds, lines)
    return {"proofs": proofs, "proofs_rest": rest}

"""What the office keeps beside a case and outside its log: notes, links, where it was made public."""

from typing import Any

from api.accounts import User
from api.acting import owner_of
from api.pages.textview import moment
from workflow.casefile import CaseFile
from workflow.commands.handing import may
from workflow.links import Relation, links
from workflow.memos import MemoKind, memos
from workflow.publicity import made_public, may_mark
from workflow.store import Session
from workflow.vocabulary import Action, Role


def beside(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    """All of it, for the page; only the staff of the case's agency may add to it."""
    own = file.row.agency_id == user.agency_id
    linked = links(session, file.id, user.agencies)
    return {
        "own": own,
        "notes": memos(session, file.id, MemoKind.NOTE),
        "links": linked,
        "linked": {each.number: each.relation for each in linked},
        "relations": list(Relation),
        "made_public": made_public(session, file.id),
        "may_mark": own and Role.CLERK in user.roles and may_mark(file),
        "moment": moment,
        **handing(session, user, file),
    }


def handing(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    """What colleagues ask for, and what this person may ask for or answer."""
    asked = memos(session, file.id, MemoKind.HAND_BACK, MemoKind.REMINDER)
    return {
        "asked_for": [each for each in asked if each.settled_at is None],
        "settled": [each for each in asked if each.settled_at is not None],
        "may": may(session, file, owner_of(user, file.row.agency_id)),
        "handed_over": any(event.action is Action.ASSIGN for event in file.log.events),
    }

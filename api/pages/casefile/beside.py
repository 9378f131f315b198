"""What the office keeps beside a case and outside its log: notes."""

from typing import Any

from api.accounts import User
from api.pages.textview import moment
from workflow.casefile import CaseFile
from workflow.memos import MemoKind, memos
from workflow.store import Session


def beside(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    """All of it, for the page; only the staff of the case's agency may add to it."""
    return {
        "own": file.row.agency_id == user.agency_id,
        "notes": memos(session, file.id, MemoKind.NOTE),
        "moment": moment,
    }

"""What a program is told whose act was overtaken: the case as it was seen, and as it is."""

from datetime import date
from typing import Any

from api import acting
from api.accounts import User
from api.clock import today
from api.errors import told
from workflow.casefile import CaseFile, open_file
from workflow.errors import Stale
from workflow.queries.versions import version_of
from workflow.store import Session, Store
from workflow.vocabulary import Action


def overtaken(store: Store, user: User, number: str, action: Action, error: Stale) -> dict[str, Any]:
    """The body of the 409: what every stale act is told, and both versions of the case."""
    _status, content = told(error)
    with store.reading() as session:
        file = open_file(session, number, agencies=user.agencies)
        seen = _seen(session, file, error.expected)
        case = acting.case_json(session, user, file)
    shown = {"version": file.version, "expected": error.expected, "seen": seen, "case": case}
    return content | {"action": action, "state": file.history.state} | shown


def _seen(session: Session, file: CaseFile, number: int) -> dict[str, Any] | None:
    """The version that the caller names; None if there has never been one of that number."""
    if not 0 < number <= file.version:
        return None
    version = version_of(session, file, number, today())
    return {
        "version": number,
        "state": version.state,
        "received_on": _day(version.received_on),
        "due_on": _day(version.due_on),
        "unit": version.unit,
        "handler": version.handler,
        "decision": version.decision,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

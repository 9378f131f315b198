"""What a person may do with a case: the acts in their order, and a further part of the same application."""

from collections.abc import Sequence

from api import acting
from api.accounts import User
from workflow.casefile import CaseFile
from workflow.queries.desk import NEXT
from workflow.queries.parts import Part
from workflow.store import Session
from workflow.vocabulary import Action, Role, State

#: What is not on the way from the counter to the archive stands behind the rest.
ASIDE = frozenset(
    {
        Action.ASSIGN,
        Action.WITHDRAW,
        Action.CANCEL_FEE,
        Action.RECORD_REMEDY,
        Action.REOPEN,
        Action.RECTIFY,
        Action.VOID,
    }
)

#: Who may carry a whole file away.
EXPORTING = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD})


def acts(session: Session, user: User, file: CaseFile) -> dict[str, list[Action]]:
    """The buttons: what is usual here first, then the rest of the way, then what is beside it."""
    found = acting.permitted(session, user, file)
    usual = NEXT.get(file.history.state) if file.history.state else None
    onward = [action for action in found if action not in ASIDE]
    first = onward if len(onward) == 1 else [action for action in onward if action is usual]
    return {
        "usual": first,
        "onward": [action for action in onward if action not in first],
        "aside": [action for action in found if action in ASIDE],
    }


def further_part(user: User, file: CaseFile, parts: Sequence[Part]) -> str:
    """Of which number this person may register a further part of the same application; of none, if empty."""
    first = next((each.number for each in parts if each.first), file.row.number)
    registered = file.history.received_on is not None and file.history.state is not State.VOIDED
    may = registered and Role.CLERK in user.roles and file.row.agency_id == user.agency_id
    return first if may else ""


def may_export(user: User, file: CaseFile) -> bool:
    """Whether this person may carry the file of this case away."""
    return file.row.agency_id == user.agency_id and not EXPORTING.isdisjoint(user.roles)

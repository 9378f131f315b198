"""The views of the ledger that a person may open: the own ones, and those that the agency shares."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from workflow.store import Session
from workflow.tables import LEDGER_VIEWS, USERS


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view as it is listed."""

    id: int
    name: str
    query: str
    shared: bool
    own: bool
    owner: str


def saved_views(session: Session, agency_id: int, user_id: int) -> list[SavedView]:
    """The own views first, each kind by name."""
    columns = (LEDGER_VIEWS.c[name] for name in ("id", "name", "query", "shared", "user_id"))
    reach = or_(LEDGER_VIEWS.c.user_id == user_id, LEDGER_VIEWS.c.shared)
    found = session.execute(
        select(*columns, USERS.c.name.label("owner"))
        .join(USERS, USERS.c.id == LEDGER_VIEWS.c.user_id)
        .where(LEDGER_VIEWS.c.agency_id == agency_id, reach)
    )
    views = [
        SavedView(row.id, row.name, row.query, row.shared, row.user_id == user_id, row.owner) for row in found
    ]
    return sorted(views, key=lambda view: (not view.own, view.name, view.id))

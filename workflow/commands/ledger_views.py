"""Keeping views of the ledger: saved under a name, saved again in place of the old, taken away."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select

from workflow.errors import BadInput, NotFound
from workflow.store import Session
from workflow.tables import LEDGER_VIEWS

#: A list that nobody can survey helps nobody.
MOST, LONGEST_NAME = 30, 40


def save_view(
    session: Session, *, agency_id: int, user_id: int, name: str, query: str, shared: bool, at: datetime
) -> None:
    """Keep a view under that name, instead of the one that bore it; raises BadInput."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput("name", f"请填写视图名称，不超过{LONGEST_NAME}个字")
    own = LEDGER_VIEWS.c.user_id == user_id
    session.execute(delete(LEDGER_VIEWS).where(own, LEDGER_VIEWS.c.name == name))
    kept = session.execute(select(func.count()).select_from(LEDGER_VIEWS).where(own)).scalar_one()
    if kept >= MOST:
        raise BadInput("name", f"每人最多保存{MOST}个视图，请先删除不用的")
    row = {"agency_id": agency_id, "user_id": user_id, "name": name, "query": query}
    session.execute(insert(LEDGER_VIEWS), row | {"shared": shared, "at": at})


def remove_view(session: Session, view_id: int, user_id: int) -> None:
    """Take one's own view away; raises NotFound."""
    mine = LEDGER_VIEWS.c.user_id == user_id
    if session.execute(delete(LEDGER_VIEWS).where(LEDGER_VIEWS.c.id == view_id, mine)).rowcount != 1:
        raise NotFound("没有这个视图，或不是您保存的")

"""The parts of one application that asked for several things (一事一申请), each a case of its own."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all

from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import State


@dataclass(frozen=True, slots=True)
class Part:
    """Another case that came out of the same application."""

    number: str
    title: str
    state: State
    first: bool


def parts(session: Session, row: Any) -> list[Part]:
    """The other parts of a case's application, the first one first."""
    first = row.split_of_id or row.id
    split = select(CASES.c.id).where(CASES.c.split_of_id == first)
    query = (
        select(CASES.c.id, CASES.c.number, CASES.c.title, CASES.c.state)
        .where(CASES.c.id.in_(union_all(select(literal(first)), split)), CASES.c.id != row.id)
        .order_by(CASES.c.id)
    )
    return [Part(each.number, each.title, each.state, each.id == first) for each in session.execute(query)]

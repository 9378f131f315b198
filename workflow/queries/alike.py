"""The same text asked for before: a likely repeat, shown to the office and never refused (art. 36(6))."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from workflow.casefile import CaseFile
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import State

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case of the agency that asks for the same."""

    number: str
    state: State
    same_person: bool


def alike(session: Session, file: CaseFile) -> list[Alike]:
    """The latest other cases of the agency with the same text, from anybody."""
    row = file.row
    query = (
        select(CASES.c.number, CASES.c.state, CASES.c.id_index, CASES.c.person_index)
        .where(CASES.c.request_digest == row.request_digest, CASES.c.agency_id == row.agency_id)
        .where(CASES.c.id != file.id, CASES.c.state != State.VOIDED)
        .order_by(CASES.c.id.desc())
        .limit(SHOWN)
    )
    return [Alike(each.number, each.state, _same_person(each, row)) for each in session.execute(query)]


def _same_person(a: Row[Any], b: Row[Any]) -> bool:
    """By their papers where both have given them, else by name and contact."""
    return bool(a.id_index == b.id_index if a.id_index and b.id_index else a.person_index == b.person_index)

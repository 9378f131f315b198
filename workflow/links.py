"""Cases that belong together: the same matter, a related one, or the same application made again.

A link is no act and moves nothing: it helps who works on one case to find the other. Both show it, to whoever
may see both.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, delete, or_, select

from workflow.casefile import CaseFile
from workflow.commands.fields import unstorable
from workflow.errors import BadInput, NotFound
from workflow.store import Session
from workflow.tables import CASE_LINKS, CASES, USERS
from workflow.vocabulary import State, Word


class Relation(Word):
    """What two cases have to do with each other."""

    SAME_MATTER = "same_matter", "同一事项"
    RELATED = "related", "相关"
    REPEAT = "repeat", "重复申请"


@dataclass(frozen=True, slots=True)
class Linked:
    """Another case that this one is linked with: what it is, who said so and when."""

    number: str
    title: str
    state: State
    relation: Relation
    person: str
    at: datetime


def link(
    session: Session,
    file: CaseFile,
    number: str,
    relation: Relation,
    *,
    agencies: Collection[int],
    by: int,
    at: datetime,
) -> None:
    """Link a case with another within the caller's agencies, or change what links them; raises BadInput."""
    other = _other(session, file, number, agencies)
    first, second = sorted((file.id, other))
    row = {"case_id": first, "other_id": second, "kind": relation.value, "user_id": by, "at": at}
    session.upsert(CASE_LINKS, ("case_id", "other_id"), row)


def _other(session: Session, file: CaseFile, number: str, agencies: Collection[int]) -> int:
    if not number or unstorable(number):
        raise BadInput("number", "请填写要关联的申请编号")
    if number == file.row.number:
        raise BadInput("number", "这是本件的编号，请填写另一件的编号")
    query = select(CASES.c.id).where(CASES.c.number == number, CASES.c.agency_id.in_(agencies))
    found = session.execute(query).scalar_one_or_none()
    if found is None:
        raise BadInput("number", f"没有编号为{number}的申请，或不在您的职责范围内，请核对编号")
    return int(found)


def unlink(session: Session, file: CaseFile, number: str) -> None:
    """Take a link away; raises NotFound where there is none."""
    other = select(CASES.c.id).where(CASES.c.number == number).scalar_subquery()
    pair = or_(
        and_(CASE_LINKS.c.case_id == file.id, CASE_LINKS.c.other_id == other),
        and_(CASE_LINKS.c.other_id == file.id, CASE_LINKS.c.case_id == other),
    )
    if session.execute(delete(CASE_LINKS).where(pair)).rowcount != 1:
        raise NotFound(f"本件没有与{number}关联，或已经取消关联")


def links(session: Session, case_id: int, agencies: Collection[int]) -> list[Linked]:
    """The cases that a case is linked with, within the caller's agencies, oldest link first."""
    other = case((CASE_LINKS.c.case_id == case_id, CASE_LINKS.c.other_id), else_=CASE_LINKS.c.case_id)
    query = (
        select(CASES.c.number, CASES.c.title, CASES.c.state, CASE_LINKS.c.kind, USERS.c.name, CASE_LINKS.c.at)
        .join(CASES, CASES.c.id == other)
        .join(USERS, USERS.c.id == CASE_LINKS.c.user_id)
        .where(or_(CASE_LINKS.c.case_id == case_id, CASE_LINKS.c.other_id == case_id))
        .where(CASES.c.agency_id.in_(agencies))
        .order_by(CASE_LINKS.c.at, CASES.c.id)
        .select_from(CASE_LINKS)
    )
    return [
        Linked(number, title, state, Relation(kind), person, at)
        for number, title, state, kind, person, at in session.execute(query)
    ]

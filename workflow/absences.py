"""Who is away, and who does their work meanwhile: for some days, in the roles that work on cases.

An absence is a row that is never changed but for its end. One substitute stands for one person: there is no
chain, so that everybody can tell from a record who acted and for whom (docs/decisions).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import aliased

from workflow.clock import legal_day
from workflow.errors import BadInput, Forbidden, NotFound
from workflow.law.statute import cite_zh
from workflow.store import Session
from workflow.tables import ABSENCES, USER_ROLES, USERS
from workflow.vocabulary import Role

#: What passes to the substitute: the work on the agency's cases, neither supervision nor administration.
PASSED_ON = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD})
#: Who may send others of the agency on leave, besides everybody themselves.
MAY_SET = frozenset({Role.HEAD, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from the first day to the last, both included; unless they came back earlier."""

    id: int
    user_id: int
    person: str
    substitute_id: int
    substitute: str
    first: date
    last: date
    set_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who is away, as the substitute sees them: in which roles they work on cases."""

    id: int
    name: str
    roles: frozenset[Role]


# --- Setting and ending ----------------------------------------------------------------------------------


def set_absence(
    session: Session,
    agency_id: int,
    user_id: int,
    substitute_id: int,
    first: date,
    last: date,
    *,
    by: int,
    at: datetime,
) -> int:
    """Note that somebody will be away; gives its key. Raises BadInput, or Forbidden."""
    _check_setter(session, agency_id, user_id, by)
    _check_days(first, last, legal_day(at))
    if user_id == substitute_id:
        raise BadInput("substitute", "代办人不能是本人")
    # Who sets an absence of either at once waits here, and then sees this one: no chain arises in between.
    people = _staff(session, agency_id, (user_id, substitute_id))
    for key, name in ((user_id, "person"), (substitute_id, "substitute")):
        if key not in people:
            raise BadInput(name, "请选择本机关在用的人员账号")
    _check_others(session, people, user_id, substitute_id, first, last)
    row = {
        "user_id": user_id,
        "substitute_id": substitute_id,
        "first": first,
        "last": last,
        "set_by_id": by,
        "at": at,
    }
    return int(session.execute(insert(ABSENCES).returning(ABSENCES.c.id), row).scalar_one())


def _check_setter(session: Session, agency_id: int, user_id: int, by: int) -> None:
    if by == user_id:
        return
    held = select(USER_ROLES.c.role).join(USERS, USERS.c.id == USER_ROLES.c.user_id).where(USERS.c.id == by)
    if MAY_SET.isdisjoint(session.execute(held.where(USERS.c.agency_id == agency_id)).scalars()):
        message = f"他人的请假和代办由公开机构负责人或系统管理员设置（{cite_zh('45')}）"
        raise Forbidden("absence", None, "45", message)


def _check_days(first: date, last: date, today: date) -> None:
    if last < first:
        raise BadInput("last", f"结束日期{last}早于开始日期{first}")
    if last < today:
        raise BadInput("last", f"结束日期{last}已经过去；代办只对今后的办理有效")


def _staff(session: Session, agency_id: int, keys: Iterable[int]) -> dict[int, str]:
    query = select(USERS.c.id, USERS.c.name).where(USERS.c.id.in_(tuple(keys)), USERS.c.active)
    locked = query.where(USERS.c.agency_id == agency_id).order_by(USERS.c.id).with_for_update()
    return {row.id: row.name for row in session.execute(locked)}


def _check_others(
    session: Session, people: dict[int, str], user_id: int, substitute_id: int, first: date, last: date
) -> None:
    """Nobody is away twice at a time, and nobody who is away stands for another."""
    person, substitute = people[user_id], people[substitute_id]
    meanwhile = (ABSENCES.c.ended_at.is_(None), ABSENCES.c.first <= last, ABSENCES.c.last >= first)
    both = (user_id, substitute_id)
    query = select(ABSENCES).where(*meanwhile, ABSENCES.c.user_id.in_(both)).order_by(ABSENCES.c.first)
    for row in session.execute(query):
        if row.user_id == user_id:
            raise BadInput("first", f"{person}在{row.first}至{row.last}已有请假，两次请假的日期不能重叠")
        raise BadInput("substitute", f"{substitute}在{row.first}至{row.last}也不在岗，请另选代办人")
    standing = select(ABSENCES).where(*meanwhile, ABSENCES.c.substitute_id == user_id)
    for row in session.execute(standing.order_by(ABSENCES.c.first).limit(1)):
        raise BadInput(
            "first",
            f"{person}在{row.first}至{row.last}正代他人办理，请先为其另定代办人；代办不能再转给第三人",
        )


def end(session: Session, agency_id: int, absence_id: int, *, by: int, at: datetime) -> str:
    """Somebody is back earlier, or does not go at all; gives their name. Raises NotFound, or Forbidden."""
    query = (
        select(ABSENCES.c.user_id, USERS.c.name)
        .join(USERS, USERS.c.id == ABSENCES.c.user_id)
        .where(ABSENCES.c.id == absence_id, USERS.c.agency_id == agency_id, ABSENCES.c.ended_at.is_(None))
    )
    row = session.execute(query.where(ABSENCES.c.last >= legal_day(at))).one_or_none()
    if row is None:
        raise NotFound("没有这次请假，或者已经结束")
    _check_setter(session, agency_id, row.user_id, by)
    session.execute(update(ABSENCES).where(ABSENCES.c.id == absence_id).values(ended_at=at))
    return str(row.name)


# --- Looking ---------------------------------------------------------------------------------------------


def absences(session: Session, agency_id: int, since: date) -> list[Absence]:
    """The absences of an agency's staff that last beyond `since`, the latest first."""
    substitute, setter = aliased(USERS, name="substitute"), aliased(USERS, name="setter")
    query = (
        select(
            ABSENCES,
            USERS.c.name.label("person"),
            substitute.c.name.label("substitute"),
            setter.c.name.label("set_by"),
        )
        .join(USERS, USERS.c.id == ABSENCES.c.user_id)
        .join(substitute, substitute.c.id == ABSENCES.c.substitute_id)
        .join(setter, setter.c.id == ABSENCES.c.set_by_id)
        .where(USERS.c.agency_id == agency_id, ABSENCES.c.last >= since)
        .order_by(ABSENCES.c.first.desc(), ABSENCES.c.id.desc())
    )
    return [_absence(row) for row in session.execute(query)]


def _absence(row: Row[Any]) -> Absence:
    return Absence(
        row.id,
        row.user_id,
        row.person,
        row.substitute_id,
        row.substitute,
        row.first,
        row.last,
        row.set_by,
        row.ended_at,
    )


def away(session: Session, agency_id: int, on: date) -> dict[int, Absence]:
    """Who of an agency is away that day, by their key."""
    found = absences(session, agency_id, on)
    return {each.user_id: each for each in found if each.first <= on and each.ended_at is None}


def stood_for(session: Session, user_id: int, on: date) -> tuple[Absent, ...]:
    """For whom this person stands that day, and in which roles; nobody stands for those who have left."""
    query = (
        select(USERS.c.id, USERS.c.name, USER_ROLES.c.role)
        .join(ABSENCES, ABSENCES.c.user_id == USERS.c.id)
        .join(USER_ROLES, USER_ROLES.c.user_id == USERS.c.id)
        .where(ABSENCES.c.substitute_id == user_id, ABSENCES.c.last >= on, ABSENCES.c.first <= on)
        .where(ABSENCES.c.ended_at.is_(None), USERS.c.active, USER_ROLES.c.role.in_(PASSED_ON))
        .order_by(USERS.c.id)
    )
    roles: dict[tuple[int, str], set[Role]] = {}
    for row in session.execute(query):
        roles.setdefault((row.id, row.name), set()).add(Role(row.role))
    return tuple(Absent(key, name, frozenset(held)) for (key, name), held in roles.items())

"""The agencies of an installation, their handling units and their staff, for choosing among them."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from workflow.store import Session
from workflow.tables import AGENCIES, CASES, USER_ROLES, USERS
from workflow.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Office:
    """An agency as the public knows it."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    address: str
    phone: str


def offices(session: Session, agencies: frozenset[int] | None = None) -> list[Office]:
    """The agencies in the order in which they were set up: all, or those of `agencies`."""
    columns = [AGENCIES.c[name] for name in Office.__dataclass_fields__]
    query = select(*columns).order_by(AGENCIES.c.id)
    if agencies is not None:
        query = query.where(AGENCIES.c.id.in_(agencies))
    return [Office(**row._mapping) for row in session.execute(query)]


def units(session: Session, agencies: frozenset[int]) -> list[str]:
    """The handling units that cases were given to.

    Each is looked up behind the one before: an agency has a few units, and many cases.
    """
    some = select(func.min(CASES.c.unit)).where(CASES.c.agency_id == AGENCIES.c.id, CASES.c.unit > "")
    first = some.scalar_subquery()
    found = select(AGENCIES.c.id, first.label("unit")).where(AGENCIES.c.id.in_(agencies))
    known = found.cte("known", recursive=True)
    following = select(func.min(CASES.c.unit)).where(
        CASES.c.agency_id == known.c.id, CASES.c.unit > known.c.unit
    )
    known = known.union_all(select(known.c.id, following.scalar_subquery()).where(known.c.unit.is_not(None)))
    query: Select[tuple[str]] = select(known.c.unit).where(known.c.unit.is_not(None)).distinct()
    return sorted(session.execute(query).scalars())


def handlers(session: Session, agency_id: int) -> list[str]:
    """The names of the handlers of an agency."""
    query = (
        select(USERS.c.name)
        .join(USER_ROLES, USER_ROLES.c.user_id == USERS.c.id)
        .where(USERS.c.agency_id == agency_id, USERS.c.active, USER_ROLES.c.role == Role.HANDLER)
        .order_by(USERS.c.id)
    )
    return list(session.execute(query).scalars())


def handlers_by_id(session: Session, agency_id: int) -> list[tuple[int, str]]:
    """Everybody of an agency whom cases can have been given to, those who have left included."""
    handling = select(USER_ROLES.c.user_id).where(USER_ROLES.c.role == Role.HANDLER)
    query = select(USERS.c.id, USERS.c.name).where(USERS.c.agency_id == agency_id, USERS.c.id.in_(handling))
    return [(row.id, row.name) for row in session.execute(query.order_by(USERS.c.id))]

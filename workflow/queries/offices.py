"""The agencies of an installation, their handling units and their staff, for choosing among them."""

from dataclasses import dataclass

from sqlalchemy import Select, select

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
    """The handling units that cases were given to."""
    query: Select[tuple[str]] = (
        select(CASES.c.unit).where(CASES.c.agency_id.in_(agencies), CASES.c.unit.is_not(None)).distinct()
    )
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

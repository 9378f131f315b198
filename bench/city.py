"""A city to measure in: sixty agencies and their staff, many invented cases, and one with a long history."""

from datetime import date

from sqlalchemy import insert, select

from bench import longcase
from bench.bulk import load
from bench.crowd import CITY, LARGE, OFFICES, Bureau, invented
from bench.office import Office, opened
from bench.places import Place
from workflow.agencies import found, named
from workflow.engine import Actor
from workflow.migrations import upgrade
from workflow.store import Session, Store
from workflow.tables import USER_ROLES, USERS
from workflow.vocabulary import Role

#: How many people of each role an agency has.
STAFF = {Role.CLERK: 1, Role.HANDLER: 4, Role.LEGAL: 1, Role.HEAD: 1}
SUPERVISOR = "supervisor"


def build(place: Place, cases: int, until: date) -> str:
    """The city in an empty database, with so many cases until that day; gives its address."""
    url = place.empty()
    with opened(url) as store:
        upgrade(store.engine)
        bureaus = _bureaus(store)
    load(place, url, invented(cases, bureaus, until))
    with opened(url) as store:
        longcase.live(_large(store), until)
    return url


def _large(store: Store) -> Office:
    people = {role: Actor(role, person(store, LARGE, role)) for role in STAFF}
    people[Role.SUPERVISOR] = Actor(Role.SUPERVISOR, person(store, CITY, Role.SUPERVISOR))
    with store.reading() as session:
        return Office(store, named(session, LARGE), people)


def _bureaus(store: Store) -> list[Bureau]:
    with store.transaction() as session:
        city = found(session, CITY)
        _person(session, int(city.id or 0), Role.SUPERVISOR, SUPERVISOR)
        bureaus = []
        for name in OFFICES:
            agency = found(session, name, parent_id=city.id)
            people = [
                _person(session, int(agency.id or 0), role, f"{role}{n}@{agency.code}")
                for role, count in STAFF.items()
                for n in range(count)
            ]
            bureaus.append(Bureau(int(agency.id or 0), agency.code, people))
    return bureaus


def _person(session: Session, agency_id: int, role: Role, login: str) -> int:
    row = {"login": login, "name": f"{role.zh}{login[-1]}", "password_hash": "", "agency_id": agency_id}
    made = insert(USERS).returning(USERS.c.id)
    user_id = int(session.execute(made, row | {"active": True, "failed_logins": 0}).scalar_one())
    session.execute(insert(USER_ROLES), {"user_id": user_id, "role": role})
    return user_id


def person(store: Store, agency: str, role: Role) -> int:
    """The first of that role in the agency of that name."""
    with store.reading() as session:
        held = select(USERS.c.id).join(USER_ROLES, USER_ROLES.c.user_id == USERS.c.id)
        of = held.where(USER_ROLES.c.role == role, USERS.c.agency_id == named(session, agency).id)
        return int(session.execute(of.order_by(USERS.c.id).limit(1)).scalar_one())

"""The staff's accounts: who they are, which roles they hold, and whether a password is theirs."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import insert, select, update

from workflow.absences import Absent, stood_for
from workflow.errors import BadInput
from workflow.outbox import ADDRESS
from workflow.queries.supervision import below
from workflow.sealing import TRACKING_ALPHABET
from workflow.store import Session
from workflow.tables import AGENCIES, USER_ROLES, USERS, Agency
from workflow.vocabulary import Role

HASHER = PasswordHash((Argon2Hasher(),))
SHORTEST_PASSWORD = 10
#: After so many wrong passwords in a row the account rests for a while.
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
#: Roles that nobody logs in with.
NOT_STAFF = frozenset({Role.APPLICANT, Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class User:
    """A person of the staff as a request knows them."""

    id: int
    login: str
    name: str
    agency_id: int
    agency: str
    #: In which this person may act today, those of whom they stand for among them.
    roles: frozenset[Role]
    #: Whose cases this person may see: the own agency's; for a supervisor all below it too.
    agencies: frozenset[int]
    #: What they hold themselves.
    own: frozenset[Role] = frozenset()
    #: Who is away, and left their work to this person.
    absent: tuple[Absent, ...] = ()


def new_password() -> str:
    """A random password that can be read out: four groups of four characters, 74 bits."""
    return "-".join("".join(secrets.choice(TRACKING_ALPHABET) for _ in range(4)) for _ in range(4))


def staff_roles(words: Iterable[str]) -> frozenset[Role]:
    """Roles by their names; raises BadInput."""
    known = {role.value: role for role in Role if role not in NOT_STAFF}
    for word in words:
        if word not in known:
            raise BadInput("--role", f"没有角色“{word}”，可用：{'、'.join(known)}")
    return frozenset(known[word] for word in words)


def add(
    session: Session,
    agency: Agency,
    login: str,
    name: str,
    roles: frozenset[Role],
    password: str,
    email: str = "",
) -> User:
    """Make an account; raises BadInput when the login is taken, the password too short, the address none."""
    if session.execute(select(USERS.c.id).where(USERS.c.login == login)).one_or_none():
        raise BadInput("LOGIN", f"登录名“{login}”已被使用")
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput("password", f"密码至少{SHORTEST_PASSWORD}个字符")
    if email and not ADDRESS.fullmatch(email):
        raise BadInput("--email", f"“{email}”不是电子邮箱地址")
    row = {
        "login": login,
        "name": name,
        "email": email or None,
        "password_hash": HASHER.hash(password),
        "agency_id": agency.id,
        "active": True,
        "failed_logins": 0,
    }
    user_id = int(session.execute(insert(USERS).returning(USERS.c.id), row).scalar_one())
    if roles:
        session.execute(insert(USER_ROLES), [{"user_id": user_id, "role": role} for role in sorted(roles)])
    return load(session, user_id)


def load(session: Session, user_id: int, on: date | None = None) -> User:
    """A person with roles and reach; on a day, also in the roles of those who are away then."""
    row = session.execute(
        select(USERS.c.id, USERS.c.login, USERS.c.name, USERS.c.agency_id, AGENCIES.c.name.label("agency"))
        .join(AGENCIES, AGENCIES.c.id == USERS.c.agency_id)
        .where(USERS.c.id == user_id)
    ).one()
    held = session.execute(select(USER_ROLES.c.role).where(USER_ROLES.c.user_id == user_id)).scalars()
    roles = frozenset(Role(role) for role in held)
    reach = below(session, row.agency_id) if Role.SUPERVISOR in roles else frozenset({row.agency_id})
    absent = stood_for(session, user_id, on) if on else ()
    acting = roles.union(*(each.roles for each in absent))
    return User(row.id, row.login, row.name, row.agency_id, row.agency, acting, reach, roles, absent)


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed to check a password outside the transaction: hashing takes a fifth of a second."""

    user_id: int
    password_hash: str
    locked: bool


#: Compared against when there is no such account, so that the answer takes as long.
NOBODY = HASHER.hash(secrets.token_hex(16))


def look_up(session: Session, login: str, at: datetime) -> Known:
    """The account of a login name; nobody's, if there is none."""
    query = select(USERS).where(USERS.c.login == login, USERS.c.active)
    row = session.execute(query).one_or_none()
    if row is None or not row.password_hash:
        return Known(0, NOBODY, locked=False)
    return Known(row.id, row.password_hash, locked=row.locked_until is not None and row.locked_until > at)


def matches(known: Known, password: str) -> bool:
    """Whether the password is the account's; takes the same time for an account that does not exist."""
    return HASHER.verify(password, known.password_hash) and known.user_id != 0


def note_failure(session: Session, user_id: int, at: datetime) -> None:
    """Count a wrong password; after too many the account rests."""
    row = session.execute(
        update(USERS)
        .where(USERS.c.id == user_id)
        .values(failed_logins=USERS.c.failed_logins + 1)
        .returning(USERS.c.failed_logins)
    ).one_or_none()
    if row and row.failed_logins >= TRIES:
        locked = {"failed_logins": 0, "locked_until": at + LOCKED_FOR}
        session.execute(update(USERS).where(USERS.c.id == user_id).values(**locked))


def note_success(session: Session, user_id: int) -> None:
    """A right password clears the count."""
    session.execute(update(USERS).where(USERS.c.id == user_id).values(failed_logins=0, locked_until=None))

"""An agency at work in a test: its staff, and cases brought to any state through the real commands."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import insert, select

from api.accounts import HASHER, User, load
from tests.story import AGENCY, REQUEST, ZHANG
from workflow import agencies
from workflow.casefile import CaseFile
from workflow.commands import LEGAL_ZONE, Submitted, parse, parse_new, perform, register_new, submit
from workflow.commands.bodies import Submit
from workflow.engine import SYSTEM, Actor
from workflow.lifecycle import ROLES
from workflow.store import Store
from workflow.tables import USER_ROLES, USERS, Agency
from workflow.vocabulary import Action, Role, State

#: The installation's secret in tests.
KEY = "the key of the tests"
#: What every account of a test logs in with.
PASSWORD = "open-sesame-2026"
FIRST_DAY = date(2026, 7, 1)  # A Wednesday; no holiday before 25 September.
Step = tuple[Action, dict[str, Any]]


def morning(day: date, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """A moment of that day in Asia/Shanghai."""
    return datetime.combine(day, time(hour, minute, second), LEGAL_ZONE).astimezone(UTC)


_REGISTER: Step = (Action.REGISTER, {})
_ACCEPT: Step = (Action.ACCEPT, {"unit": "自然资源确权登记科"})
_CONSULT: Step = (Action.CONSULT_THIRD_PARTY, {"name": "甲公司"})
_DRAFT: Step = (Action.DRAFT_REPLY, {"decision": "disclosed", "reasons": "经检索，予以公开。"})
_PASS: Step = (Action.PASS_REVIEW, {})
_SIGN: Step = (Action.APPROVE, {})
_ISSUE: Step = (Action.ISSUE_REPLY, {"method": "in_person"})
_SIGNED = (_REGISTER, _ACCEPT, _DRAFT, _PASS, _SIGN)

#: How a case that has been submitted comes into each state; one act a day.
WAYS: dict[State, tuple[Step, ...]] = {
    State.SUBMITTED: (),
    State.SCREENING: (_REGISTER,),
    State.AWAITING_CLARIFICATION: (
        _REGISTER,
        (Action.REQUEST_CLARIFICATION, {"items": ["请明确地块名称"]}),
    ),
    State.AWAITING_JUSTIFICATION: (_REGISTER, (Action.REQUEST_JUSTIFICATION, {"within_workdays": 10})),
    State.PROCESSING: (_REGISTER, _ACCEPT),
    State.CONSULTING: (_REGISTER, _ACCEPT, _CONSULT),
    State.AWAITING_PAYMENT: (_REGISTER, (Action.ASSESS_FEE, {"basis": "per_page", "pages": 68})),
    State.LEGAL_REVIEW: _SIGNED[:3],
    State.APPROVAL: _SIGNED[:4],
    State.APPROVED: _SIGNED,
    State.CONCLUDED: (*_SIGNED, _ISSUE),
    State.ARCHIVED: (*_SIGNED, _ISSUE, (Action.ARCHIVE, {"retention": 30})),
    State.VOIDED: (_REGISTER, (Action.VOID, {"reason": "重复登记"})),
}


@dataclass
class Office:
    """One agency in a fresh database; every method commits, as the program does."""

    store: Store
    agency: Agency
    _people: dict[tuple[Role, str], int] = field(default_factory=dict)

    def staff(self, role: Role, name: str = "") -> Actor:
        """Somebody of the staff in that role, the same one each time; `name` tells two of them apart."""
        if role is Role.SYSTEM:
            return SYSTEM
        if role is Role.APPLICANT:
            return Actor(role)
        key = (role, name)
        if key not in self._people:
            login = f"{role}{name}@{self.agency.code}"
            self._people[key] = self.account(login, role, name=name or role.zh).id
        return Actor(role, self._people[key])

    def account(
        self, login: str, *roles: Role, name: str = "", agency: Agency | None = None, **more: Any
    ) -> User:
        """An account with PASSWORD and those roles, in this agency or another."""
        row = {
            "login": login,
            "name": name or login,
            "password_hash": _hash(),
            "agency_id": (agency or self.agency).id,
            "active": True,
            "failed_logins": 0,
            **more,
        }
        with self.store.transaction() as session:
            user_id = int(session.execute(insert(USERS).returning(USERS.c.id), row).scalar_one())
            for role in roles:
                session.execute(insert(USER_ROLES), {"user_id": user_id, "role": role})
            return load(session, user_id)

    def submit(
        self, on: date = FIRST_DAY, *, at: datetime | None = None, key: str | None = None, **body: Any
    ) -> Submitted:
        """An application arrives, online unless said otherwise."""
        parsed = parse(Action.SUBMIT, application(**body))
        assert isinstance(parsed, Submit)
        by = self.staff(Role.APPLICANT)
        with self.store.transaction() as session:
            return submit(session, self.agency, parsed, by=by, at=at or morning(on), key=key)

    def register(self, on: date = FIRST_DAY, **body: Any) -> str:
        """A paper application is registered from nothing, at the counter unless said otherwise."""
        parsed, by = parse_new(application(**{"channel": "in_person", **body})), self.staff(Role.CLERK)
        with self.store.transaction() as session:
            made = register_new(session, self.agency, parsed, by=by, at=morning(on))
            return str(made.file.row.number)

    def do(
        self,
        number: str,
        action: Action,
        on: date,
        *,
        by: Actor | None = None,
        at: datetime | None = None,
        version: int | None = None,
        **body: Any,
    ) -> CaseFile:
        """Any later act, by the first role named for it unless said otherwise."""
        actor = by or self.staff(ROLES[action][0])
        with self.store.transaction() as session:
            return perform(session, number, action, body, by=actor, at=at or morning(on), version=version)

    def case_at(self, state: State, on: date = FIRST_DAY, **body: Any) -> str:
        """A new case, submitted on `on` and brought into that state, one act a day; gives its number."""
        number = str(self.submit(on, **body).file.row.number)
        for days, (action, facts) in enumerate(WAYS[state]):
            self.do(number, action, on + timedelta(days=days), **facts)
        return number

    def case_today(self, state: State, today: date, at: datetime) -> str:
        """The same with all acts on one day: what a test of the running program can act on at once."""
        by = self.staff(Role.APPLICANT)
        parsed = parse(Action.SUBMIT, application())
        assert isinstance(parsed, Submit)
        with self.store.transaction() as session:
            number = str(submit(session, self.agency, parsed, by=by, at=at).file.row.number)
        for action, facts in WAYS[state]:
            self.do(number, action, today, at=at, **facts)
        return number

    def other(self, name: str = "招远市财政局", **more: Any) -> "Office":
        """Another agency of the same installation."""
        with self.store.transaction() as session:
            return Office(self.store, agencies.found(session, name, **more))


def application(**body: Any) -> dict[str, Any]:
    """The body of a submission."""
    return {"channel": "online", "applicant": ZHANG, "request": REQUEST, **body}


def opened_office(store: Store, name: str = AGENCY) -> Office:
    """The office of an agency newly set up in that database."""
    with store.transaction() as session:
        return Office(store, agencies.found(session, name))


def logins(store: Store) -> list[str]:
    """Everybody who has an account."""
    with store.reading() as session:
        return list(session.execute(select(USERS.c.login).order_by(USERS.c.id)).scalars())


@cache
def _hash() -> str:
    """Hashing takes a fifth of a second: once is enough."""
    return HASHER.hash(PASSWORD)

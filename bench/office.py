"""A small office to measure in: one agency, its staff, and the acts of a full life of a case."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import insert, select

import letters
from bench.places import Place
from workflow.agencies import found, named
from workflow.commands import LEGAL_ZONE, parse, perform, submit
from workflow.commands.bodies import Submit
from workflow.engine import Actor
from workflow.migrations import upgrade
from workflow.sealing import Seal
from workflow.store import Store, open_engine
from workflow.tables import USERS, Agency
from workflow.vocabulary import Action, Role

AGENCY = "招远市自然资源和规划局"
SECRET = "a secret of the benchmark alone"
STAFF = (Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD)
APPLICATION = {
    "channel": "online",
    "applicant": {
        "kind": "natural_person",
        "name": "张三",
        "id_number": "11010519491231002X",
        "contact": {"phone": "13800001234", "address": "招远市温泉街道", "email": "zhang@example.cn"},
    },
    "request": {"title": "某地块征收补偿方案", "description": "2025年某地块征收补偿安置方案及公告"},
}


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the life: when, what, by whom, with which body."""

    on: date
    action: Action
    role: Role
    body: Mapping[str, Any]


def step(on: str, action: Action, role: Role, **body: Any) -> Step:
    """That act, with the day as text."""
    return Step(date.fromisoformat(on), action, role, body)


#: After the application itself: with it twelve acts, seven letters and five messages to the applicant.
LIFE = (
    step("2026-07-02", Action.REGISTER, Role.CLERK),
    step("2026-07-02", Action.ACCEPT, Role.CLERK, unit="自然资源确权登记科"),
    step("2026-07-08", Action.CONSULT_THIRD_PARTY, Role.HANDLER, name="甲公司", served_on="2026-07-10"),
    step("2026-07-22", Action.RECORD_OPINION, Role.HANDLER, name="甲公司", consents=True),
    step("2026-07-27", Action.EXTEND, Role.HEAD, workdays=10, reason="需要检索历史档案，短期内无法完成。"),
    step("2026-08-05", Action.DRAFT_REPLY, Role.HANDLER, decision="disclosed", reasons="经检索，予以公开。"),
    step("2026-08-06", Action.PASS_REVIEW, Role.LEGAL, comment="同意"),
    step("2026-08-07", Action.APPROVE, Role.HEAD),
    step("2026-08-07", Action.ISSUE_REPLY, Role.CLERK, method="registered_post"),
    step("2026-08-11", Action.RECORD_SERVICE, Role.CLERK, served_on="2026-08-10", method="registered_post"),
    step("2026-09-01", Action.ARCHIVE, Role.CLERK, retention=30),
)


@dataclass(frozen=True, slots=True)
class Office:
    """An open installation with one agency, and the people who act in it."""

    store: Store
    agency: Agency
    people: Mapping[Role, Actor]

    def live(self, course: Sequence[Step]) -> str:
        """An application and all that follows, one transaction an act; gives the number of the case."""
        number = self.submit(course[0].on)
        for each in course:
            self.act(number, each)
        return number

    def submit(self, on: date) -> str:
        """An application arrives online."""
        body = parse(Action.SUBMIT, APPLICATION | {"on": on.isoformat()})
        assert isinstance(body, Submit)
        with self.store.transaction() as session:
            made = submit(session, self.agency, body, by=Actor(Role.APPLICANT), at=morning(on))
            return str(made.file.row.number)

    def act(self, number: str, each: Step) -> None:
        """Any later act."""
        with self.store.transaction() as session:
            by, at = self.people[each.role], morning(each.on)
            perform(session, number, each.action, each.body, by=by, at=at)


def morning(day: date) -> datetime:
    """Nine o'clock of that day in Asia/Shanghai."""
    return datetime.combine(day, time(9), LEGAL_ZONE).astimezone(UTC)


def prepared(place: Place) -> str:
    """An installation with an agency and its staff, closed again: what every measurement starts from."""
    url = place.empty()
    with opened(url) as store:
        upgrade(store.engine)
        with store.transaction() as session:
            agency = found(session, AGENCY)
            for role in STAFF:
                row = {"login": role.value, "name": role.zh, "password_hash": "", "agency_id": agency.id}
                session.execute(insert(USERS), row | {"active": True, "failed_logins": 0})
    return url


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """The installation in that database."""
    store = Store(open_engine(url), Seal(SECRET), letters.issue)
    try:
        yield store
    finally:
        store.engine.dispose()


def office_in(store: Store) -> Office:
    """The office that `prepared` has set up there."""
    with store.reading() as session:
        staff = session.execute(select(USERS.c.login, USERS.c.id))
        people = {Role(row.login): Actor(Role(row.login), row.id) for row in staff}
        return Office(store, named(session, AGENCY), people)

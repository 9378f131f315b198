"""A case with two hundred events: handed on, asked about, conferred on, drafted, returned, pressed for."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, select

from bench.office import Office, Step, morning
from workflow.store import Session
from workflow.tables import ATTACHMENTS, CASES
from workflow.vocabulary import Action, Role

EVENTS, FILES = 200, 12
#: It began so many days ago; each round of acts takes so many.
AGO, ROUND = 300, 10


def live(office: Office, until: date) -> str:
    """Live through it, by real acts with real letters; gives its number."""
    first = until - timedelta(days=AGO)
    number = office.submit(first)
    for step in islice(_course(first), EVENTS - 1):
        office.act(number, step)
    with office.store.transaction() as session:
        _files(session, number, office, first)
    return number


def _course(day: date) -> Iterator[Step]:
    yield Step(day, Action.REGISTER, Role.CLERK, {})
    yield Step(day, Action.ACCEPT, Role.CLERK, {"unit": "规划科"})
    for n in range(EVENTS):
        yield from _round(n + 1, day + timedelta(days=n * ROUND))


def _round(n: int, day: date) -> Iterator[Step]:
    def step(days: int, action: Action, role: Role, **body: Any) -> Step:
        return Step(day + timedelta(days=days), action, role, body)

    party, asked = f"第{n}村民委员会", f"招远市第{n}征收办公室"
    yield step(1, Action.ASSIGN, Role.CLERK, unit="规划科", reason="按职责分工调整承办科室，请接续办理。")
    yield step(1, Action.CONSULT_THIRD_PARTY, Role.HANDLER, name=party)
    yield step(1, Action.CONSULT_AGENCY, Role.HANDLER, name=asked)
    yield step(5, Action.RECORD_OPINION, Role.HANDLER, name=party, consents=True)
    yield step(6, Action.RECORD_OPINION, Role.HANDLER, name=asked, consents=True)
    yield step(7, Action.OPEN_CONFERENCE, Role.HANDLER, participants=[asked, party], question="能否公开？")
    yield step(8, Action.CLOSE_CONFERENCE, Role.HANDLER, conclusion="除涉及个人隐私的内容外，可以公开。")
    yield step(8, Action.DRAFT_REPLY, Role.HANDLER, decision="disclosed", reasons="经检索，予以公开。" * 20)
    yield step(9, Action.RETURN_DRAFT, Role.LEGAL, comment="请补充检索过程，并附第三方书面意见。")
    yield step(9, Action.ESCALATE, Role.SUPERVISOR, message="请抓紧办理，并说明原因。")


def _files(session: Session, number: str, office: Office, first: date) -> None:
    """Their rows; to look at the case, no content is read."""
    case_id = session.execute(select(CASES.c.id).where(CASES.c.number == number)).scalar_one()
    row = {"case_id": case_id, "version": 1, "sha256": "0" * 64, "size": 1_000, "type": "application/pdf"}
    row |= {"category": "evidence", "user_id": office.people[Role.CLERK].user_id, "at": morning(first)}
    session.execute(insert(ATTACHMENTS), [{**row, "seq": n, "name": f"{n}.pdf"} for n in range(1, FILES + 1)])

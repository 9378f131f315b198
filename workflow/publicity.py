"""What was disclosed to one applicant and has since been made public to all (art. 44): when, and where.

No act of the procedure: a record beside the case, which can be put right or taken back.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from workflow.casefile import CaseFile
from workflow.commands.fields import unstorable
from workflow.engine import Actor
from workflow.errors import BadInput, Forbidden, NotFound, Refused
from workflow.law.decisions import Decision
from workflow.law.statute import cite_zh
from workflow.store import Session
from workflow.tables import MADE_PUBLIC, USERS
from workflow.vocabulary import Role, State

ARTICLE = "44"
#: Only what was given to the applicant, whole or in part, can be given to everybody.
DISCLOSED = frozenset({Decision.DISCLOSED, Decision.PARTLY_DISCLOSED})
ENDED = frozenset({State.CONCLUDED, State.ARCHIVED})
LONGEST = 300


@dataclass(frozen=True, slots=True)
class MadePublic:
    """Since when the information is public, and where; who noted it, and when."""

    on: date
    place: str
    person: str
    at: datetime

    @property
    def address(self) -> str:
        """The place as the address of a page, where it is one."""
        return self.place if self.place.startswith(("https://", "http://")) else ""


def may_mark(file: CaseFile) -> bool:
    """Whether the case has given information that can be made public."""
    return file.history.state in ENDED and file.history.decision in DISCLOSED


def mark(
    session: Session, file: CaseFile, on: date, place: str, *, by: Actor, today: date, at: datetime
) -> None:
    """Note since when and where the information is public, in place of an earlier note.

    Raises Forbidden for another than the window, Refused where nothing was disclosed, BadInput for the day or
    the place (art. 44).
    """
    _check_actor(file, by)
    if not may_mark(file):
        _refuse(file, "只有已办结、予以公开或者部分公开的，才能登记转为主动公开")
    _check(file, on, place, today)
    row = {"case_id": file.id, "on_date": on, "place": place, "user_id": by.user_id, "at": at}
    session.upsert(MADE_PUBLIC, ("case_id",), row)


def _check_actor(file: CaseFile, by: Actor) -> None:
    if by.role is not Role.CLERK:
        message = f"转为主动公开由{Role.CLERK.zh}登记，您没有这一角色（{cite_zh(ARTICLE)}）"
        raise Forbidden("made_public", file.history.state, ARTICLE, message)


def _check(file: CaseFile, on: date, place: str, today: date) -> None:
    received = file.history.received_on
    faults = []
    if on > today:
        faults.append(("on", f"公开日期{on}晚于今天{today}，请在公开以后登记"))
    if received and on < received:
        faults.append(("on", f"公开日期{on}早于收到申请的{received}，请核对；此前已公开的，属于已主动公开"))
    if not 0 < len(place) <= LONGEST:
        faults.append(("place", f"请填写公开的网址或者栏目，不超过{LONGEST}字"))
    if unstorable(place):
        faults.append(("place", "网址或者栏目含有无法保存的字符，请重新输入"))
    if faults:
        raise BadInput("", "；".join(message for _field, message in faults), faults)


def _refuse(file: CaseFile, message: str) -> None:
    state = file.history.state
    raise Refused("made_public", state, ARTICLE, f"{message}（{cite_zh(ARTICLE)}）")


def unmark(session: Session, file: CaseFile, *, by: Actor) -> None:
    """Take the note back; raises NotFound where there is none, Forbidden for another than the window."""
    _check_actor(file, by)
    if session.execute(delete(MADE_PUBLIC).where(MADE_PUBLIC.c.case_id == file.id)).rowcount != 1:
        raise NotFound("本件没有登记转为主动公开，或登记已经撤销")


def made_public(session: Session, case_id: int) -> MadePublic | None:
    """The note of a case, if there is one."""
    query = (
        select(MADE_PUBLIC.c.on_date, MADE_PUBLIC.c.place, USERS.c.name, MADE_PUBLIC.c.at)
        .join(USERS, USERS.c.id == MADE_PUBLIC.c.user_id)
        .where(MADE_PUBLIC.c.case_id == case_id)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else MadePublic(*row)

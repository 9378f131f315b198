"""What the office is told beside the form while an application is typed; nothing of it is ever refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from api.accounts import User
from api.forms import inner
from api.pages.masking import contacts, papers
from workflow.commands.bodies import Contact
from workflow.commands.fields import Day, unstorable
from workflow.commands.intake import (
    CONTACT_PLACE,
    ID_PLACE,
    contact_json,
    number_doubt,
    part_of,
    receipt_warnings,
    same_receipt,
)
from workflow.errors import BadInput, NotFound, Refused
from workflow.queries.alike import Alike, Asked, earlier
from workflow.queries.receipt import Foreseen, foresee
from workflow.store import Session
from workflow.vocabulary import ApplicantKind, Channel

DAY: TypeAdapter[date] = TypeAdapter(Day)


@dataclass(frozen=True, slots=True)
class First:
    """The first part of an application that is split, as the form of another part begins."""

    number: str
    typed: dict[str, list[str]]
    papers: str
    contacts: list[tuple[str, str]]


@dataclass(slots=True)
class Beside:
    """The days that follow, what is doubtful, and what was asked for before."""

    foreseen: Foreseen | None = None
    #: Why no day follows from what is typed, in the words of the rule.
    refusal: str = ""
    doubts: list[str] = field(default_factory=list)
    number: str = ""
    number_wrong: bool = False
    earlier: list[Alike] = field(default_factory=list)


def beside(session: Session, user: User, data: Mapping[str, Any], today: date) -> Beside:
    """All of it, as far as what has been typed allows."""
    told = Beside()
    _days(session, user, data, today, told)
    _number(data, told)
    told.earlier = earlier(session, _asked(session, user, data))
    return told


def _days(session: Session, user: User, data: Mapping[str, Any], today: date, told: Beside) -> None:
    channel = _word(Channel, data.get("channel"))
    if channel is None:
        return
    try:
        on = _day(data.get("on")) or today
        received = _received(session, user, data)
        told.foreseen = foresee(channel, received, on, session.calendar)
    except (BadInput, NotFound, Refused) as error:
        told.refusal = str(error)
        return
    told.doubts = receipt_warnings(channel, {"received_on": received} if received else {})


def _received(session: Session, user: User, data: Mapping[str, Any]) -> date | None:
    """The day that was typed; a part of a split application was received with the first."""
    said = _day(data.get("received_on"))
    if not data.get("split_of"):
        return said
    first = _part(session, user, data["split_of"])
    return same_receipt(first, {"received_on": said.isoformat()} if said else {})


def _day(text: object) -> date | None:
    if not text:
        return None
    try:
        return DAY.validate_python(text)
    except ValidationError:
        raise BadInput("", f"“{text}”不是 YYYY-MM-DD 格式的有效日期") from None


def _word(words: type[Any], text: object) -> Any:
    return words(text) if text in {word.value for word in words} else None


def _number(data: Mapping[str, Any], told: Beside) -> None:
    kind, number = _word(ApplicantKind, inner(data, "applicant.kind")), inner(data, "applicant.id_number")
    if kind and number:
        told.number = number_doubt(kind, number)
        told.number_wrong = bool(told.number)
        natural = kind is ApplicantKind.NATURAL_PERSON
        told.number = told.number or f"{'居民身份证号码' if natural else '统一社会信用代码'}校验相符"


def _asked(session: Session, user: User, data: Mapping[str, Any]) -> Asked:
    """Who asks for what as the register compares it; the same digests as of a case."""
    name, number = inner(data, "applicant.name"), inner(data, "applicant.id_number")
    contact = contact_json(_contact(inner(data, "applicant.contact")))
    title, description = (inner(data, f"request.{name}") or "" for name in ("title", "description"))
    seal = session.seal
    return Asked(
        user.agency_id,
        seal.index("id", number) if number else None,
        seal.index("person", name, *sorted(contact.values())) if name and contact else None,
        seal.index("request", title, description) if title and description else None,
        title,
        description,
    )


def _contact(said: object) -> str | Contact | None:
    return Contact(**said) if isinstance(said, dict) else str(said) if said else None


# --- A part of an application that asks for several things (一事一申请) ---------------------------------


def first_part(session: Session, user: User, number: str) -> First:
    """How the form of another part begins: of the same person; raises NotFound or BadInput."""
    row = _part(session, user, number)
    typed = {
        "split_of": [row.number],
        "channel": [row.channel.value],
        "applicant.kind": [row.applicant_kind.value],
        "applicant.name": [row.applicant_name],
        "request.form": [row.form] if row.form else [],
    }
    return First(row.number, typed, papers(session, row), contacts(session, row))


def _part(session: Session, user: User, number: str) -> Any:
    """The row of the first part; what no database can look for is not there."""
    if unstorable(number):
        raise NotFound("没有这个编号的首件申请")
    return part_of(session, number, user.agency_id)


def completed(session: Session, user: User, data: dict[str, Any]) -> dict[str, Any]:
    """Papers and contacts of the first part are the other parts' too, without being shown or typed again."""
    applicant = data.get("applicant")
    if not data.get("split_of") or not isinstance(applicant, dict):
        return data
    try:
        row = _part(session, user, data["split_of"])
    except (BadInput, NotFound):
        return data
    if (applicant.get("kind"), applicant.get("name")) != (row.applicant_kind.value, row.applicant_name):
        return data
    more: dict[str, Any] = {}
    if row.id_number:
        more["id_number"] = session.seal.decrypt(row.id_number, ID_PLACE)
    if row.contact:
        contact = session.seal.decrypt_json(row.contact, CONTACT_PLACE)
        more["contact"] = contact.get("text", contact)
    return {**data, "applicant": {**more, **applicant}}

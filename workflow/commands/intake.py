"""How an application enters: submitted by the applicant, or registered by the clerk (arts. 29–31)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from workflow.casefile import CaseFile, new_file, open_file
from workflow.commands.bodies import Applicant, Contact, RegisterNew, Submit
from workflow.commands.parsing import day_of, split
from workflow.engine import Act, Actor, advance
from workflow.errors import BadInput, NotFound
from workflow.numbering import next_number
from workflow.sealing import canonical
from workflow.store import Session
from workflow.tables import CASES, SUBMISSIONS, Agency
from workflow.vocabulary import Action, ApplicantKind, Channel, State

ID_PLACE = "cases.id_number"
CONTACT_PLACE = "cases.contact"
NUMBER_SERIES = "登记"

_LOCK = select(func.pg_advisory_xact_lock(bindparam("key")))

_NUMBER = select(CASES.c.id).where(CASES.c.number == bindparam("number"))


@dataclass(frozen=True, slots=True)
class Submitted:
    """A new case, and the code with which its applicant follows it; the code is shown once."""

    file: CaseFile
    tracking_code: str


def submit(
    session: Session,
    agency: Agency,
    body: Submit,
    *,
    by: Actor,
    at: datetime,
    key: str | None = None,
    simulated: bool = False,
) -> Submitted:
    """Take in an application; the same Idempotency-Key gives the same case and code again."""
    on = day_of(body, at)
    facts, texts = split(body)
    sent = _sent(session, key, agency, body, texts)
    code = session.seal.tracking_code(sent.key if sent else secrets.token_hex(16))
    if sent and (known := _submitted_before(session, sent)):
        return Submitted(open_file(session, known), code)
    file = _create(session, agency, body, on, at, code)
    _remember(session, file, sent)
    facts["warnings"] = warnings_of(body.applicant)
    advance(session, file, Act(Action.SUBMIT, on, at, by, facts, texts, simulated=simulated))
    return Submitted(file, code)


def register_new(
    session: Session,
    agency: Agency,
    body: RegisterNew,
    *,
    by: Actor,
    at: datetime,
    key: str | None = None,
    simulated: bool = False,
) -> Submitted:
    """Register a paper application straight away; a split part shares the first part's receipt day.

    The same key, sent twice by the clerk's browser, gives the same case and code again.
    """
    on = day_of(body, at)
    facts, texts = split(body)
    sent = _sent(session, key, agency, body, texts)
    code = session.seal.tracking_code(sent.key if sent else secrets.token_hex(16))
    if sent and (known := _submitted_before(session, sent)):
        return Submitted(open_file(session, known), code)
    first = part_of(session, body.split_of, agency.id) if body.split_of else None
    sets: dict[str, Any] = {"registered_at": at}
    number = None
    if first is not None:
        facts["received_on"] = same_receipt(first, facts).isoformat()
        sets["split_of_id"] = first.id
        number = _part_number(session, first)
    file = _create(session, agency, body, on, at, code, number)
    _remember(session, file, sent)
    facts["warnings"] = [*warnings_of(body.applicant), *receipt_warnings(body.channel, facts)]
    advance(session, file, Act(Action.REGISTER, on, at, by, facts, texts, sets, simulated=simulated))
    return Submitted(file, code)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A key and what was sent under it, as digests."""

    key: str
    body: str


def _sent(
    session: Session, key: str | None, agency: Agency, body: Submit, texts: Mapping[str, Any]
) -> _Sent | None:
    if not key:
        return None
    digest = session.seal.index(str(agency.id), body.channel, canonical(texts))
    return _Sent(session.seal.index("submission", key), digest)


def _remember(session: Session, file: CaseFile, sent: _Sent | None) -> None:
    if sent:
        row = {"key_digest": sent.key, "case_id": file.id, "body_digest": sent.body}
        session.execute(insert(SUBMISSIONS), row)


def part_of(session: Session, number: str, agency_id: int | None) -> Any:
    """The first part of an application that is split (一事一申请)."""
    row = session.execute(
        select(CASES).where(CASES.c.number == number, CASES.c.agency_id == agency_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"没有编号为{number}的首件申请")
    if row.split_of_id is not None:
        raise BadInput("split_of", f"{number}本身是拆分件，请填写首件的编号")
    return row


def same_receipt(first: Any, facts: Mapping[str, Any]) -> date:
    """All parts of one application were received on one day."""
    received: date | None = first.received_on
    if received is None:
        raise BadInput("split_of", f"{first.number}尚未登记，不能从中拆分")
    said = facts.get("received_on")
    if said and said != received.isoformat():
        raise BadInput("received_on", f"拆分件的收到日期应与首件相同（{received}）")
    return received


def _part_number(session: Session, first: Any) -> str:
    # Whoever splits the same application at once waits here, and counts this part too.
    session.execute(select(CASES.c.id).where(CASES.c.id == first.id).with_for_update())
    parts = session.execute(select(func.count()).where(CASES.c.split_of_id == first.id)).scalar_one()
    return f"{first.number}-{parts + 2}"


def _submitted_before(session: Session, sent: _Sent) -> str | None:
    if session.store.engine.dialect.name == "postgresql":
        # Sent twice at once, the second waits for the first; SQLite's writers wait for each other anyway.
        session.execute(_LOCK, {"key": int(sent.key[:15], 16)})
    row = session.execute(
        select(CASES.c.number, SUBMISSIONS.c.body_digest)
        .join(SUBMISSIONS, SUBMISSIONS.c.case_id == CASES.c.id)
        .where(SUBMISSIONS.c.key_digest == sent.key)
    ).one_or_none()
    if row is None:
        return None
    if row.body_digest != sent.body:
        raise BadInput("Idempotency-Key", "同一个 Idempotency-Key 已用于内容不同的申请，请换一个")
    return str(row.number)


def _create(
    session: Session,
    agency: Agency,
    body: Submit,
    on: date,
    at: datetime,
    code: str,
    number: str | None = None,
) -> CaseFile:
    tracking_digest = session.seal.tracking_digest(code)
    number = number or _next_free(session, agency, on.year)
    return create(session, agency, body, at, number=number, tracking_digest=tracking_digest)


def create(session: Session, agency: Agency, body: Submit, at: datetime, **more: Any) -> CaseFile:
    """The row of a case, and in `more` at least its number; the act that follows gives it its state."""
    return new_file(
        session,
        {
            "agency_id": agency.id,
            **columns_of(session, body),
            "channel": body.channel,
            "created_at": at,
            "version": 0,
            "state": State.SUBMITTED,
            "provisional": False,
            "excluded_workdays": 0,
            "extension_workdays": 0,
            "overdue_when_paused": False,
            "calendar": 0,
            **more,
        },
    )


def _next_free(session: Session, agency: Agency, year: int) -> str:
    """The next number of the agency's own series that no imported ledger has brought along already."""
    assert agency.id is not None
    while True:
        number = case_number(agency.code, year, next_number(session, agency.id, year, NUMBER_SERIES))
        if session.execute(_NUMBER, {"number": number}).one_or_none() is None:
            return number


def case_number(code: str, year: int, running: int) -> str:
    """登记编号: the agency's code, the year, the running number in it."""
    return f"{code}-{year}-{running:04d}"


def columns_of(session: Session, body: Submit) -> dict[str, Any]:
    """The applicant and the request as columns of the case: encrypted, digested, or plain."""
    applicant, request, seal = body.applicant, body.request, session.seal
    contact = contact_json(applicant.contact)
    return {
        "applicant_kind": applicant.kind,
        "applicant_name": applicant.name,
        "id_number": seal.encrypt(applicant.id_number, ID_PLACE) if applicant.id_number else None,
        "contact": seal.encrypt_json(contact, CONTACT_PLACE) if contact else None,
        "id_index": seal.index("id", applicant.id_number) if applicant.id_number else None,
        # A telephone number is the same whether it was entered as such or as a line of text.
        "person_index": seal.index("person", applicant.name, *sorted(contact.values())),
        "title": request.title,
        "description": request.description,
        "form": request.form,
        "request_digest": seal.index("request", request.title, request.description),
    }


def contact_json(contact: str | Contact | None) -> dict[str, str]:
    """A contact as {phone, address, email}; a bare text is kept as it is."""
    if isinstance(contact, Contact):
        return contact.model_dump(exclude_none=True)
    return {"text": contact} if contact else {}


def warnings_of(applicant: Applicant) -> list[str]:
    """What is missing or looks wrong about the applicant: shown, never refused (art. 29)."""
    warnings = []
    if not contact_json(applicant.contact):
        warnings.append("申请人未提供联系方式（《条例》第二十九条）")
    doubt = number_doubt(applicant.kind, applicant.id_number or "")
    if doubt:
        warnings.append(doubt)
    return warnings


def number_doubt(kind: ApplicantKind, number: str) -> str:
    """What is wrong with the check digit of an ID number or 统一社会信用代码; empty when nothing is."""
    if not number:
        return ""
    if kind is ApplicantKind.NATURAL_PERSON:
        return "" if is_citizen_number(number) else "居民身份证号码校验不符，请核对（已按原样保留）"
    return "" if uscc.is_valid(number) else "统一社会信用代码校验不符，请核对（已按原样保留）"


def is_citizen_number(number: str) -> bool:
    """Whether the check digit and the day of birth hold (GB 11643).

    The division code is not judged: people keep the number when counties become cities.
    """
    plain = ric.compact(number)
    if len(plain) != 18 or not (plain[:-1].isascii() and plain[:-1].isdigit()):
        return False
    try:
        ric.get_birth_date(plain)
    except ValidationError:
        return False
    return bool(ric.calc_check_digit(plain) == plain[-1])


def receipt_warnings(channel: Channel, facts: Mapping[str, Any]) -> list[str]:
    """Registered post is received on the day it was signed for, which only the clerk knows (art. 31(2))."""
    if channel is Channel.REGISTERED_POST and "received_on" not in facts:
        return ["邮寄申请未填写签收日期，收到日暂按登记日计算，请核对签收日（《条例》第三十一条）"]
    return []

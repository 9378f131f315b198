"""What is known of the service of a letter: to whom, how and where, since when, and what runs from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workflow.casefile import CaseFile, parties, texts_of
from workflow.commands.intake import CONTACT_PLACE
from workflow.corrections import effective
from workflow.correspondence import APPLICANTS
from workflow.effects.service import STARTED_BY, served_on
from workflow.errors import NotFound
from workflow.history import Event, Term
from workflow.queries.describe import letters
from workflow.queries.dispatch import final_of, meant
from workflow.store import Session
from workflow.tables import LETTERS, USERS
from workflow.vocabulary import Action, Method, TermName, TermStatus

REMEDIES = (TermName.RECONSIDERATION, TermName.LITIGATION)
#: Which of the ways to reach the applicant a letter takes; by hand and by public notice none.
REACHED_BY = {
    Method.REGISTERED_POST: "address",
    Method.ORDINARY_POST: "address",
    Method.ONLINE: "email",
    Method.FAX: "phone",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """One record of service: a letter arrived, or came back."""

    method: Method
    on: date
    receiver: str = ""
    tracking_no: str = ""
    receipt: str = ""
    published_on: date | None = None
    #: Who entered it, and when.
    entered_by: str = ""
    entered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A letter, and what is known of its service."""

    case_number: str
    kind: str
    number: str
    on: date
    to: str
    #: How it is meant to go, or went.
    method: Method | None
    address: str
    #: Its first reception; what came back before and after.
    proof: Proof | None
    returned: tuple[Proof, ...]
    #: What runs from its service, with the last days.
    terms: tuple[Term, ...]


def service(session: Session, file: CaseFile, letter_id: int) -> Service:
    """Of one letter of a case; raises NotFound."""
    found = {each["id"]: each for each in letters(session, file, parties(session, file))}.get(letter_id)
    if found is None:
        raise NotFound("没有这件文书")
    sent, kind = _sent_by(session, file, letter_id), str(found["kind"])
    records = [(e, _proof(session, file, e)) for e in _records(file, found["number"])]
    arrived = [proof for e, proof in records if not e.facts.get("returned")]
    proof = arrived[0] if arrived else _by_itself(file, sent, kind)
    method = proof.method if proof else meant(file, sent, kind)
    return Service(
        case_number=file.row.number,
        kind=kind,
        number=found["number"],
        on=date.fromisoformat(found["on"]),
        to=found["to"],
        method=method,
        address=_address(session, file, method) if kind in APPLICANTS else "",
        proof=proof,
        returned=tuple(proof for e, proof in records if e.facts.get("returned")),
        terms=tuple(_terms(file, sent, proof, kind)) if sent and proof else (),
    )


def _sent_by(session: Session, file: CaseFile, letter_id: int) -> Event | None:
    """The act that sent the letter; none, if it was struck out since."""
    query = select(LETTERS.c.event_seq).where(LETTERS.c.id == letter_id)
    seq = session.execute(query).scalar_one()
    return next((event for event in effective(file.log.events) if event.seq == seq), None)


def _records(file: CaseFile, number: str) -> Iterator[Event]:
    for event in effective(file.log.events):
        if event.action is Action.RECORD_SERVICE and event.facts.get("number") == number:
            yield event


def _proof(session: Session, file: CaseFile, e: Event) -> Proof:
    texts = texts_of(session, file).get(e.seq, {})
    name = session.execute(select(USERS.c.name).where(USERS.c.id == e.person)).scalar_one_or_none()
    return Proof(
        method=Method(e.facts["method"]),
        on=served_on(e),
        receiver=texts.get("receiver", ""),
        tracking_no=e.facts.get("tracking_no", ""),
        receipt=e.facts.get("receipt", ""),
        published_on=e.day("published_on"),
        entered_by=name or "",
        entered_on=e.on,
    )


def _by_itself(file: CaseFile, sent: Event | None, kind: str) -> Proof | None:
    """A reply that was handed over as it was issued needs no record."""
    final = final_of(file, sent, kind)
    return Proof(Method.IN_PERSON, final.served) if final and final.served else None


def _address(session: Session, file: CaseFile, method: Method | None) -> str:
    """Where the applicant can be reached in that way; by post, as long as nothing is said."""
    contact = session.seal.decrypt_json(file.row.contact, CONTACT_PLACE) if file.row.contact else {}
    way = REACHED_BY.get(method, "") if method else "address"
    return str(contact.get(way) or contact.get("text", "")) if way else ""


def _terms(file: CaseFile, sent: Event, proof: Proof, kind: str) -> Iterator[Term]:
    """The periods that run from this service; what was cancelled runs no more.

    A letter that was sent again, corrected, starts the periods of the act that sent the first one.
    """
    act = file.history.reissued.get(sent.seq, sent.seq)
    decides = any((final.event, final.kind) == (act, kind) for final in file.history.final_letters)
    for term in file.history.terms:
        starts = kind in STARTED_BY.get(term.name, ()) or (decides and term.name in REMEDIES)
        runs = term.runs_from == proof.on and term.status is not TermStatus.CANCELLED
        if term.event == act and starts and runs:
            yield term

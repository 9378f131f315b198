"""Whether the register is as it was written: the chain of every case, and all that follows from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, func, select

from workflow import attachments, log
from workflow.casefile import CaseFile, texts_of
from workflow.commands.intake import CONTACT_PLACE, ID_PLACE, NUMBER_SERIES, case_number
from workflow.documents import kept_content
from workflow.engine import projection
from workflow.errors import Incomplete
from workflow.history import Term
from workflow.lifecycle import fold
from workflow.queries.letters import frozen_text
from workflow.sealing import salted_digest
from workflow.store import Session
from workflow.tables import AGENCIES, CASES, COUNTERS, EVENTS, LETTER_DOCUMENTS, LETTERS, SEALED, TERMS
from workflow.vocabulary import TermStatus

BATCH = 500
#: What reading or replaying a record raises that was written past the program.
UNREADABLE = (LookupError, ValueError, TypeError, AssertionError, StopIteration, InvalidTag)
#: What each column that follows from the log is called.
COLUMNS = {
    "state": "状态",
    "submitted_on": "提交日期",
    "received_on": "收到日期",
    "due_on": "答复期限",
    "conservative_due_on": "保守答复期限",
    "provisional": "暂定标记",
    "excluded_workdays": "不计入的工作日",
    "extension_workdays": "延长的工作日",
    "overdue_when_paused": "暂停时已逾期的标记",
    "decision": "处理决定",
    "report_row": "年报行次",
    "concluded_on": "办结日期",
}
#: The event, and what is wrong with it.
Fault = tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Break:
    """The first place of a case that is not as it was written; `seq` 0: no single event."""

    number: str
    seq: int
    what: str


def verify(session: Session, uploads: Path | None = None) -> Iterator[Break | None]:
    """Walk all cases in order: for each None, or its first break; then every number that lost its case.

    `uploads` is the folder of the attached files; without it they are not looked at.
    """
    last = 0
    while True:
        query = select(CASES.c.id, CASES.c.number).where(CASES.c.id > last).order_by(CASES.c.id)
        cases = session.execute(query.limit(BATCH)).all()
        if not cases:
            break
        last = cases[-1].id
        for case in cases:
            fault = _first_fault(session, case.id) or _files(session, uploads, case.id)
            yield Break(case.number, *fault) if fault else None
        session.rollback()  # A long look must not keep the database from tidying up.
    yield from _lost_numbers(session)


def count(session: Session) -> int:
    """How many cases there are to verify."""
    return int(session.execute(select(func.count()).select_from(CASES)).scalar_one())


def _first_fault(session: Session, case_id: int) -> Fault:
    try:
        case = session.execute(select(CASES).where(CASES.c.id == case_id)).one()
        rows = session.execute(select(EVENTS).where(EVENTS.c.case_id == case_id).order_by(EVENTS.c.seq)).all()
        return _link(rows) or _tail(case, rows) or _texts(session, case, rows) or _course(session, case)
    except UNREADABLE:
        return 0, "记录无法读取或重演"


def _files(session: Session, uploads: Path | None, case_id: int) -> Fault:
    """Every attached file is there, and is the one that was brought."""
    found = next(attachments.faults(session, uploads, case_id), None) if uploads else None
    return (0, found) if found else None


def _course(session: Session, case: Row[Any]) -> Fault:
    entries = log.read(session, case.id, case.version)
    history = fold(entries.events, session.store.calendar(session, case.calendar))
    file = CaseFile(case, entries, history, case.version, [])
    return _columns(session, file) or _request(session, file) or _letters(session, file)


def _link(rows: Sequence[Row[Any]]) -> Fault:
    """The chain itself: every event in its place, linked to the one before, and unchanged."""
    previous = log.GENESIS
    for place, row in enumerate(rows, start=1):
        if row.seq != place:
            return place, "记录缺失"
        if row.previous_hash != previous:
            return row.seq, "与上一条记录的链接不符"
        if log.chain_hash(row._asdict()) != row.hash:
            return row.seq, "记录内容被改动"
        previous = row.hash
    return None


def _tail(case: Row[Any], rows: Sequence[Row[Any]]) -> Fault:
    """Every act adds one event and one version: a log cut at its end is shorter."""
    if len(rows) < case.version:
        return len(rows) + 1, f"末尾记录缺失（应有{case.version}条，实有{len(rows)}条）"
    if len(rows) > case.version:
        return case.version + 1, f"记录多于办理次数（应有{case.version}条，实有{len(rows)}条）"
    return None if rows else (1, "没有任何记录")


def _texts(session: Session, case: Row[Any], rows: Sequence[Row[Any]]) -> Fault:
    """What people wrote proves itself by the salted digest in its event; an erased text is no break."""
    digests = {row.seq: row.sealed_digest for row in rows}
    for sealed in session.execute(select(SEALED).where(SEALED.c.case_id == case.id).order_by(SEALED.c.seq)):
        digest = digests.get(sealed.seq)
        if digest is None or not _proves(session, sealed, digest):
            return sealed.seq, "记录所附文字被改动"
    return None


def _proves(session: Session, sealed: Row[Any], digest: str) -> bool:
    try:
        body = session.seal.decrypt(sealed.body, log.SEALED_PLACE)
    except InvalidTag:
        return False
    return salted_digest(sealed.salt, body) == digest


def _columns(session: Session, file: CaseFile) -> Fault:
    """The case's columns and terms are what replaying its log gives."""
    stands = file.row._mapping
    for name, value in projection(file.history).items():
        if stands[name] != value:
            return 0, f"案件的{COLUMNS[name]}与记录不符（应为{value}，实为{stands[name]}）"
    terms = session.execute(select(TERMS).where(TERMS.c.case_id == file.id)).all()
    if {_as_stored(term) for term in terms} != {_as_replayed(term) for term in file.history.terms}:
        return 0, "案件的期限与记录不符"
    return None


def _as_stored(term: Row[Any]) -> tuple[Any, ...]:
    return (term.name, term.no, term.runs_from, term.due_on, term.event_seq, term.party, _live(term.status))


def _as_replayed(term: Term) -> tuple[Any, ...]:
    return (term.name, term.no, term.runs_from, term.due_on, term.event, term.party, _live(term.status))


def _live(status: TermStatus) -> TermStatus:
    """Whether a term has lapsed since the last event is the sweep's doing, not the log's."""
    return TermStatus.RUNNING if status is TermStatus.LAPSED else status


def _request(session: Session, file: CaseFile) -> Fault:
    """Who asked, and for what, is what was entered last, as corrected since."""
    entered = [texts for _seq, texts in sorted(texts_of(session, file).items()) if "applicant" in texts]
    if not entered:
        return None
    row, applicant, request = file.row, entered[-1]["applicant"], entered[-1]["request"]
    number = session.seal.decrypt(row.id_number, ID_PLACE) if row.id_number else None
    contact = session.seal.decrypt_json(row.contact, CONTACT_PLACE) if row.contact else {}
    if (row.applicant_name, number or None) != (applicant["name"], applicant.get("id_number") or None):
        return 0, "案件的申请人与记录不符"
    told = applicant.get("contact") or {}
    if contact != ({"text": told} if isinstance(told, str) else told):
        return 0, "案件的联系方式与记录不符"
    if (row.title, row.description) != (request["title"], request["description"]):
        return 0, "案件的申请内容与记录不符"
    return None


def _letters(session: Session, file: CaseFile) -> Fault:
    """Every letter that the log names is there, with the text and the documents that it was issued with."""
    query = select(LETTERS).where(LETTERS.c.case_id == file.id).order_by(LETTERS.c.id)
    rows = session.execute(query).all()
    return _register(file, rows) or _contents(session, rows)


def _register(file: CaseFile, rows: Sequence[Row[Any]]) -> Fault:
    """The log and the store know the same letters: under these numbers, of these kinds and days."""
    logged = {
        (event.seq, letter.kind, letter.number, event.on)
        for event in file.log.events
        for letter in event.letters
    }
    stored = {(row.event_seq, row.kind, row.number, row.on_date) for row in rows}
    there = {row.number for row in rows}
    for seq, _kind, number, _on in sorted(logged ^ stored):
        return seq, f"文书{number}与记录不符" if number in there else f"文书{number}缺失"
    return None


def _contents(session: Session, rows: Sequence[Row[Any]]) -> Fault:
    """The texts are those that were issued, the documents those that were first made of them."""
    kept = _documents(session, [row.id for row in rows])
    for row in rows:
        try:
            frozen_text(session, row)
            for document in kept.get(row.id, ()):
                kept_content(session, document, row.number)
        except Incomplete as fault:
            return row.event_seq, str(fault)
    return None


def _documents(session: Session, letters: Sequence[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    if letters:
        query = select(LETTER_DOCUMENTS).where(LETTER_DOCUMENTS.c.letter_id.in_(letters))
        for row in session.execute(query.order_by(LETTER_DOCUMENTS.c.form)):
            found.setdefault(row.letter_id, []).append(row)
    return found


def _lost_numbers(session: Session) -> Iterator[Break]:
    """A number that was given belongs to a case for ever: cases are voided, never deleted."""
    series = select(AGENCIES.c.code, COUNTERS).join(AGENCIES, AGENCIES.c.id == COUNTERS.c.agency_id)
    for row in session.execute(series.where(COUNTERS.c.series == NUMBER_SERIES)).all():
        given = {case_number(row.code, row.year, n) for n in range(1, row.value + 1)}
        query = select(CASES.c.number).where(CASES.c.agency_id == row.agency_id)
        for number in sorted(given - set(session.execute(query).scalars())):
            yield Break(number, 0, "编号已经使用，案件不存在")

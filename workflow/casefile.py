"""A case as one transaction sees it: its row, its log, the course that the log tells, and its texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, insert, select

from workflow import calendars, log, search
from workflow.corrections import effective
from workflow.errors import NotFound, Stale
from workflow.history import UNNAMED, History, Term
from workflow.lifecycle import fold
from workflow.log import Log
from workflow.store import Session
from workflow.tables import CASES, TERMS
from workflow.vocabulary import Action

_CALENDAR = calendars.VERSION.scalar_subquery().label("calendar_version")
_CASE = select(CASES, _CALENDAR).where(CASES.c.number == bindparam("number"))
_CLAIM = _CASE.with_for_update(of=CASES, skip_locked=True)
_TERMS = select(
    TERMS.c.name,
    TERMS.c.no,
    TERMS.c.article,
    TERMS.c.runs_from,
    TERMS.c.due_on,
    TERMS.c.status,
    TERMS.c.event_seq,
    TERMS.c.party,
).where(TERMS.c.case_id == bindparam("case_id"))
_CREATE = insert(CASES).returning(CASES, _CALENDAR)


@dataclass(slots=True)
class CaseFile:
    """A case as one transaction sees it: its row, its log, and the course that the log tells."""

    row: Row[Any]
    log: Log
    history: History
    version: int
    stored_terms: list[Term]
    #: What people wrote, once somebody has asked for it (written).
    texts: dict[int, dict[str, Any]] | None = None

    @property
    def id(self) -> int:
        """The row's key."""
        return int(self.row.id)


def open_file(
    session: Session, number: str, *, agencies: frozenset[int] | None = None, version: int | None = None
) -> CaseFile:
    """Read a case within the caller's agencies; raises NotFound, or Stale when `version` is past."""
    row = session.execute(_CASE, {"number": number}).one_or_none()
    if row is None or (agencies is not None and row.agency_id not in agencies):
        raise NotFound(f"没有编号为{number}的申请，或不在您的职责范围内")
    if version is not None and row.version != version:
        raise Stale(number, version, row.version)
    return _file(session, row)


def claim_file(session: Session, number: str) -> CaseFile | None:
    """Read a case and keep others from it until the commit; None when somebody else has it, or it is gone."""
    row = session.execute(_CLAIM, {"number": number}).one_or_none()
    return None if row is None else _file(session, row, as_stored=True)


def _file(session: Session, row: Row[Any], *, as_stored: bool = False) -> CaseFile:
    calendar = session.use_calendar(row.calendar_version)
    entries = log.read(session, row.id, row.version)
    history = fold(entries.events, calendar)
    # Under an older calendar, what is stored is not what the log gives now. Nor is it after a sweep:
    # the next one looks, so that it finds nothing left to do.
    differ = as_stored or row.calendar != row.calendar_version
    terms = [Term(*term) for term in session.execute(_TERMS, {"case_id": row.id})] if differ else None
    return CaseFile(row, entries, history, row.version, list(history.terms) if terms is None else terms)


def new_file(session: Session, values: Mapping[str, Any]) -> CaseFile:
    """Create the row of a case that has no event yet; the act that follows gives it its first state."""
    row = session.execute(_CREATE, dict(values)).one()
    search.add(session, row)
    session.use_calendar(row.calendar_version)
    return CaseFile(row, Log([], log.GENESIS), History(), row.version, [])


def written(session: Session, file: CaseFile) -> dict[int, dict[str, Any]]:
    """What people wrote in the acts of a case, by event; decrypted once."""
    if file.texts is None:
        file.texts = log.texts_of(session, file.id)
    return file.texts


def texts_of(session: Session, file: CaseFile) -> dict[int, dict[str, Any]]:
    """What people wrote in the acts of a case, by event, as corrected since."""
    texts = dict(written(session, file))
    for event in file.log.events:
        if event.action is Action.RECTIFY and event.seq in texts:
            corrected, changes = event.facts["event"], texts[event.seq].get("changes", {})
            texts[corrected] = {**texts.get(corrected, {}), **changes}
    return texts


def parties(session: Session, file: CaseFile) -> dict[int, str]:
    """The names of those consulted, by their number in the case; nothing is read if nobody was."""
    events = [*file.log.events, *effective(file.log.events)]
    unnamed = any(e.action is Action.IMPORTED and "consultation_sent" in e.facts for e in events)
    asked = [e for e in events if e.action in (Action.CONSULT_THIRD_PARTY, Action.CONSULT_AGENCY)]
    texts = texts_of(session, file) if asked else {}
    named = {e.facts["party"]: texts.get(e.seq, {}).get("name", "（已删除）") for e in asked}
    return ({UNNAMED: "第三方（台账未载明名称）"} if unnamed else {}) | named

"""A case told to outsiders: the one description for API, command line and scenarios (docs/formats.md)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from workflow import clock
from workflow.casefile import CaseFile, parties
from workflow.correspondence import APPLICANTS
from workflow.history import History
from workflow.law.decisions import DECISIONS
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar
from workflow.posting import letter_place
from workflow.records import Fee
from workflow.store import Session
from workflow.tables import EVENTS, LETTERS
from workflow.vocabulary import Role


def describe(session: Session, file: CaseFile, as_of: date) -> dict[str, Any]:
    """The case as of a day, with its terms, fees, letters, events, explanation and warnings."""
    return {**told(session, file, as_of), "events": events(session, file)}


def told(session: Session, file: CaseFile, as_of: date) -> dict[str, Any]:
    """The same without the events."""
    h, calendar = file.history, session.calendar
    h.pass_to(as_of)
    names = parties(session, file)
    return {
        "number": file.row.number,
        "state": h.state,
        "received_on": _day(h.received_on),
        "due_on": _day(h.due_on),
        "conservative_due_on": _day(h.conservative_due_on),
        "provisional": bool(h.due and h.due.provisional),
        "excluded_workdays": h.due.excluded if h.due else 0,
        "extension_workdays": h.clock.extension if h.clock else 0,
        "overdue": h.is_overdue(as_of),
        "workdays_left": h.workdays_left(as_of, calendar),
        "terms": [
            {
                "term": term.name,
                "party": names.get(term.party) if term.party is not None else None,
                "runs_from": _day(term.runs_from),
                "due_on": _day(term.due_on),
                "status": term.status,
            }
            for term in h.terms
        ],
        "decision": h.decision,
        "report_row": DECISIONS[h.decision].row if h.decision else None,
        "fees": [_fee(fee, h) for fee in h.fees],
        "letters": letters(session, file, names),
        "explain": explain(h, calendar),
        "warnings": list(h.warnings),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _fee(fee: Fee, h: History) -> dict[str, Any]:
    counted = "pages" if fee.basis == "per_page" else "pieces"
    return {
        "basis": fee.basis,
        counted: fee.count,
        "amount_yuan": fee.amount_yuan,
        "notified_on": _day(None if fee.undated else fee.notified_on),
        "due_on": _day(h.terms[fee.term].due_on) if fee.term is not None else None,
        "paid_on": _day(fee.paid_on),
    }


def letters(session: Session, file: CaseFile, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """The letters on the file, oldest first, with their addressee."""
    rows = session.execute(
        select(LETTERS.c.id, LETTERS.c.kind, LETTERS.c.number, LETTERS.c.on_date, LETTERS.c.party)
        .where(LETTERS.c.case_id == file.id)
        .order_by(LETTERS.c.id)
    ).all()
    elsewhere = _addressees(session, file, rows)
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "number": row.number,
            "on": row.on_date.isoformat(),
            "to": _to(file, row, names, elsewhere),
        }
        for row in rows
    ]


def _to(file: CaseFile, row: Row[Any], names: Mapping[int, str], elsewhere: Mapping[int, str]) -> str:
    """The applicant, the consulted party, or whoever else the letter itself addresses."""
    if row.kind in APPLICANTS:
        return str(file.row.applicant_name)
    return names.get(row.party, "") if row.party is not None else elsewhere[row.id]


def _addressees(session: Session, file: CaseFile, rows: Iterable[Row[Any]]) -> dict[int, str]:
    """Whom those letters address that go neither to the applicant nor to a consulted party."""
    keys = [row.id for row in rows if row.kind not in APPLICANTS and row.party is None]
    if not keys:
        return {}
    found = select(LETTERS.c.id, LETTERS.c.number, LETTERS.c.context).where(LETTERS.c.id.in_(keys))
    return {
        key: str(session.seal.decrypt_json(context, letter_place("context", file.id, number))["salutation"])
        for key, number, context in session.execute(found)
    }


def events(session: Session, file: CaseFile) -> list[dict[str, Any]]:
    """The history as it was written, in its order; nothing in it tells what a person wrote."""
    columns = (EVENTS.c[n] for n in ("seq", "on_date", "action", "from_state", "to_state", "role", "article"))
    rows = session.execute(select(*columns).where(EVENTS.c.case_id == file.id).order_by(EVENTS.c.seq))
    return [
        {
            "seq": row.seq,
            "on": row.on_date.isoformat(),
            "action": row.action,
            "from": row.from_state,
            "to": row.to_state,
            "by": Role(row.role),
            "article": row.article,
        }
        for row in rows
    ]


def explain(h: History, calendar: Calendar) -> list[str]:
    """Why the reply is due on that day: the runs that were cleared, then the one that counts."""
    lines = [*_cleared(h)]
    if h.clock:
        lines += clock.explain(h.clock, calendar)
    if h.is_paused and h.state and h.due_on:
        article = "30" if h.state == "awaiting_clarification" else "109号6"
        lines.append(f"{h.state.zh}期间答复期限暂停，完成后重新起算（{cite_zh(article)}）")
    if h.conservative_due_on:
        lines.append(f"补正告知逾期，保守期限为{clock.day_zh(h.conservative_due_on)}（{cite_zh('30')}）")
    return lines


def _cleared(h: History) -> Iterable[str]:
    for run, after in zip(h.runs, [*h.runs[1:], h.clock], strict=False):
        if after is not None:
            yield (
                f"自{clock.day_zh(run.start)}{run.cause.zh}起算的期限，"
                f"因{clock.day_zh(after.start)}{after.cause.zh}而重新确定（{cite_zh(after.cause)}）"
            )

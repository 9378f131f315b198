"""A case as its applicant may see it: their own letters, and nobody else by name (art. 45)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from workflow.casefile import CaseFile
from workflow.correspondence import APPLICANTS
from workflow.history import Event
from workflow.law.decisions import DECISIONS
from workflow.lifecycle import allowed
from workflow.queries.describe import explain
from workflow.store import Session
from workflow.tables import AGENCIES, LETTERS
from workflow.vocabulary import Action, Role, State

#: The state in words that need no knowledge of the procedure.
PLAIN: dict[State, str] = {
    State.SUBMITTED: "您的申请已送达，等待本机关确认收到日期",
    State.SCREENING: "您的申请已登记，正在审核",
    State.AWAITING_CLARIFICATION: "申请内容需要补正，请按告知书的要求在期限内补正",
    State.AWAITING_JUSTIFICATION: "请按通知书的要求在期限内说明理由",
    State.PROCESSING: "您的申请正在办理",
    State.CONSULTING: "正在征求有关方面的意见，所需时间依法不计入答复期限",
    State.AWAITING_PAYMENT: "请按收费通知书的要求在期限内缴费",
    State.LEGAL_REVIEW: "答复正在审核",
    State.APPROVAL: "答复正在审核",
    State.APPROVED: "答复已经签发，即将发出",
    State.CONCLUDED: "您的申请已办结",
    State.ARCHIVED: "您的申请已办结",
    State.VOIDED: "该登记已作废",
}
#: What the applicant learns of the course; drafting and reviewing are the office's own.
SHOWN: dict[Action, str] = {
    Action.SUBMIT: "提交申请",
    Action.REGISTER: "登记，确定收到日期",
    Action.IMPORTED: "登记",
    Action.REQUEST_CLARIFICATION: "告知补正",
    Action.RECEIVE_CLARIFICATION: "收到补正材料",
    Action.REQUEST_JUSTIFICATION: "要求说明理由",
    Action.RECEIVE_JUSTIFICATION: "收到理由说明",
    Action.ACCEPT: "转入办理",
    Action.CONSULT_THIRD_PARTY: "征求第三方意见",
    Action.CONSULT_AGENCY: "征求其他机关意见",
    Action.ASSESS_FEE: "核定信息处理费",
    Action.CANCEL_FEE: "撤销收费",
    Action.RECORD_PAYMENT: "收到缴费",
    Action.EXTEND: "延长答复期限",
    Action.REPLY_ON_THE_SPOT: "当场答复",
    Action.ISSUE_REPLY: "作出答复",
    Action.CONFIRM_ABANDONMENT: "视为放弃申请，不再处理",
    Action.WITHDRAW: "撤回申请",
    Action.REOPEN: "重新办理",
    Action.RECALCULATE: "放假安排调整，重新计算答复期限",
    Action.VOID: "登记作废",
}
#: What an applicant can do online.
OWN_ACTS = (Action.RECEIVE_CLARIFICATION, Action.RECEIVE_JUSTIFICATION, Action.WITHDRAW)


def status(session: Session, file: CaseFile, today: date) -> dict[str, Any]:
    """Where the application stands, until when and why, its letters, and what can be done now."""
    h = file.history
    h.pass_to(today)
    agency = session.execute(select(AGENCIES).where(AGENCIES.c.id == file.row.agency_id)).one()
    return {
        "number": file.row.number,
        "agency": agency.name,
        "agency_phone": agency.phone,
        "agency_address": agency.address,
        "title": file.row.title,
        "state": h.state,
        "state_text": PLAIN[h.state] if h.state else "",
        "submitted_on": _day(h.submitted_on),
        "received_on": _day(h.received_on),
        "due_on": _day(h.due_on) if h.is_open else None,
        "paused": h.is_paused,
        "provisional": h.is_open and bool(h.due and h.due.provisional),
        "overdue": h.is_overdue(today),
        "workdays_left": h.workdays_left(today, session.calendar),
        "answer_by": _answer_by(file),
        "explain": explain(h, session.calendar) if h.is_open else [],
        "decision": h.decision,
        "decision_text": DECISIONS[h.decision].zh if h.decision else None,
        "concluded_on": _day(h.concluded_on),
        "letters": letters(session, file.id),
        "events": list(_events(file.log.events)),
        "actions": [
            action
            for action in allowed(h, Role.APPLICANT, None, today, session.calendar)
            if action in OWN_ACTS
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _answer_by(file: CaseFile) -> str | None:
    """The last day of what the applicant is asked for, if anything is."""
    asked = ("clarification", "justification", "payment")
    waiting = (State.AWAITING_CLARIFICATION, State.AWAITING_JUSTIFICATION, State.AWAITING_PAYMENT)
    found = [term for term in file.history.terms if term.name in asked and term.status != "cancelled"]
    return _day(found[-1].due_on) if found and file.history.state in waiting else None


def letters(session: Session, case_id: int) -> list[dict[str, Any]]:
    """The letters addressed to the applicant, oldest first."""
    rows = session.execute(
        select(LETTERS.c.id, LETTERS.c.kind, LETTERS.c.number, LETTERS.c.on_date)
        .where(LETTERS.c.case_id == case_id, LETTERS.c.kind.in_(APPLICANTS))
        .order_by(LETTERS.c.id)
    )
    return [
        {"id": row.id, "kind": row.kind, "number": row.number, "on": row.on_date.isoformat()} for row in rows
    ]


def _events(log: list[Event]) -> Iterator[dict[str, Any]]:
    for event in log:
        if event.action in SHOWN:
            yield {"on": event.on.isoformat(), "action": event.action, "text": SHOWN[event.action]}

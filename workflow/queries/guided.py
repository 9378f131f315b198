"""What a case itself says to each of the seven questions, and what it already holds to prove a decision.

These are hints beside the questions: none of them answers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workflow.casefile import CaseFile, parties, texts_of
from workflow.clock import day_zh
from workflow.corrections import effective
from workflow.errors import Refused
from workflow.history import Event, History
from workflow.law.decisions import DECISIONS
from workflow.law.guide import Path
from workflow.law.guide import parts as step
from workflow.queries.alike import Alike, alike
from workflow.queries.describe import letters
from workflow.queries.lights import words
from workflow.records import Consultation, Notice
from workflow.rules import RULES
from workflow.rules.reply import refusal_has_evidence
from workflow.store import Session
from workflow.tables import CASES, LETTERS
from workflow.vocabulary import Action, Role, TermName, TermStatus


@dataclass(frozen=True, slots=True)
class _Case:
    """A case as the hints look at it."""

    file: CaseFile
    h: History
    names: dict[int, str]
    alike: list[Alike]
    texts: dict[int, dict[str, Any]]
    today: date
    days_left: int | None

    def asked(self, *names: TermName) -> Iterator[Consultation]:
        return (c for c in self.h.consultations if c.name in names)

    def last(self, action: Action, name: str) -> str:
        """What was written into the latest act of that kind."""
        events = [each for each in effective(self.file.log.events) if each.action is action]
        return str(self.texts.get(events[-1].seq, {}).get(name, "")) if events else ""

    def name(self, asked: Consultation) -> str:
        return self.names.get(asked.party, "第三方")


def hints(session: Session, file: CaseFile, today: date) -> dict[str, list[str]]:
    """What is known beside each question, by its code word."""
    h = file.history
    left = h.workdays_left(today, session.calendar)
    names, same, texts = parties(session, file), alike(session, file), texts_of(session, file)
    case = _Case(file, h, names, same, texts, today, left)
    return {code: list(told(case)) for code, told in HINTS.items()}


# --- Beside each question ----------------------------------------------------------------------------------


def _clarification(case: _Case) -> Iterator[str]:
    h = case.h
    if h.clarification is None:
        term = h.term(TermName.CLARIFICATION_NOTICE)
        if term and h.received_on:
            late = "已过" if term.due_on < case.today else ""
            yield f"需要补正的，告知期限为{day_zh(term.due_on)}{late and f'，{late}'}。"
        return
    yield _noticed("补正告知书", h.clarification)
    if h.clarified:
        yield "申请人已经补正，不能再次要求补正。"


def _noticed(what: str, notice: Notice) -> str:
    told = f"{what}于{day_zh(notice.sent)}发出"
    if notice.received:
        return f"{told}，{day_zh(notice.received)}收到申请人的答复。"
    return f"{told}，已被退回。" if notice.returned else f"{told}，还没有收到申请人的答复。"


def _scope(case: _Case) -> Iterator[str]:
    same = [each.number for each in case.alike if each.same_person]
    others = [each.number for each in case.alike if not each.same_person]
    if same:
        yield f"同一申请人提出过内容相同的申请：{'、'.join(same)}。"
    if others:
        yield f"其他人提出过内容相同的申请，处理应当一致：{'、'.join(others)}。"
    asked = case.h.justification
    if asked:
        yield _noticed("说明理由通知书", asked)
        if asked.reasonable is not None:
            yield f"理由已认定为{'合理' if asked.reasonable else '不合理'}。"


def _agencies(case: _Case) -> Iterator[str]:
    for asked in case.asked(TermName.AGENCY_OPINION):
        yield f"征求{case.name(asked)}意见（第{asked.article}条）：{_opinion(asked)}。"


def _third_parties(case: _Case) -> Iterator[str]:
    third = list(case.asked(TermName.THIRD_PARTY_OPINION))
    yield from (f"征求第三方{case.name(asked)}意见：{_opinion(asked)}。" for asked in third)
    if not third:
        yield "还没有征求过第三方意见。"
    yield from (each for each in _agencies(case) if "第17条" in each)
    concluded = case.last(Action.CLOSE_CONFERENCE, "conclusion")
    if concluded:
        yield f"会商结论：{concluded}"
    if case.h.objections():
        yield "第三方不同意且未认定理由不合理的，只有不公开会对公共利益造成重大影响，才能公开（第三十二条）。"


def _opinion(asked: Consultation) -> str:
    if asked.cancelled:
        return "征求意见书被退回"
    if asked.open:
        return f"{day_zh(asked.sent)}发出，还没有收到意见"
    if asked.consents is None:
        return "逾期未提出意见，由本机关决定" if asked.by_timer else "没有明确表示意见"
    if asked.by_timer and not asked.answered:
        return "逾期未提出意见，视为同意公开"
    on = f"{day_zh(asked.closed)} " if asked.closed else ""
    if asked.consents:
        return on + "同意公开"
    reason = {True: "，理由合理", False: "，理由不合理", None: "，还没有认定理由是否合理"}[asked.reasonable]
    return on + "不同意公开" + reason


def _form(case: _Case) -> Iterator[str]:
    form = case.file.row.form
    yield f"申请人要求的形式：{form}。" if form else "申请人没有提出形式要求。"


def _reply(case: _Case) -> Iterator[str]:
    h = case.h
    if h.due_on:
        left = words(case.days_left, paused=h.is_paused, overdue=h.is_overdue(case.today))
        yield f"答复期限{day_zh(h.due_on)}，{left}。"
    if h.clock and h.clock.extension:
        yield f"已延长{h.clock.extension}个工作日，不能再延长。"
    fee = h.standing_fee()
    if fee:
        yield f"收费通知已发出，{fee.amount_yuan}元，{'已缴纳' if fee.paid_on else '还没有缴纳'}。"
    if h.open_conference is not None:
        yield "会商还没有结束。"
    returned = case.last(Action.RETURN_DRAFT, "comment")
    if returned:
        yield f"上次拟稿的退回意见：{returned}"


HINTS: dict[str, Callable[[_Case], Iterator[str]]] = {
    step.CLARIFY: _clarification,
    step.SCOPE: _scope,
    step.RESPONSIBLE: _agencies,
    step.DISCLOSE: _third_parties,
    step.PROVIDE: _form,
    step.REPLY: _reply,
}


def obstacles(session: Session, file: CaseFile, way: Path, today: date) -> list[str]:
    """Why a draft of the decision would be refused as the case stands, its proof aside."""
    h, found = file.history, []
    facts = {"decision": way.decision, "grounds": way.grounds}
    event = Event(h.last_seq + 1, max(today, h.last_on), Action.DRAFT_REPLY, Role.HANDLER, facts)
    for rule in RULES[Action.DRAFT_REPLY] if way.decision else ():
        try:
            if rule is not refusal_has_evidence:
                rule(h, event, session.calendar)
        except Refused as refusal:
            found.append(refusal.message)
    return found


# --- What proves it ----------------------------------------------------------------------------------------

EARLIER = "前次答复"
#: Which letters of the case prove which item.
_BY_LETTER = {
    "征求意见书": "third_party_consultation",
    "补正告知书": "clarification_notice",
    "说明理由通知书": "justification_notice",
}


def proved(session: Session, file: CaseFile) -> dict[str, str]:
    """What the case already holds for items of proof, by their names; nothing is said of the others."""
    h, names = file.history, parties(session, file)
    sent = letters(session, file, names)
    found = {
        item: "；".join(f"{each['number']}（{each['on']}）" for each in sent if each["kind"] == kind)
        for item, kind in _BY_LETTER.items()
    }
    third = [c for c in h.consultations if c.name is TermName.THIRD_PARTY_OPINION]
    found["送达证明"] = "；".join(_served(h, c, names) for c in third if _arrived(h, c))
    found["第三方意见"] = "；".join(
        f"{names.get(c.party, '第三方')}{_opinion(c)}" for c in third if not c.open and not c.cancelled
    )
    if h.justification and h.justification.received:
        found["申请人的说明"] = f"{h.justification.received.isoformat()}收到"
    if h.clarification and h.clarification.received:
        found["补正内容"] = f"{h.clarification.received.isoformat()}收到"
    found[EARLIER] = earlier_reply(session, file)
    return {item: text for item, text in found.items() if text}


def earlier_reply(session: Session, file: CaseFile) -> str:
    """Number and day of what the same person was last answered to the same request, if the register tells."""
    same = [each.number for each in alike(session, file) if each.same_person]
    kinds = {rule.letter_kind for rule in DECISIONS.values()}
    query = (
        select(LETTERS.c.number, LETTERS.c.on_date)
        .join(CASES, CASES.c.id == LETTERS.c.case_id)
        .where(CASES.c.agency_id == file.row.agency_id, CASES.c.number.in_(same), LETTERS.c.kind.in_(kinds))
        .order_by(LETTERS.c.id.desc())
        .limit(1)
    )
    found = session.execute(query).one_or_none() if same else None
    return f"{found.number}（{found.on_date.isoformat()}）" if found else ""


def _arrived(h: History, asked: Consultation) -> bool:
    return not asked.cancelled and h.terms[asked.term].status is not TermStatus.AWAITED


def _served(h: History, asked: Consultation, names: dict[int, str]) -> str:
    return f"{names.get(asked.party, '第三方')}于{h.terms[asked.term].runs_from.isoformat()}收到"

"""From an order to what a letter says: one function per field, and only the fields that its kind declares."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from letters.course import course_of
from letters.kinds import KINDS
from letters.remedy import last_days, remedy_of
from letters.wording import capital_yuan, cite, day, pages_of, paragraphs, passages, tariff_lines, visible
from workflow import clock as reply_clock
from workflow.correspondence import APPLICANTS, ENCLOSED, LetterOrder
from workflow.effects.fee import tariff_of
from workflow.history import Fee, Notice, Term
from workflow.law import terms as law
from workflow.law.decisions import CORRECTION, DECISIONS, Decision
from workflow.law.remedies import Remedy
from workflow.rules.reply import PUBLIC_INTEREST
from workflow.vocabulary import Action, ApplicantKind, Channel, Method, TermName, TermStatus

ARRIVED_BY = {
    Channel.IN_PERSON: "当面",
    Channel.REGISTERED_POST: "邮寄",
    Channel.ORDINARY_POST: "平常信函",
    Channel.ONLINE: "互联网",
    Channel.FAX: "传真",
}
DELIVERED_BY = {
    Method.IN_PERSON: "当面交付",
    Method.REGISTERED_POST: "邮寄",
    Method.ORDINARY_POST: "平常信函",
    Method.ONLINE: "互联网",
    Method.FAX: "传真",
    Method.PUBLIC_NOTICE: "公告",
}
ASKED_TERMS = {
    Action.REQUEST_CLARIFICATION: TermName.CLARIFICATION,
    Action.REQUEST_JUSTIFICATION: TermName.JUSTIFICATION,
    Action.CONSULT_THIRD_PARTY: TermName.THIRD_PARTY_OPINION,
    Action.CONSULT_AGENCY: TermName.AGENCY_OPINION,
    Action.ASSESS_FEE: TermName.PAYMENT,
}
LENGTHS = {
    Action.CONSULT_THIRD_PARTY: law.THIRD_PARTY_OPINION,
    Action.CONSULT_AGENCY: law.AGENCY_OPINION,
    Action.ASSESS_FEE: law.PAYMENT,
}
#: What people wrote; letters show of it what can be seen.
WRITTEN = ("case", "texts", "draft", "parties")
#: ID numbers, telephone numbers and addresses of mail, however they are spaced, also in full width.
PERSONAL = re.compile(
    r"(?<!\d)(?:\d[ -]?){17}[\dXxＸｘ](?!\d)"
    r"|(?<!\d)[1１][ -]?[3-9３-９](?:[ -]?\d){9}(?!\d)"
    r"|(?<!\d)[(（]?[0０]\d{2,3}[)）]?[ －-]?\d{7,8}(?!\d)"
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
MASKED = "×××"


def context_of(order: LetterOrder) -> dict[str, Any]:
    """Exactly the declared fields of the order's kind, as data that can be kept as JSON."""
    seen = replace(order, **{name: visible(getattr(order, name)) for name in WRITTEN})
    return {name: FIELDS[name](seen) for name in sorted(KINDS[order.kind].fields)}


# --- Who writes to whom ---------------------------------------------------------------------------


def _title(order: LetterOrder) -> str:
    """The title; a correction is named by what became of it."""
    if order.kind == CORRECTION and order.history.draft:
        return CORRECTIONS[order.history.draft.correction or "refused"]
    return KINDS[order.kind].zh


CORRECTIONS = {
    "made": "政府信息更正决定书",
    "refused": "政府信息不予更正告知书",
    "transferred": "政府信息更正申请转送告知书",
}


def _salutation(order: LetterOrder) -> str:
    """Whom the letter addresses; a form is returned to the office itself."""
    if order.kind in APPLICANTS:
        return str(order.case["applicant_name"])
    if order.kind in ENCLOSED:
        return order.agency.name
    if order.party is not None:
        return order.parties[order.party]
    if order.event.action is Action.OPEN_CONFERENCE:
        return "、".join(order.texts["participants"])
    return str(visible(order.event.facts["unit"]))


def _you(order: LetterOrder) -> str:
    return "您" if order.case["applicant_kind"] == ApplicantKind.NATURAL_PERSON else "你单位"


# --- The application ------------------------------------------------------------------------------


def _received_on(order: LetterOrder) -> str:
    return _day(order.history.received_on) or ""


def _asked_about(order: LetterOrder) -> str:
    """What is asked for, without a word about who asks; a name of one letter is in many words, and stays."""
    return _masked(order, str(order.case["title"]))


def _masked(order: LetterOrder, text: str) -> str:
    name = str(order.case["applicant_name"])
    return PERSONAL.sub(MASKED, text.replace(name, "申请人") if len(name) > 1 else text)


def _day(value: date | None) -> str | None:
    return day(value) if value else None


# --- How to verify the letter -----------------------------------------------------------------------


def _verification_code(order: LetterOrder) -> str:
    """In groups of four, as it is read out on the telephone."""
    return " ".join(re.findall(".{1,4}", order.code))


def _verification_page(order: LetterOrder) -> str:
    return f"{order.public_url}/verify" if order.public_url else ""


def _verification_address(order: LetterOrder) -> str:
    """The page with number and code behind the #, where no server sees them on the way; for the QR code."""
    page = _verification_page(order)
    return f"{page}#{order.number}/{order.code}" if page and order.code else ""


# --- Notices --------------------------------------------------------------------------------------


def _within_workdays(order: LetterOrder) -> int:
    length = LENGTHS.get(order.event.action)
    return length.count if length else int(order.event.facts["within_workdays"])


def _answer_by(order: LetterOrder) -> str | None:
    """The last day, once the day of service is known; by post it is not yet."""
    term = order.history.term(ASKED_TERMS[order.event.action], order.event.seq)
    return day(term.due_on) if term and term.status is TermStatus.RUNNING else None


def _reply_was_due_on(order: LetterOrder) -> str | None:
    """The last day without the extension that the letter tells of."""
    clock = order.history.clock
    return day(reply_clock.due(replace(clock, extension=0), order.calendar).due_on) if clock else None


def _due_may_move(order: LetterOrder) -> bool:
    due, clock = order.history.due, order.history.clock
    projected = clock is not None and any(pause.projected for pause in clock.pauses)
    return projected or bool(due and due.provisional)


def _article(order: LetterOrder) -> str:
    if order.kind == "agency_consultation":
        return cite(str(order.event.facts.get("under", 34)))
    return cite(KINDS[order.kind].cited)


def _question(order: LetterOrder) -> list[Any]:
    """What the other agencies are asked, without a word about who asks."""
    return passages(_masked(order, order.texts.get("question") or ""))


def _consulted(order: LetterOrder) -> str:
    """Who is asked, as far as the applicant may know."""
    if order.event.action is Action.CONSULT_THIRD_PARTY:
        return "third_party"
    return {34: "joint_maker", 17: "secrecy"}.get(int(order.event.facts.get("under", 34)), "agency")


def _consulted_under(order: LetterOrder) -> str:
    asked = order.event.facts.get("under", 34)
    return cite("32" if order.event.action is Action.CONSULT_THIRD_PARTY else str(asked))


def _counted(order: LetterOrder) -> bool:
    """Art. 33¶3: whether the time is left out of the reply term."""
    return order.history.consultations[-1].counts


def _answer_until(order: LetterOrder) -> str:
    """By when the office wants an answer of its unit: while there is time, before the reply is due."""
    wanted, due = order.calendar.add_workdays(order.on, law.ASSISTANCE.count), order.history.due_on
    return day(min(wanted, due) if due and due > order.on else wanted)


def _deemed_consent(order: LetterOrder) -> bool:
    """Art. 34: only a joint maker's silence is consent."""
    return int(order.event.facts.get("under", 34)) == 34


def _fee(order: LetterOrder) -> Fee:
    return order.history.fees[-1]


def _per_piece(order: LetterOrder) -> bool:
    return _fee(order).basis == "per_piece"


def _fee_article(order: LetterOrder) -> str:
    """The rules of the fee are named with their number where the letter first names them."""
    name = "《政府信息公开信息处理费管理办法》"
    return cite("109号3/4" if _per_piece(order) else "109号3/5").replace(
        name, f"{name}（国办函〔2020〕109号）"
    )


def _fee_table(order: LetterOrder) -> list[list[str]]:
    """The computation, bracket by bracket, and what it comes to."""
    tariff = tariff_of(order.event.facts)
    unit = tariff.brackets[0].unit
    rows = [[part.span, str(part.count), str(part.price), str(part.amount_yuan)] for part in tariff.brackets]
    total = ["合计", str(sum(part.count for part in tariff.brackets)), "", str(tariff.amount_yuan)]
    return [["计费区间", f"数量（{unit}）", f"单价（元/{unit}）", "金额（元）"], *rows, total]


def _fee_month(order: LetterOrder) -> str:
    received = order.history.received_on or order.on
    return f"{received.year}年{received.month}月"


# --- Applications that are not pursued ------------------------------------------------------------


def _lapsed(order: LetterOrder) -> tuple[Notice | Fee | None, Term | None]:
    """The notice that was not followed, and its term."""
    h = order.history
    if order.kind == DECISIONS[Decision.ABANDONED_PAYMENT].letter_kind:
        return _fee(order), h.term(TermName.PAYMENT, _fee(order).event)
    asked = h.clarification
    return asked, h.term(TermName.CLARIFICATION, asked.event) if asked else None


def _notice_number(order: LetterOrder) -> str | None:
    notice, _term = _lapsed(order)
    kind = "fee_notice" if isinstance(notice, Fee) else "clarification_notice"
    sent = order.history.sent(notice.event, kind) if notice else None
    return sent[0].number if sent else None


def _notice_on(order: LetterOrder) -> str | None:
    notice, _term = _lapsed(order)
    sent = notice.notified_on if isinstance(notice, Fee) else notice.sent if notice else None
    return _day(sent)


# --- Decisions ------------------------------------------------------------------------------------


def _course(order: LetterOrder) -> list[str]:
    """What went before; the notice that was not followed is told where its consequence is."""
    h = order.history
    if order.kind == DECISIONS[Decision.ABANDONED_PAYMENT].letter_kind:
        h = replace(h, fees=h.fees[:-1])
    elif order.kind == DECISIONS[Decision.ABANDONED_CLARIFICATION].letter_kind:
        h = replace(h, clarification=None)
    return course_of(h, _you(order))


def _said(order: LetterOrder, name: str) -> Any:
    """What was written in this act, else in the draft that it issues."""
    return order.texts.get(name) or order.draft.get(name)


def _reasons(order: LetterOrder) -> list[Any]:
    text = _said(order, "reason" if order.event.action is Action.EXTEND else "reasons") or ""
    return passages(text if order.kind in APPLICANTS else _masked(order, text))


def _named_grounds(order: LetterOrder) -> tuple[str, ...]:
    issued = order.event.action is Action.ISSUE_REPLY
    return order.history.draft.grounds if issued and order.history.draft else ()


def _objected_on(order: LetterOrder) -> str | None:
    """When the third party that the letter addresses objected."""
    objected = (c.closed for c in order.history.objections() if c.party == order.party)
    return _day(next(objected, None))


def _named(kind: str, number: str, on: date) -> dict[str, str]:
    """Another letter as this one names it."""
    return {"title": KINDS[kind].zh, "number": number, "on": day(on)}


def _corrects(order: LetterOrder) -> dict[str, str] | None:
    old = order.corrects
    return _named(old.kind, old.number, old.on) if old else None


def _replaces(order: LetterOrder) -> dict[str, str] | None:
    """The reply of which a case that was opened again gets another."""
    h = order.history
    earlier = [h.sent(final.event, final.kind) for final in h.final_letters if final.event < h.reopened]
    if not earlier or earlier[-1] is None:
        return None
    letter, on = earlier[-1]
    return _named(letter.kind, letter.number, on)


def _line(order: LetterOrder, name: str) -> str:
    """What the draft says in a line; the letter ends the sentence."""
    return str(order.draft.get(name) or "").rstrip("。.；; ")


def _attachments(order: LetterOrder) -> list[str]:
    return list(order.draft.get("attachments") or ())


def _grounds(order: LetterOrder) -> list[dict[str, str]]:
    withheld = [Decision(code) for code in _named_grounds(order) if code != PUBLIC_INTEREST]
    return [{"code": ground.value, "article": cite(DECISIONS[ground].article)} for ground in withheld]


def _online(order: LetterOrder) -> bool:
    method = order.event.facts.get("method")
    if method is not None:
        return bool(method == Method.ONLINE)
    return order.event.action is not Action.REPLY_ON_THE_SPOT and order.history.channel is Channel.ONLINE


def _delivery(order: LetterOrder) -> str:
    if order.event.action is Action.REPLY_ON_THE_SPOT:
        return "当场交付"
    return DELIVERED_BY[Method(order.event.facts["method"])]


def regime_of(order: LetterOrder) -> Remedy:
    """R3 speaks of two ways; a part that could not be found or is not held is no refusal (复议法 23)."""
    regime = KINDS[order.kind].remedy or Remedy.R0
    grounds = [Decision(code) for code in _named_grounds(order) if code != PUBLIC_INTEREST]
    if regime is Remedy.R3 and not any(DECISIONS[ground].remedy is Remedy.R2 for ground in grounds):
        return Remedy.R1
    return regime


def _remedy(order: LetterOrder) -> list[str]:
    """What the reader can do; last days are known of what is put into the applicant's own hand."""
    regime, letter = regime_of(order), "本" + _title(order)[-3:]
    if order.kind not in APPLICANTS:
        return remedy_of(regime, order.agency, you="你方", letter=letter, online=False)
    until = {} if order.corrects else last_days(order.history, order.event.seq, order.calendar)
    return remedy_of(regime, order.agency, you=_you(order), letter=letter, online=_online(order), until=until)


# --- The fields -----------------------------------------------------------------------------------

FIELDS: Mapping[str, Callable[[LetterOrder], Any]] = {
    "kind": lambda order: order.kind,
    "letter_title": _title,
    "number": lambda order: order.number,
    "date": lambda order: day(order.on),
    "salutation": _salutation,
    "agency_name": lambda order: order.agency.name,
    "agency_address": lambda order: order.agency.address,
    "agency_phone": lambda order: order.agency.phone,
    "verification_code": _verification_code,
    "verification_page": _verification_page,
    "verification_address": _verification_address,
    "you": _you,
    "received_on": _received_on,
    "channel": lambda order: ARRIVED_BY[order.history.channel or Channel(order.case["channel"])],
    "case_number": lambda order: order.case["number"],
    "request_title": lambda order: order.case["title"],
    "request_description": lambda order: paragraphs(order.case["description"]),
    "requested_form": lambda order: order.case["form"],
    "remedy": _remedy,
    "reply_due_on": lambda order: _day(order.history.due_on),
    "reply_was_due_on": _reply_was_due_on,
    "due_may_move": _due_may_move,
    "items": lambda order: list(order.texts["items"]),
    "within_workdays": _within_workdays,
    "answer_by": _answer_by,
    "workdays": lambda order: order.event.facts["workdays"],
    "reply_by": lambda order: day(order.event.on_or("reply_by")),
    "asked_about": _asked_about,
    "enclosed_in": lambda order: order.number.removesuffix(ENCLOSED[order.kind][1]),
    "question": _question,
    "consulted": _consulted,
    "consulted_on": lambda order: day(order.event.on),
    "consulted_under": _consulted_under,
    "counted": _counted,
    "answer_until": _answer_until,
    "deemed_consent": _deemed_consent,
    "fee_basis": lambda order: "按件" if _per_piece(order) else "按量",
    "fee_article": _fee_article,
    "fee_month": _fee_month,
    "fee_before": lambda order: order.event.facts.get("before", 0) if _per_piece(order) else None,
    "fee_count": lambda order: _fee(order).count,
    "fee_amount": lambda order: _fee(order).amount_yuan,
    "fee_capital": lambda order: capital_yuan(_fee(order).amount_yuan),
    "fee_table": _fee_table,
    "tariff": lambda order: tariff_lines(_fee(order).basis or "per_piece"),
    "article": _article,
    "notice_number": _notice_number,
    "notice_on": _notice_on,
    "notice_served_on": lambda order: _day(term.runs_from) if (term := _lapsed(order)[1]) else None,
    "lapsed_on": lambda order: _day(term.due_on) if (term := _lapsed(order)[1]) else None,
    "withdrawn_on": lambda order: day(order.event.on),
    "course": _course,
    "reasons": _reasons,
    "grounds": _grounds,
    "public_interest": lambda order: PUBLIC_INTEREST in _named_grounds(order),
    "delivery": _delivery,
    "correction": lambda order: order.history.draft.correction if order.history.draft else None,
    "objected_on": _objected_on,
    "in_part": lambda order: order.history.decision is Decision.PARTLY_DISCLOSED,
    "disclosed": lambda order: [_masked(order, each) for each in order.draft.get("attachments") or ()],
    "attachments": _attachments,
    "attachment_pages": lambda order: pages_of(_attachments(order)),
    "evidence": lambda order: list(order.draft.get("evidence") or ()),
    "authority": lambda order: _line(order, "authority"),
    "earlier_reply": lambda order: _line(order, "earlier_reply"),
    "inspection": lambda order: _line(order, "inspection"),
    "corrects": _corrects,
    "replaces": _replaces,
}

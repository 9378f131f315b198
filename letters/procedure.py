"""What the letters of the procedure say: notices, consultations, fees, and notices that were not followed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from letters.addressing import asked_about, masked
from letters.kinds import KINDS
from letters.wording import capital_yuan, cite, day, day_or_none, passages, tariff_lines
from workflow import clock as reply_clock
from workflow.correspondence import ENCLOSED, LetterOrder
from workflow.effects.fee import tariff_of
from workflow.history import Term
from workflow.law import terms as law
from workflow.law.decisions import DECISIONS, Decision
from workflow.records import Fee, Notice
from workflow.vocabulary import Action, TermName, TermStatus

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
    return passages(masked(order, order.texts.get("question") or ""))


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
    return day_or_none(sent)


#: By the names under which the texts know them.
FIELDS: Mapping[str, Callable[[LetterOrder], Any]] = {
    "reply_due_on": lambda order: day_or_none(order.history.due_on),
    "reply_was_due_on": _reply_was_due_on,
    "due_may_move": _due_may_move,
    "items": lambda order: list(order.texts["items"]),
    "within_workdays": _within_workdays,
    "answer_by": _answer_by,
    "workdays": lambda order: order.event.facts["workdays"],
    "reply_by": lambda order: day(order.event.on_or("reply_by")),
    "asked_about": asked_about,
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
    "notice_served_on": lambda order: day_or_none(term.runs_from) if (term := _lapsed(order)[1]) else None,
    "lapsed_on": lambda order: day_or_none(term.due_on) if (term := _lapsed(order)[1]) else None,
}

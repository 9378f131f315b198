"""Rules of receipt, clarification and justification (arts. 30, 31, 35)."""

from workflow.history import Event, History
from workflow.law.workdays import Calendar
from workflow.rules.refusal import refuse
from workflow.vocabulary import State, TermName, TermStatus


def receipt_between_submission_and_today(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 31: received at the earliest on the day of submission."""
    received = e.day("received_on")
    if received and h.submitted_on and received < h.submitted_on:
        refuse(h, e, "31", f"收到日期{received}早于提交日期{h.submitted_on}")


def clarified_once(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 30: asked once, listing everything (一次性告知); again only if the notice came back."""
    if h.clarification and not h.clarification.returned:
        refuse(h, e, "30", "补正应当一次性告知，本件已告知过补正")


def asks_for_something(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 30: the notice says what to clarify."""
    if not e.facts.get("items_count"):
        refuse(h, e, "30", "补正告知应当列明需要补正的事项")


def reasonable_term(h: History, e: Event, calendar: Calendar) -> None:
    """Arts. 30, 35: a reasonable term for the answer."""
    if e.facts["within_workdays"] < 1:
        refuse(h, e, None, "应当给予合理的答复期限，至少1个工作日")


def justification_not_pending(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 35: reasons that were given are judged before more are asked for."""
    asked = h.justification
    if asked and asked.received and asked.reasonable is None:
        refuse(h, e, "35", "申请人已说明理由，请先认定理由是否合理")
    if h.state is State.AWAITING_JUSTIFICATION and not (asked and asked.returned):
        refuse(h, e, "35", "已要求申请人说明理由")


def justification_received_or_lapsed(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 35: judged once the reasons are there, or the term for them is over."""
    asked = h.justification
    if h.state is State.AWAITING_JUSTIFICATION:
        if not _lapsed(h, e, TermName.JUSTIFICATION):
            refuse(h, e, "35", "说明理由的期限尚未届满")
    elif asked is None or asked.received is None:
        refuse(h, e, "35", "申请人尚未说明理由")
    elif asked.reasonable is not None:
        refuse(h, e, "35", "理由已经认定")


def silence_is_no_reason(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 35: reasons never given cannot be found reasonable."""
    if h.state is State.AWAITING_JUSTIFICATION and e.facts["reasonable"]:
        refuse(h, e, "35", "申请人逾期未说明理由，只能认定为不合理")


def deferred_to_a_coming_day(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 35: only reasonable requests get a later day, and it lies ahead."""
    reply_by = e.day("reply_by")
    if reply_by and not e.facts["reasonable"]:
        refuse(h, e, "35", "理由不合理的，不能确定延迟答复的期限")
    if reply_by and reply_by < e.on:
        refuse(h, e, "35", f"延迟答复的期限{reply_by}早于办理日期{e.on}")


def term_lapsed(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 30, 109号 art. 6: only silence beyond the set term is abandonment."""
    unpaid = h.state is State.AWAITING_PAYMENT
    name = TermName.PAYMENT if unpaid else TermName.CLARIFICATION
    if not _lapsed(h, e, name):
        refuse(h, e, "109号6" if unpaid else "30", f"{name.zh}尚未届满或通知尚未送达，不能视为放弃")


def _lapsed(h: History, e: Event, name: TermName) -> bool:
    term = h.term(name)
    if term is None or term.status not in (TermStatus.RUNNING, TermStatus.LAPSED):
        return False
    return e.on > term.due_on

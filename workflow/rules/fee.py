"""Rules of the information-processing fee (109号 arts. 3–6)."""

from workflow.effects.fee import tariff_of
from workflow.history import Event, History
from workflow.law.workdays import Calendar
from workflow.rules.refusal import refuse


def in_time(h: History, e: Event, calendar: Calendar) -> None:
    """109号 art. 6: the notice goes out within the reply term."""
    if h.due_on and e.on > h.due_on and h.standing_fee() is None and not h.is_paused:
        refuse(h, e, "109号6", f"收费通知应当在处理期限内发出，期限已于{h.due_on}届满")


def not_notified_before(h: History, e: Event, calendar: Calendar) -> None:
    """109号 art. 6: an amount once notified is frozen; only a notice that came back goes out again."""
    if h.standing_fee() is not None:
        refuse(h, e, "109号6", "已发出收费通知，金额不再变更")


def counts_something(h: History, e: Event, calendar: Calendar) -> None:
    """109号 arts. 4, 5: at least one piece; pages are not negative."""
    if e.facts["basis"] == "per_piece" and e.facts["pieces"] < 1:
        refuse(h, e, "109号4", "计费件数至少为1件")
    if e.facts["basis"] == "per_page" and e.facts["pages"] < 0:
        refuse(h, e, "109号5", "计费页数不能为负数")


def one_basis(h: History, e: Event, calendar: Calendar) -> None:
    """109号 art. 3: by piece or by page, never both."""
    if any(fee.basis not in (None, e.facts["basis"]) and not fee.cancelled for fee in h.fees):
        refuse(h, e, "109号3", "每件申请只能选择按件或按量一种计费方式")


def frozen_amount(h: History, e: Event, calendar: Calendar) -> None:
    """A notice that came back goes out again with the same amount."""
    sent = next((fee for fee in reversed(h.fees) if fee.standing), None)
    if sent and sent.returned and tariff_of(e.facts).amount_yuan != sent.amount_yuan:
        refuse(h, e, "109号6", f"收费通知退回后重新发出，金额仍应为{sent.amount_yuan}元")


def something_to_cancel(h: History, e: Event, calendar: Calendar) -> None:
    """There must be a notified fee, or after the end of the case a paid one, to give back."""
    standing = [fee for fee in h.fees if fee.standing]
    if not h.is_open:
        standing = [fee for fee in standing if fee.paid_on]
    if not standing:
        refuse(h, e, "109号6", "没有可以撤销或退付的收费")

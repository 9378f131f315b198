"""What a ledger row leaves open, or contradicts: shown to the office, never refused."""

from collections.abc import Iterator
from datetime import date

from workflow.history import Event
from workflow.law import terms as law
from workflow.law.decisions import Decision
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar

#: The days of a row under the names of their columns, in the order of the procedure.
DAYS = {
    "received_on": "收到日期",
    "clarification_sent": "补正告知日期",
    "clarification_received": "补正收到日期",
    "consultation_sent": "征求意见发出日期",
    "consultation_received": "征求意见收到日期",
    "extension_notified": "延期告知日期",
    "paid_on": "缴费日期",
    "replied_on": "答复日期",
    "served_on": "送达日期",
}
#: What the office itself did, or fixed, on that day.
OWN_DAYS = ("received_on", "clarification_sent", "consultation_sent", "extension_notified", "replied_on")
#: Columns that make sense together only: the first is there, the second is missing.
PAIRS = (
    ("clarification_received", "clarification_sent", "有补正收到日期，缺少补正告知日期"),
    ("consultation_received", "consultation_sent", "有征求意见收到日期，缺少征求意见发出日期，时间不予扣除"),
    ("extension_workdays", "extension_notified", "有延期工作日，缺少延期告知日期，暂按已在期限内告知计算"),
    ("extension_notified", "extension_workdays", "有延期告知日期，缺少延期工作日，延期不予计算"),
    ("paid_on", "fee_yuan", "有缴费日期，缺少收费金额"),
    ("served_on", "replied_on", "有送达日期，缺少答复日期"),
    ("archive_number", "decision", "有归档号，缺少处理决定，按未办结导入"),
    ("litigation", "litigation_kind", "有诉讼结果，缺少诉讼类型，不能计入年度报告表四"),
    ("litigation_kind", "litigation", "有诉讼类型，缺少诉讼结果，按尚未审结计"),
)
#: A decision that presupposes something, and what: the first facts of which one is missing are told.
PRESUPPOSED = {
    Decision.STILL_UNCLEAR: ("clarification_sent", "clarification_received"),
    Decision.ABANDONED_CLARIFICATION: ("clarification_sent",),
    Decision.ABANDONED_PAYMENT: ("fee_yuan",),
}
NAMES = DAYS | {"fee_yuan": "收费金额"}


def doubts(e: Event, calendar: Calendar) -> Iterator[str]:
    """Every doubt about an `imported` event, from its facts and the calendar."""
    yield from (told for there, missing, told in PAIRS if e.facts.get(there) and not e.facts.get(missing))
    yield from _unfinished(e)
    yield from _out_of_order(e)
    yield from _too_long(e)
    yield from _rest_days(e, calendar)


def _unfinished(e: Event) -> Iterator[str]:
    """A decision without what must have come before it, or in spite of what was still awaited."""
    decision = e.facts.get("decision")
    if not decision:
        return
    for name in PRESUPPOSED.get(Decision(decision), ()):
        if not e.facts.get(name):
            yield f"缺少{NAMES[name]}，而处理决定以此为前提"
    waived = (Decision.WITHDRAWN, Decision.ABANDONED_CLARIFICATION, Decision.ABANDONED_PAYMENT)
    if decision in waived:
        return
    if e.facts.get("clarification_sent") and not e.facts.get("clarification_received"):
        yield "已告知补正并已答复，缺少补正收到日期"
    if e.facts.get("consultation_sent") and not e.facts.get("consultation_received"):
        yield "已征求意见并已答复，缺少征求意见收到日期，时间按征求意见期限计算"
    if e.facts.get("fee_yuan") and not e.facts.get("paid_on"):
        yield "已收费并已答复，缺少缴费日期"


def _out_of_order(e: Event) -> Iterator[str]:
    """Days that cannot follow each other as they are written."""
    received, replied = e.day("received_on"), e.day("replied_on")
    for name, zh in DAYS.items():
        day = e.day(name)
        if day and received and day < received:
            yield f"{zh}{day}早于收到日期{received}"
        if day and replied and day > replied and name != "served_on":
            yield f"{zh}{day}晚于答复日期{replied}，不影响答复期限"
    yield from _before(e, "clarification_received", "clarification_sent")
    yield from _before(e, "consultation_received", "consultation_sent")
    yield from _before(e, "served_on", "replied_on")


def _before(e: Event, later: str, earlier: str) -> Iterator[str]:
    first, second = e.day(earlier), e.day(later)
    if first and second and second < first:
        yield f"{DAYS[later]}{second}早于{DAYS[earlier]}{first}"


def _too_long(e: Event) -> Iterator[str]:
    longest = law.EXTENSION_MAX.count
    if (e.facts.get("extension_workdays") or 0) > longest:
        yield f"延期工作日超过{longest}个，按{longest}个计算（{cite_zh('33')}）"


def _rest_days(e: Event, calendar: Calendar) -> Iterator[str]:
    days = ((DAYS[name], e.day(name)) for name in OWN_DAYS)
    rest = [f"{zh}{day}（{_why(day, calendar)}）" for zh, day in days if day and not calendar.is_workday(day)]
    if rest:
        yield "、".join(rest) + "为休息日，请核对"


def _why(day: date, calendar: Calendar) -> str:
    return calendar.why(day) or "休息日"

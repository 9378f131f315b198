"""The reply clock: when an answer is due, and why on that day (arts. 30, 31, 33; 109号 art. 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from workflow.law import terms
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar
from workflow.vocabulary import Word

WEEKDAYS = "一二三四五六日"
LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


def legal_day(at: datetime) -> date:
    """The civil day of a moment in Asia/Shanghai: what every legal date means."""
    return at.astimezone(LEGAL_ZONE).date()


class Cause(Word):
    """What set the clock going; whichever came last counts, and clears what was before."""

    RECEIPT = "31", "收到申请"
    CLARIFICATION = "30", "收到补正材料"
    PAYMENT = "109号6", "完成缴费"
    DEFERRAL = "35", "理由合理，确定延迟答复的期限"
    REOPENING = "51", "重新办理，另定答复期限"


@dataclass(frozen=True, slots=True)
class Pause:
    """One consultation as the clock sees it: the half-open interval (sent, closed] (art. 33¶3)."""

    sent: date
    closed: date
    projected: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A run of the reply term; `fixed` replaces the computed day (art. 35, reopening)."""

    start: date
    cause: Cause
    pauses: tuple[Pause, ...] = ()
    extension: int = 0
    fixed: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for the answer, the working days left out, and whether the calendar is final."""

    due_on: date
    excluded: int
    provisional: bool


def due(clock: Clock, calendar: Calendar) -> Due:
    """Art. 33: 20 working days from the day after `start`, plus extension, without the consultations."""
    if clock.fixed is not None:
        return Due(clock.fixed, 0, False)
    excluded = excluded_workdays(clock.pauses, calendar)
    due_on = calendar.add_workdays(clock.start, terms.REPLY.count + clock.extension + excluded)
    return Due(due_on, excluded, calendar.is_provisional(clock.start, due_on))


def excluded_workdays(pauses: Iterable[Pause], calendar: Calendar) -> int:
    """Working days in the union of the intervals (sent, closed]; overlapping ones count once."""
    return sum(calendar.workdays_between(sent, closed) for sent, closed in union(pauses))


def union(pauses: Iterable[Pause]) -> list[tuple[date, date]]:
    """The intervals merged into disjoint ones, in order."""
    merged: list[tuple[date, date]] = []
    for pause in sorted(pauses, key=lambda pause: pause.sent):
        if merged and pause.sent <= merged[-1][1]:
            sent, closed = merged[-1]
            merged[-1] = (sent, max(closed, pause.closed))
        elif pause.closed > pause.sent:
            merged.append((pause.sent, pause.closed))
    return merged


def explain(clock: Clock, calendar: Calendar) -> list[str]:
    """One line per step of the computation, in Chinese, each with its article."""
    if clock.fixed is not None:
        return [
            f"{day_zh(clock.start)}{clock.cause.zh}（{cite_zh(clock.cause)}）",
            f"答复期限届满日：{day_zh(clock.fixed)}，另行确定的期限不延长、不扣除（{cite_zh(clock.cause)}）",
        ]
    result = due(clock, calendar)
    return [
        f"{day_zh(clock.start)}{clock.cause.zh}，当日不计，自次日起算（{cite_zh(clock.cause)}）",
        f"法定答复期限{terms.REPLY.count}个工作日（{cite_zh('33¶2')}）",
        *_pause_lines(clock, calendar),
        *_extension_line(clock),
        *_day_lines(clock, result, calendar),
        _result_line(clock, result),
        *_provisional_line(result),
    ]


def day_zh(day: date) -> str:
    """A day as people read it, with its weekday: 2026-07-01（周三）."""
    return f"{day.isoformat()}（周{WEEKDAYS[day.weekday()]}）"


def _pause_lines(clock: Clock, calendar: Calendar) -> Iterable[str]:
    for pause in sorted(clock.pauses, key=lambda pause: pause.sent):
        days = calendar.workdays_between(pause.sent, pause.closed)
        end = "暂按征求意见期限届满日计至" if pause.projected else "止于"
        yield (
            f"{day_zh(pause.sent)}发出征求意见书，{end}{day_zh(pause.closed)}，"
            f"所需时间{days}个工作日不计入期限（{cite_zh('33¶3')}）"
        )
    if len(clock.pauses) > 1:
        total = excluded_workdays(clock.pauses, calendar)
        yield f"多次征求意见的时间取并集，合计不计入{total}个工作日（{cite_zh('33¶3')}）"


def _extension_line(clock: Clock) -> Iterable[str]:
    if clock.extension:
        yield f"经负责人同意延长{clock.extension}个工作日，自原届满日次日续计（{cite_zh('33¶2')}）"


def _result_line(clock: Clock, result: Due) -> str:
    counted = terms.REPLY.count + clock.extension
    parts = f"（计入{counted}个，不计入{result.excluded}个）" if result.excluded else ""
    nth = f"自次日起第{counted + result.excluded}个工作日{parts}"
    return f"答复期限届满日：{day_zh(result.due_on)}，即{nth}（{cite_zh('33')}）"


def _provisional_line(result: Due) -> Iterable[str]:
    if result.provisional:
        yield f"期限涉及尚未公布放假安排的年度，日期为暂定，通知发布后自动重算（{cite_zh('33¶2')}）"


def _day_lines(clock: Clock, result: Due, calendar: Calendar) -> Iterable[str]:
    """Which days were counted, and which were skipped and why."""
    runs = _runs(clock, result, calendar)
    counted = [(first, last) for kind, first, last in runs if kind == COUNTED]
    total = sum((last - first).days + 1 for first, last in counted)
    article = cite_zh("33¶2")
    if total == terms.REPLY.count + clock.extension:
        told = "；".join(_run_zh(first, last) for first, last in counted)
        yield f"计入{total}个工作日：{told}（{article}）"
    rest = [f"{_run_zh(first, last)} {kind}" for kind, first, last in runs if kind not in (COUNTED, ASKING)]
    if rest:
        yield f"不计入的休息日：{'；'.join(rest)}（{article}）"
    made_up = [day for first, last in counted for day in _days(first, last) if day.weekday() > 4]
    if made_up:
        told = "、".join(f"{day:%m-%d}（{calendar.why(day)}调休）" for day in made_up)
        yield f"调休上班计入：{told}（{article}）"


#: How a day of the term is told apart besides the names of rest days.
COUNTED, ASKING = "计入", "征求意见"


def _runs(clock: Clock, result: Due, calendar: Calendar) -> list[tuple[str, date, date]]:
    """The days after `start` up to the due date, neighbours of one kind taken together."""
    outside = union(clock.pauses)
    runs: list[tuple[str, date, date]] = []
    for day in _days(clock.start + timedelta(days=1), result.due_on):
        kind = _kind(day, outside, calendar)
        if runs and runs[-1][0] == kind:
            runs[-1] = (kind, runs[-1][1], day)
        else:
            runs.append((kind, day, day))
    return runs


def _kind(day: date, outside: list[tuple[date, date]], calendar: Calendar) -> str:
    if not calendar.is_workday(day):
        why = calendar.why(day) or "休息日"
        return "周末" if why in ("周六", "周日") else why
    return ASKING if any(sent < day <= closed for sent, closed in outside) else COUNTED


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _run_zh(first: date, last: date) -> str:
    span = f"{first:%m-%d}" if first == last else f"{first:%m-%d}至{last:%m-%d}"
    return f"{span}（{(last - first).days + 1}日）"

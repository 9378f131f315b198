"""Working days as the State Council's notices make them: weekends, holidays, make-up workdays."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import NoReturn

from workflow.law.terms import Length

WEEKENDS = ("周六", "周日")
#: Statutory days that fall on the same day each year (全国年节及纪念日放假办法 art. 2).
FIXED = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
FIRST_YEAR, LAST_YEAR = 2000, 2060
#: The State Council announces a year's holidays between October and December of the year before.
NOTICE_EXPECTED = 12


class BadCalendar(ValueError):
    """A calendar file that cannot be taken, with the line that is wrong."""

    def __init__(self, source: str, line: int, message: str) -> None:
        super().__init__(f"{source} 第{line}行：{message}")
        self.source, self.line, self.message = source, line, message


class OutOfRange(ValueError):
    """A day that no calendar reaches."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year's notice: the days off and the make-up workdays it names."""

    year: int
    status: str
    notice: str
    off: Mapping[date, str] = field(default_factory=dict)
    workdays: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """A period counted out: every working day with its number, every rest day with its reason."""

    due_on: date
    days: tuple[tuple[date, int], ...]
    skipped: tuple[tuple[date, str], ...]
    provisional: bool


class Calendar:
    """Which days are working days from 2000 to 2060; immutable, additions in constant time."""

    def __init__(self, years: Iterable[Year]) -> None:
        self._years = {year.year: year for year in years}
        named = [year for _number, year in sorted(self._years.items())]
        self._off = {day: why for year in named for day, why in year.off.items()}
        self._made_up = {day: why for year in named for day, why in year.workdays.items()}
        self._first = date(FIRST_YEAR, 1, 1).toordinal()
        last = date(LAST_YEAR, 12, 31).toordinal()
        works = [self._works(date.fromordinal(n)) for n in range(self._first, last + 1)]
        #: rank[n] = working days among the first n days; day k = list of the working days.
        self._rank = [0, *accumulate(works)]
        self._days = [date.fromordinal(self._first + n) for n, work in enumerate(works) if work]

    def _works(self, day: date) -> bool:
        if day in self._made_up:
            return True
        if day.weekday() > 4 or day in self._off:
            return False
        return day.year in self._years or (day.month, day.day) not in FIXED

    def _place(self, day: date) -> int:
        place = day.toordinal() - self._first
        if not 0 <= place < len(self._rank) - 1:
            raise OutOfRange(f"{day}超出日历范围（{FIRST_YEAR}年至{LAST_YEAR}年）")
        return place

    def year(self, number: int) -> Year | None:
        """The notice of that year, if there is one."""
        return self._years.get(number)

    def with_years(self, years: Iterable[Year]) -> "Calendar":
        """This calendar with those years put over its own."""
        return Calendar([*(self._years | {year.year: year for year in years}).values()])

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        place = self._place(day)
        return self._rank[place + 1] > self._rank[place]

    def why(self, day: date) -> str | None:
        """The name of a rest day, or of the holiday a make-up day pays for; None on plain workdays."""
        if day in self._made_up:
            return self._made_up[day]
        if day in self._off:
            return self._off[day]
        if day.weekday() > 4:
            return WEEKENDS[day.weekday() - 5]
        return None if day.year in self._years else FIXED.get((day.month, day.day))

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which itself never counts (民诉法 85)."""
        index = self._rank[self._place(day) + 1] + n - 1
        if not 0 <= index < len(self._days):
            raise OutOfRange(f"{day}起{n}个工作日超出日历范围（{FIRST_YEAR}年至{LAST_YEAR}年）")
        return self._days[index]

    def workdays_between(self, first: date, last: date) -> int:
        """Working days in (first, last]; negative when `last` is before `first`."""
        return self._rank[self._place(last) + 1] - self._rank[self._place(first) + 1]

    def roll_forward(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        return self._days[self._rank[self._place(day)]]

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any day of the span lies in a year whose notice is not there."""
        return any(self._is_open(number) for number in range(first.year, last.year + 1))

    def missed_notice(self, today: date) -> int | None:
        """The coming year, when its notice is not there though it should be: it is published by December."""
        coming = today.year + 1
        return coming if today.month == NOTICE_EXPECTED and self._is_open(coming) else None

    def _is_open(self, number: int) -> bool:
        year = self._years.get(number)
        return year is None or year.status != "official"

    def count(self, day: date, n: int) -> Count:
        """The same period as add_workdays, day by day."""
        due_on = self.add_workdays(day, n)
        span = [day + timedelta(days=k) for k in range(1, (due_on - day).days + 1)]
        working = [each for each in span if self.is_workday(each)]
        skipped = tuple((each, self.why(each) or "") for each in span if not self.is_workday(each))
        days = tuple((each, number) for number, each in enumerate(working, start=1))
        return Count(due_on, days, skipped, self.is_provisional(day, due_on))


def natural(day: date, length: Length, calendar: Calendar) -> tuple[date, date]:
    """A period of days or months: its nominal last day, and that day rolled forward to a working day."""
    try:
        nominal = (
            day + timedelta(days=length.count) if length.unit == "days" else add_months(day, length.count)
        )
    except (OverflowError, ValueError):
        raise OutOfRange(f"{day}起的期限超出日历范围（{FIRST_YEAR}年至{LAST_YEAR}年）") from None
    return nominal, calendar.roll_forward(nominal)


def add_months(day: date, months: int) -> date:
    """The same day `months` later; a month without that day ends on its last (民诉法 85)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


@cache
def packaged() -> Calendar:
    """The calendar that the product brings along."""
    folder = resources.files("workflow.law") / "calendar"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    return Calendar(parse_year(file.read_text(encoding="utf-8"), file.name) for file in files)


# --- Reading a year's file ------------------------------------------------------------------------------

KEYS = ("year", "status", "notice", "note", "off", "workdays")


def parse_year(text: str, source: str) -> Year:
    """A year's file as data; raises BadCalendar naming the line that is wrong."""
    reader = _Reader(text, source)
    data = reader.data
    for key in data:
        if key not in KEYS:
            reader.fail(key, f"没有“{key}”这一项")
    number = data.get("year")
    if not isinstance(number, int) or isinstance(number, bool) or not FIRST_YEAR < number < LAST_YEAR:
        reader.fail("year", "缺少年份 year，或年份不是整数")
    status = data.get("status", "official")
    if status not in ("official", "provisional"):
        reader.fail("status", "status 只能是 official 或 provisional")
    notice = data.get("notice", "")
    if not isinstance(notice, str) or (status == "official" and not notice.strip()):
        reader.fail("notice", "缺少放假通知的文号 notice")
    off, workdays = reader.days("off", number), reader.days("workdays", number)
    reader.check(number, off, workdays)
    return Year(number, status, notice, off, workdays)


class _Reader:
    """A calendar file under reading: it knows on which line a key stands."""

    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source
        try:
            self.data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found.group(1)) if found else len(text.splitlines()) or 1
            raise BadCalendar(source, line, f"不是有效的 TOML：{error}") from None

    def fail(self, key: str, message: str, table: str = "") -> NoReturn:
        """Refuse the file, naming the line of `key`."""
        raise BadCalendar(self.source, self.line_of(key, table), message)

    def line_of(self, key: str, table: str = "") -> int:
        """The line of a key, below the heading of its table; 1 when it is missing."""
        inside = not table
        for number, line in enumerate(self.text.splitlines(), start=1):
            if table and re.match(rf"\s*\[{table}\]", line):
                inside = True
            if inside and re.match(rf"\s*[\[\"']?{re.escape(key)}[\]\"']?\s*(=|$|#|\])", line):
                return number
        return 1

    def days(self, table: str, year: int) -> dict[date, str]:
        """A table of days with their names."""
        found: dict[date, str] = {}
        entries = self.data.get(table, {})
        if not isinstance(entries, dict):
            self.fail(table, f"{table} 应为日期与节日名称的对照")
        for key, name in entries.items():
            try:
                if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", key):
                    raise ValueError(key)
                day = date.fromisoformat(key)
            except ValueError:
                self.fail(key, f"“{key}”不是 YYYY-MM-DD 格式的有效日期", table)
            if not isinstance(name, str) or not name.strip():
                self.fail(key, f"{key} 缺少节日名称", table)
            near = (
                day.year == year
                or (day.year == year - 1 and day.month == 12)
                or (day.year == year + 1 and day.month == 1)
            )
            if not near:
                self.fail(key, f"{key} 不在{year}年", table)
            found[day] = name
        return found

    def check(self, year: int, off: Mapping[date, str], workdays: Mapping[date, str]) -> None:
        """What contradicts itself, or the statute, is refused."""
        for day in workdays:
            if (day.month, day.day) in FIXED:
                self.fail(day.isoformat(), f"{day} 是法定节假日，不能列为调休上班", "workdays")
            if day in off:
                self.fail(day.isoformat(), f"{day} 既列为放假又列为上班", "workdays")
            if day.weekday() < 5:
                self.fail(day.isoformat(), f"{day} 是周一至周五，不能列为调休上班", "workdays")
        if not off:
            self.fail("off", "没有列出任何放假日")
        for month, first in FIXED:
            day = date(year, month, first)
            if day.weekday() < 5 and day not in off and not (first == 2 and month == 5 and year < 2025):
                self.fail("off", f"{day} 是法定节假日，未列为放假")

"""What stands in one cell of a ledger, read as text, as a day or as a whole number."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import from_excel

from workflow.law.workdays import FIRST_YEAR, LAST_YEAR

Cell = str | int | float | bool | date | datetime | time | timedelta | None

#: A new line stays; whatever else steers a printer becomes a space.
_CONTROLS = {n: " " for n in (*range(32), *range(127, 160)) if n != ord("\n")}
#: How an office writes that there is nothing to write.
BLANKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "–", "无", "N/A"})
#: A value that looks like an ID number, a telephone or an address is not repeated in a message.
SHOWN_LENGTH, SHOWN_DIGITS = 20, 9
_HIDDEN = "（内容略）"

_DAY = re.compile(
    r"(?P<year>\d{4})\s*(?P<mark>[-/.年])\s*(?P<month>\d{1,2})\s*(?:(?P=mark)|月)\s*(?P<day>\d{1,2})\s*[日号.]?"
    r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
#: Spreadsheets keep long numbers from being mangled by these: ="3706…", '3706…
_GUARDED = re.compile(r"=\"(.*)\"|'(.*)", re.DOTALL)
_DIGITS = {ord(full): str(plain) for plain, full in enumerate("０１２３４５６７８９")}


class Unreadable(ValueError):
    """What stands in the cell is not what its column holds; the text follows the column's name."""


def quoted(text: str) -> str:
    """The value in quotation marks, unless it could be somebody's number or address."""
    hidden = len(text) > SHOWN_LENGTH or sum(c.isdigit() for c in text) > SHOWN_DIGITS or "@" in text
    return _HIDDEN if hidden else f"“{text}”"


def text_of(cell: Cell) -> str:
    """The text of a cell, without control characters and outer white space; empty where nothing is said."""
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    raw = "" if cell is None else str(cell)
    plain = raw.translate(_CONTROLS).strip()
    guarded = _GUARDED.fullmatch(plain)
    if guarded:
        plain = (guarded.group(1) or guarded.group(2) or "").strip()
    return "" if plain in BLANKS else plain


def line_of(cell: Cell) -> str | None:
    """The text of a cell in one line, full-width digits as plain ones; None when it is empty."""
    return " ".join(text_of(cell).translate(_DIGITS).split()) or None


def paragraph_of(cell: Cell) -> str | None:
    """The text of a cell as it stands; None when it is empty."""
    return text_of(cell) or None


def compact_of(cell: Cell) -> str | None:
    """A number or code of letters and digits, one width, without spaces; None when it is empty."""
    return "".join(unicodedata.normalize("NFKC", text_of(cell)).split()) or None


def day_of(cell: Cell) -> date | None:
    """A day in any form that registers use; raises Unreadable."""
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    text = unicodedata.normalize("NFKC", text_of(cell)).translate(_DASHES).strip()
    if not text:
        return None
    if isinstance(cell, (bool, time, timedelta)):
        raise Unreadable(f"{quoted(text)}不是日期")
    return _within(_parsed(text))


def _parsed(text: str) -> date:
    written = _DAY.fullmatch(text)
    parts = written.group("year", "month", "day") if written else None
    if parts is None and (compact := _COMPACT.fullmatch(text)):
        parts = compact.groups()
    try:
        if parts:
            year, month, day = map(int, parts)
            return date(year, month, day)
        if _SERIAL.fullmatch(text):
            return _serial(float(text))
    except (ValueError, OverflowError):
        pass
    raise Unreadable(f"{quoted(text)}不是有效的日期")


def _serial(number: float) -> date:
    """The day that a spreadsheet counts so far from the end of 1899."""
    found = from_excel(int(number))
    if not isinstance(found, datetime):
        raise ValueError(number)
    return found.date()


def _within(day: date) -> date:
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise Unreadable(f"“{day}”超出{FIRST_YEAR}年至{LAST_YEAR - 1}年的范围")
    return day


def workdays_of(cell: Cell) -> int | None:
    """A number of working days; raises Unreadable."""
    return _whole(cell, r"个?(?:工作)?[日天]?")


def yuan_of(cell: Cell) -> int | None:
    """An amount in whole yuan; raises Unreadable."""
    return _whole(cell, r"(?:元|元整|圆)?")


def _whole(cell: Cell, unit: str) -> int | None:
    text = "".join(unicodedata.normalize("NFKC", text_of(cell)).split())
    if not text:
        return None
    found = re.fullmatch(rf"[¥￥]?(\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?:\.0+)?{unit}", text)
    if found is None or isinstance(cell, (bool, date, time, timedelta)):
        raise Unreadable(f"{quoted(text)}不是整数")
    return int(found.group(1).replace(",", ""))

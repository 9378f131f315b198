"""How letters write days, sums, articles and what people wrote (GB/T 15835, GB/T 9704)."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from workflow.law.fees import PAGES, PIECES, Tier
from workflow.law.statute import cite_zh

#: A letter names a law in full; the regulation itself it introduces in its first sentence, by its short name.
NAMES = {
    "《政府信息公开条例》": "《条例》",
    "《行政复议法》": "《中华人民共和国行政复议法》",
    "《行政诉讼法》": "《中华人民共和国行政诉讼法》",
    "《民事诉讼法》": "《中华人民共和国民事诉讼法》",
    "《保守国家秘密法》": "《中华人民共和国保守国家秘密法》",
}
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def day(value: date) -> str:
    """A day as a letter writes it: 2026年7月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def day_or_none(value: date | None) -> str | None:
    """The same, where there may be none."""
    return day(value) if value else None


def cite(article: str) -> str:
    """A citation with the name that letters give the law."""
    text = cite_zh(article)
    for short, name in NAMES.items():
        text = text.replace(short, name)
    return text


#: What ends a line in one system or another.
LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
#: What shows nothing by itself: control characters, marks that turn the direction of a text, joiners, tags.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def visible(value: Any) -> Any:
    """A text, or every text in nested data, without what nobody sees, so that it reads as it is stored."""
    if isinstance(value, str):
        return INVISIBLE.sub("", LINE_ENDS.sub("\n", value))
    if isinstance(value, Mapping):
        return {name: visible(each) for name, each in value.items()}
    return [visible(each) for each in value] if isinstance(value, (list, tuple)) else value


def paragraphs(text: str) -> list[str]:
    """What a person wrote, as paragraphs; empty lines and indents are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


#: A paragraph that heads the next ones, as 一、基本情况.
HEADING = re.compile(r"[一二三四五六七八九十]+、[^。]{0,25}[^。；，：、;,:]")
RULE = re.compile(r"\s*:?-+:?\s*")


def passages(text: str) -> list[Any]:
    """The same, with the headings and the tables that it has, as data that can be kept as JSON.

    A table is what was copied from a worksheet (lines with as many tabs each) or drawn with upright strokes.
    """
    found: list[Any] = []
    for shape, lines in groupby(text.splitlines(), _shape):
        rows = list(lines)
        table = _table(shape, rows) if shape and len(rows) > 1 else None
        found += [table] if table else map(_passage, paragraphs("\n".join(rows)))
    return found


def _passage(paragraph: str) -> Any:
    return {"heading": paragraph} if HEADING.fullmatch(paragraph) else paragraph


def _shape(line: str) -> tuple[str, int] | None:
    """By what a line is divided into cells, and into how many; None, if it is none of a table."""
    stripped = line.strip()
    if len(stripped) > 2 and stripped.startswith("|") and stripped.endswith("|"):
        return "|", stripped.count("|") - 1
    return ("\t", line.count("\t") + 1) if "\t" in line and stripped else None


def _table(shape: tuple[str, int], lines: list[str]) -> dict[str, Any] | None:
    """The lines as rows, without columns that are empty throughout; None, if less than two are left."""
    mark, _cells = shape
    cut = [line.strip()[1:-1] if mark == "|" else line for line in lines]
    rows = [[cell.strip() for cell in line.split(mark)] for line in cut]
    ruled = len(rows) > 2 and all(map(RULE.fullmatch, rows[1]))
    rows = [row for row in rows if not all(map(RULE.fullmatch, row))]
    columns = [column for column in zip(*rows, strict=True) if any(column)]
    if len(columns) < 2:
        return None
    rows = [list(row) for row in zip(*columns, strict=True)]
    return {"rows": rows, "head": ruled or _heads(rows[0])}


def _heads(row: list[str]) -> bool:
    """Whether a first row names the columns: it leaves none out and tells no figures."""
    return all(cell and not any(char.isdigit() for char in cell) for cell in row)


PAGES_TOLD = re.compile(r"(\d{1,6}) ?页[）)]?$")


def pages_of(attachments: Iterable[str]) -> int | None:
    """How many pages the attachments have together, if each of them tells its own: 方案（12页）."""
    told = [PAGES_TOLD.search(each) for each in attachments]
    return sum(int(found[1]) for found in told if found) if told and all(told) else None


def capital_yuan(amount: int) -> str:
    """A sum in capitals, as on a receipt: 800 → 捌佰元整, 10050 → 壹万零伍拾元整."""
    text, digits = "", str(amount)
    for index, digit in enumerate(digits):
        group, place = divmod(len(digits) - 1 - index, 4)
        text += CAPITALS[int(digit)] + (PLACES[place] if digit != "0" else "")
        if place == 0:
            text = text.rstrip("零") + (GROUPS[group] if digits[: index + 1][-4:].strip("0") else "")
            text += "零" if index + 1 < len(digits) and digit == "0" else ""
    return (re.sub("零+", "零", text).rstrip("零") or "零") + "元整"


def tariff_lines(basis: str) -> list[str]:
    """The tariff that an amount rests on, one line per bracket (109号 arts. 4, 5)."""
    tiers, unit = (PIECES, "件") if basis == "per_piece" else (PAGES, "页")
    ends = [f"至{tier.first - 1}{unit}" for tier in tiers[1:]] + [f"{unit}起"]
    return [f"第{tier.first}{end}，{_price(tier, unit)}" for tier, end in zip(tiers, ends, strict=True)]


def _price(tier: Tier, unit: str) -> str:
    if not tier.price:
        return "不收费"
    if tier.step:
        return f"每{tier.step}{unit}为一档，首档每{unit}{tier.price}元，每增加一档每{unit}提高{tier.rise}元"
    return f"每{unit}{tier.price}元"

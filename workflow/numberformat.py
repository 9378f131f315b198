"""How an office writes its 文号: text around fields, checked before it is used."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

#: 机关代字, group, 〔year〕 and running number, without leading zeros and without 第 (GB/T 9704 7.2.5).
STANDARD = "{code}公开{series}〔{year}〕{n}号"
#: The fields, as the office knows them.
FIELDS = {"code": "机关代字", "series": "类别字", "year": "年份", "n": "序号"}
REQUIRED = ("year", "n")
LONGEST = 60
#: The counter of an office whose numbers do not tell the group: all its letters share it.
SHARED = "统一"

#: Controls, marks of direction, ends of lines. What Unicode came to know lately is seen all the same.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

_FIELD = re.compile(r"\{([^{}]*)\}")


def has_unseen(text: str) -> bool:
    """Whether a text has characters that a reader of the letter would not see."""
    return any(unicodedata.category(char) in UNSEEN for char in text)


def faults(pattern: str) -> list[str]:
    """What is wrong with a pattern, in the order in which it is read; nothing, if it can be used."""
    return [*_text_faults(pattern), *_field_faults(pattern)]


def _text_faults(pattern: str) -> Iterator[str]:
    if len(pattern) > LONGEST:
        yield f"格式最长{LONGEST}个字符"
    if re.search(r"\s", pattern) or has_unseen(pattern):
        yield "格式中不能有空格、换行和看不见的字符"
    if re.search(r"[{}]", _FIELD.sub("", pattern)):
        yield "“{”与“}”没有成对"
    if re.search(r"\d\{n\}|\{n\}\d|\{year\}\{n\}|\{n\}\{year\}", pattern):
        yield "{n}不能紧挨着年份或其他数字，否则读不出序号"


def _field_faults(pattern: str) -> Iterator[str]:
    names = _FIELD.findall(pattern)
    for name in dict.fromkeys(names):
        if name in FIELDS:
            if names.count(name) > 1:
                yield f"{{{name}}}只能出现一次"
        elif _plain(name) in FIELDS:
            yield f"{{{name}}}应写作{{{_plain(name)}}}：文号中的数字不编虚位（GB/T 9704—2012第7.2.5条）"
        else:
            yield f"没有字段{{{name}}}；可用的字段：{_listed(FIELDS)}"
    missing = [name for name in REQUIRED if name not in map(_plain, names)]
    if missing:
        yield f"缺少{_listed(missing)}"


def _plain(name: str) -> str:
    """A field without what Python would let follow it: {n:03d}, {year!r}."""
    return re.split("[:!]", name)[0]


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"{{{name}}}（{FIELDS[name]}）" for name in names)


def write(pattern: str, *, code: str, series: str, year: int, n: int) -> str:
    """A number in that pattern."""
    said = {"code": code, "series": series, "year": str(year), "n": str(n)}
    return _FIELD.sub(lambda field: said[field.group(1)], pattern)


def counter_of(pattern: str, series: str) -> str:
    """From which counter a letter of that group takes its number."""
    return series if "{series}" in pattern else SHARED


def reader(pattern: str, code: str, groups: Iterable[str]) -> re.Pattern[str]:
    """What matches the numbers that the pattern would write, with `series`, `year` and `n` as groups."""
    expressions = {
        "code": re.escape(code),
        "series": f"(?P<series>{'|'.join(map(re.escape, groups))})",
        "year": r"(?P<year>\d{4})",
        "n": r"(?P<n>[1-9]\d*)",
    }
    pieces = _FIELD.split(pattern)
    text = (expressions[piece] if n % 2 else re.escape(piece) for n, piece in enumerate(pieces))
    return re.compile("".join(text))

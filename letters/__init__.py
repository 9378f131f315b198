"""The letters of the office: which kinds there are, what each may say, and how it is written.

`issue` is pure: it reads no database and no clock, so that the same order always gives the same letter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from letters import own
from letters.context import context_of
from letters.fonts import Fonts
from letters.kinds import KINDS
from letters.render import render, template_version
from workflow.correspondence import LetterOrder, WrittenLetter
from workflow.errors import Incomplete

FONTS = Fonts()


def issue(order: LetterOrder, *, fonts: Fonts = FONTS, public_url: str = "") -> WrittenLetter:
    """Write a letter: its template and version, exactly the declared fields, and the text to be frozen.

    Raises Incomplete when it has a character that none of the fonts can draw, or when the office's own text
    leaves out what the letter has to say.
    """
    context = context_of(replace(order, public_url=public_url or order.public_url))
    template, html = _worded(order, context)
    missing = fonts.missing(html)
    if missing:
        raise Incomplete(_not_drawable(missing, order.kind, context))
    return WrittenLetter(template, context, html)


def _worded(order: LetterOrder, context: Mapping[str, Any]) -> tuple[str, str]:
    """Which text a letter is made of, and the letter: in the office's own words, or in the standard ones."""
    if order.own_text:
        return own.version_of(order.kind, order.own_text), own.written(order.kind, order.own_text, context)
    template = KINDS[order.kind].template
    return template_version(template), render(template, context)


def _not_drawable(missing: list[str], kind: str, context: Mapping[str, Any]) -> str:
    """What cannot be drawn, where it stands, and what to do about it."""
    named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing)
    places = [text for text in _strings(context) if any(char in text for char in missing)]
    place = f"，见“{_around(places[0], missing)}”" if places else ""
    return (
        f"《{KINDS[kind].zh}》中有字体无法显示的字：{named}{place}。文书没有发出，本次操作没有保存。"
        "请系统管理员把含有该字的字体文件放入字体文件夹（MINGDA_FONTS，默认为数据文件夹下的 fonts），"
        "重新启动后再次办理"
    )


def _strings(value: object) -> Iterator[str]:
    """Every text in what a letter says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _around(text: str, missing: list[str]) -> str:
    """A few characters to either side of the first one that is missing."""
    at = min(text.index(char) for char in missing if char in text)
    return text[max(0, at - 8) : at + 8]

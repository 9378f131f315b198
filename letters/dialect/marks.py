"""The marks of a text: what stands in it outside of Jinja's brackets."""

import re
from collections.abc import Iterator

from letters.dialect.allowed import Problem
from letters.document import MARKS

#: Browsers and Python read unusual tags, comments and declarations differently: only the plainest are taken.
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?: +class="([a-z -]*)")?>')
WRONG = '标记应写作<p>或者<p class="…">，不带其他属性，之内不能有变量；文字中的小于号请写作&lt;'


def marks(data: str, line: int) -> Iterator[Problem]:
    """What is no mark of a letter; `line` is where the piece begins."""
    if re.search(r"\{[{%#]", data):
        yield Problem(line, "不能使用{% raw %}")
    for found in re.finditer("<", data):
        at = line + data.count("\n", 0, found.start())
        tag = TAG.match(data, found.start())
        if tag is None:
            yield Problem(at, WRONG)
        elif not tag[1] and (tag[2], tag[3] or "") not in MARKS:
            yield Problem(at, f"{tag[0]}不是文书可用的标记")

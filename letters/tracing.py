"""What goes wrong when a text is rendered, led back to its line and told in the words of the office."""

import re
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from jinja2 import Environment, Template, Undefined, UndefinedError, nodes

from letters.dialect import Problem

#: The name of a text that is in no file; and what marks its lines, which no text may contain (see dialect).
NAME, MARK = "<template>", re.compile("\x01(\\d+)\x02")
LISTED = "这是列表，请用共用段落said、numbered，或者写作{{ 变量|join(“、”) }}"
NOTHING = "这里的变量没有内容，请先用{% if 变量 %}判断"
FLAG = "这是判断用的变量（是或者否），只能写在{% if %}之内"
WHOLE = "这是文字，不能逐字循环或者连接"
MISUSED = "这个变量不能这样使用：没有内容的先用{% if %}判断，不是列表的不能循环、连接"


class Unprintable(TypeError):
    """A value that is no text; in a letter it would stand as the program writes it."""


def printable(value: Any) -> Any:
    """What stands between {{ and }}: a text or a figure; else raises Unprintable, or what is missing does."""
    if isinstance(value, (str, Undefined)) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if value is None or isinstance(value, bool):
        raise Unprintable(NOTHING if value is None else FLAG)
    raise Unprintable(LISTED)


class Written(str):
    """A text in a letter: it is written as a whole, and no loop takes it letter by letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        raise Unprintable(WHOLE)


def guarded(value: Any) -> Any:
    """What a letter says, for an office's own text."""
    if isinstance(value, str):
        return Written(value)
    if isinstance(value, Mapping):
        return {name: guarded(each) for name, each in value.items()}
    return [guarded(each) for each in value] if isinstance(value, list) else value


def problem_of(error: Exception) -> Problem:
    """A failure of rendering as a problem in its line."""
    return Problem(_line(error.__traceback__), _told(error))


def _line(traceback: TracebackType | None) -> int:
    """Where in the text it was; 0 where it was in none of its lines."""
    line = 0
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == NAME:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _told(error: Exception) -> str:
    if isinstance(error, Unprintable):
        return str(error)
    message = str(error)
    if found := re.search(r"Required block '(\w+)' not found", message):
        return f"缺少区块“{found[1]}”"
    if isinstance(error, UndefinedError) and (
        found := re.search(r"has no (?:attribute|element) '?(\w+)", message)
    ):
        return f"这个变量没有“{found[1]}”这一项"
    return MISUSED


def traced(environment: Environment, source: str) -> Template:
    """A text that tells in what it renders which line everything came from."""
    tree = environment.parse(source)
    for data in tree.find_all(nodes.TemplateData):
        lines = data.data.split("\n")
        data.data = "\n".join(line and f"\x01{data.lineno + n}\x02{line}" for n, line in enumerate(lines))
    return Template.from_code(environment, environment.compile(tree), {})


def source_line(rendered: str, line: int) -> int:
    """The line of the text that a line of what was rendered came from."""
    lines = rendered.split("\n")
    here = MARK.search(lines[line - 1])
    before = MARK.findall("\n".join(lines[: line - 1]))
    return int(here[1]) if here else int(before[-1]) if before else 0

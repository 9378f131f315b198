"""What an office may write in a text of its own: a small part of Jinja, of which all else is refused.

A text is read, never trusted: what the whitelist does not name cannot be saved. Loops run over what the
letter says and over nothing longer, so that no text takes long.
"""

import re

from jinja2 import Environment, TemplateSyntaxError

from letters.dialect.allowed import TOO_DEEP, Allowed, Problem
from letters.dialect.statements import Statements
from letters.dialect.syntax import told

__all__ = ["LONGEST", "Allowed", "Problem", "check"]

LONGEST = 20_000
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def check(environment: Environment, allowed: Allowed, source: str) -> list[Problem]:
    """Everything in a text that is not of the dialect, in the order of its lines."""
    if len(source) > LONGEST:
        return [Problem(0, f"文本有{len(source)}个字符，不能超过{LONGEST}个")]
    if found := CONTROLS.search(source):
        return [Problem(source.count("\n", 0, found.start()) + 1, "这一行有看不见的控制字符，请删除")]
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        return [Problem(error.lineno, told(error))]
    except RecursionError:
        return [Problem(0, TOO_DEEP)]
    except ValueError:  # A number with more digits than Python reads.
        return [Problem(0, "数字过长")]
    reader = Statements(allowed)
    reader.text(tree)
    return sorted(set(reader.problems), key=lambda problem: problem.line)

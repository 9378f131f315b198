"""What is wrong with a command line itself: Typer's findings, in Chinese."""

import re
from typing import Any

from typer.exceptions import TyperException

#: Typer's kinds of fault, by the name of the exception; and its phrases where one kind says several things.
FAULTS = {
    "MissingParameter": "缺少此项",
    "NoSuchOption": "没有这个选项",
    "BadOptionUsage": "缺少取值",
}
PHRASES = {
    r"No such command '(.*)'.*": r"没有命令“\1”",
    r"Got unexpected extra argument\(?s?\)? \((.*)\)": r"多余的参数：\1",
    r".*unable to parse string as an integer.*": "应为整数",
    r".*should be greater than or equal to (\d+).*": r"不得小于\1",
    r".*should be less than or equal to (\d+).*": r"不得大于\1",
}


def told(error: TyperException) -> tuple[str, str]:
    """Where the fault is, and what it is."""
    return _where(error), FAULTS.get(type(error).__name__) or _in_chinese(error.message)


def _where(error: TyperException) -> str:
    param: Any = getattr(error, "param", None)
    if param is None:
        return str(getattr(error, "option_name", ""))
    return str(param.metavar or param.name) if param.param_type_name == "argument" else "/".join(param.opts)


def _in_chinese(message: str) -> str:
    for phrase, chinese in PHRASES.items():
        found = re.fullmatch(phrase, message, re.DOTALL)
        if found:
            return found.expand(chinese)
    return message

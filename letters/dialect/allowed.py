"""What a text of one kind may name, and how a problem in it is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

#: How many levels of blocks, choices, loops and brackets may stand in each other.
DEEPEST = 12
TOO_DEEP = f"嵌套过深，最多{DEEPEST}层"
#: The one file whose macros a text may use.
PARTS = "_parts.html.jinja"
#: Names that are less alike (of 100) are not proposed.
ALIKE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a text, and in which line; 0: with the whole of it."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.message}" if self.line else self.message


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a text may name: as much as the standard text of its kind."""

    parent: str
    #: The blocks of the shared texts, each with those that it stands in.
    blocks: Mapping[str, frozenset[str]]
    fields: frozenset[str]
    #: The shared macros, with the names of what they are given.
    macros: Mapping[str, tuple[str, ...]]


def named(names: Iterable[str]) -> str:
    """Names one after the other."""
    return "、".join(sorted(names))


def nearest(name: str, known: Iterable[str]) -> str:
    """What may have been meant by a name that is not known; empty, if none is like it."""
    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return f"，是否应为“{found[0]}”" if found else ""

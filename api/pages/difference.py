"""Two versions of a text, line by line: what was added, what was taken away, and where within a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

#: So many lines around a change are shown with it.
AROUND = 3
#: More lines than any text has: all of it is shown.
WHOLE = 1_000_000
#: Longer lines are shown as changed altogether: comparing them letter by letter takes long.
COMPARED = 400
#: What two lines have in common at least (of 1), if one is told as what the other became.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either version: its number there, and its pieces, of which some are what has changed."""

    sign: str
    left: int | None
    right: int | None
    pieces: tuple[tuple[bool, str], ...]


def difference(left: str, right: str, *, around: int = AROUND) -> list[list[Line]]:
    """The places where two texts differ, each with some lines around it; none where they are the same."""
    old, new = left.splitlines(), right.splitlines()
    matcher = SequenceMatcher(None, old, new)  # Lines that are everywhere (empty ones) are passed over.
    return [
        [line for code in group for line in _lines(old, new, *code)]
        for group in matcher.get_grouped_opcodes(around)
    ]


def _lines(old: list[str], new: list[str], what: str, i: int, j: int, m: int, n: int) -> Iterator[Line]:
    if what == "equal":
        for k in range(j - i):
            yield Line("", i + k + 1, m + k + 1, ((False, old[i + k]),))
        return
    pairs = [_compared(*pair) for pair in zip_longest(old[i:j], new[m:n])]
    for k in range(j - i):
        yield Line("-", i + k + 1, None, pairs[k][0])
    for k in range(n - m):
        yield Line("+", None, m + k + 1, pairs[k][1])


Pieces = tuple[tuple[bool, str], ...]


def _compared(old: str | None, new: str | None) -> tuple[Pieces, Pieces]:
    """A line and what it became, in pieces; as a whole where they have little in common."""
    left, right = old or "", new or ""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if max(len(left), len(right)) > COMPARED or matcher.ratio() < ALIKE:
        return ((False, left),), ((False, right),)
    codes = matcher.get_opcodes()
    return (
        tuple((what != "equal", left[i:j]) for what, i, j, _m, _n in codes if j > i),
        tuple((what != "equal", right[m:n]) for what, _i, _j, m, n in codes if n > m),
    )

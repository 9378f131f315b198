"""The text of every letter as it is read, kept in golden/: one file of a plain case, one of a full one.

Renew them after a change with `python -m tests.letters.golden`, and read the difference before committing it.
"""

from html.parser import HTMLParser
from pathlib import Path

import letters
from letters.kinds import KINDS
from tests.letters.orders import plain, rich
from workflow.correspondence import LetterOrder

FOLDER = Path(__file__).parent / "golden"
BLOCKS = frozenset({"p", "h2", "h3", "li", "blockquote", "tr"})


class _Reader(HTMLParser):
    """The text of the blocks, one line each: with the number of an item, and strokes between cells."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "ol":
            self.number = 0
        if tag == "li":
            self.number += 1
        if tag in BLOCKS:
            self.lines.append(f"{self.number}．" if tag == "li" else "")
        if tag in ("th", "td"):
            self.lines[-1] += "| "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self.lines[-1] = self.lines[-1].rstrip() + " "
        if tag == "tr":
            self.lines[-1] += "|"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.lines[-1] += data.strip()


def text_of(html: str) -> str:
    """A letter as plain text, a line for each paragraph."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(filter(None, reader.lines)) + "\n"


def orders() -> dict[str, LetterOrder]:
    """The letters that are kept, by the name of their file."""
    return {kind: rich(kind) for kind in KINDS} | {f"{kind}.plain": plain(kind) for kind in KINDS}


def main() -> None:
    """Write every text anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, order in orders().items():
        (FOLDER / f"{name}.txt").write_text(text_of(letters.issue(order).html), encoding="utf-8")


if __name__ == "__main__":
    main()

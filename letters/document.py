"""A letter as a document: the blocks that its text is made of, which every form of it lays out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from html.parser import HTMLParser
from itertools import takewhile


class Role(StrEnum):
    """What a block is in the letter (GB/T 9704-2012, 7)."""

    ISSUER = "issuer"  # 发文机关标志
    NUMBER = "number"  # 发文字号
    FORM_NUMBER = "form-number"  # of a form that somebody else fills in and signs
    TITLE = "title"  # 标题
    SALUTATION = "salutation"  # 抬头
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"  # what somebody else wrote, as they wrote it
    REMEDY = "remedy"
    TABLE = "table"
    ATTACHMENTS = "attachments"  # 附件说明
    SIGNER = "signer"  # 署名
    DATE = "date"  # 成文日期
    CONTACT = "contact"
    VERIFICATION = "verification"


Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its text; a table with its rows; attachments, one each row."""

    role: Role
    text: str = ""
    rows: tuple[Row, ...] = ()
    #: How many rows head the table, and how many of its columns.
    head_rows: int = 0
    head_columns: int = 0
    #: What the QR code of a verification block leads to.
    address: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A letter, from its red head to the line that tells how to verify it."""

    blocks: tuple[Block, ...]

    def text(self, role: Role) -> str:
        """The text of the first block of that role; empty, if there is none."""
        return next((block.text for block in self.blocks if block.role is role), "")


class Unreadable(ValueError):
    """A text that uses what no form of a letter can lay out; says what, and in which line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"第{line}行：{why}")
        self.line, self.why = line, why


def read(html: str) -> Document:
    """The document that a letter's text describes; raises Unreadable for marks that it does not know."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        raise reader.open[-1].refuse("没有结束标记")
    return Document(tuple(_within(reader.open[0])))


# --- The marks of a text ------------------------------------------------------------------------------

#: Which element of which class is which block.
PARAGRAPHS = {
    ("p", ""): Role.PARAGRAPH,
    ("h2", "letter-title"): Role.TITLE,
    ("h3", ""): Role.HEADING,
    ("p", "letter-issuer"): Role.ISSUER,
    ("p", "letter-number"): Role.NUMBER,
    ("p", "letter-form-number"): Role.FORM_NUMBER,
    ("p", "letter-salutation"): Role.SALUTATION,
    ("p", "letter-remedy"): Role.REMEDY,
    ("p", "letter-signer"): Role.SIGNER,
    ("p", "letter-date"): Role.DATE,
    ("p", "letter-contact"): Role.CONTACT,
    ("p", "letter-verification"): Role.VERIFICATION,
}
#: Elements that only hold others.
HOLDERS = {("article", "letter"), ("header", "letter-head"), ("div", "letter-body")}
HOLDERS |= {("footer", "letter-signature")}
QUOTE, ITEMS = ("blockquote", "letter-quote"), ("ol", "letter-items")
TABLE, ATTACHMENTS, PHONE = ("table", "letter-table"), ("div", "letter-attachments"), ("span", "letter-phone")
ATTRIBUTES = frozenset({"class", "lang", "data-kind", "data-address"})
#: Every mark there is; which may stand in which, the functions below know.
MARKS = frozenset(PARAGRAPHS) | HOLDERS | {QUOTE, ITEMS, TABLE, ATTACHMENTS, PHONE}
MARKS |= {("li", ""), ("tr", ""), ("td", ""), ("th", "")}


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str]
    line: int
    children: "list[_Element | str]" = field(default_factory=list)

    @property
    def mark(self) -> tuple[str, str]:
        return self.tag, self.attributes.get("class", "")

    @property
    def text(self) -> str:
        """What is written in it, its white space as one blank."""
        parts = (child if isinstance(child, str) else _phone(child) for child in self.children)
        return " ".join("".join(parts).split())

    def refuse(self, why: str = "不能用在文书的这个位置") -> Unreadable:
        return Unreadable(self.line, f"<{self.tag}>{why}")


class _Reader(HTMLParser):
    """The elements as a tree; what is not closed in order is no text of a letter."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [_Element("", {}, 1)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        if not set(element.attributes) <= ATTRIBUTES:
            raise element.refuse(f"不能带有{'、'.join(sorted(set(element.attributes) - ATTRIBUTES))}")
        self.open[-1].children.append(element)
        self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise _Element(tag, {}, self.getpos()[0]).refuse()

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        if closed.tag != tag and any(around.tag == tag for around in self.open):
            raise closed.refuse("没有结束标记")
        if closed.tag != tag:
            raise _Element(f"/{tag}", {}, self.getpos()[0]).refuse("没有对应的开始标记")

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


# --- From elements to blocks ----------------------------------------------------------------------------


def _within(holder: _Element) -> Iterator[Block]:
    for element in _elements(holder):
        yield from _blocks(element)


def _blocks(element: _Element) -> Iterator[Block]:
    mark = element.mark
    if mark in PARAGRAPHS:
        address = element.attributes.get("data-address", "")
        yield Block(PARAGRAPHS[mark], element.text, address=address)
    elif mark in HOLDERS:
        yield from _within(element)
    elif mark == QUOTE:
        yield from (Block(Role.QUOTE, each.text) for each in _elements(element, ("p", "")))
    elif mark == ITEMS:
        for n, item in enumerate(_elements(element, ("li", "")), start=1):
            yield Block(Role.ITEM, f"{n}．{item.text}")
    elif mark == TABLE:
        yield _table(element)
    elif mark == ATTACHMENTS:
        yield _attachments(element)
    else:
        raise element.refuse()


def _elements(holder: _Element, *marks: tuple[str, str]) -> list[_Element]:
    """The elements in a holder, all of those marks if some are named; no text stands beside them."""
    stray = "".join(child for child in holder.children if isinstance(child, str)).strip()
    if stray:
        raise holder.refuse(f"中的“{stray[:20]}”应写在段落之内")
    found = [child for child in holder.children if isinstance(child, _Element)]
    for each in found:
        if marks and each.mark not in marks:
            raise each.refuse()
    return found


def _table(element: _Element) -> Block:
    rows = [_elements(row, ("td", ""), ("th", "")) for row in _elements(element, ("tr", ""))]
    if len({len(row) for row in rows}) != 1 or not rows[0]:
        raise element.refuse("各行的单元格数应当相同")
    headed = [[cell.tag == "th" for cell in row] for row in rows]
    head_rows = len(list(takewhile(all, headed)))
    below = headed[head_rows:]
    return Block(
        Role.TABLE,
        rows=tuple(tuple(cell.text for cell in row) for row in rows),
        head_rows=head_rows,
        head_columns=int(bool(below) and all(row[0] for row in below)),
    )


def _attachments(element: _Element) -> Block:
    """附件说明: what stands before the list is the word 附件, which every form sets by itself."""
    lists = [each for each in _elements(element, ("p", ""), ITEMS) if each.mark == ITEMS]
    items = [item.text for each in lists for item in _elements(each, ("li", ""))]
    return Block(Role.ATTACHMENTS, rows=tuple((item,) for item in items))


def _phone(child: _Element) -> str:
    if child.mark != PHONE:
        raise child.refuse()
    return child.text

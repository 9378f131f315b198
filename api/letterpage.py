"""A frozen letter as a page of its own, that prints well on A4."""

from html import escape

from letters.document import Role, Unreadable, read
from letters.kinds import KINDS
from workflow.queries.letters import StoredLetter

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/static/letter.css">
</head>
<body>
{letter}
</body>
</html>
"""


def letter_page(letter: StoredLetter) -> str:
    """The stored text between head and foot of a page; nothing of the letter itself is made anew."""
    title = escape(f"{title_of(letter)} {letter.number}")
    return PAGE.format(title=title, letter=letter.html)


def title_of(letter: StoredLetter) -> str:
    """The title that the letter bears, of which a kind may have several; else the kind's own."""
    try:
        return read(letter.html).text(Role.TITLE) or KINDS[letter.kind].zh
    except Unreadable:
        return KINDS[letter.kind].zh

"""A frozen letter as a page of its own, that prints well on A4."""

from html import escape

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
    title = escape(f"{KINDS[letter.kind].zh} {letter.number}")
    return PAGE.format(title=title, letter=letter.html)

"""The letters of the office: which kinds there are, what each may say, and how it is written.

`issue` is pure: it reads no database and no clock, so that the same order always gives the same letter.
"""

from letters.context import context_of
from letters.kinds import KINDS
from letters.render import render, template_version
from workflow.correspondence import LetterOrder, WrittenLetter


def issue(order: LetterOrder) -> WrittenLetter:
    """Write a letter: its template and version, exactly the declared fields, and the text to be frozen."""
    kind = KINDS[order.kind]
    context = context_of(order)
    return WrittenLetter(template_version(kind.template), context, render(kind.template, context))

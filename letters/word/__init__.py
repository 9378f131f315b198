"""Letters as Word documents with the layout of the PDF, for offices that edit before they sign."""

from datetime import UTC, date, datetime, time
from io import BytesIO

from docx import Document as opened
from docx.document import Document as WordDocument

from letters.document import Document, Role
from letters.word.layout import lay_out
from letters.word.package import base, packed
from letters.word.text import plain
from workflow.clock import LEGAL_ZONE

#: What Word keeps of a property.
LONGEST = 255


def docx(document: Document, *, on: date) -> bytes:
    """A letter as a Word document, dated by the letter's day; the same letter always gives the same bytes."""
    word = opened(BytesIO(base()))
    lay_out(document, word)
    _describe(word, document, on)
    return packed(word)


def _describe(word: WordDocument, document: Document, on: date) -> None:
    """What the file says about itself, in place of who saved it when."""
    about = word.core_properties
    about.title = plain(f"{document.text(Role.TITLE)} {document.text(Role.NUMBER)}".strip())[:LONGEST]
    about.author = about.last_modified_by = plain(document.text(Role.ISSUER))[:LONGEST]
    about.language = "zh-CN"
    # Word keeps these moments in UTC.
    about.created = about.modified = datetime.combine(on, time(), LEGAL_ZONE).astimezone(UTC)

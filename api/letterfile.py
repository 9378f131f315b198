"""A letter as a file: PDF to read, print and seal, Word to edit before signing."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote

from fastapi import Response

from api.letterpage import title_of
from letters.document import Document, Unreadable, read
from letters.pdf import Press
from letters.word import docx
from workflow.documents import Form, Maker
from workflow.errors import Incomplete
from workflow.queries.letters import StoredLetter

Makers = Mapping[Form, Maker]
TYPES = {
    Form.PDF: "application/pdf",
    Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: A browser's own viewer sets styles of its own; the document itself can load and run nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
#: What no file system has in a name.
UNNAMEABLE = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))


def makers(press: Press) -> Makers:
    """How each form is laid out from a letter's frozen text."""

    def pdf(html: str, on: date) -> bytes:
        return press.pdf(documents(press, [html]), on=on)

    def word(html: str, on: date) -> bytes:
        return docx(_read(html), on=on)

    return {Form.PDF: pdf, Form.WORD: word}


def documents(press: Press, texts: Iterable[str]) -> list[Document]:
    """Frozen texts as the press takes them; raises Incomplete where a font has since been taken away."""
    return [_drawn(press, html) for html in texts]


def _drawn(press: Press, html: str) -> Document:
    missing = press.fonts.missing(html)
    if missing:
        raise Incomplete(f"字体文件夹中没有可以显示“{'、'.join(missing)}”的字体，不能生成这件文书的 PDF")
    return _read(html)


def _read(html: str) -> Document:
    try:
        return read(html)
    except Unreadable as error:
        raise Incomplete(f"这件文书的正文无法排版：{error}") from None


def file_response(letter: StoredLetter, form: Form, content: bytes, *, inline: bool) -> Response:
    """A letter under a name that people can read, to be looked at or saved."""
    return named_response(file_name(letter, form), form, content, inline=inline)


def named_response(name: str, form: Form, content: bytes, *, inline: bool) -> Response:
    """A file of that form under that name."""
    return any_response(name, TYPES[form], content, plain=f"letter.{form}", inline=inline)


def any_response(name: str, media_type: str, content: bytes, *, plain: str, inline: bool) -> Response:
    """Any file under that name; `plain` is its name for what reads ASCII only."""
    disposition, encoded = "inline" if inline else "attachment", quote(name, safe="")
    headers = {
        "Content-Disposition": f"{disposition}; filename={plain}; filename*=UTF-8''{encoded}",
        "Content-Security-Policy": POLICY,
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def file_name(letter: StoredLetter, form: Form) -> str:
    """Number and title, as the office files it."""
    return f"{letter.number} {title_of(letter)}".translate(UNNAMEABLE) + f".{form}"

"""Letters as PDF/A-2b and PDF/UA, set by Typst after GB/T 9704-2012 (letters/typeset/letter.typ)."""

import json
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pypdfium2 import PdfDocument, PdfiumError

from letters.document import Block, Document, Role
from letters.fonts import Fonts, stacks
from letters.qrcode import code_of

SOURCE = Path(__file__).parent / "typeset" / "letter.typ"
STANDARDS: list[Any] = ["a-2b", "ua-1"]
#: A document is dated by the letter's day in Asia/Shanghai, so that it is the same whenever it is made.
ZONE = timezone(timedelta(hours=8))
#: So many characters without a place to break a line at would run over the margin.
UNBROKEN = re.compile(r"[!-~]{25,}")
#: In the small print beside a QR code there is room for an address of a site.
SMALL_UNBROKEN = re.compile(r"[!-~]{60,}")
BREAK_HERE = "\u200b"
TOGETHER = "合并打印的文书"
#: A typesetter keeps all that it sets at once in memory: a day's letters are set in parts of so many.
AT_ONCE = 20
#: PDFium works for one thread at a time.
PDFIUM = threading.Lock()
A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)  # In points.


class Press:
    """Typst with the fonts of an installation, read once; a compiler for each thread."""

    def __init__(self, fonts: Fonts | None = None) -> None:
        self.fonts = fonts or Fonts()
        self._here = threading.local()

    def pdf(self, documents: Sequence[Document], *, on: date) -> bytes:
        """Letters as one PDF, each on pages of its own, beginning on the right when printed on both sides.

        One letter alone is PDF/A-2b and PDF/UA, and always the same bytes.
        """
        if len(documents) <= AT_ONCE:
            return self._set(documents, on)
        return _joined(self._set(part, on) for part in _parts(documents))

    def _set(self, documents: Sequence[Document], on: date) -> bytes:
        title = _title(documents[0]) if len(documents) == 1 else TOGETHER
        inputs = {"letters": json.dumps([_data(each) for each in documents]), "title": title}
        made = self._compiler().compile(
            sys_inputs=inputs | {"fonts": self._stacks},
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=datetime.combine(on, time(), ZONE),
        )
        assert isinstance(made, bytes)
        return made

    def _compiler(self) -> typst.Compiler:
        compiler: typst.Compiler | None = getattr(self._here, "compiler", None)
        if compiler is None:
            compiler = typst.Compiler(SOURCE, SOURCE.parent, self._fonts, ignore_system_fonts=True)
            self._here.compiler = compiler
        return compiler

    @cached_property
    def _fonts(self) -> typst.Fonts:
        folders: list[Any] = [str(folder) for folder in self.fonts.folders]
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)

    @cached_property
    def _stacks(self) -> str:
        return json.dumps(stacks(self._fonts.families()))


def _parts(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    return (documents[start : start + AT_ONCE] for start in range(0, len(documents), AT_ONCE))


def _joined(parts: Iterable[bytes]) -> bytes:
    """The pages of all parts; each part begins on the right."""
    made, file = list(parts), BytesIO()
    with PDFIUM:
        whole = PdfDocument.new()
        for part in map(PdfDocument, made):
            if len(whole) % 2:
                whole.new_page(*A4)
            whole.import_pages(part)
            part.close()
        whole.save(file)
        whole.close()
    return file.getvalue()


def pages_of(content: bytes) -> int | None:
    """How many pages a PDF has; None if that cannot be told, since it is damaged or locked."""
    with PDFIUM:
        try:
            document = PdfDocument(content)
        except PdfiumError:
            return None
        count = len(document)
        document.close()
    return count


def _title(document: Document) -> str:
    return f"{document.text(Role.TITLE)} {document.text(Role.NUMBER)}".strip()


def _data(document: Document) -> dict[str, Any]:
    return {"issuer": document.text(Role.ISSUER), "blocks": [_block(each) for each in document.blocks]}


def _block(block: Block) -> dict[str, Any]:
    if block.role is Role.VERIFICATION:
        qr = _qr(block.address) if block.address else None
        return asdict(block) | {"text": breakable(block.text, SMALL_UNBROKEN), "qr": qr}
    rows = [[breakable(cell) for cell in row] for row in block.rows]
    return asdict(block) | {"text": breakable(block.text), "rows": rows}


def breakable(text: str, unbroken: re.Pattern[str] = UNBROKEN) -> str:
    """The text with a place to break wherever it would otherwise run over the margin; it reads the same."""
    return unbroken.sub(lambda run: BREAK_HERE.join(run.group()), text)


def _qr(address: str) -> str:
    """The address as a QR code, drawn as SVG."""
    return code_of(address).svg_inline(border=4, omitsize=True)

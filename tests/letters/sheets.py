"""A PDF read back: its pages as text and as pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import pypdfium2


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF for reading."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without the white space that only its layout makes."""
    with opened(pdf) as document:
        return [bare(document[index].get_textpage().get_text_range()) for index in range(len(document))]


def bare(text: str) -> str:
    """A text without white space and places to break a line."""
    return "".join(text.replace("\u200b", "").replace("\ufffe", "").split())


def ink(page: pypdfium2.PdfPage, left: int = 0, top: int = 0, right: int = 595, bottom: int = 841) -> int:
    """How many points of that part of a page are dark; a point is a 72nd of an inch."""
    picture = page.render(scale=1, grayscale=True)
    dots = bytes(picture.buffer)
    return sum(dots[y * picture.stride + x] < 128 for y, x in product(range(top, bottom), range(left, right)))

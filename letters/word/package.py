"""The file around a letter: the base with page and styles that every letter begins as, and its archive."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument

BASE = Path(__file__).parent / "base"
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
#: The archive says nothing about when it was packed, or where.
NEVER = (1980, 1, 1, 0, 0, 0)
ANYWHERE = 3


@cache
def base() -> bytes:
    """A letter before anything is written: the parts in base/, without the comments that explain them."""
    parts = {str(file.relative_to(BASE).as_posix()): file for file in BASE.rglob("*") if file.is_file()}
    return _archive({name: COMMENT.sub(b"", parts[name].read_bytes()) for name in sorted(parts)})


def packed(word: WordDocument) -> bytes:
    """The document as a file that depends on its contents alone."""
    saved = BytesIO()
    word.save(saved)
    with ZipFile(saved) as archive:
        return _archive({name: archive.read(name) for name in archive.namelist()})


def _archive(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            info = ZipInfo(name, NEVER)
            info.compress_type, info.create_system = ZIP_DEFLATED, ANYWHERE
            archive.writestr(info, part)
    return packed.getvalue()

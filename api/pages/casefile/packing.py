"""Documents into a ZIP: the same bytes for the same documents, under names that unpack anywhere."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from api.letterfile import UNNAMEABLE
from api.pages.casefile.dossier import Piece
from letters.pdf import pages_of
from workflow.attachments import plain_name
from workflow.errors import Incomplete

#: Longer names cannot be unpacked into a folder of some depth everywhere, in bytes of UTF-8.
LONGEST_NAME, LONGEST_ENDING = 140, 8
#: What is packed already gains nothing by being packed again.
PACKED = frozenset({"pdf", "jpg", "jpeg", "png", "docx", "xlsx", "pptx", "ofd"})
PICTURES = frozenset({"jpg", "jpeg", "jpe", "png"})
#: The rights and the system that an entry was made under: the same wherever it is made.
ANYWHERE, READABLE = 3, 0o644 << 16
#: Names that Windows keeps for itself.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{each}{n}" for each in ("com", "lpt") for n in range(1, 10))}
)


@dataclass(frozen=True, slots=True)
class Filed:
    """A line of the index: a document as it was filed, or why it could not be."""

    piece: Piece
    name: str = ""
    sha256: str = ""
    pages: int | None = None
    fault: str = ""


@dataclass(slots=True)
class Packing:
    """A ZIP that is being written: every entry of one moment, no name twice."""

    archive: ZipFile
    root: str
    on: date
    names: set[str] = field(default_factory=set)

    def add(self, name: str, content: bytes) -> str:
        """Write a document, and give the name that it got."""
        given = unique(safe(name), self.names)
        info = ZipInfo(f"{self.root}/{given}", (max(self.on.year, 1980), self.on.month, self.on.day, 0, 0, 0))
        info.compress_type = ZIP_STORED if ending(given) in PACKED else ZIP_DEFLATED
        info.create_system, info.external_attr = ANYWHERE, READABLE
        self.archive.writestr(info, content)
        return given


def filed(packing: Packing, piece: Piece) -> Filed:
    """File a document; one whose content is gone or changed is told of in the index instead."""
    try:
        content = piece.content()
    except Incomplete as fault:
        return Filed(piece, fault=str(fault))
    name = packing.add(piece.name, content)
    return Filed(piece, name, hashlib.sha256(content).hexdigest(), _pages(name, content))


def _pages(name: str, content: bytes) -> int | None:
    if ending(name) == "pdf":
        return pages_of(content)
    return 1 if ending(name) in PICTURES else None


# --- Names -----------------------------------------------------------------------------------------------


def ending(name: str) -> str:
    """The ending of a name, without its dot."""
    return name.rpartition(".")[2].lower()


def safe(path: str) -> str:
    """A name in the ZIP that every system can unpack; only our own folders stay folders."""
    folder, slash, name = path.rpartition("/")
    plain = plain_name(name.translate(UNNAMEABLE))
    if plain.partition(".")[0].strip().lower() in DEVICES:
        plain = f"_{plain}"
    stem, dot, tail = plain.rpartition(".")
    stem, tail = (stem, dot + tail) if dot and len(tail) <= LONGEST_ENDING else (plain, "")
    short = stem.encode()[: LONGEST_NAME - len(tail.encode())].decode(errors="ignore").rstrip(". ")
    return f"{folder}{slash}{short}{tail}"


def unique(name: str, taken: set[str]) -> str:
    """The name, or the first of its numbered brothers that is free, whatever the case of its letters."""
    stem, dot, tail = name.rpartition(".") if "." in name.rpartition("/")[2] else (name, "", "")
    numbered = (f"{stem}（{n}）{dot}{tail}" if n > 1 else name for n in count(1))
    found = next(each for each in numbered if each.casefold() not in taken)
    taken.add(found.casefold())
    return found

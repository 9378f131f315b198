"""What a file is, by its content: nothing is taken in that could do something, whatever its name says."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

import filetype


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file that can be attached: its media type, its name, and the endings that fit it."""

    media: str
    zh: str
    endings: tuple[str, ...]
    #: Whether a browser can show it without doing anything.
    shown: bool = False


PDF = FileType("application/pdf", "PDF", ("pdf",), shown=True)
DOCX = FileType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档", ("docx",)
)
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格", ("xlsx",))
PPTX = FileType(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation", "演示文稿", ("pptx",)
)
OFD = FileType("application/ofd", "OFD 版式文件", ("ofd",))
OLE = FileType(
    "application/x-ole-storage", "旧版 Office、WPS 文件", ("doc", "xls", "ppt", "wps", "et", "dps")
)
TEXT = FileType("text/plain", "文本", ("txt", "csv"))
#: By the media type that the signature gives.
BY_SIGNATURE: dict[str, FileType] = {
    each.media: each
    for each in (
        PDF,
        FileType("image/jpeg", "JPEG 图片", ("jpg", "jpeg", "jpe"), shown=True),
        FileType("image/png", "PNG 图片", ("png",), shown=True),
        FileType("image/gif", "GIF 图片", ("gif",), shown=True),
        FileType("image/webp", "WebP 图片", ("webp",), shown=True),
        FileType("image/bmp", "BMP 图片", ("bmp",)),
        FileType("image/tiff", "TIFF 图片", ("tif", "tiff")),
    )
}
#: By a part that only this kind of package has.
BY_PART = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX, "OFD.xml": OFD}
BY_MEDIA = {each.media: each for each in (*BY_SIGNATURE.values(), *BY_PART.values(), OLE, TEXT)}
OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
TAKEN = "PDF、图片（JPG、PNG、GIF、WebP、BMP、TIFF）、Word、Excel、PPT、WPS、OFD、TXT、CSV"


def type_of(content: bytes, ending: str) -> FileType | None:
    """What the content is; None for what is not taken: programs, pages, archives, documents with macros."""
    if content.startswith(OLE_SIGNATURE):
        return OLE
    if zipfile.is_zipfile(BytesIO(content)) and content.startswith(b"PK"):
        return _package(content)
    guessed = filetype.guess(content)
    if guessed is not None:
        return BY_SIGNATURE.get(guessed.mime)
    return TEXT if ending in TEXT.endings and _is_text(content) else None


def _package(content: bytes) -> FileType | None:
    """Documents that are archives of parts; one with a macro is none of ours."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        return None
    return next((kind for part, kind in BY_PART.items() if part in parts), None)


def _is_text(content: bytes) -> bool:
    """UTF-8 or GB18030, and nothing that no text has."""
    if b"\0" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False

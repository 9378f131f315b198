"""A letter as a Word document, read back: its paragraphs in order, by style, and the parts of its file."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from docx import Document as opened
from docx.document import Document as WordDocument
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from letters.document import Block, Document, Role
from letters.word import docx

DAY = date(2026, 7, 25)
HEAD = (
    Block(Role.ISSUER, "招远市自然资源和规划局"),
    Block(Role.NUMBER, "招自然资公开告〔2026〕19号"),
    Block(Role.TITLE, "政府信息部分公开答复书"),
    Block(Role.SALUTATION, "甲有限公司："),
)
DATE = Block(Role.DATE, "2026年7月25日")
CODE = Block(Role.VERIFICATION, "核验码：ACDE-FGHJ-KMNP。", address="https://example.org/verify#a/b")
ROWS = (("序号", "名称", "处理"), ("1", "乙地块征收补偿安置方案", "公开"), ("2", "公告", "公开"))
TABLE = Block(Role.TABLE, rows=ROWS, head_rows=1, head_columns=1)
CHARACTER = Mm(156) / 28


def letter(*blocks: Block, signer: str = "招远市自然资源和规划局") -> Document:
    """A letter with those blocks in its body."""
    return Document((*HEAD, *blocks, Block(Role.SIGNER, signer), DATE))


def made(document: Document) -> WordDocument:
    """It as Word reads it."""
    return opened(BytesIO(docx(document, on=DAY)))


def parts(document: Document) -> dict[str, bytes]:
    """The parts of its file."""
    with ZipFile(BytesIO(docx(document, on=DAY))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def paragraphs(word: WordDocument) -> Iterator[Paragraph]:
    """Every paragraph with a text, in the order of reading, those of tables as well."""
    for each in word.iter_inner_content():
        cells = each.rows if isinstance(each, Table) else ()
        inside = [paragraph for row in cells for cell in row.cells for paragraph in cell.paragraphs]
        yield from (p for p in ([each] if isinstance(each, Paragraph) else inside) if p.text)


def styled(word: WordDocument, style: str) -> list[Paragraph]:
    """The paragraphs of that style."""
    return [each for each in paragraphs(word) if each.style and each.style.name == style]


def said(block: Block) -> list[str]:
    """What a block says, as its form has it."""
    if block.role is not Role.ATTACHMENTS:
        return [block.text] if block.text else [cell for row in block.rows for cell in row if cell]
    names = [name for (name,) in block.rows]
    numbered = names if len(names) == 1 else [f"{n}．{name}" for n, name in enumerate(names, start=1)]
    return ["附件：" + numbered[0], *numbered[1:]]

"""The blocks of a letter as paragraphs, tables and a picture of Word, laid out like the PDF."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from math import ceil

from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from letters.document import Block, Document, Role
from letters.qrcode import code_of
from letters.word.text import UNBROKEN, plain, width

TEXT_WIDTH = Mm(156)
CHARACTER = Length(TEXT_WIDTH // 28)
LINE = Length(Mm(225) // 22)
#: The style of each block, by its identifier in base/word/styles.xml.
STYLES = {
    Role.ISSUER: "Issuer",
    Role.NUMBER: "Number",
    Role.FORM_NUMBER: "FormNumber",
    Role.TITLE: "Title",
    Role.SALUTATION: "Salutation",
    Role.PARAGRAPH: "NormalIndent",
    Role.HEADING: "Heading1",
    Role.ITEM: "Item",
    Role.QUOTE: "Quote",
    Role.REMEDY: "Remedy",
    Role.ATTACHMENTS: "Attachments",
    Role.SIGNER: "Signer",
    Role.DATE: "LetterDate",
    Role.CONTACT: "Contact",
    Role.VERIFICATION: "Verification",
}


def lay_out(document: Document, word: WordDocument) -> None:
    """Write the blocks of a letter, in their order."""
    before: list[Paragraph] = []
    for block in document.blocks:
        if block.role is Role.SIGNER:
            _keep_with_signature(before)
            _center_above(_paragraph(word, block), document.text(Role.DATE))
        else:
            before += FORMS.get(block.role, _set)(word, block)


def _set(word: WordDocument, block: Block) -> list[Paragraph]:
    return [_paragraph(word, block)]


def _paragraph(word: WordDocument, block: Block) -> Paragraph:
    return _written(word.add_paragraph(), STYLES[block.role], block.text)


def _written(paragraph: Paragraph, style: str, text: str) -> Paragraph:
    """The text as it is; what has no place to break is broken at the margin, as nothing else is."""
    paragraph._p.style = style
    paragraph.add_run(plain(text))
    if UNBROKEN.search(text):
        broken = OxmlElement("w:wordWrap", {qn("w:val"): "0"})
        paragraph._p.get_or_add_pPr().insert_element_before(broken, "w:spacing", "w:ind", "w:jc")
    return paragraph


def _keep_with_signature(before: Sequence[Paragraph]) -> None:
    """The signature never stands alone on a page: two lines of the text at least go along with it."""
    along = before[-1:] if before and width(before[-1].text) > 28 else before[-2:]
    for paragraph in along:
        paragraph.paragraph_format.keep_with_next = True


# --- Head -------------------------------------------------------------------------------------------------


def _issuer(word: WordDocument, block: Block) -> list[Paragraph]:
    """As large as it may be, and never wider than the text (7.2.4)."""
    paragraph = _paragraph(word, block)
    size = Pt(min(88, TEXT_WIDTH // max(1, len(block.text)) // Pt(0.5)) / 2)
    paragraph.runs[0].font.size = size
    paragraph.paragraph_format.line_spacing = Length(size + Pt(2))
    return [paragraph]


def _title(word: WordDocument, block: Block) -> list[Paragraph]:
    """Lines of one length (7.3.1), wherever Word would break a long title."""
    paragraph = _paragraph(word, block)
    size, length = Pt(22), max(1, ceil(width(block.text)))
    lines = ceil(length * size / TEXT_WIDTH)
    if lines > 1:
        free = TEXT_WIDTH - ceil(length / lines + 0.5) * size
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Length(free // 2)
    return [paragraph]


# --- Text -------------------------------------------------------------------------------------------------


def _attachments(word: WordDocument, block: Block) -> list[Paragraph]:
    """附件说明 (7.3.4): one line below the text; a single attachment has no number."""
    alone = len(block.rows) == 1
    written = []
    for n, (name,) in enumerate(block.rows, start=1):
        lead, number = "附件：" if n == 1 else "", "" if alone else f"{n}．"
        paragraph = _paragraph(word, Block(block.role, lead + number + name))
        _hang(paragraph, 5 + width(number), width(number) + len(lead))
        paragraph.paragraph_format.space_before = LINE if lead else None
        written.append(paragraph)
    return written


def _hang(paragraph: Paragraph, left: float, hanging: float) -> None:
    """Indents in characters, which follow the size of the text when the office changes it."""
    paragraph.paragraph_format.left_indent = Length(int(left * CHARACTER))
    paragraph.paragraph_format.first_line_indent = Length(int(-hanging * CHARACTER))
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:leftChars"), str(round(left * 100)))
    indent.set(qn("w:hangingChars"), str(round(hanging * 100)))


def _center_above(signer: Paragraph, date: str) -> None:
    """署名 (7.3.5.1): centred above the date, four characters from the right; a long one ends at the margin.

    Its box lies around the middle of the date, so that another signer, typed over it, is centred as well.
    """
    box = 2 * (4 + width(date) / 2)
    if width(signer.text) > box:
        signer.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        signer.paragraph_format.left_indent = Length(int(TEXT_WIDTH - box * CHARACTER))


# --- Tables -----------------------------------------------------------------------------------------------

CELL_SIZE, CELL_MARGIN = Pt(14), Pt(6)
#: Columns of short texts are as wide as these, and a little more; the others share what is left, by their
#: longest text.
SHORT, LONG = 8, 40


def _table(word: WordDocument, block: Block) -> list[Paragraph]:
    """A table whose head is repeated on each page; its first rows and its last do not stand there alone."""
    table = word.add_table(len(block.rows), len(block.rows[0]))
    _fix(table, "LetterTable", _widths(block.rows))
    for r, (row, texts) in enumerate(zip(table.rows, block.rows, strict=True)):
        _keep_whole(row, head=r < block.head_rows)
        if block.head_columns and "" in texts[block.head_columns :]:
            row.height, row.height_rule = (
                Length(2 * LINE),
                WD_ROW_HEIGHT_RULE.AT_LEAST,
            )  # A form, to be filled in.
        for c, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            head = r < block.head_rows or c < block.head_columns
            paragraph = _written(cell.paragraphs[0], "CellHead" if head else "Cell", text)
            if r < block.head_rows or r == len(block.rows) - 1:
                paragraph.paragraph_format.keep_with_next = True
    return []


def _widths(rows: Sequence[Sequence[str]]) -> list[Length]:
    longest = [max(1, *(ceil(width(text)) for text in column)) for column in zip(*rows, strict=True)]
    short = [(n + 1) * CELL_SIZE + 2 * CELL_MARGIN if n <= SHORT else 0 for n in longest]
    shares = [min(n, LONG) if n > SHORT else 0 for n in longest]
    left = max(0, TEXT_WIDTH - sum(short))
    wide = [own + left * share // max(1, sum(shares)) for own, share in zip(short, shares, strict=True)]
    return [Length(each * TEXT_WIDTH // max(TEXT_WIDTH, sum(wide))) for each in wide]


def _fix(table: Table, style: str, widths: Sequence[Length]) -> None:
    """Its style, and widths that no program computes anew."""
    table._tbl.tblStyle_val = style
    table.autofit = False
    for column, each in zip(table.columns, widths, strict=True):
        column.width = each
    for row in table.rows:
        for cell, each in zip(row.cells, widths, strict=True):
            cell.width = each


def _keep_whole(row: _Row, *, head: bool) -> None:
    """A row stands on one page; one that heads the table on all of them."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


# --- Verification -----------------------------------------------------------------------------------------

CODE_SIZE, CODE_GAP = Mm(24), Mm(4)


def _verification(word: WordDocument, block: Block) -> list[Paragraph]:
    """The QR code with its text on the right, in a table without lines."""
    if not block.address:
        return _set(word, block)
    table = word.add_table(1, 2)
    _fix(table, "CodeTable", [Length(CODE_SIZE + CODE_GAP), Length(TEXT_WIDTH - CODE_SIZE - CODE_GAP)])
    row = table.rows[0]
    _keep_whole(row, head=False)
    left, right = row.cells
    _code(left.paragraphs[0], block.address)
    right.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _written(right.paragraphs[0], STYLES[block.role], block.text)
    _written(word.add_paragraph(), "End", "")
    return []


def _code(paragraph: Paragraph, address: str) -> None:
    """The address as a QR code with its quiet zone; who does not see it is told where it leads."""
    image = BytesIO()
    code_of(address).save(image, kind="png", scale=8, border=4)
    image.seek(0)
    paragraph._p.style = "Code"
    picture = paragraph.add_run().add_picture(image, width=CODE_SIZE)
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")
    described = picture._inline.docPr
    described.set("name", "核验二维码")
    described.set("descr", plain(f"核验二维码：{address}"))


#: What is more than a paragraph in its style; each gives the paragraphs that may stand before a signature.
FORMS: Mapping[Role, Callable[[WordDocument, Block], list[Paragraph]]] = {
    Role.ISSUER: _issuer,
    Role.TITLE: _title,
    Role.ATTACHMENTS: _attachments,
    Role.TABLE: _table,
    Role.VERIFICATION: _verification,
}

"""A letter in Word has the layout of GB/T 9704-2012: page, styles, head, foot and tables."""

import re
from collections.abc import Iterator

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from letters.document import Block, Document, Role
from letters.qrcode import code_of
from tests.letters.wordfile import CHARACTER, CODE, HEAD, ROWS, TABLE, letter, made, paragraphs, styled

# --- The page -------------------------------------------------------------------------------------------


def test_a_page_is_a4_with_the_margins_of_the_standard() -> None:
    (section,) = made(letter()).sections

    found = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    wanted = (Mm(210), Mm(297), Mm(37), Mm(28))
    assert found == pytest.approx(wanted, abs=Pt(0.1))
    assert (section.right_margin, section.bottom_margin) == pytest.approx((Mm(26), Mm(35)), abs=Pt(0.1))


def test_the_grid_has_22_lines_of_28_characters() -> None:
    word = made(letter())
    (section,) = word.sections
    (grid,) = section._sectPr.findall(qn("w:docGrid"))
    sides = [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    left, right, top, bottom = (each or 0 for each in sides)
    width, height = (section.page_width or 0) - left - right, (section.page_height or 0) - top - bottom

    character = Pt(16) + Pt(1) * int(grid.get(qn("w:charSpace")) or 0) / 4096
    line = Pt(1) * int(grid.get(qn("w:linePitch")) or 0) / 20

    assert grid.get(qn("w:type")) == "linesAndChars"
    assert 28 * character <= width < 28.01 * character
    assert 22 * line <= height < 22.05 * line


def test_the_number_of_a_page_stands_outside_between_dashes() -> None:
    word = made(letter())
    (section,) = word.sections
    (odd,), (even,) = section.footer.paragraphs, section.even_page_footer.paragraphs

    assert word.settings.odd_and_even_pages_header_footer
    assert (odd.text, even.text) == ("—  —", "—  —")  # The field between them is no run.
    assert all(each._p.xpath("w:fldSimple/@w:instr") == [" PAGE "] for each in (odd, even))
    assert (odd.alignment, odd.paragraph_format.right_indent) == (WD_ALIGN_PARAGRAPH.RIGHT, Pt(14))
    assert (even.alignment, even.paragraph_format.left_indent) == (None, Pt(14))
    assert section.bottom_margin == pytest.approx(
        (section.footer_distance or 0) + Pt(14 / 2) + Mm(7), abs=Mm(0.2)
    )


# --- The styles -----------------------------------------------------------------------------------------

FANGSONG, XIAOBIAOSONG, HEI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
CENTER, JUSTIFY, RIGHT, LEFT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.LEFT,
)
STYLES = {
    "Normal": (FANGSONG, 16, JUSTIFY, None),
    "发文机关标志": (XIAOBIAOSONG, 44, CENTER, None),
    "发文字号": (FANGSONG, 16, CENTER, None),
    "回执编号": (FANGSONG, 16, RIGHT, None),
    "Title": (XIAOBIAOSONG, 22, CENTER, None),
    "Salutation": (FANGSONG, 16, JUSTIFY, None),
    "Normal Indent": (FANGSONG, 16, JUSTIFY, "200"),
    "Heading 1": (HEI, 16, JUSTIFY, "200"),
    "事项": (FANGSONG, 16, JUSTIFY, "200"),
    "引文": (FANGSONG, 16, JUSTIFY, "200"),
    "救济告知": (FANGSONG, 16, JUSTIFY, "200"),
    "附件说明": (FANGSONG, 16, JUSTIFY, None),
    "署名": (FANGSONG, 16, CENTER, None),
    "成文日期": (FANGSONG, 16, RIGHT, None),
    "联系方式": (FANGSONG, 16, JUSTIFY, "200"),
    "核验信息": (FANGSONG, 10.5, LEFT, None),
    "表格文字": (FANGSONG, 14, LEFT, None),
    "表头": (HEI, 14, LEFT, None),
    "Footer": (SONG, 14, LEFT, None),
}


@pytest.mark.parametrize("name", STYLES)
def test_each_style_has_the_font_size_and_place_of_the_standard(name: str) -> None:
    word = made(letter())
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)
    styles = [*_with_bases(style)]
    defaults = word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:rFonts")
    fonts = [font for each in styles for font in each.element.xpath("w:rPr/w:rFonts")] + defaults

    font, size, alignment, indent = STYLES[name]

    assert {fonts[0].get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert next(each.font.size.pt for each in styles if each.font.size) == size
    alignments = [each.paragraph_format.alignment for each in styles]
    assert next(each for each in alignments if each is not None) == alignment
    indents = [chars for each in styles for chars in each.element.xpath("w:pPr/w:ind/@w:firstLineChars")]
    assert next(iter(indents), None) == indent


def _with_bases(style: ParagraphStyle) -> Iterator[ParagraphStyle]:
    yield style
    if isinstance(style.base_style, ParagraphStyle):
        yield from _with_bases(style.base_style)


def test_each_block_has_the_style_that_the_office_knows_it_by() -> None:
    word = made(
        letter(
            *(Block(role, role.value) for role in (Role.PARAGRAPH, Role.HEADING, Role.ITEM, Role.QUOTE)),
            Block(Role.REMEDY, "remedy"),
            TABLE,
            Block(Role.ATTACHMENTS, rows=(("公告",),)),
        )
    )

    found = [each.style.name for each in paragraphs(word) if each.style]

    assert found == [
        *("发文机关标志", "发文字号", "Title", "Salutation"),
        *("Normal Indent", "Heading 1", "事项", "引文", "救济告知"),
        *("表头", "表头", "表头", "表头", "表格文字", "表格文字", "表头", "表格文字", "表格文字"),
        *("附件说明", "署名", "成文日期"),
    ]


# --- The head -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size"), [("招远市财政局", 44), ("招远市自然资源和规划局", 40), ("招" * 30, 14.5)]
)
def test_the_issuer_is_as_large_as_the_line_allows_and_red(name: str, size: float) -> None:
    word = made(Document((Block(Role.ISSUER, name), *letter().blocks[1:])))
    (issuer,) = styled(word, "发文机关标志")
    (run,) = issuer.runs

    assert run.font.size == Pt(size)
    assert len(name) * size <= 156 / 25.4 * 72
    assert issuer.paragraph_format.line_spacing_rule is WD_LINE_SPACING.EXACTLY
    assert str(word.styles["发文机关标志"].font.color.rgb) == "D7000F"


def test_below_the_number_is_a_red_line_as_wide_as_the_text() -> None:
    (line,) = made(letter()).styles["发文字号"].element.xpath("w:pPr/w:pBdr/w:bottom")

    assert (line.get(qn("w:color")), line.get(qn("w:val"))) == ("D7000F", "single")
    assert int(line.get(qn("w:space"))) == pytest.approx(4 / 25.4 * 72, abs=2)


@pytest.mark.parametrize(("length", "lines"), [(11, 1), (20, 1), (21, 2), (30, 2), (45, 3)])
def test_a_long_title_is_broken_into_lines_of_one_length(length: int, lines: int) -> None:
    word = made(Document((*HEAD[:2], Block(Role.TITLE, "题" * length), *letter().blocks[3:])))
    (title,) = styled(word, "Title")
    indent = title.paragraph_format.left_indent or 0

    fitting = int((Mm(156) - 2 * indent) / Pt(22))

    assert (indent > 0) == (lines > 1)
    assert -(-length // fitting) == lines
    assert fitting * lines - length < 22 if lines == 1 else fitting * lines - length <= lines


# --- The foot -------------------------------------------------------------------------------------------


def test_the_date_leaves_four_characters_and_the_signer_is_centred_above_it() -> None:
    word = made(letter())
    (signer,), (day,) = styled(word, "署名"), styled(word, "成文日期")
    assert signer.paragraph_format.left_indent is not None
    width = 9 * CHARACTER - 2.5 * CHARACTER  # seven digits of half a width

    middle_of_signer = (Mm(156) + signer.paragraph_format.left_indent) / 2
    middle_of_day = Mm(156) - 4 * CHARACTER - width / 2

    assert word.styles["成文日期"].element.xpath("w:pPr/w:ind/@w:rightChars") == ["400"]
    assert day.paragraph_format.right_indent is None
    assert middle_of_signer == pytest.approx(middle_of_day, abs=CHARACTER / 20)


def test_a_signer_too_long_to_be_centred_ends_at_the_margin() -> None:
    (signer,) = styled(made(letter(signer="招远市自然资源和规划局不动产登记中心驻大厅工作站")), "署名")

    assert signer.alignment is WD_ALIGN_PARAGRAPH.RIGHT
    assert signer.paragraph_format.left_indent is None


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ([Block(Role.PARAGRAPH, "长" * 60)] * 3, 1),
        ([Block(Role.PARAGRAPH, "长" * 60)] * 2 + [Block(Role.PARAGRAPH, "特此告知。")], 2),
        ([Block(Role.PARAGRAPH, "长" * 60), Block(Role.ATTACHMENTS, rows=(("甲",), ("乙",)))], 2),
    ],
    ids=["a long paragraph", "a short one", "attachments"],
)
def test_the_signature_never_stands_alone_on_a_page(last: list[Block], kept: int) -> None:
    word = made(letter(*last))
    *text, signer, _day = list(paragraphs(word))[len(HEAD) :]

    assert [bool(each.paragraph_format.keep_with_next) for each in text[-3:]][-kept:] == [True] * kept
    assert not any(each.paragraph_format.keep_with_next for each in text[:-kept])
    assert signer.style is not None
    assert all(word.styles[name].paragraph_format.keep_with_next for name in ("署名", "成文日期", "联系方式"))


@pytest.mark.parametrize(
    ("rows", "indents"),
    [
        ((("公告",),), [("500", "300")]),
        ((("公告",), ("方案",)), [("650", "450"), ("650", "150")]),
        ((("公告",),) * 10, [("650", "450"), *[("650", "150")] * 8, ("700", "200")]),
    ],
    ids=["one", "two", "ten"],
)
def test_the_lines_of_an_attachment_begin_below_its_name(
    rows: tuple[tuple[str]], indents: list[tuple[str, str]]
) -> None:
    listed = styled(made(letter(Block(Role.ATTACHMENTS, rows=rows))), "附件说明")

    found = [each._p.xpath("w:pPr/w:ind")[0] for each in listed]

    assert [(each.get(qn("w:leftChars")), each.get(qn("w:hangingChars"))) for each in found] == indents


def test_the_address_to_verify_at_is_a_code_with_its_quiet_zone_and_told_in_words() -> None:
    word = made(Document((*letter().blocks, CODE)))
    (picture,) = word.inline_shapes
    (image,) = word.part.package.image_parts
    width, _height = code_of(CODE.address).symbol_size(scale=1, border=4)

    assert picture.width == picture.height == Mm(24)
    assert image.image.px_width % width == 0
    assert picture._inline.docPr.get("descr") == f"核验二维码：{CODE.address}"


def test_nothing_but_a_line_follows_the_code_so_that_no_page_begins() -> None:
    word = made(Document((*letter().blocks, CODE)))

    end = word.paragraphs[-1]

    assert end.text == ""
    assert end.style is not None
    assert word.styles[end.style.name or ""].paragraph_format.line_spacing == Pt(1)


# --- Tables ---------------------------------------------------------------------------------------------


def test_the_head_of_a_table_is_repeated_and_no_row_is_torn_or_left_alone() -> None:
    (table,) = made(letter(TABLE)).tables

    kept = [{cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells} for row in table.rows]

    assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [True, False, False]
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    assert kept == [{True}, {None}, {True}]


def test_a_form_leaves_room_to_write_in() -> None:
    rows = (("送达日期", ""), ("送达方式", "邮寄"))
    (table,) = made(letter(Block(Role.TABLE, rows=rows, head_columns=1))).tables

    assert [row.height for row in table.rows] == [pytest.approx(2 * Mm(225) / 22, abs=Pt(0.1)), None]


def test_a_table_has_lines_of_half_a_point() -> None:
    word = made(letter(TABLE))
    (table,) = word.tables
    assert table.style is not None

    borders = word.styles[table.style.name or ""].element.xpath("w:tblPr/w:tblBorders/*")

    assert len(borders) == 6
    assert {(each.get(qn("w:val")), each.get(qn("w:sz"))) for each in borders} == {("single", "4")}


@pytest.mark.parametrize(
    "rows",
    [ROWS, (("很长的标题" * 8,) * 12,), (("短",) * 4,), (("", "乙" * 100),)],
    ids=["mixed", "many", "short", "empty"],
)
def test_a_table_fits_between_the_margins_and_every_column_has_a_place(rows: tuple[tuple[str, ...]]) -> None:
    (table,) = made(letter(Block(Role.TABLE, rows=rows))).tables
    widths = [column.width or 0 for column in table.columns]

    assert sum(widths) <= Mm(156)
    assert min(widths) > Pt(14)
    assert [cell.width for cell in table.rows[0].cells] == widths


def test_what_has_no_place_to_break_is_broken_at_the_margin_and_nothing_else() -> None:
    long = "https://www.zhaoyuan.gov.cn/col/col12345/index.html"
    word = made(letter(Block(Role.PARAGRAPH, long), Block(Role.PARAGRAPH, "电话：0535-1234567")))

    broken, whole = styled(word, "Normal Indent")

    assert re.findall(r"[!-~]+", broken.text) == [long]
    assert broken._p.xpath("w:pPr/w:wordWrap/@w:val") == ["0"]
    assert whole._p.xpath("w:pPr/w:wordWrap") == []

"""A letter as a Word document: what its frozen text says, in the standard layout, and always the same."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn

import letters
from letters.document import Block, Document, Role, read
from letters.kinds import KINDS
from letters.word import docx
from tests.letters.orders import plain, rich
from tests.letters.wordfile import CODE, DAY, HEAD, TABLE, letter, made, paragraphs, parts, said, styled
from workflow.correspondence import LetterOrder

# --- What it says ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [plain, rich], ids=["little", "much"])
def test_every_kind_says_in_word_what_its_frozen_text_says_in_that_order(
    kind: str, make: Callable[[str], LetterOrder]
) -> None:
    document = read(letters.issue(make(kind)).html)

    told = [each.text for each in paragraphs(made(document))]

    assert told == [text for block in document.blocks for text in said(block)]


HOSTILE = (
    "<w:p><w:r><w:t>x</w:t></w:r></w:p> </w:t> <!-- --> <![CDATA[x]]> &lt;&amp;&#10;",
    '{{7*7}} {% for x in y %} {%p if x %} ${7*7} #read("/etc/passwd") MERGEFIELD x',
    "\u202eRTL\u202c \u200f零宽\u200b \ufeff 䶮㛃𬱖",
    "字" * 10_000,
    "A" * 10_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_people_write_stands_there_as_they_wrote_it(text: str) -> None:
    rows = (("名称", text), (text, "二"))
    roles = (Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.REMEDY, Role.HEADING, Role.CONTACT)
    body = letter(
        *(Block(role, text) for role in roles),
        Block(Role.TABLE, rows=rows, head_rows=1),
        Block(Role.ATTACHMENTS, rows=((text,), ("另一件",))),
        Block(Role.VERIFICATION, text, address=f"https://example.org/{text[:40]}"),
        signer=text,
    ).blocks
    document = Document((*(Block(each.role, text) for each in HEAD), *body[len(HEAD) :]))

    told = [each.text for each in paragraphs(made(document))]

    assert told == [text for block in document.blocks for text in said(block)]


def test_what_xml_cannot_hold_is_replaced_visibly() -> None:
    document = letter(Block(Role.PARAGRAPH, "甲\x00乙\x0b丙\x1f丁\ufffe戊\ud800己"), signer="子\x01丑")

    word = made(document)

    assert [each.text for each in styled(word, "Normal Indent")] == [
        "甲\ufffd乙\ufffd丙\ufffd丁\ufffd戊\ufffd己"
    ]
    assert [each.text for each in styled(word, "署名")] == ["子\ufffd丑"]


# --- What file it is ------------------------------------------------------------------------------------


def test_the_same_letter_gives_the_same_bytes_whenever_it_is_made() -> None:
    document = read(letters.issue(rich("partly_disclosed")).html)

    first = docx(document, on=DAY)

    assert docx(document, on=DAY) == first
    with ZipFile(BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_every_part_is_well_formed_and_names_only_what_is_there() -> None:
    found = parts(letter(TABLE, Block(Role.ATTACHMENTS, rows=(("公告",),)), CODE))

    trees = {name: ElementTree.fromstring(part) for name, part in found.items() if not name.endswith(".png")}
    styles = {each.get(qn("w:styleId")) for each in trees["word/styles.xml"].iter(qn("w:style"))}
    used = {
        element.get(qn("w:val"))
        for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml", "word/styles.xml")
        for tag in ("w:pStyle", "w:tblStyle", "w:basedOn", "w:next")
        for element in trees[name].iter(qn(tag))
    }
    targets = {each.get("Target") for each in trees["word/_rels/document.xml.rels"]}
    assert used <= styles
    assert {f"word/{target}" for target in targets} <= set(found)
    assert not [name for name, part in found.items() if b"<!--" in part]


def test_it_is_dated_by_the_day_of_the_letter_and_signed_by_the_office() -> None:
    about = made(letter()).core_properties

    assert about.title == "政府信息部分公开答复书 招自然资公开告〔2026〕19号"
    assert about.author == about.last_modified_by == "招远市自然资源和规划局"
    assert about.created == about.modified == datetime.fromisoformat("2026-07-25T00:00+08:00")
    assert about.language == "zh-CN"

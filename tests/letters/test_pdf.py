"""A letter as PDF: it says what the frozen text says, in the standard's layout, and always the same."""

import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

import letters
from letters.document import Block, Document, Role, read
from letters.fonts import PACKAGED, Fonts
from letters.kinds import KINDS
from letters.pdf import AT_ONCE, Press
from tests.letters.orders import plain, rich
from tests.letters.sheets import bare, ink, opened, pages

DAY = date(2026, 7, 25)
LONG_NAME = "招远市自然资源和规划局不动产登记中心驻便民大厅工作站"
MM = 72 / 25.4
PRESS = Press()


def document(*blocks: Block, **texts: str) -> Document:
    """A letter with those blocks in its body; `texts` by role take the place of the usual ones."""
    said = {
        "issuer": "招远市自然资源和规划局",
        "number": "招自然资公开告〔2026〕19号",
        "title": "政府信息部分公开答复书",
        "salutation": "甲有限公司：",
        "signer": "招远市自然资源和规划局",
        "date": "2026年7月25日",
    } | texts
    head = [Block(Role(name), said[name]) for name in ("issuer", "number", "title", "salutation")]
    foot = [Block(Role(name), said[name]) for name in ("signer", "date")]
    return Document((*head, *blocks, *foot))


def paragraph(text: str) -> Block:
    """A paragraph of the body."""
    return Block(Role.PARAGRAPH, text)


def made(*documents: Document) -> bytes:
    """Those letters as one PDF."""
    return PRESS.pdf(documents, on=DAY)


def without_page_numbers(text: str) -> str:
    """The text of a page as the letter has it."""
    return re.sub(r"—\d+—$", "", text)


# --- What it says ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [plain, rich], ids=["little", "much"])
def test_every_kind_says_in_print_what_its_frozen_text_says(kind: str, make: object) -> None:
    order = plain(kind) if make is plain else rich(kind)
    letter = read(letters.issue(order).html)

    printed = "".join(without_page_numbers(text) for text in pages(made(letter)))

    for block in letter.blocks:
        for text in (block.text, *(cell for row in block.rows for cell in row)):
            assert bare(text) in printed


def test_the_same_letter_gives_the_same_bytes_from_every_press() -> None:
    letter = read(letters.issue(rich("partly_disclosed")).html)

    assert made(letter) == made(letter) == Press().pdf([letter], on=DAY)


HOSTILE = (
    '#read("/etc/passwd") #eval("1+1") *bold* $x$ @label <label> = Heading',
    "{{7*7}} {% for x in y %} ${7*7}",
    "<script>alert(1)</script> &lt;b&gt; \\ \" ' `raw` // comment /* note */",
    "http://example.org/?a=1&b=2#c",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_printed_and_never_evaluated(text: str) -> None:
    rows = (("名称", text), (text, "二"))
    letter = document(
        *(Block(role, text) for role in (Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.REMEDY, Role.HEADING)),
        Block(Role.TABLE, rows=rows, head_rows=1),
        Block(Role.ATTACHMENTS, rows=((text,), ("另一件",))),
        salutation=text,
    )

    printed = "".join(pages(made(letter)))

    assert printed.count(bare(text)) == 9


def test_ten_thousand_letters_without_a_blank_stay_within_the_margins() -> None:
    pdf = made(document(paragraph("A" * 10_000)))

    assert "".join(without_page_numbers(text) for text in pages(pdf)).count("A") == 10_000
    with opened(pdf) as printed:
        rights = [printed[i].get_textpage().get_charbox(n)[2] for i in range(2) for n in range(300)]
    assert max(rights) < (210 - 26 + 0.5) * MM


def test_a_hundred_lines_of_reasons_run_over_several_pages() -> None:
    lines = [f"第{n}条理由，经查属实。" for n in range(1, 101)]

    printed = pages(made(document(*map(paragraph, lines))))

    assert len(printed) == 6
    joined = "".join(without_page_numbers(text) for text in printed)
    assert "".join(lines) in joined


# --- How it looks ---------------------------------------------------------------------------------------


def test_a_page_is_a4_with_the_margins_of_the_standard() -> None:
    with opened(made(document(*map(paragraph, ["字" * 600] * 3)))) as printed:
        page = printed[1]
        assert page.get_size() == pytest.approx((210 * MM, 297 * MM), abs=0.1)
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1) == "字"]
    assert min(box[0] for box in boxes) == pytest.approx(28 * MM, abs=2)
    assert max(box[2] for box in boxes) == pytest.approx((210 - 26) * MM, abs=3)
    assert max(box[3] for box in boxes) == pytest.approx((297 - 37) * MM, abs=4)


def test_a_page_has_22_lines_of_28_characters() -> None:
    with opened(made(document(paragraph("字" * 3000)))) as printed:
        text = printed[1].get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1) == "字"]
    lines: dict[int, int] = {}
    for box in boxes:
        lines[round(box[1])] = lines.get(round(box[1]), 0) + 1

    assert len(lines) == 22
    assert set(lines.values()) == {28}


def test_pages_are_numbered_outside_between_dashes() -> None:
    with opened(made(document(paragraph("字" * 1500)))) as printed:
        lefts = []
        for index in range(len(printed)):
            text = printed[index].get_textpage()
            assert text.get_text_range().strip().endswith(f"— {index + 1} —")
            lefts.append(text.get_charbox(text.count_chars() - 1)[2])
    assert lefts[0] > 130 * MM
    assert lefts[1] < 60 * MM


@pytest.mark.parametrize("signer", ["招远市财政局", "招远市自然资源和规划局不动产登记中心驻便民大厅工作站"])
def test_the_signer_is_centred_above_the_date_which_leaves_four_characters_free(signer: str) -> None:
    with opened(made(document(paragraph("正文。"), signer=signer))) as printed:
        spots = {text: _spot(printed[0], text) for text in (signer, "2026年7月25日")}
    character = 156 / 28 * MM
    day, name = spots["2026年7月25日"], spots[signer]

    assert (210 - 26) * MM - day[1] == pytest.approx(4 * character, abs=character / 2)
    if len(signer) < 10:
        assert sum(day) / 2 == pytest.approx(sum(name) / 2, abs=3)
    assert name[1] <= (210 - 26) * MM + 1


def _spot(page: pypdfium2.PdfPage, wanted: str) -> tuple[float, float]:
    """Left and right edge of the last place where a page says that."""
    text = page.get_textpage()
    index = text.get_text_range().rindex(wanted)
    return text.get_charbox(index)[0], text.get_charbox(index + len(wanted) - 1)[2]


@pytest.mark.parametrize("lines", range(9, 16))
def test_the_signature_never_stands_alone_on_a_page(lines: int) -> None:
    printed = pages(made(document(*(paragraph(f"正文{n}。") for n in range(lines)))))

    for text in printed:
        assert "正文" in text


def test_letters_together_begin_on_right_hand_pages_with_pages_of_their_own() -> None:
    short, long = document(paragraph("短。")), document(paragraph("长" * 1300))

    printed = pages(made(short, long, short))

    assert [re.findall(r"—(\d+)—$", text) for text in printed] == [
        ["1"],
        [],
        ["1"],
        ["2"],
        ["3"],
        [],
        ["1"],
    ]
    assert printed[1] == printed[5] == ""


def test_a_days_letters_are_set_in_parts_and_read_like_one() -> None:
    lengths = [1, 700, 1300]
    letters_of_the_day = [
        document(paragraph("长" * lengths[n % 3]), number=f"招自然资公开告〔2026〕{n}号")
        for n in range(2 * AT_ONCE + 3)
    ]

    printed = pages(made(*letters_of_the_day))

    starts = [index for index, text in enumerate(printed) if text.startswith("招远市")]
    assert len(starts) == len(letters_of_the_day)
    assert all(index % 2 == 0 for index in starts)
    for n, index in enumerate(starts):
        assert f"〔2026〕{n}号" in printed[index]
        assert printed[index].endswith("—1—")


def test_a_single_attachment_has_no_number_and_several_have() -> None:
    one = "".join(pages(made(document(Block(Role.ATTACHMENTS, rows=(("公告",),))))))
    two = "".join(pages(made(document(Block(Role.ATTACHMENTS, rows=(("公告",), ("方案",)))))))

    assert "附件：公告" in one
    assert "附件：1．公告2．方案" in two


def test_the_address_to_verify_at_is_drawn_as_a_code() -> None:
    block = Block(Role.VERIFICATION, "核验码：ACDE FGHJ KMNP。", address="https://example.org/verify#a/b")

    with_code, without = (
        made(Document((*document(paragraph("正文。")).blocks, each)))
        for each in (block, Block(Role.VERIFICATION, block.text))
    )

    assert bare(block.text) in "".join(pages(with_code))
    assert _dark_at_left(with_code) > 10 * _dark_at_left(without)


def _dark_at_left(pdf: bytes) -> int:
    """How much is black where the code stands: below the date, at the left margin."""
    with opened(pdf) as printed:
        return ink(printed[0], left=79, top=500, right=147, bottom=800)


# --- What it is -----------------------------------------------------------------------------------------


def test_it_says_that_it_is_kept_for_ever_and_readable_by_everyone() -> None:
    pdf = made(document(paragraph("正文。")))

    for claim in (b"pdfaid:part", b"pdfaid:conformance", b"pdfuaid:part", b"/StructTreeRoot", b"/Lang"):
        assert claim in pdf
    with opened(pdf) as printed:
        told = printed.get_metadata_dict()
    assert told["Title"] == "政府信息部分公开答复书 招自然资公开告〔2026〕19号"
    assert told["Author"] == "招远市自然资源和规划局"
    assert told["CreationDate"] == "D:20260724160000Z"  # 00:00 of the day in Asia/Shanghai


# --- Fonts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rare", ["䶮", "㛃", "𬱖", "𬭬", "鿏"])
def test_rare_characters_of_names_are_drawn(rare: str) -> None:
    assert PRESS.fonts.missing(rare) == []
    blank, drawn = (made(document(paragraph(f"姓名{each}。"))) for each in ("", rare))
    assert rare in "".join(pages(drawn))
    with opened(drawn) as printed, opened(blank) as empty:
        assert ink(printed[0]) > ink(empty[0])


@pytest.mark.parametrize("text", ["招远市\n\t〔2026〕①℃㎡", "零宽\u200b\u202e\u2066\ufeff\ufe0f　"])
def test_what_is_drawn_or_needs_no_drawing_is_not_missing(text: str) -> None:
    assert Fonts().missing(text) == []


def test_what_no_font_has_is_named_in_its_order() -> None:
    assert Fonts().missing("王\ue123和\U0002f00a，\ue123") == ["\ue123", "\U0002f00a"]


def test_the_fonts_of_the_office_come_first(tmp_path: Path) -> None:
    own = tmp_path / "fonts"
    own.mkdir()
    (own / "kai.otf").write_bytes((PACKAGED / "NotoSansSC-Regular.otf").read_bytes())

    assert Fonts(own).folders[0] == own
    assert Fonts(tmp_path / "none").folders == Fonts().folders

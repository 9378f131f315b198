"""What people write, as a letter says it: paragraphs, headings and tables, and nothing that nobody sees."""

from dataclasses import replace
from typing import Any

import pytest

import letters
from letters.document import Role, read
from letters.wording import passages, visible
from tests.letters.orders import plain

PASSAGES: dict[str, tuple[str, list[Any]]] = {
    "paragraphs, their indents and empty lines left out": (
        "　　第一段。\n\n  第二段；\r\n第三段",
        ["第一段。", "第二段；", "第三段"],
    ),
    "a heading is short and has no full stop": (
        "一、基本情况\n十一、本机关意见",
        [{"heading": "一、基本情况"}, {"heading": "十一、本机关意见"}],
    ),
    "what goes on is no heading": (
        "一、关于第一项：\n二、第二项不公开。\n三、第三项；\n（一）细目",
        ["一、关于第一项：", "二、第二项不公开。", "三、第三项；", "（一）细目"],
    ),
    "a heading has at most 28 characters": (
        "一、" + "长" * 26 + "\n一、" + "长" * 27,
        [{"heading": "一、" + "长" * 26}, "一、" + "长" * 27],
    ),
    "lines of a worksheet": (
        "如下：\n地块\t面积\n甲地块\t12.5\n乙地块\t8\n以上。",
        ["如下：", {"rows": [["地块", "面积"], ["甲地块", "12.5"], ["乙地块", "8"]], "head": True}, "以上。"],
    ),
    "a first row that tells figures heads nothing": (
        "2024年\t12\n2025年\t8",
        [{"rows": [["2024年", "12"], ["2025年", "8"]], "head": False}],
    ),
    "an empty cell stays, an empty column does not": (
        "\t名称\t\t数量\n\t甲\t\t\n\t乙\t\t3",
        [{"rows": [["名称", "数量"], ["甲", ""], ["乙", "3"]], "head": True}],
    ),
    "upright strokes with a rule": (
        "| 年份 1 | 数量 |\n| --- | :-: |\n| 2024 | 3 |",
        [{"rows": [["年份 1", "数量"], ["2024", "3"]], "head": True}],
    ),
    "other lines make another table": (
        "甲\t乙\n丙\t丁\n甲\t乙\t丙\n一\t二\t三",
        [
            {"rows": [["甲", "乙"], ["丙", "丁"]], "head": True},
            {"rows": [["甲", "乙", "丙"], ["一", "二", "三"]], "head": True},
        ],
    ),
    "one line is no table": ("甲\t乙\n其余从略。\n| 甲 | 乙 |", ["甲\t乙", "其余从略。", "| 甲 | 乙 |"]),
    "paragraphs that begin with a tab are no table": ("\t第一段。\n\t第二段。", ["第一段。", "第二段。"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("what", PASSAGES)
def test_a_text_is_taken_apart_as_it_was_meant(what: str) -> None:
    text, told = PASSAGES[what]

    assert passages(text) == told


def test_reasons_with_a_table_are_a_table_in_every_form_of_the_letter() -> None:
    order = plain("not_held")
    reasons = "一、检索情况\n范围\t方式\t结果\n档案室\t逐卷查阅\t没有\n二、说明\n经检索，没有该信息。"

    document = read(letters.issue(replace(order, draft=dict(order.draft) | {"reasons": reasons})).html)

    table = next(block for block in document.blocks if block.role is Role.TABLE)
    assert (table.rows, table.head_rows) == ((("范围", "方式", "结果"), ("档案室", "逐卷查阅", "没有")), 1)
    headings = [block.text for block in document.blocks if block.role is Role.HEADING]
    assert headings == ["一、检索情况", "二、说明"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_ends_as_any_system_ends_it(end: str) -> None:
    assert visible(f"第一行{end}第二行") == "第一行\n第二行"


def test_what_can_be_seen_stays() -> None:
    text = "𬱖㛃䶮\U000e0100葛\ufe00 a\tb　“《〔—…"

    assert visible(text) == text
    assert visible({"a": [text, None, 3], "b": (text,)}) == {"a": [text, None, 3], "b": [text]}

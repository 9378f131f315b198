"""How letters write days, sums and articles (GB/T 15835, GB/T 9704)."""

import re
from datetime import date

from workflow.law.fees import PAGES, PIECES, Tier
from workflow.law.statute import cite_zh

#: A letter names a law in full; the regulation itself it introduces in its first sentence, by its short name.
NAMES = {
    "《政府信息公开条例》": "《条例》",
    "《行政复议法》": "《中华人民共和国行政复议法》",
    "《行政诉讼法》": "《中华人民共和国行政诉讼法》",
}
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def day(value: date) -> str:
    """A day as a letter writes it: 2026年7月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def cite(article: str) -> str:
    """A citation with the name that letters give the law."""
    text = cite_zh(article)
    for short, name in NAMES.items():
        text = text.replace(short, name)
    return text


def paragraphs(text: str) -> list[str]:
    """What a person wrote, as paragraphs; empty lines and indents are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def capital_yuan(amount: int) -> str:
    """A sum in capitals, as on a receipt: 800 → 捌佰元整, 10050 → 壹万零伍拾元整."""
    text, digits = "", str(amount)
    for index, digit in enumerate(digits):
        group, place = divmod(len(digits) - 1 - index, 4)
        text += CAPITALS[int(digit)] + (PLACES[place] if digit != "0" else "")
        if place == 0:
            text = text.rstrip("零") + (GROUPS[group] if digits[: index + 1][-4:].strip("0") else "")
            text += "零" if index + 1 < len(digits) and digit == "0" else ""
    return (re.sub("零+", "零", text).rstrip("零") or "零") + "元整"


def tariff_lines(basis: str) -> list[str]:
    """The tariff that an amount rests on, one line per bracket (109号 arts. 4, 5)."""
    tiers, unit = (PIECES, "件") if basis == "per_piece" else (PAGES, "页")
    ends = [f"至{tier.first - 1}{unit}" for tier in tiers[1:]] + [f"{unit}起"]
    return [f"第{tier.first}{end}，{_price(tier, unit)}" for tier, end in zip(tiers, ends, strict=True)]


def _price(tier: Tier, unit: str) -> str:
    if not tier.price:
        return "不收费"
    if tier.step:
        return f"每{tier.step}{unit}为一档，首档每{unit}{tier.price}元，每增加一档每{unit}提高{tier.rise}元"
    return f"每{unit}{tier.price}元"

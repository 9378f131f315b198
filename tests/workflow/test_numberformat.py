"""How an office may write its 文号: what a pattern must and must not have, and that it reads back."""

import pytest

from workflow.numberformat import SHARED, STANDARD, counter_of, faults, reader, write

GROUPS = ("收", "补", "告")
#: As offices write them.
GOOD = {
    STANDARD: "招自然资公开告〔2026〕5号",
    "{code}公开〔{year}〕{n}号": "招自然资公开〔2026〕5号",
    "{code}公开({year})第{n}号-{series}": "招自然资公开(2026)第5号-告",
    "沪浦信息公开（{year}）第{n}号-公告": "沪浦信息公开（2026）第5号-公告",
    "{n}〔{year}〕{code}{series}": "5〔2026〕招自然资告",
}


@pytest.mark.parametrize(("pattern", "written"), GOOD.items())
def test_a_pattern_is_written_and_read_back(pattern: str, written: str) -> None:
    assert faults(pattern) == []
    assert write(pattern, code="招自然资", series="告", year=2026, n=5) == written

    found = reader(pattern, "招自然资", GROUPS).fullmatch(written)

    assert found is not None
    assert (found["year"], found["n"]) == ("2026", "5")
    assert found.groupdict().get("series", "告") == "告"


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", ["缺少{year}（年份）、{n}（序号）"]),
        ("{code}公开{n}号", ["缺少{year}（年份）"]),
        ("{code}〔{year}〕号", ["缺少{n}（序号）"]),
        ("{code}〔{year}〕{number}号", ["没有字段{number}；可用", "缺少{n}"]),
        ("{code}〔{year}〕{n:03d}号", ["{n:03d}应写作{n}：文号中的数字不编虚位（GB/T 9704"]),
        ("{code}〔{year!r}〕{n}号", ["{year!r}应写作{year}"]),
        ("{code.__class__}〔{year}〕{n}号", ["没有字段{code.__class__}"]),
        ("{code}〔{year}〕{n号", ["“{”与“}”没有成对", "缺少{n}"]),
        ("{{code}}〔{year}〕{n}号", ["“{”与“}”没有成对"]),
        ("{code}〔{year}〕{n}号{n}", ["{n}只能出现一次"]),
        ("{code}{year}{n}号", ["不能紧挨着年份或其他数字"]),
        ("{code}〔{year}〕0{n}号", ["不能紧挨着年份或其他数字"]),
        ("{code}〔{year}〕 {n}号", ["不能有空格、换行和看不见的字符"]),
        ("{code}〔{year}〕\u202e{n}号", ["不能有空格、换行和看不见的字符"]),
        ("公" * 50 + "{year}〔{n}〕", ["最长60个字符"]),
    ],
)
def test_what_is_wrong_with_a_pattern_is_told(pattern: str, told: list[str]) -> None:
    found = faults(pattern)

    assert len(found) == len(told)
    assert all(piece in fault for piece, fault in zip(told, found, strict=True))


@pytest.mark.parametrize(
    "number", ["招公开告〔2026〕05号", "招公开告〔26〕5号", "招公开甲〔2026〕5号", "招公开告〔2026〕5号-回执"]
)
def test_what_the_pattern_would_not_write_is_not_read(number: str) -> None:
    assert reader(STANDARD, "招", GROUPS).fullmatch(number) is None


def test_signs_of_regular_expressions_are_text() -> None:
    pattern = "{code}(公开)[{series}].{year}*{n}"

    assert faults(pattern) == []
    assert reader(pattern, "a+b", GROUPS).fullmatch("a+b(公开)[告].2026*5") is not None
    assert reader(pattern, "a+b", GROUPS).fullmatch("aab(公开)[告]x2026*5") is None


def test_without_the_group_in_the_number_all_groups_share_a_counter() -> None:
    assert counter_of(STANDARD, "告") == "告"
    assert counter_of("{code}〔{year}〕{n}号", "告") == SHARED

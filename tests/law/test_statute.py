"""The articles that the product cites, and how they are written."""

from datetime import date

import pytest

from workflow.law import terms
from workflow.law.statute import ARTICLES, cite_zh, number_zh


@pytest.mark.parametrize(
    ("cite", "written"),
    [
        ("30", "《政府信息公开条例》第三十条"),
        ("36(1)", "《政府信息公开条例》第三十六条第（一）项"),
        ("16¶2", "《政府信息公开条例》第十六条第二款"),
        ("33¶3", "《政府信息公开条例》第三十三条第三款"),
        ("15/32", "《政府信息公开条例》第十五条、第三十二条"),
        ("109号6", "《政府信息公开信息处理费管理办法》第六条"),
        ("复议法20", "《行政复议法》第二十条"),
        ("复议法24¶1(3)", "《行政复议法》第二十四条第一款第（三）项"),
        ("行诉法46", "《行政诉讼法》第四十六条"),
        ("民诉法95", "《民事诉讼法》第九十五条"),
        ("–", "无专门条款"),
    ],
)
def test_a_citation_is_written_as_letters_write_it(cite: str, written: str) -> None:
    assert cite_zh(cite) == written


@pytest.mark.parametrize("cite", ["36(一)", "第30条", "30 ", "30¶", "", "abc"])
def test_what_is_no_citation_is_refused(cite: str) -> None:
    with pytest.raises(ValueError, match="not a citation"):
        cite_zh(cite)


@pytest.mark.parametrize(
    ("n", "written"),
    [
        (0, "零"),
        (7, "七"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (46, "四十六"),
        (100, "一百"),
        (109, "一百零九"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (240, "二百四十"),
    ],
)
def test_numbers_are_written_in_chinese(n: int, written: str) -> None:
    assert number_zh(n) == written


def test_every_article_can_be_written_and_says_what_it_rules() -> None:
    assert [cite for cite, article in ARTICLES.items() if not cite_zh(cite) or not article.title] == []


@pytest.mark.parametrize(
    ("cite", "since"),
    [
        ("30", date(2019, 5, 15)),
        ("109号6", date(2021, 1, 1)),
        ("复议法23", date(2024, 1, 1)),
        ("行诉法46", date(2017, 7, 1)),
        ("民诉法95", date(2022, 1, 1)),
    ],
)
def test_every_article_holds_since_its_law_does(cite: str, since: date) -> None:
    assert ARTICLES[cite].since == since


#: Every period, with its article: so many working days, days or months (rules of the procedure).
PERIODS = {
    "REPLY": (20, "workdays", "33"),
    "EXTENSION_MAX": (20, "workdays", "33"),
    "CLARIFICATION_NOTICE": (7, "workdays", "30"),
    "CLARIFICATION": (15, "workdays", "30"),
    "JUSTIFICATION": (15, "workdays", "35"),
    "THIRD_PARTY_OPINION": (15, "workdays", "32"),
    "AGENCY_OPINION": (15, "workdays", "34"),
    "ASSISTANCE": (7, "workdays", "45"),
    "PAYMENT": (20, "workdays", "109号6"),
    "RECONSIDERATION": (60, "days", "复议法20"),
    "LITIGATION": (6, "months", "行诉法46"),
    "LITIGATION_AFTER_RECONSIDERATION": (15, "days", "行诉法45"),
    "PUBLIC_NOTICE": (30, "days", "民诉法95"),
}


@pytest.mark.parametrize("name", PERIODS)
def test_every_period_has_its_length_and_its_article(name: str) -> None:
    length: terms.Length = getattr(terms, name)

    assert (length.count, length.unit, length.article) == PERIODS[name]
    assert length.article in ARTICLES
    assert length.since == ARTICLES[length.article].since


def test_no_period_is_left_out_here() -> None:
    assert {name for name, value in vars(terms).items() if isinstance(value, terms.Length)} == set(PERIODS)

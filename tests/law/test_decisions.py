"""The 24 decisions: row of the annual report, article, remedy and letter, written out as an expectation."""

import pytest

from letters.kinds import KINDS
from workflow.law.decisions import DECISIONS, Decision
from workflow.law.remedies import RULES, Remedy
from workflow.law.statute import ARTICLES, NONE, cite_zh

#: Code, row, article, remedy, letter; a letter is named like its decision unless said otherwise.
EXPECTED = """
already_public           3.1    36(1)    R1
disclosed                3.1    36(2)    R1
partly_disclosed         3.2    37       R3
state_secret             3.3.1  14       R2
prohibited_by_law        3.3.2  14       R2
safety_and_stability     3.3.3  14       R2
third_party_rights       3.3.4  15/32    R2
internal_affairs         3.3.5  16¶1     R2
process_information      3.3.6  16¶2     R2
enforcement_file         3.3.7  16¶2     R2
special_regime           3.3.8  36(7)    R1
not_held                 3.4.1  36(4)    R1
other_authority          3.4.1  36(5)    R1
requires_creation        3.4.2  38       R1
still_unclear            3.4.3  30       R1
petition                 3.5.1  39¶1     R1
repeat                   3.5.2  36(6)    R1
publication              3.5.3  39¶2     R1
excessive                3.5.4  35       R1
reconfirmation           3.5.5  –        R1
abandoned_clarification  3.6.1  30       R1  abandonment_clarification
abandoned_payment        3.6.2  109号6   R1  abandonment_payment
withdrawn                3.6.3  –        R0  withdrawal_confirmation
other                    3.6.3  –        R1
"""
ROWS = {code: rest for code, *rest in map(str.split, EXPECTED.split("\n")[1:-1])}


@pytest.mark.parametrize("code", ROWS)
def test_a_decision_has_its_row_article_remedy_and_letter(code: str) -> None:
    rule = DECISIONS[Decision(code)]

    row, article, remedy, *letter = ROWS[code]
    assert [rule.row, rule.article, rule.remedy] == [row, article, remedy]
    assert rule.letter_kind == (letter[0] if letter else code)
    assert rule.letter_kind in KINDS


def test_no_decision_is_left_out() -> None:
    assert sorted(ROWS) == sorted(Decision) == sorted(DECISIONS)
    assert len(ROWS) == 24


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_cites_an_existing_article_and_has_a_chinese_name(decision: Decision) -> None:
    rule = DECISIONS[decision]

    assert rule.article == NONE or rule.article in ARTICLES
    assert cite_zh(rule.article)
    assert rule.zh
    assert rule.row_name
    assert rule.article == NONE or rule.since == ARTICLES[rule.article.split("/")[0]].since


def test_evidence_is_demanded_for_refusals_and_for_what_was_not_found() -> None:
    demanded = {decision for decision, rule in DECISIONS.items() if rule.evidence}

    assert demanded == {code for code, (row, *_) in ROWS.items() if row.startswith("3.3")} | {"not_held"}


def test_only_refusals_withhold() -> None:
    withholding = {decision for decision, rule in DECISIONS.items() if rule.withholds}

    assert withholding == {code for code, (row, *_) in ROWS.items() if row.startswith("3.3")}


@pytest.mark.parametrize(
    ("regime", "periods", "first"),
    [
        (Remedy.R0, {}, False),
        (Remedy.R1, {"reconsideration": 60, "litigation": 6}, False),
        (Remedy.R2, {"reconsideration": 60}, True),
        (Remedy.R3, {"reconsideration": 60, "litigation": 6}, True),
        (Remedy.R4, {}, False),
    ],
)
def test_a_regime_grants_its_periods(regime: Remedy, periods: dict[str, int], first: bool) -> None:
    rule = RULES[regime]

    assert {name: length.count for name, length in rule.periods} == periods
    assert rule.reconsideration_first is first
    assert [article for article in rule.articles if article not in ARTICLES] == []


def test_reconsideration_comes_first_exactly_where_articles_14_to_16_withhold() -> None:
    first = {decision for decision, rule in DECISIONS.items() if rule.remedy is Remedy.R2}

    assert first == {d for d, rule in DECISIONS.items() if rule.article.startswith(("14", "15", "16"))}

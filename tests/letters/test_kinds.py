"""The kinds of letters as a table: what each declares is what its text uses, and it can always be written."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from jinja2 import UndefinedError, meta

import letters
from letters.context import FIELDS, context_of
from letters.forms import FORMS
from letters.kinds import KINDS, LetterKind
from letters.render import ENVIRONMENT, SUFFIX, TEXTS, render, source, sources, template_version
from letters.wording import capital_yuan, cite, day
from tests.letters.golden import text_of
from tests.letters.orders import BARE, plain, rich
from workflow.correspondence import ADDRESSEES, APPLICANTS, LetterOrder
from workflow.law.decisions import CORRECTION, DECISIONS, Decision
from workflow.law.remedies import Remedy
from workflow.law.statute import ARTICLES, NONE, cite_zh
from workflow.numbering import letter_number


def used_by(template: str) -> set[str]:
    """The variables that a text and all that it is made of take from outside."""
    used: set[str] = set()
    for name in sources(template + SUFFIX):
        tree = ENVIRONMENT.parse(source(name))
        used |= meta.find_undeclared_variables(tree) - _own_names(source(name))
    return used


def _own_names(text: str) -> set[str]:
    """What a text takes from the shared macros, and what it defines for the others."""
    imported = ",".join(re.findall(r"import ([\w, ]+?) %}", text)).split(",")
    return {each.strip() for each in imported} | set(re.findall(r"{% macro (\w+)", text))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_declares_what_its_text_uses(kind: str) -> None:
    assert used_by(KINDS[kind].template) == KINDS[kind].fields


def test_every_field_that_is_made_is_used_and_every_text_is_a_kinds() -> None:
    assert set(FIELDS) == {name for kind in KINDS.values() for name in kind.fields}
    texts = {path.name.removesuffix(SUFFIX) for path in TEXTS.iterdir()}
    own = {kind.template for kind in KINDS.values()} | {form.template for form in FORMS.values()}
    assert {name for name in texts if not name.startswith("_")} == own
    shared = {name for kind in KINDS.values() for name in sources(kind.template + SUFFIX)}
    assert {name for name in texts if name.startswith("_")} == {
        name.removesuffix(SUFFIX) for name in shared if name.startswith("_")
    }


def test_each_kind_has_a_text_of_its_own_that_fills_in_a_shared_one() -> None:
    for name, kind in KINDS.items():
        assert kind.template == name
        assert source(name + SUFFIX).startswith(f'{{% extends "{kind.base}{SUFFIX}" %}}\n')


#: The catalogue of the procedure, L01 to L40: the last one is a form about letters.
CATALOGUE = [
    "receipt",
    "receipt_confirmation",
    "clarification_notice",
    "justification_notice",
    "extension_notice",
    "deferral_notice",
    "third_party_consultation",
    "third_party_reply_form",
    "consultation_notice",
    "third_party_disclosure_notice",
    "agency_consultation",
    "assistance_request",
    "conference_invitation",
    "secrecy_review_request",
    "fee_notice",
    "abandonment_payment",
    "abandonment_clarification",
    "already_public",
    "disclosed",
    "partly_disclosed",
    "state_secret",
    "prohibited_by_law",
    "safety_and_stability",
    "third_party_rights",
    "internal_affairs",
    "process_information",
    "enforcement_file",
    "not_held",
    "other_authority",
    "requires_creation",
    "still_unclear",
    "repeat",
    "special_regime",
    "petition",
    "publication",
    "excessive",
    "reconfirmation",
    "correction_decision",
    "withdrawal_confirmation",
    "service_record",
]


def test_each_letter_has_its_place_in_the_catalogue() -> None:
    places = {kind.code: name for name, kind in KINDS.items()}
    places |= {form.code: name for name, form in FORMS.items()}

    catalogue = {f"L{n:02}": name for n, name in enumerate(CATALOGUE, start=1)}
    assert len(catalogue) == 40
    assert places == {**catalogue, NONE: "other"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_the_article_that_it_rests_on(kind: str) -> None:
    text = text_of(letters.issue(rich(kind)).html)

    if KINDS[kind].article != NONE:
        assert cite(KINDS[kind].cited) in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [plain, rich], ids=["little", "much"])
def test_a_kind_can_be_written_from_little_and_from_much(
    make: Callable[[str], LetterOrder], kind: str
) -> None:
    order = make(kind)

    written = letters.issue(order)

    text = text_of(written.html)
    assert set(written.context) == KINDS[kind].fields
    title = written.context["letter_title"]
    assert title == KINDS[kind].zh or kind == CORRECTION
    for told in (order.agency.name, order.number, title, day(order.on), order.case["number"]):
        assert told in text
    assert "None" not in text
    assert "{" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_is_missing_is_an_error_and_never_a_blank(kind: str) -> None:
    context = context_of(rich(kind))

    for name in ("number", "date", "salutation"):
        with pytest.raises(UndefinedError, match=name):
            render(KINDS[kind].template, {n: value for n, value in context.items() if n != name})


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_order_always_gives_the_same_letter(kind: str) -> None:
    assert letters.issue(rich(kind)) == letters.issue(rich(kind))


def test_every_decision_has_its_letter_and_every_letter_that_an_act_sends_is_a_kind() -> None:
    assert {DECISIONS[decision].letter_kind for decision in Decision} <= set(KINDS)
    assert set(KINDS) == set(ADDRESSEES)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_cites_an_existing_article_and_so_does_its_text(kind: str) -> None:
    table: LetterKind = KINDS[kind]
    assert table.article in ARTICLES or table.article == NONE
    assert table.cited == NONE or _unknown(table.cited) == []

    named = re.findall(r'"([^"]+)"\|cite', "".join(source(name) for name in sources(table.template + SUFFIX)))

    assert [article for article in named if _unknown(article)] == []


def _unknown(article: str) -> list[str]:
    """The parts of a citation that are no article of the law as data."""
    law = "".join(re.findall(r"^(?:109号|复议法|行诉法)", article))
    return [part for part in article.removeprefix(law).split("/") if law + part not in ARTICLES]


def test_decisions_take_article_and_remedy_from_the_law() -> None:
    for rule in DECISIONS.values():
        kind = KINDS[rule.letter_kind]
        assert (kind.article, kind.remedy) == (rule.article, rule.remedy)


def test_who_is_only_asked_is_told_of_no_remedy() -> None:
    asked = {name for name, kind in KINDS.items() if kind.remedy is None}

    assert asked == set(ADDRESSEES) - APPLICANTS - {"third_party_disclosure_notice"}
    assert KINDS["third_party_disclosure_notice"].remedy is Remedy.R1
    assert KINDS[CORRECTION].remedy is Remedy.R1
    assert KINDS["fee_notice"].remedy is Remedy.R4


def test_a_letter_names_the_regulation_in_full_once_and_then_by_its_short_name() -> None:
    for name in KINDS:
        text = text_of(letters.issue(rich(name)).html)
        assert text.count("《中华人民共和国政府信息公开条例》（以下简称《条例》）") == 1
        assert text.count("政府信息公开条例") == 1


def test_a_version_is_that_of_the_text_and_of_all_that_it_is_made_of() -> None:
    versions = {kind.template: template_version(kind.template) for kind in KINDS.values()}

    assert all(re.fullmatch(rf"{name}@[0-9a-f]{{8}}", version) for name, version in versions.items())
    assert len(set(versions.values())) == len(versions)


def test_letters_are_numbered_without_padding_and_by_group() -> None:
    assert letter_number(BARE, "clarification_notice", 2026, 5) == "招自然资公开补〔2026〕5号"
    assert letter_number(BARE, "not_held", 2026, 12) == letter_number(BARE, "disclosed", 2026, 12)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "零元整"),
        (10, "壹拾元整"),
        (100, "壹佰元整"),
        (380, "叁佰捌拾元整"),
        (800, "捌佰元整"),
        (1005, "壹仟零伍元整"),
        (1050, "壹仟零伍拾元整"),
        (10000, "壹万元整"),
        (10050, "壹万零伍拾元整"),
        (11660, "壹万壹仟陆佰陆拾元整"),
        (68200, "陆万捌仟贰佰元整"),
        (100000, "壹拾万元整"),
        (1000001, "壹佰万零壹元整"),
        (100000000, "壹亿元整"),
    ],
)
def test_a_sum_is_written_in_capitals(amount: int, written: str) -> None:
    assert capital_yuan(amount) == written


def test_a_day_is_written_without_leading_zeros() -> None:
    assert day(date(2026, 7, 1)) == "2026年7月1日"
    assert cite_zh("33¶2").endswith("第三十三条第二款")

"""What the editor tells of the shared pieces and the ways of writing: all there are, and each as it works."""

import re

import pytest

from letters.guide import MARKS, PARTS, WAYS, parts, variables
from letters.kinds import KINDS
from letters.own import allowed, tried
from letters.samples import AGENCY, FIELDS, LITTLE, MUCH, sample
from tests.letters.test_own import with_matter

KIND = "partly_disclosed"


def test_every_shared_piece_is_told_and_no_other() -> None:
    assert set(PARTS) == set(allowed(KIND).macros)


@pytest.mark.parametrize("name", PARTS)
def test_an_example_of_a_shared_piece_can_be_written_so(name: str) -> None:
    example = PARTS[name][1]
    named = set(re.findall(r"\w+", example)) & set(FIELDS)
    kind = next(kind for kind in KINDS if named <= KINDS[kind].fields)
    each = "{% for ground in grounds %}<p>" + example + "</p>{% endfor %}"

    assert problems(*((each, KIND) if "ground." in example else (example, kind)), name) == []


def problems(matter: str, kind: str, imports: str) -> list[str]:
    """What keeps a piece of text from being made a letter."""
    for wrapped in (matter, f"<p>{matter}</p>"):
        html, _found = tried(kind, with_matter(wrapped, kind, imports=imports), sample(kind, MUCH))
        if html:
            return []
    return [str(each) for each in _found]


@pytest.mark.parametrize(("written", "zh"), [*WAYS, *MARKS])
def test_a_way_of_writing_works_as_it_stands(written: str, zh: str) -> None:
    text = written.replace("变量", "items").replace("名称", "item").replace("{{ items }}", "{{ you }}")
    wrapped = text.replace("…", "字") if text.startswith("<") else f"<p>{text.replace('…', '字')}</p>"

    assert problems(wrapped, "clarification_notice", "said") == [], zh


def test_a_variable_is_told_with_its_meaning_and_what_it_says_in_the_sample() -> None:
    little, much = ({each.name: each for each in variables(KIND, which, AGENCY)} for which in (LITTLE, MUCH))

    assert set(little) == KINDS[KIND].fields
    assert (little["agency_phone"].value, much["agency_phone"].value) == ("（没有）", "0535-1234567")
    assert (little["public_interest"].value, much["public_interest"].value) == ("否", "是")
    assert little["attachments"].value == "（空）"
    assert much["attachments"].value == "［0］乙地块征收补偿安置方案（12页）　［1］公告（2页）"
    assert "code：third_party_rights，article：《条例》第十五条、第三十二条" in much["grounds"].value


def test_the_pieces_that_fit_the_kind_come_first() -> None:
    assert parts("fee_notice")[0][0] in ("table", "until")
    assert {name for name, _zh, _example in parts("fee_notice")} == set(PARTS)

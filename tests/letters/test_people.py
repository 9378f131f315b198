"""What people write stays text, and what is personal stays with whom it belongs to."""

import json
from dataclasses import replace
from typing import Any

import pytest

import letters
from letters.kinds import KINDS
from letters.wording import visible
from tests.letters.golden import text_of
from tests.letters.orders import FULL, PARTIES, TEXTS, rich
from workflow.correspondence import Addressee, LetterOrder

HOSTILE = (
    "{{7*7}}{% for x in [1] %}{{ agency_name }}{% endfor %}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"'&<>`=;--",
    "${7*7} #{7*7} %s %(x)s {0}",
)


#: Marks that turn a text around, hide a part of it, or ring a bell, and what is to be read without them.
HIDDEN = {
    "\u202egnirts desrever\u202c \u200f": "gnirts desrever",
    "\u2067\u202dabc\u2069\u200e123": "abc123",
    "zero\u200bwidth\u200djoined\ufeff": "zerowidthjoined",
    "soft\u00adhyphen\x07\x1b[31m": "softhyphen[31m",
    "tag\U000e0041\U000e0042ged": "tagged",
}


def poisoned(order: LetterOrder, text: str) -> LetterOrder:
    """The same order with that text wherever a person can write."""
    case = {
        name: text if isinstance(value, str) and name != "number" else value for name, value in FULL.items()
    }
    case["applicant_name"] = f"{text}公司"
    case |= {"channel": FULL["channel"], "applicant_kind": FULL["applicant_kind"]}
    texts: dict[str, Any] = {n: [text] if isinstance(value, list) else text for n, value in TEXTS.items()}
    return replace(
        order,
        case=case,
        texts=texts if order.texts else {},
        draft=texts if order.draft else {},
        parties=dict.fromkeys(PARTIES, text),
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_what_people_write_is_text_and_nothing_else(kind: str, text: str) -> None:
    written = letters.issue(poisoned(rich(kind), text))

    assert "<script" not in written.html
    assert "<img" not in written.html
    read = text_of(written.html)
    assert text in read
    assert "49" not in read.replace(text, "")
    assert json.loads(json.dumps(written.context)) == written.context


@pytest.mark.parametrize("text", HIDDEN)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_shows_all_that_is_written_in_it_and_in_its_order(kind: str, text: str) -> None:
    written = letters.issue(poisoned(rich(kind), text))

    assert HIDDEN[text] in text_of(written.html)
    assert visible(written.html) == written.html
    assert visible(dict(written.context)) == written.context


def test_a_number_is_masked_however_it_is_broken_up() -> None:
    asked = rich("third_party_consultation")
    title = "电话138\u200b0000\u200b1234的用户"

    read = text_of(letters.issue(replace(asked, case=dict(asked.case) | {"title": title})).html)

    assert "“电话×××的用户”" in read


# --- Letters to others than the applicant -------------------------------------------------------------

TO_OTHERS = [name for name, kind in KINDS.items() if kind.addressee is not Addressee.APPLICANT]


@pytest.mark.parametrize("kind", TO_OTHERS)
def test_a_consultation_never_says_who_asks(kind: str) -> None:
    asked = rich(kind)
    case = dict(asked.case) | {
        "applicant_name": "欧阳春晓",
        "title": "关于欧阳春晓宅基地及欧阳春晓承包地的审批材料",
        "description": "申请人欧阳春晓，住招远市某村",
    }

    written = {name: _said_by("欧阳春晓", value) for name, value in TEXTS.items()}
    written["participants"] = TEXTS["participants"]
    asked = replace(asked, texts=written if asked.texts else {}, draft=written if asked.draft else {})

    read = text_of(letters.issue(replace(asked, case=case)).html)

    assert "欧阳春晓" not in read
    assert "某村" not in read
    assert "关于申请人宅基地及申请人承包地的审批材料" in read


def _said_by(name: str, value: Any) -> Any:
    """What somebody wrote, with that name before it."""
    return [f"{name}：{each}" for each in value] if isinstance(value, list) else f"{name}：{value}"


@pytest.mark.parametrize("kind", TO_OTHERS)
@pytest.mark.parametrize(
    "secret",
    [
        "370685198001010013",
        "37068519991231002X",
        "370685 19800101 0013",
        "３７０６８５１９８００１０１００１３",
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "１３８００００１２３４",
        "0535-1234567",
        "(010)12345678",
        "zhang.san@example.cn",
    ],
)
def test_a_consultation_tells_no_number_by_which_a_person_is_found(kind: str, secret: str) -> None:
    asked = rich(kind)
    title = f"身份证{secret}名下房屋征收补偿协议"

    read = text_of(letters.issue(replace(asked, case=dict(asked.case) | {"title": title})).html)

    told = read.replace(asked.agency.phone, "")
    assert secret not in told
    assert "×××" in told
    assert "名下房屋征收补偿协议" in told


@pytest.mark.parametrize(
    "title",
    [
        "招自然资〔2025〕12号批复",
        "2025年1月至2025年12月土地出让合同",
        "宗地370685001001GB00012的出让合同",
        "第1380号提案答复",
    ],
)
def test_what_is_no_persons_number_can_be_read(title: str) -> None:
    asked = rich("third_party_consultation")

    read = text_of(letters.issue(replace(asked, case=dict(asked.case) | {"title": title})).html)

    assert f"申请公开“{title}”" in read


def test_a_name_of_one_letter_does_not_tear_other_words_apart() -> None:
    asked = rich("third_party_consultation")
    case = dict(asked.case) | {"applicant_name": "王", "title": "王庄村征地公告"}

    assert "“王庄村征地公告”" in text_of(letters.issue(replace(asked, case=case)).html)


@pytest.mark.parametrize("kind", [name for name in KINDS if name not in TO_OTHERS])
def test_the_applicant_is_not_told_who_was_consulted(kind: str) -> None:
    read = text_of(letters.issue(rich(kind)).html)

    assert [name for name in PARTIES.values() if name in read] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_person_is_addressed_as_a_person_and_a_company_as_one(kind: str) -> None:
    company = text_of(letters.issue(rich(kind)).html)
    case = dict(FULL) | {"applicant_kind": "natural_person", "applicant_name": "张三"}
    person = text_of(letters.issue(replace(rich(kind), case=case)).html)

    if kind in TO_OTHERS:
        assert "您" not in company + person
    else:
        assert "你单位" in company
        assert "您" not in company
        assert "您" in person
        assert "你单位" not in person
        assert person.splitlines()[3] == "张三："

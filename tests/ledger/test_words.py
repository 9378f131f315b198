"""The words of a ledger: every name of the annual report, the codes, and how offices vary them."""

from collections.abc import Callable
from enum import StrEnum

import pytest

from workflow.law.decisions import DECISIONS, Decision
from workflow.ledger.cells import Cell, Unreadable
from workflow.ledger.words import Outcome, Suit, channel_of, decision_of, kind_of, outcome_of, suit_of
from workflow.vocabulary import ApplicantKind, Channel

C, K, D = Channel, ApplicantKind, Decision


@pytest.mark.parametrize(
    ("word", "channel"),
    [
        ("当面", C.IN_PERSON),
        ("当面提交", C.IN_PERSON),
        ("现场", C.IN_PERSON),
        ("邮寄", C.REGISTERED_POST),
        ("信函", C.REGISTERED_POST),
        ("邮寄（需签收）", C.REGISTERED_POST),
        ("ＥＭＳ", C.REGISTERED_POST),
        ("平信", C.ORDINARY_POST),
        ("互联网", C.ONLINE),
        ("网上", C.ONLINE),
        ("网络申请", C.ONLINE),
        (" 传 真 ", C.FAX),
        ("registered_post", C.REGISTERED_POST),
        ("Online", C.ONLINE),
    ],
)
def test_a_channel_is_known_by_its_names(word: str, channel: Channel) -> None:
    assert channel_of(word) is channel


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_is_known_by_its_name_and_code(channel: Channel) -> None:
    assert channel_of(channel.zh) is channel_of(channel.value) is channel


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *((kind.zh, kind) for kind in ApplicantKind),
        *((kind.value, kind) for kind in ApplicantKind),
        ("个人", K.NATURAL_PERSON),
        ("公民", K.NATURAL_PERSON),
        ("法人或其他组织-商业企业", K.BUSINESS),
        ("法人或其他组织—科研机构", K.RESEARCH),
        ("法人或者其他组织：社会公益组织", K.PUBLIC_INTEREST),
        ("法人或其他组织（法律服务机构）", K.LEGAL_SERVICE),
        ("法人或其它组织-其它", K.OTHER),
    ],
)
def test_a_kind_of_applicant_is_known_with_and_without_its_heading(word: str, kind: ApplicantKind) -> None:
    assert kind_of(word) is kind


#: Rows that two decisions share stand for the first: the ledger says no more.
SHARED = {D.ALREADY_PUBLIC: D.DISCLOSED, D.OTHER_AUTHORITY: D.NOT_HELD, D.WITHDRAWN: D.OTHER}


@pytest.mark.parametrize("decision", list(Decision))
def test_every_decision_is_known_by_code_by_name_and_by_row(decision: Decision) -> None:
    rule = DECISIONS[decision]

    assert decision_of(decision.value) is decision
    assert decision_of(rule.zh) is decision
    assert decision_of(rule.row_name) is SHARED.get(decision, decision)
    assert decision_of(f"{rule.row} {rule.row_name}") is SHARED.get(decision, decision)


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        ("危及“三安全一稳定”", D.SAFETY_AND_STABILITY),
        ('危及"三安全一稳定"', D.SAFETY_AND_STABILITY),
        ("危及三安全一稳定", D.SAFETY_AND_STABILITY),
        ("（三）不予公开：3.危及“三安全一稳定”", D.SAFETY_AND_STABILITY),
        ("不予公开-属于国家秘密", D.STATE_SECRET),
        ("国家秘密", D.STATE_SECRET),
        ("三、不予公开 5、属于三类内部事务信息", D.INTERNAL_AFFAIRS),
        ("无法提供/本机关不掌握相关政府信息", D.NOT_HELD),
        ("（四）无法提供-2.没有现成信息需要另行制作", D.REQUIRES_CREATION),
        ("不予处理：重复申请", D.REPEAT),
        ("（六）其他处理 3.其他", D.OTHER),
        ("其它", D.OTHER),
        ("部分公开（区分处理的，只计这一情形，不计其他情形）", D.PARTLY_DISCLOSED),
        ("（一）予以公开", D.DISCLOSED),
        (
            "申请人无正当理由逾期不补正,行政机关不再处理其政府信息公开申请",
            D.ABANDONED_CLARIFICATION,
        ),
        ("申请人主动撤回", D.WITHDRAWN),
        ("State_Secret", D.STATE_SECRET),
    ],
)
def test_a_decision_is_known_as_offices_write_it(word: str, decision: Decision) -> None:
    assert decision_of(word) is decision


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("结果维持", Outcome.UPHELD),
        ("结果纠正", Outcome.CORRECTED),
        ("其他结果", Outcome.OTHER),
        ("尚未审结", Outcome.PENDING),
        ("维持", Outcome.UPHELD),
        ("upheld", Outcome.UPHELD),
    ],
)
def test_an_outcome_is_known(word: str, outcome: Outcome) -> None:
    assert outcome_of(word) is outcome


def test_the_two_kinds_of_suit_are_known() -> None:
    assert suit_of("未经复议直接起诉") is Suit.DIRECT
    assert suit_of("复议后起诉") is Suit.AFTER_RECONSIDERATION


@pytest.mark.parametrize("read", [channel_of, kind_of, decision_of, outcome_of, suit_of])
def test_an_empty_cell_says_nothing_and_an_unknown_word_is_told(
    read: Callable[[Cell], StrEnum | None],
) -> None:
    assert (read(None), read(""), read("/")) == (None, None, None)
    for word in ("同意公开", "？？", "微信"):
        with pytest.raises(Unreadable, match="不认识"):
            read(word)


@pytest.mark.parametrize("word", ["同意公开", "不予公开", "无法提供", "不予处理", "其他处理", "3.1", "办结"])
def test_a_heading_a_bare_number_or_a_word_of_ones_own_is_no_decision(word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        decision_of(word)

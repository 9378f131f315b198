"""What a letter says about remedies: the regime of its decision, and nothing of another (R0–R4)."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import letters
from letters.deciding import regime_of
from letters.kinds import KINDS
from letters.remedy import remedy_of
from tests.letters.golden import text_of
from tests.letters.orders import BARE, PLAIN, SET_UP, TEXTS, answered, order, plain, rich
from tests.workflow.walk import A, Walk, accepted, registered
from workflow.law.decisions import DECISIONS, Decision
from workflow.law.remedies import Remedy
from workflow.tables import Agency
from workflow.vocabulary import Method, TermName

EITHER = "可以自收到本{letter}之日起60日内，依照《中华人民共和国行政复议法》第二十条的规定"
DIRECTLY = "也可以自收到本{letter}之日起6个月内，依照《中华人民共和国行政诉讼法》第四十六条的规定，直接向"
FIRST = "应当先申请行政复议：自收到本{letter}之日起60日内"
NOT_DIRECTLY = "未经行政复议，不能直接向人民法院提起行政诉讼"
AFTERWARDS = "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内"
COMPLAINT = "依照《条例》第五十一条的规定，向上一级行政机关或者政府信息公开工作主管部门投诉、举报"
FEE = "不能单独就该决定申请行政复议或者提起行政诉讼；可以在缴费期满后"

#: What stands in the letter under each regime; all else must not.
SAID = {
    Remedy.R0: {COMPLAINT},
    Remedy.R1: {EITHER, DIRECTLY, AFTERWARDS},
    Remedy.R2: {FIRST, NOT_DIRECTLY, AFTERWARDS},
    Remedy.R3: {EITHER, DIRECTLY, FIRST, NOT_DIRECTLY, AFTERWARDS},
    Remedy.R4: {FEE},
}
ALL = {EITHER, DIRECTLY, FIRST, NOT_DIRECTLY, AFTERWARDS, COMPLAINT, FEE}


#: An office that has set down its body and court, and one whose name tells neither.
ELSEWHERE = Agency(
    id=1,
    code="ZYZY",
    name="招远市自然资源和规划局",
    letter_code="招自然资",
    reconsideration_body="某复议机关",
    court="某铁路运输法院",
)
NOWHERE = Agency(id=1, code="ZYZY", name="金泉镇人民政府", letter_code="金政", kind="town")


def said_in(text: str, kind: str) -> set[str]:
    """Which of the passages stand in a letter."""
    letter, told = KINDS[kind].zh[-3:], re.sub("，即[^，；。]*前（含当日）", "", text)
    return {passage for passage in ALL if passage.format(letter=letter) in told}


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.remedy is not None])
def test_a_letter_tells_the_remedies_of_its_regime_and_no_other(kind: str) -> None:
    regime = KINDS[kind].remedy
    assert regime is not None

    text = text_of(letters.issue(rich(kind)).html)

    assert said_in(text, kind) == SAID[regime]


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.remedy is None])
def test_who_is_consulted_is_told_of_no_remedy(kind: str) -> None:
    assert said_in(text_of(letters.issue(rich(kind)).html), kind) == set()


@pytest.mark.parametrize(
    ("grounds", "regime"),
    [
        (["internal_affairs"], Remedy.R3),
        (["internal_affairs", "not_held"], Remedy.R3),
        (["third_party_rights", "public_interest"], Remedy.R3),
        (["not_held"], Remedy.R1),
        (["not_held", "other_authority"], Remedy.R1),
        (["special_regime"], Remedy.R1),
        (["requires_creation", "public_interest"], Remedy.R1),
    ],
    ids=" ".join,
)
def test_a_partial_reply_demands_reconsideration_first_only_where_a_part_is_withheld(
    grounds: list[str], regime: Remedy
) -> None:
    walk = answered(Decision.PARTLY_DISCLOSED, accepted(), 6, "in_person", grounds=grounds)
    made = order("partly_disclosed", walk, BARE, PLAIN, TEXTS)

    assert regime_of(made) is regime
    assert said_in(text_of(letters.issue(made).html), "partly_disclosed") == SAID[regime]


@pytest.mark.parametrize("decision", Decision)
def test_body_and_court_are_the_offices_own_else_those_of_the_law_else_whoever_is_competent(
    decision: Decision,
) -> None:
    kind = DECISIONS[decision].letter_kind
    if KINDS[kind].remedy is Remedy.R0:
        return

    order = plain(kind)

    set_up, named, unknown = (
        text_of(letters.issue(replace(order, agency=agency)).html) for agency in (ELSEWHERE, BARE, NOWHERE)
    )

    assert "某复议机关" in set_up
    assert "向某铁路运输法院" in set_up
    assert "向招远市人民政府" in named
    assert "招远市人民法院或者其他有管辖权的人民法院" in named
    assert "向有管辖权的行政复议机关" in unknown
    assert "有管辖权的人民法院提起行政诉讼" in unknown
    assert "其他有管辖权的人民法院" not in unknown


def test_a_decision_served_online_names_the_online_way_and_one_served_otherwise_does_not() -> None:
    online = text_of(letters.issue(rich("not_held")).html)
    by_hand = text_of(letters.issue(plain("not_held")).html)

    assert "行政复议申请可以通过互联网提交：全国行政复议服务平台" in online
    assert "以及招远市人民政府公布的其他互联网渠道" in online
    assert "互联网" not in by_hand


def test_the_online_way_is_the_one_that_the_office_has_set_down() -> None:
    agency = Agency(
        name="招远市财政局", code="C", letter_code="招财", online_channel="某市复议网 https://x.cn"
    )

    said = remedy_of(Remedy.R1, agency, you="您", letter="本告知书", online=True)

    assert said[-1].endswith("行政复议申请可以通过互联网提交：某市复议网 https://x.cn。")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("招远市司法局", "向招远市人民政府或者烟台市司法局申请行政复议"),
        ("国家税务总局招远市税务局", "向国家税务总局烟台市税务局申请行政复议"),
        ("国家外汇管理局招远市支局", "向上一级主管部门申请行政复议"),
        ("招远市人民政府", "向烟台市人民政府申请行政复议"),
    ],
)
def test_an_office_nobody_has_set_up_names_the_body_that_the_law_gives_it(name: str, body: str) -> None:
    agency = Agency(name=name, code="C", letter_code=name)

    (said,) = remedy_of(Remedy.R1, agency, you="您", letter="本告知书", online=False)

    assert body in said


UNTIL = {TermName.RECONSIDERATION: date(2026, 9, 7), TermName.LITIGATION: date(2027, 1, 8)}
RECONSIDER_BY, SUE_BY = (
    "之日起60日内，即2026年9月7日前（含当日）",
    "之日起6个月内，即2027年1月8日前（含当日）",
)


@pytest.mark.parametrize(
    ("regime", "said"),
    [
        (Remedy.R0, set()),
        (Remedy.R1, {RECONSIDER_BY, SUE_BY}),
        (Remedy.R2, {RECONSIDER_BY}),
        (Remedy.R3, {RECONSIDER_BY, SUE_BY}),
        (Remedy.R4, set()),
    ],
)
@pytest.mark.parametrize("known", [True, False], ids=["known", "not known"])
def test_the_last_days_stand_beside_the_periods_where_they_are_known(
    regime: Remedy, said: set[str], known: bool
) -> None:
    text = "".join(
        remedy_of(regime, BARE, you="您", letter="本告知书", online=False, until=UNTIL if known else None)
    )

    assert {each for each in (RECONSIDER_BY, SUE_BY) if each in text} == (said if known else set())
    assert ("前（含当日）" in text) is bool(known and said)


def test_a_reply_on_the_spot_to_an_online_application_is_given_by_hand() -> None:
    walk = registered().do(A.REPLY_ON_THE_SPOT, 0, decision="already_public")

    text = text_of(letters.issue(order("already_public", walk, SET_UP, PLAIN, TEXTS)).html)

    assert "互联网提交" not in text
    assert said_in(text, "already_public") == SAID[Remedy.R1]


def spring(decision: str, method: str, **facts: Any) -> Walk:
    """A case of early 2026, whose remedies end before the year whose holidays nobody knows yet."""
    walk = Walk().do(A.REGISTER, date(2026, 1, 5), channel="in_person").do(A.ACCEPT, date(2026, 1, 6))
    walk.do(A.DRAFT_REPLY, date(2026, 1, 12), decision=decision, evidence_count=1, **facts)
    walk.do(A.PASS_REVIEW, date(2026, 1, 12)).do(A.APPROVE, date(2026, 1, 12))
    return walk.do(A.ISSUE_REPLY, date(2026, 1, 13), method=method)


#: Handed over on Tuesday 2026-01-13; the last days, each a working day, or none.
HANDED_OVER = {
    "disclosed": {"即2026年3月16日前（含当日）", "即2026年7月13日前（含当日）"},  # 03-14 is a Saturday.
    "internal_affairs": {"即2026年3月16日前（含当日）"},
}


@pytest.mark.parametrize("decision", HANDED_OVER)
def test_a_letter_that_is_handed_over_names_the_last_days_as_the_history_has_them(decision: str) -> None:
    walk = spring(decision, "in_person")

    text = text_of(letters.issue(order(decision, walk, BARE, PLAIN, TEXTS)).html)

    assert set(re.findall("即.{8,11}前（含当日）", text)) == HANDED_OVER[decision]


def test_what_is_given_on_the_spot_names_them_too() -> None:
    walk = Walk().do(A.REGISTER, date(2026, 1, 13), channel="in_person")
    walk.do(A.REPLY_ON_THE_SPOT, date(2026, 1, 13), decision="already_public")

    text = text_of(letters.issue(order("already_public", walk, BARE, PLAIN, TEXTS)).html)

    assert set(re.findall("即.{8,11}前（含当日）", text)) == HANDED_OVER["disclosed"]


@pytest.mark.parametrize("method", [each for each in Method if each is not Method.IN_PERSON])
def test_a_letter_on_its_way_names_no_last_day(method: Method) -> None:
    walk = spring("disclosed", method)

    assert "含当日" not in text_of(letters.issue(order("disclosed", walk, BARE, PLAIN, TEXTS)).html)


def test_a_last_day_that_rests_on_a_holiday_notice_to_come_is_not_named() -> None:
    walk = answered(Decision.DISCLOSED, accepted(), 6, "in_person")

    text = text_of(letters.issue(order("disclosed", walk, BARE, PLAIN, TEXTS)).html)

    assert "60日内，即2026年9月7日前（含当日）" in text
    assert "6个月内，依照" in text


def test_what_is_not_pursued_is_sent_and_names_no_last_day() -> None:
    assert "含当日" not in text_of(letters.issue(plain("abandonment_payment")).html)


def test_the_third_party_is_told_of_the_same_ways_and_never_of_the_applicants_last_days() -> None:
    text = text_of(letters.issue(plain("third_party_disclosure_notice")).html)

    assert "你方对本告知书不服的，可以自收到本告知书之日起60日内，依照" in text
    assert "向招远市人民政府申请行政复议" in text
    assert "行政复议申请可以通过互联网提交" in text  # Nobody has said how it goes to them.
    assert "含当日" not in text

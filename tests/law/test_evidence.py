"""What has to be proved for each decision, and how a draft's lines are known for it."""

import pytest

from workflow.law.decisions import DECISIONS, Decision
from workflow.law.evidence import ITEMS, checked, demanded, items, missing

DEMANDED = """
state_secret          定密依据 密级 保密期限
prohibited_by_law     禁止公开的条款 属于该条款的说明
safety_and_stability  风险说明
third_party_rights    征求意见书 送达证明 第三方意见
internal_affairs      内部事务的类别
process_information   过程性信息的类别 形成时间
enforcement_file      案卷号 材料性质
special_regime        查询规定 查询窗口
not_held              检索记录
"""
NAMES = {code: names for code, *names in map(str.split, DEMANDED.strip().splitlines())}


@pytest.mark.parametrize("code", NAMES)
def test_what_a_refusal_demands(code: str) -> None:
    assert demanded(Decision(code)) == NAMES[code]


@pytest.mark.parametrize("decision", Decision)
def test_proof_is_demanded_where_the_rule_refuses_a_draft_without_and_advised_elsewhere(
    decision: Decision,
) -> None:
    assert bool(demanded(decision)) == DECISIONS[decision].evidence
    assert ITEMS[decision]


def test_a_secret_is_proved_by_facts_and_never_by_a_file() -> None:
    assert not any(item.file for item in ITEMS[Decision.STATE_SECRET])
    assert all(item.file for other in set(Decision) - {Decision.STATE_SECRET} for item in ITEMS[other])


def test_for_a_partial_disclosure_the_proof_of_each_part_is_advised() -> None:
    found = items(
        Decision.PARTLY_DISCLOSED, ["internal_affairs", "state_secret", "public_interest", "not_held"]
    )

    assert [item.name for item in found[:2]] == ["遮盖前后的文件", "逐处理由"]
    assert {"内部事务的类别", "密级", "检索记录"} <= {item.name for item in found}
    assert not any(item.demanded for item in found)
    assert not next(item for item in found if item.name == "密级").file


def test_names_tell_the_items_of_one_list_apart() -> None:
    grounds = [decision for decision in Decision if DECISIONS[decision].evidence]
    names = [item.name for item in items(Decision.PARTLY_DISCLOSED, grounds)]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("line", "proved"),
    [
        ("征求意见书：招资公开询〔2026〕3号", ["征求意见书"]),
        ("征求意见书:招资公开询〔2026〕3号", ["征求意见书"]),
        ("征求意见书：附送达证明", ["征求意见书"]),
        ("甲公司的第三方意见.pdf", ["第三方意见"]),
        ("征求意见书及送达证明.pdf", ["征求意见书", "送达证明"]),
        ("照片", []),
    ],
)
def test_a_line_proves_what_it_begins_with_or_else_what_it_mentions(line: str, proved: list[str]) -> None:
    proofs, rest = checked(Decision.THIRD_PARTY_RIGHTS, (), [line])

    assert [proof.item.name for proof in proofs if proof.lines] == proved
    assert rest == ([] if proved else [line])


def test_what_is_missing_is_what_is_demanded_and_named_by_no_line() -> None:
    lines = ["征求意见书：3号", "理由的认定：涉及报价"]

    assert missing(Decision.THIRD_PARTY_RIGHTS, lines) == ["送达证明", "第三方意见"]
    assert missing(Decision.THIRD_PARTY_RIGHTS, [*lines, "送达证明和第三方意见"]) == []
    assert missing(Decision.DISCLOSED, []) == []

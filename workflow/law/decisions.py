"""The 24 decisions: row of the annual report, article, remedy, letter (国办公开办函〔2021〕30号)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.law.remedies import Remedy
from workflow.law.terms import FEE_RULES, REGULATION


class Decision(StrEnum):
    """How an application can end."""

    ALREADY_PUBLIC = "already_public"
    DISCLOSED = "disclosed"
    PARTLY_DISCLOSED = "partly_disclosed"
    STATE_SECRET = "state_secret"
    PROHIBITED_BY_LAW = "prohibited_by_law"
    SAFETY_AND_STABILITY = "safety_and_stability"
    THIRD_PARTY_RIGHTS = "third_party_rights"
    INTERNAL_AFFAIRS = "internal_affairs"
    PROCESS_INFORMATION = "process_information"
    ENFORCEMENT_FILE = "enforcement_file"
    SPECIAL_REGIME = "special_regime"
    NOT_HELD = "not_held"
    OTHER_AUTHORITY = "other_authority"
    REQUIRES_CREATION = "requires_creation"
    STILL_UNCLEAR = "still_unclear"
    PETITION = "petition"
    REPEAT = "repeat"
    PUBLICATION = "publication"
    EXCESSIVE = "excessive"
    RECONFIRMATION = "reconfirmation"
    ABANDONED_CLARIFICATION = "abandoned_clarification"
    ABANDONED_PAYMENT = "abandoned_payment"
    WITHDRAWN = "withdrawn"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """What follows from a decision."""

    row: str
    article: str
    remedy: Remedy
    letter_kind: str
    zh: str
    row_name: str
    evidence: bool = False
    withholds: bool = False
    since: date = REGULATION


D, R = Decision, Remedy
_TABLE: tuple[tuple[Decision, str, str, Remedy, str, str], ...] = (
    (D.ALREADY_PUBLIC, "3.1", "36(1)", R.R1, "已主动公开", "予以公开"),
    (D.DISCLOSED, "3.1", "36(2)", R.R1, "予以公开", "予以公开"),
    (D.PARTLY_DISCLOSED, "3.2", "37", R.R3, "部分公开", "部分公开"),
    (D.STATE_SECRET, "3.3.1", "14", R.R2, "属于国家秘密", "属于国家秘密"),
    (D.PROHIBITED_BY_LAW, "3.3.2", "14", R.R2, "法律行政法规禁止公开", "其他法律行政法规禁止公开"),
    (D.SAFETY_AND_STABILITY, "3.3.3", "14", R.R2, "危及三安全一稳定", "危及“三安全一稳定”"),
    (D.THIRD_PARTY_RIGHTS, "3.3.4", "15/32", R.R2, "保护第三方合法权益", "保护第三方合法权益"),
    (D.INTERNAL_AFFAIRS, "3.3.5", "16¶1", R.R2, "属于内部事务信息", "属于三类内部事务信息"),
    (D.PROCESS_INFORMATION, "3.3.6", "16¶2", R.R2, "属于过程性信息", "属于四类过程性信息"),
    (D.ENFORCEMENT_FILE, "3.3.7", "16¶2", R.R2, "属于行政执法案卷", "属于行政执法案卷"),
    (D.SPECIAL_REGIME, "3.3.8", "36(7)", R.R1, "属于行政查询事项", "属于行政查询事项"),
    (D.NOT_HELD, "3.4.1", "36(4)", R.R1, "信息不存在", "本机关不掌握相关政府信息"),
    (D.OTHER_AUTHORITY, "3.4.1", "36(5)", R.R1, "不属于本机关负责公开", "本机关不掌握相关政府信息"),
    (D.REQUIRES_CREATION, "3.4.2", "38", R.R1, "需要另行制作", "没有现成信息需要另行制作"),
    (D.STILL_UNCLEAR, "3.4.3", "30", R.R1, "补正后仍不明确", "补正后申请内容仍不明确"),
    (D.PETITION, "3.5.1", "39¶1", R.R1, "信访、投诉、举报", "信访举报投诉类申请"),
    (D.REPEAT, "3.5.2", "36(6)", R.R1, "重复申请", "重复申请"),
    (D.PUBLICATION, "3.5.3", "39¶2", R.R1, "公开出版物", "要求提供公开出版物"),
    (D.EXCESSIVE, "3.5.4", "35", R.R1, "大量反复申请", "无正当理由大量反复申请"),
    (D.RECONFIRMATION, "3.5.5", "–", R.R1, "要求确认或重新出具", "要求行政机关确认或重新出具已获取信息"),
    (
        D.ABANDONED_CLARIFICATION,
        "3.6.1",
        "30",
        R.R1,
        "逾期不补正",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    (
        D.ABANDONED_PAYMENT,
        "3.6.2",
        "109号6",
        R.R1,
        "逾期不缴费",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    (D.WITHDRAWN, "3.6.3", "–", R.R0, "申请人撤回", "其他"),
    (D.OTHER, "3.6.3", "–", R.R1, "其他", "其他"),
)
#: Art. 32: a ground beside the decisions: disclosure against an objection, because withholding would
#: gravely harm the public interest.
PUBLIC_INTEREST = "public_interest"
#: The letter of an application that asks for a correction (art. 41): it ends as `other`, and has its own.
CORRECTION = "correction_decision"
_LETTERS = {
    D.ABANDONED_CLARIFICATION: "abandonment_clarification",
    D.ABANDONED_PAYMENT: "abandonment_payment",
    D.WITHDRAWN: "withdrawal_confirmation",
}

DECISIONS: dict[Decision, DecisionRule] = {
    decision: DecisionRule(
        row,
        article,
        remedy,
        _LETTERS.get(decision, decision.value),
        zh,
        row_name,
        evidence=row.startswith("3.3") or decision is D.NOT_HELD,
        withholds=row.startswith("3.3"),
        since=FEE_RULES if decision is D.ABANDONED_PAYMENT else REGULATION,
    )
    for decision, row, article, remedy, zh, row_name in _TABLE
}

"""The words of a ledger: channel, applicant, decision and outcome, as offices write them."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from workflow.effects.imported import PENDING
from workflow.law.decisions import DECISIONS, Decision
from workflow.ledger.cells import Cell, Unreadable, quoted, text_of
from workflow.vocabulary import ApplicantKind, Channel

W = TypeVar("W", bound=StrEnum)


def bare(text: str) -> str:
    """Letters and digits alone, in one width and case: how two spellings of a word are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    return plain.replace("其它", "其他")


def _table(spellings: Mapping[W, str]) -> dict[str, W]:
    """Every spelling, and the code itself, to its word; the first to claim a spelling has it."""
    table: dict[str, W] = {}
    for word, texts in spellings.items():
        for text in (word.value, *texts.split()):
            table.setdefault(bare(text), word)
    return table


def _word(cell: Cell, table: Mapping[str, W], known: str, *passed_over: re.Pattern[str]) -> W | None:
    """The word in the cell, as it stands or without what may be passed over; raises Unreadable."""
    text = text_of(cell)
    if not text:
        return None
    key = bare(text)
    if key not in table:
        for pattern in passed_over:
            key = pattern.sub("", key)
    if key not in table:
        raise Unreadable(f"不认识{quoted(text)}，可用：{known}")
    return table[key]


# --- How an application came (art. 31) ------------------------------------------------------------

_POST = "邮寄 邮寄需签收 邮寄申请 信函 信函申请 挂号信 邮政特快专递 特快专递 EMS 快递"
_ONLINE = "互联网 互联网申请 网上 网上申请 网络 网络申请 网站 在线 在线申请 线上 电子邮件 电子邮箱 邮箱"
CHANNELS = _table(
    {
        Channel.IN_PERSON: "当面 当面提交 当面申请 现场 现场提交 现场申请 窗口",
        Channel.REGISTERED_POST: _POST,
        Channel.ORDINARY_POST: "平信 平常信函 普通信函 普通信件",
        Channel.ONLINE: _ONLINE,
        Channel.FAX: "传真 传真申请",
    }
)


def channel_of(cell: Cell) -> Channel | None:
    """The channel; raises Unreadable."""
    return _word(cell, CHANNELS, "当面、邮寄、平信、互联网、传真")


# --- Who applied (the columns of the annual report) -------------------------------------------------

KINDS = _table(
    {
        ApplicantKind.NATURAL_PERSON: "自然人 个人 公民 公民个人",
        ApplicantKind.BUSINESS: "商业企业 企业",
        ApplicantKind.RESEARCH: "科研机构 科研院所",
        ApplicantKind.PUBLIC_INTEREST: "社会公益组织 公益组织",
        ApplicantKind.LEGAL_SERVICE: "法律服务机构",
        ApplicantKind.OTHER: "其他",
    }
)
#: The heading over five columns of the annual report, which some write before the kind.
_ORGANISATION = re.compile("^法人(?:或者?|和|及)?其他组织")


def kind_of(cell: Cell) -> ApplicantKind | None:
    """The kind of applicant; raises Unreadable."""
    return _word(cell, KINDS, "、".join(kind.zh for kind in ApplicantKind), _ORGANISATION)


# --- How it ended (the rows of the annual report) ---------------------------------------------------

_SAID: dict[Decision, str] = {
    Decision.ALREADY_PUBLIC: "主动公开",
    Decision.SAFETY_AND_STABILITY: "三安全一稳定",
    Decision.NOT_HELD: "不掌握相关政府信息 政府信息不存在",
    Decision.OTHER_AUTHORITY: "不属于本机关公开 非本机关负责公开 不属于本行政机关负责公开",
    Decision.ABANDONED_PAYMENT: "申请人逾期未按收费通知要求缴费、行政机关不再处理其政府信息公开申请",
    Decision.WITHDRAWN: "撤回 撤回申请 主动撤回 申请人主动撤回 申请人撤回申请",
}


def _decisions() -> dict[str, Decision]:
    """Its own name goes before the name of its row, which two decisions may share."""
    own = {decision: f"{rule.zh} {_SAID.get(decision, '')}" for decision, rule in DECISIONS.items()}
    rows = {decision: rule.row_name for decision, rule in DECISIONS.items()}
    table = _table(rows) | _table(own)
    return {key.removeprefix("属于"): decision for key, decision in table.items()} | table


DECISION_NAMES = _decisions()
#: Before the name, the number of the row and the heading of its group: 3.3.1 or （三）不予公开 1.
_PLACE = re.compile("^[一二三四五六七\\d]*(?:不予公开|无法提供|不予处理|其他处理)?[一二三四五六七\\d]*")
#: After the name of row 3.2, what the form adds to it.
_NOTE = re.compile("区分处理的?只计这一情形不计其他情形$")


def decision_of(cell: Cell) -> Decision | None:
    """The decision, by the name of its row in the annual report or by its code; raises Unreadable."""
    known = "年度报告的行名（予以公开、部分公开、属于国家秘密……）或处理决定代码"
    return _word(cell, DECISION_NAMES, known, _PLACE, _NOTE)


# --- What became of it (table 4) -------------------------------------------------------------------


class Outcome(StrEnum):
    """The columns of table 4."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = PENDING


class Suit(StrEnum):
    """The two kinds of suit of table 4."""

    DIRECT = "direct_litigation"
    AFTER_RECONSIDERATION = "litigation_after_reconsideration"


OUTCOMES = _table(
    {
        Outcome.UPHELD: "结果维持 维持",
        Outcome.CORRECTED: "结果纠正 纠正",
        Outcome.OTHER: "其他结果 其他",
        Outcome.PENDING: "尚未审结 未审结",
    }
)
SUITS = _table(
    {
        Suit.DIRECT: "未经复议直接起诉 直接起诉",
        Suit.AFTER_RECONSIDERATION: "复议后起诉",
    }
)


def outcome_of(cell: Cell) -> Outcome | None:
    """The outcome of a reconsideration or suit; raises Unreadable."""
    return _word(cell, OUTCOMES, "结果维持、结果纠正、其他结果、尚未审结")


def suit_of(cell: Cell) -> Suit | None:
    """The kind of suit; raises Unreadable."""
    return _word(cell, SUITS, "未经复议直接起诉、复议后起诉")

"""Orders for every kind of letter: a plain one, and one of a case in which everything has happened."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.workflow.walk import (
    CALENDAR,
    A,
    Walk,
    accepted,
    charged,
    clarifying,
    drafted,
    justifying,
    registered,
)
from workflow.correspondence import ENCLOSED, LetterOrder, letters_of
from workflow.history import LetterRef
from workflow.law.decisions import Decision
from workflow.numbering import letter_number
from workflow.tables import Agency
from workflow.vocabulary import Action, ApplicantKind, Channel

BARE = Agency(id=1, code="ZYZY", name="招远市自然资源和规划局", letter_code="招自然资")
SET_UP = Agency(
    id=1,
    code="ZYZY",
    name="招远市自然资源和规划局",
    letter_code="招自然资",
    address="招远市府前路1号",
    phone="0535-1234567",
    reconsideration_body="招远市人民政府",
    court="招远市人民法院",
)
#: A minimal application, and one with everything that an application can say.
PLAIN: dict[str, Any] = {
    "number": "ZYZY-2026-0001",
    "channel": Channel.IN_PERSON,
    "applicant_kind": ApplicantKind.NATURAL_PERSON,
    "applicant_name": "张三",
    "title": "某地块征收补偿方案",
    "description": "2025年某地块征收补偿安置方案",
    "form": None,
}
FULL: dict[str, Any] = {
    "number": "ZYZY-2026-0002",
    "channel": Channel.ONLINE,
    "applicant_kind": ApplicantKind.BUSINESS,
    "applicant_name": "甲有限公司",
    "title": "乙地块征收补偿安置方案及公告",
    "description": "一、2025年乙地块征收补偿安置方案；\n\n  二、该方案的公告和听证材料。",
    "form": "电子邮件提供电子文本",
}
TEXTS: dict[str, Any] = {
    "items": ["请明确所需信息的名称、文号或者其他特征性描述", "请明确所需信息的年份"],
    "reason": "所涉档案数量较多，需要逐卷查阅。",
    "reasons": "经查，有关情况如下。\n该信息形成于2025年。",
    "question": "该方案属于哪个机关负责公开？\n其中的评估报告可否公开？",
    "participants": ["招远市司法局", "招远市财政局"],
    "attachments": ["乙地块征收补偿安置方案（12页）", "公告（2页）"],
}
#: What a draft says besides, by its decision.
BESIDES: dict[Decision, dict[str, Any]] = {
    Decision.ALREADY_PUBLIC: {"inspection": "工作日9时至17时，市政务服务中心政务公开专区。"},
    Decision.DISCLOSED: {"inspection": "工作日9时至17时，本机关档案室"},
    Decision.NOT_HELD: {"evidence": ["档案检索记录表", "业务系统查询截图"]},
    Decision.OTHER_AUTHORITY: {"authority": "招远市住房和城乡建设管理局，电话0535-7654321"},
    Decision.REPEAT: {"earlier_reply": "招自然资公开告〔2025〕8号，2025年6月5日"},
}
PARTIES = {1: "丙有限公司", 2: "招远市财政局"}


def full() -> Walk:
    """A case that was clarified, justified, consulted, charged and extended, and is with its handler."""
    walk = Walk().do(A.SUBMIT, 0, channel="online").do(A.REGISTER, 1)
    walk.do(A.REQUEST_CLARIFICATION, 2, items_count=2, within_workdays=15, method="online")
    walk.do(A.RECEIVE_CLARIFICATION, 6).do(A.REQUEST_JUSTIFICATION, 7, within_workdays=10)
    walk.do(A.RECEIVE_JUSTIFICATION, 8).do(A.JUDGE_JUSTIFICATION, 9, reasonable=False)
    walk.do(A.ACCEPT, 9).do(A.ASSESS_FEE, 12, basis="per_piece", pieces=5, before=28)
    walk.do(A.RECORD_PAYMENT, 14, receipt_no="SD-1").do(A.EXTEND, 15, workdays=10)
    walk.do(A.CONSULT_THIRD_PARTY, 16, party=1, served_on="2026-07-18")
    walk.do(A.CONSULT_AGENCY, 16, party=2, method="registered_post")
    walk.do(A.RECORD_OPINION, 21, party=1, consents=False)
    return walk.do(A.RECORD_OPINION, 22, party=2, consents=True)


#: Grounds of the decisions that name them.
PLAIN_GROUNDS = {Decision.PARTLY_DISCLOSED: {"grounds": ["internal_affairs"]}}
FULL_GROUNDS = {
    Decision.PARTLY_DISCLOSED: {"grounds": ["third_party_rights", "not_held"]},
    Decision.DISCLOSED: {"grounds": ["public_interest"]},
}


def answered(decision: Decision, walk: Walk, on: int, method: str, **facts: Any) -> Walk:
    """That decision, drafted, signed and sent."""
    if decision is Decision.STILL_UNCLEAR and not walk.h.clarified:
        walk = clarifying().do(A.RECEIVE_CLARIFICATION, 4).do(A.ACCEPT, 4)
    if decision is Decision.EXCESSIVE and not walk.h.justification:
        walk = justifying().do(A.RECEIVE_JUSTIFICATION, 3).do(A.JUDGE_JUSTIFICATION, 3, reasonable=False)
        walk.do(A.ACCEPT, 3)
    drafted(decision.value, walk, on, **({"evidence_count": 1} | facts))
    return walk.do(A.PASS_REVIEW, on).do(A.APPROVE, on).do(A.ISSUE_REPLY, on + 1, method=method)


def overridden(method: str, **facts: Any) -> Walk:
    """Disclosed against the third party's objection, for the public interest."""
    walk = accepted().do(A.CONSULT_THIRD_PARTY, 2, party=1).do(A.RECORD_OPINION, 5, party=1, consents=False)
    return answered(Decision.DISCLOSED, walk, 6, method, grounds=["public_interest"], **facts)


#: How a plain case comes to send the kinds that are no decisions.
PLAINLY: dict[str, Callable[[], Walk]] = {
    "receipt": registered,
    "receipt_confirmation": lambda: Walk().do(A.REGISTER, 0, channel="fax"),
    "clarification_notice": clarifying,
    "justification_notice": justifying,
    "extension_notice": lambda: accepted().do(A.EXTEND, 2, workdays=10),
    "deferral_notice": lambda: (
        justifying()
        .do(A.RECEIVE_JUSTIFICATION, 3)
        .do(A.JUDGE_JUSTIFICATION, 3, reasonable=True, reply_by="2026-09-30")
    ),
    "third_party_consultation": lambda: accepted().do(A.CONSULT_THIRD_PARTY, 2, party=1),
    "agency_consultation": lambda: accepted().do(A.CONSULT_AGENCY, 2, party=2, under=11),
    "consultation_notice": lambda: accepted().do(A.CONSULT_AGENCY, 2, party=2, under=11),
    "third_party_reply_form": lambda: accepted().do(A.CONSULT_THIRD_PARTY, 2, party=1),
    "third_party_disclosure_notice": lambda: overridden("in_person"),
    "secrecy_review_request": lambda: accepted().do(A.CONSULT_AGENCY, 2, party=2, under=17),
    "assistance_request": lambda: registered().do(A.ACCEPT, 1, unit="确权登记科", assistance=True),
    "conference_invitation": lambda: accepted().do(A.OPEN_CONFERENCE, 2, participants_count=2),
    "correction_decision": lambda: answered(Decision.OTHER, accepted(), 6, "in_person", correction="refused"),
    "fee_notice": charged,
    "abandonment_clarification": lambda: clarifying().do(A.CONFIRM_ABANDONMENT, 24),
    "abandonment_payment": lambda: charged().do(A.CONFIRM_ABANDONMENT, 31),
    "withdrawal_confirmation": lambda: registered().do(A.WITHDRAW, 2),
}
#: The same for a case by post, with a day of service, or whatever else lets the letter say more.
FULLY: dict[str, Callable[[], Walk]] = PLAINLY | {
    "receipt": lambda: Walk().do(A.SUBMIT, 0, channel="online").do(A.REGISTER, 1),
    "receipt_confirmation": lambda: Walk().do(A.SUBMIT, 0, channel="online").do(A.REGISTER, 1),
    "clarification_notice": lambda: clarifying(method="registered_post"),
    "justification_notice": lambda: justifying(method="registered_post"),
    "extension_notice": lambda: accepted().do(A.CONSULT_THIRD_PARTY, 2, party=1).do(A.EXTEND, 3, workdays=20),
    "third_party_consultation": lambda: accepted().do(
        A.CONSULT_THIRD_PARTY, 2, party=1, method="registered_post"
    ),
    "agency_consultation": lambda: accepted().do(A.CONSULT_AGENCY, 2, party=2, method="registered_post"),
    "consultation_notice": lambda: accepted().do(A.CONSULT_THIRD_PARTY, 2, party=1),
    "third_party_reply_form": lambda: accepted().do(
        A.CONSULT_THIRD_PARTY, 2, party=1, method="registered_post"
    ),
    "third_party_disclosure_notice": lambda: overridden("online"),
    "secrecy_review_request": lambda: accepted().do(
        A.CONSULT_AGENCY, 2, party=2, under=17, method="registered_post"
    ),
    "correction_decision": lambda: answered(Decision.OTHER, full(), 23, "online", correction="made"),
    "fee_notice": lambda: charged(basis="per_piece", pieces=5, before=28, method="registered_post"),
    "withdrawal_confirmation": lambda: full().do(A.WITHDRAW, 23),
}


def plain(kind: str) -> LetterOrder:
    """An order of that kind from a case in which nothing else has happened, in an office barely set up."""
    bare = {name: TEXTS[name] for name in ("items", "reason", "reasons", "participants")}
    if kind == "conference_invitation":
        bare["question"] = TEXTS["question"]
    if kind in PLAINLY:
        return order(kind, PLAINLY[kind](), BARE, PLAIN, bare)
    decision = Decision(kind)
    walk = answered(decision, accepted(), 6, "in_person", **PLAIN_GROUNDS.get(decision, {}))
    return order(kind, walk, BARE, PLAIN, bare)


def rich(kind: str) -> LetterOrder:
    """An order of that kind from a case in which everything has happened, in an office fully set up."""
    if kind in FULLY:
        return order(kind, FULLY[kind](), SET_UP, FULL, TEXTS)
    decision = Decision(kind)
    walk = answered(decision, full(), 23, "online", **FULL_GROUNDS.get(decision, {}))
    texts = TEXTS | BESIDES.get(decision, {})
    if decision is Decision.STATE_SECRET:
        texts["attachments"] = []  # Nothing classified is put into the system.
    return order(kind, walk, SET_UP, FULL, texts)


def order(kind: str, walk: Walk, agency: Agency, case: dict[str, Any], texts: dict[str, Any]) -> LetterOrder:
    """An order for the letter of that kind that the last act of the walk sends."""
    event = walk.log[-1]
    sent = next(each for each in letters_of(walk.h, event) if each.kind == kind)
    numbered = {
        seq: tuple(LetterRef(each.kind, _number(agency, each.kind, seq)) for each in letters)
        for seq, letters in walk.h.letters.items()
    }
    issued = event.action is Action.ISSUE_REPLY
    return LetterOrder(
        kind=kind,
        party=sent.party,
        number=_number(agency, kind, event.seq),
        on=event.on,
        agency=agency,
        case=case,
        history=replace(walk.h, letters=numbered),
        event=event,
        calendar=CALENDAR,
        texts={} if issued else texts,
        draft=texts if issued else {},
        parties=PARTIES,
        code="ACDEFGHJKMNP",
        public_url="https://gk.example.gov.cn" if agency is SET_UP else "",
    )


def _number(agency: Agency, kind: str, n: int) -> str:
    """What the register would write, all in one year; an enclosure bears the number of its letter."""
    enclosing, suffix = ENCLOSED.get(kind, (kind, ""))
    return letter_number(agency, enclosing, 2026, n) + suffix

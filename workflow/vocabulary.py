"""The words that outsiders rely on (docs/glossary.md), each with its Chinese name beside it."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A code word of the public interface that knows its Chinese name."""

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member


class Channel(Word):
    """How an application arrives, and how a letter is sent (art. 31)."""

    IN_PERSON = "in_person", "当面"
    REGISTERED_POST = "registered_post", "邮寄（需签收）"
    ORDINARY_POST = "ordinary_post", "平信"
    ONLINE = "online", "互联网"
    FAX = "fax", "传真"


class Method(Word):
    """How a letter is sent or served: the five channels and public notice."""

    IN_PERSON = "in_person", "当面"
    REGISTERED_POST = "registered_post", "邮寄（需签收）"
    ORDINARY_POST = "ordinary_post", "平信"
    ONLINE = "online", "互联网"
    FAX = "fax", "传真"
    PUBLIC_NOTICE = "public_notice", "公告"


#: Sent this way, a letter is on its way: the day of service is known only when proof of it returns.
BY_POST = frozenset({Method.REGISTERED_POST, Method.ORDINARY_POST})


class ApplicantKind(Word):
    """The columns of the annual report (国办公开办函〔2021〕30号, table 3)."""

    NATURAL_PERSON = "natural_person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    PUBLIC_INTEREST = "public_interest", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER = "other", "其他"


class Role(Word):
    """Who acts; one person may hold several roles."""

    APPLICANT = "applicant", "申请人"
    CLERK = "clerk", "窗口经办"
    HANDLER = "handler", "承办人"
    LEGAL = "legal", "法制保密审查"
    HEAD = "head", "公开机构负责人"
    SUPERVISOR = "supervisor", "督办"
    ADMIN = "admin", "系统管理员"
    SYSTEM = "system", "系统"


class State(Word):
    """Where a case stands: 登记 → 审核 → 办理 → 答复 → 归档 (art. 45)."""

    SUBMITTED = "submitted", "待登记"
    SCREENING = "screening", "审核"
    AWAITING_CLARIFICATION = "awaiting_clarification", "待补正"
    AWAITING_JUSTIFICATION = "awaiting_justification", "待说明理由"
    PROCESSING = "processing", "办理"
    CONSULTING = "consulting", "征求意见"
    AWAITING_PAYMENT = "awaiting_payment", "待缴费"
    LEGAL_REVIEW = "legal_review", "法制审核"
    APPROVAL = "approval", "签发"
    APPROVED = "approved", "待发出"
    CONCLUDED = "concluded", "已办结"
    ARCHIVED = "archived", "已归档"
    VOIDED = "voided", "作废"


#: Registered and without a final decision: the reply clock exists.
OPEN_STATES = frozenset(list(State)[1:10])
#: The reply term is paused: the next thing to happen restarts it (arts. 30, 109号6).
PAUSED_STATES = frozenset({State.AWAITING_CLARIFICATION, State.AWAITING_PAYMENT})


class Action(Word):
    """What can be done to a case; the event in its history bears the same name."""

    SUBMIT = "submit", "提交申请"
    REGISTER = "register", "登记"
    REQUEST_CLARIFICATION = "request_clarification", "告知补正"
    RECEIVE_CLARIFICATION = "receive_clarification", "收到补正"
    REQUEST_JUSTIFICATION = "request_justification", "要求说明理由"
    RECEIVE_JUSTIFICATION = "receive_justification", "收到理由说明"
    JUDGE_JUSTIFICATION = "judge_justification", "认定理由"
    ACCEPT = "accept", "转入办理"
    ASSIGN = "assign", "分办"
    REPLY_ON_THE_SPOT = "reply_on_the_spot", "当场答复"
    CONSULT_THIRD_PARTY = "consult_third_party", "征求第三方意见"
    CONSULT_AGENCY = "consult_agency", "征求机关意见"
    RECORD_OPINION = "record_opinion", "登记反馈意见"
    OPEN_CONFERENCE = "open_conference", "发起会商"
    CLOSE_CONFERENCE = "close_conference", "会商结论"
    ASSESS_FEE = "assess_fee", "核定收费"
    CANCEL_FEE = "cancel_fee", "撤销收费"
    RECORD_PAYMENT = "record_payment", "登记缴费"
    EXTEND = "extend", "延长答复期限"
    DRAFT_REPLY = "draft_reply", "拟定答复"
    RETURN_DRAFT = "return_draft", "退回修改"
    PASS_REVIEW = "pass_review", "审核通过"
    APPROVE = "approve", "签发"
    ISSUE_REPLY = "issue_reply", "发出答复"
    RECORD_SERVICE = "record_service", "登记送达"
    CONFIRM_ABANDONMENT = "confirm_abandonment", "确认视为放弃"
    WITHDRAW = "withdraw", "撤回申请"
    ARCHIVE = "archive", "归档"
    RECORD_REMEDY = "record_remedy", "登记复议诉讼"
    REOPEN = "reopen", "重新办理"
    RECTIFY = "rectify", "更正记录"
    VOID = "void", "作废"
    ESCALATE = "escalate", "督办"
    IMPORTED = "imported", "导入台账"
    RECALCULATE = "recalculate", "日历变更重算"


class TermName(Word):
    """Every statutory or set period that a case may have."""

    REPLY = "reply", "答复期限"
    CLARIFICATION_NOTICE = "clarification_notice", "补正告知期限"
    CLARIFICATION = "clarification", "补正期限"
    JUSTIFICATION = "justification", "说明理由期限"
    THIRD_PARTY_OPINION = "third_party_opinion", "第三方意见期限"
    AGENCY_OPINION = "agency_opinion", "机关意见期限"
    PAYMENT = "payment", "缴费期限"
    RECONSIDERATION = "reconsideration", "申请复议期限"
    LITIGATION = "litigation", "提起诉讼期限"


class TermStatus(Word):
    """Whether a period runs, rests, waits for proof of service, or is over."""

    RUNNING = "running", "进行中"
    PAUSED = "paused", "暂停"
    AWAITED = "awaited", "待送达"
    MET = "met", "已完成"
    LAPSED = "lapsed", "已届满"
    CANCELLED = "cancelled", "已取消"

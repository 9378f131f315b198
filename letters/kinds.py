"""Every kind of letter, as a table: its title, whom it addresses, its article, remedy, text and fields."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.law.decisions import DECISIONS, Decision
from workflow.law.remedies import Remedy


class Addressee(StrEnum):
    """To whom a letter goes."""

    APPLICANT = "applicant"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What is fixed about a kind of letter; `fields` is all that its text may use."""

    zh: str
    article: str
    template: str
    fields: frozenset[str]
    addressee: Addressee = Addressee.APPLICANT
    remedy: Remedy | None = None


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Head, salutation and signature.
COMMON = _names("kind letter_title number date salutation agency_name agency_address agency_phone")
#: The application, as its applicant knows it.
REQUEST = _names("you received_on channel case_number request_title request_description remedy")
#: The days to answer in, and the last one where it is known.
ASKING = _names("within_workdays answer_by")
CONSULTING = COMMON | ASKING | _names("case_number asked_about")
DECIDING = (
    COMMON
    | REQUEST
    | _names("article decision course reasons grounds public_interest requested_form delivery attachments")
)
CHARGING = ASKING | _names(
    "fee_basis fee_article fee_month fee_before fee_count fee_amount fee_capital fee_steps tariff"
)
LAPSED = _names("article notice_number notice_on notice_served_on lapsed_on")


def _to_applicant(
    zh: str, article: str, template: str, own: frozenset[str], remedy: Remedy = Remedy.R0
) -> LetterKind:
    return LetterKind(zh, article, template, COMMON | REQUEST | own, remedy=remedy)


def _to_party(zh: str, article: str, template: str, own: frozenset[str] = frozenset()) -> LetterKind:
    return LetterKind(zh, article, template, CONSULTING | own, Addressee.PARTY)


NOTICES: dict[str, LetterKind] = {
    "receipt": _to_applicant(
        "政府信息公开申请登记回执", "31", "receipt", _names("reply_due_on requested_form")
    ),
    "receipt_confirmation": _to_applicant(
        "政府信息公开申请收到确认通知书", "31", "receipt_confirmation", _names("reply_due_on")
    ),
    "clarification_notice": _to_applicant(
        "政府信息公开申请补正告知书", "30", "clarification_notice", ASKING | {"items"}
    ),
    "justification_notice": _to_applicant(
        "政府信息公开申请说明理由通知书", "35", "justification_notice", ASKING
    ),
    "extension_notice": _to_applicant(
        "政府信息公开申请延长答复期限告知书",
        "33¶2",
        "extension_notice",
        _names("workdays reasons reply_was_due_on reply_due_on due_may_move"),
    ),
    "deferral_notice": _to_applicant(
        "政府信息公开申请延迟答复告知书", "35", "deferral_notice", _names("reply_by")
    ),
    "third_party_consultation": _to_party("政府信息公开第三方意见征询书", "32", "third_party_consultation"),
    "agency_consultation": _to_party(
        "政府信息公开征求意见函", "34", "agency_consultation", _names("article deemed_consent")
    ),
    "fee_notice": _to_applicant(
        "政府信息公开信息处理费收费通知书", "109号6", "fee_notice", CHARGING, Remedy.R4
    ),
}

_REPLY, _INFORM = "政府信息公开申请答复书", "政府信息公开申请告知书"
_REFUSAL = "政府信息不予公开告知书"
#: Titles of the decision letters (rules of remedy, article and text come from the decision itself).
TITLES: dict[Decision, str] = {
    Decision.ALREADY_PUBLIC: "政府信息主动公开告知书",
    Decision.DISCLOSED: "政府信息予以公开答复书",
    Decision.PARTLY_DISCLOSED: "政府信息部分公开答复书",
    Decision.STATE_SECRET: _REFUSAL,
    Decision.PROHIBITED_BY_LAW: _REFUSAL,
    Decision.SAFETY_AND_STABILITY: _REFUSAL,
    Decision.THIRD_PARTY_RIGHTS: _REFUSAL,
    Decision.INTERNAL_AFFAIRS: _REFUSAL,
    Decision.PROCESS_INFORMATION: _REFUSAL,
    Decision.ENFORCEMENT_FILE: _REFUSAL,
    Decision.SPECIAL_REGIME: _INFORM,
    Decision.NOT_HELD: "政府信息不存在告知书",
    Decision.OTHER_AUTHORITY: "政府信息非本机关负责公开告知书",
    Decision.REQUIRES_CREATION: "政府信息公开申请不予提供告知书",
    Decision.STILL_UNCLEAR: "政府信息公开申请无法提供告知书",
    Decision.PETITION: _INFORM,
    Decision.REPEAT: "政府信息公开申请不予重复处理告知书",
    Decision.PUBLICATION: _INFORM,
    Decision.EXCESSIVE: "政府信息公开申请不予处理告知书",
    Decision.RECONFIRMATION: "政府信息公开申请不予处理告知书",
    Decision.ABANDONED_CLARIFICATION: "政府信息公开申请不再处理告知书",
    Decision.ABANDONED_PAYMENT: "政府信息公开申请不再处理告知书",
    Decision.WITHDRAWN: "政府信息公开申请撤回确认书",
    Decision.OTHER: _REPLY,
}
#: Decisions that have a text of their own; all others share the blocks of one letter.
OWN_TEXTS: dict[Decision, frozenset[str]] = {
    Decision.ABANDONED_CLARIFICATION: LAPSED,
    Decision.ABANDONED_PAYMENT: LAPSED | {"fee_amount"},
    Decision.WITHDRAWN: _names("withdrawn_on"),
}


def _deciding(decision: Decision) -> LetterKind:
    rule = DECISIONS[decision]
    own = OWN_TEXTS.get(decision)
    template = rule.letter_kind if own is not None else "decision"
    fields = COMMON | REQUEST | own if own is not None else DECIDING
    return LetterKind(TITLES[decision], rule.article, template, fields, remedy=rule.remedy)


KINDS: dict[str, LetterKind] = NOTICES | {DECISIONS[d].letter_kind: _deciding(d) for d in Decision}

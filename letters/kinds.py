"""Every kind of letter, as a table: its code, title, addressee, article, remedy, numbers, text and fields."""

from dataclasses import dataclass

from workflow.correspondence import ADDRESSEES, Addressee, series_of
from workflow.law.decisions import CORRECTION, DECISIONS, Decision
from workflow.law.remedies import Remedy
from workflow.law.statute import NONE

#: The shared texts that a kind's own text fills in.
BASE, APPLICANT, PARTY, DECISION = "_base", "_applicant", "_party", "_decision"


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What is fixed about a kind of letter; `fields` is all that its text may use."""

    #: Its place in the catalogue of the procedure: L01 to L40.
    code: str
    zh: str
    addressee: Addressee
    article: str
    #: The articles as the letter cites them: that one, with those that it goes together with.
    cited: str
    #: Its group of numbers.
    series: str
    #: Its own text, and the shared one that it fills in.
    template: str
    base: str
    fields: frozenset[str]
    #: What its reader can do against it; none, where it decides nothing about its reader.
    remedy: Remedy | None = None


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Head, salutation, signature, and how to verify the letter.
COMMON = _names(
    "kind letter_title number date salutation corrects agency_name agency_address agency_phone "
    "verification_code verification_page verification_address"
)
#: The application, as its applicant knows it.
REQUEST = _names("you received_on channel case_number request_title request_description remedy")
CONCLUDING = _names(
    "course replaces public_interest authority earlier_reply inspection attachments attachment_pages"
)
#: What the shared texts use; each kind adds its own.
SHARED = {
    BASE: COMMON,
    APPLICANT: COMMON | REQUEST,
    PARTY: COMMON | _names("case_number asked_about"),
    DECISION: COMMON | REQUEST | CONCLUDING,
}

# --- Letters of the procedure -----------------------------------------------------------------------------


def _kind(
    name: str,
    code: str,
    zh: str,
    article: str,
    own: str,
    *,
    base: str = APPLICANT,
    remedy: Remedy | None = Remedy.R0,
    cited: str = "",
) -> tuple[str, LetterKind]:
    fields = SHARED[base] | _names(own)
    return name, LetterKind(
        code, zh, ADDRESSEES[name], article, cited or article, series_of(name), name, base, fields, remedy
    )


def _asking(
    name: str,
    code: str,
    zh: str,
    article: str,
    own: str,
    *,
    base: str = PARTY,
    remedy: Remedy | None = None,
    cited: str = "",
) -> tuple[str, LetterKind]:
    """A letter that does not go to the applicant."""
    return _kind(name, code, zh, article, own, base=base, remedy=remedy, cited=cited)


#: The days to answer in, and the last one where it is known.
ASKING = "article within_workdays answer_by"
RETURNING = f"{ASKING} case_number asked_about enclosed_in"
FEE = "fee_basis fee_article fee_month fee_before fee_count fee_amount fee_capital fee_table tariff"
CHARGING = f"{ASKING} {FEE}"
EXTENDING = "article workdays reasons reply_was_due_on reply_due_on due_may_move"
CONSULTING = "article consulted consulted_on consulted_under within_workdays counted reply_due_on"

PROCEDURE: dict[str, LetterKind] = dict(
    [
        _kind("receipt", "L01", "政府信息公开申请登记回执", "31", "article reply_due_on requested_form"),
        _kind("receipt_confirmation", "L02", "政府信息公开申请收到确认通知书", "31", "article reply_due_on"),
        _kind(
            "clarification_notice",
            "L03",
            "政府信息公开申请补正告知书",
            "30",
            f"{ASKING} items",
            cited="29/30",
        ),
        _kind("justification_notice", "L04", "政府信息公开申请说明理由通知书", "35", ASKING),
        _kind("extension_notice", "L05", "政府信息公开申请延长答复期限告知书", "33¶2", EXTENDING),
        _kind("deferral_notice", "L06", "政府信息公开申请延迟答复告知书", "35", "article reply_by"),
        _kind("consultation_notice", "L09", "政府信息公开征求意见情况告知书", "33¶3", CONSULTING),
        _kind("fee_notice", "L15", "政府信息公开信息处理费收费通知书", "109号6", CHARGING, remedy=Remedy.R4),
        # To third parties.
        _asking(
            "third_party_consultation", "L07", "政府信息公开第三方意见征询书", "32", ASKING, cited="15/32"
        ),
        _asking("third_party_reply_form", "L08", "政府信息公开第三方意见回执", "32", RETURNING, base=BASE),
        _asking(
            "third_party_disclosure_notice",
            "L10",
            "政府信息决定公开告知书",
            "32",
            "article objected_on in_part disclosed reasons remedy",
            cited="15/32",
            remedy=Remedy.R1,
        ),
        # To other agencies, and to the units that help.
        _asking(
            "agency_consultation", "L11", "政府信息公开征求意见函", "34", f"{ASKING} deemed_consent question"
        ),
        _asking(
            "assistance_request",
            "L12",
            "政府信息公开协助查找函",
            "45",
            "article answer_until reply_due_on",
            cited="11/36/45",
        ),
        _asking("conference_invitation", "L13", "政府信息公开会商函", "11", "article question reply_due_on"),
        _asking("secrecy_review_request", "L14", "政府信息公开报请确定函", "17", f"{ASKING} question"),
    ]
)

# --- Decisions ----------------------------------------------------------------------------------------------

_INFORM = "政府信息公开申请告知书"
_REFUSAL, _NOT_PURSUED = "政府信息不予公开告知书", "政府信息公开申请不再处理告知书"
#: Code and title; article and remedy come from the decision itself. One that fits none of the others has
#: no place in the catalogue.
TITLES: dict[Decision, tuple[str, str]] = {
    Decision.ABANDONED_PAYMENT: ("L16", _NOT_PURSUED),
    Decision.ABANDONED_CLARIFICATION: ("L17", _NOT_PURSUED),
    Decision.ALREADY_PUBLIC: ("L18", "政府信息主动公开告知书"),
    Decision.DISCLOSED: ("L19", "政府信息予以公开答复书"),
    Decision.PARTLY_DISCLOSED: ("L20", "政府信息部分公开答复书"),
    Decision.STATE_SECRET: ("L21", _REFUSAL),
    Decision.PROHIBITED_BY_LAW: ("L22", _REFUSAL),
    Decision.SAFETY_AND_STABILITY: ("L23", _REFUSAL),
    Decision.THIRD_PARTY_RIGHTS: ("L24", _REFUSAL),
    Decision.INTERNAL_AFFAIRS: ("L25", _REFUSAL),
    Decision.PROCESS_INFORMATION: ("L26", _REFUSAL),
    Decision.ENFORCEMENT_FILE: ("L27", _REFUSAL),
    Decision.NOT_HELD: ("L28", "政府信息不存在告知书"),
    Decision.OTHER_AUTHORITY: ("L29", "政府信息非本机关负责公开告知书"),
    Decision.REQUIRES_CREATION: ("L30", "政府信息公开申请不予提供告知书"),
    Decision.STILL_UNCLEAR: ("L31", "政府信息公开申请无法提供告知书"),
    Decision.REPEAT: ("L32", "政府信息公开申请不予重复处理告知书"),
    Decision.SPECIAL_REGIME: ("L33", _INFORM),
    Decision.PETITION: ("L34", _INFORM),
    Decision.PUBLICATION: ("L35", _INFORM),
    Decision.EXCESSIVE: ("L36", "政府信息公开申请不予处理告知书"),
    Decision.RECONFIRMATION: ("L37", "政府信息公开申请不予处理告知书"),
    Decision.WITHDRAWN: ("L39", "政府信息公开申请撤回确认书"),
    Decision.OTHER: (NONE, "政府信息公开申请答复书"),
}
LAPSED = "notice_number notice_on notice_served_on lapsed_on"
GIVING = "reasons delivery requested_form"
#: What a decision's text says besides; all others give their reasons.
OWN_FIELDS = {
    Decision.ABANDONED_PAYMENT: f"{LAPSED} fee_amount",
    Decision.ABANDONED_CLARIFICATION: LAPSED,
    Decision.DISCLOSED: GIVING,
    Decision.NOT_HELD: "reasons evidence",
    Decision.PARTLY_DISCLOSED: f"{GIVING} grounds",
    Decision.WITHDRAWN: "withdrawn_on",
}
#: Articles that a decision cites together with its own.
CITED = {Decision.OTHER_AUTHORITY: "10/36(5)", Decision.STILL_UNCLEAR: "29/30"}


def _deciding(decision: Decision) -> tuple[str, LetterKind]:
    rule, (code, zh) = DECISIONS[decision], TITLES[decision]
    refused = f"{rule.article}/36(3)" if rule.remedy is Remedy.R2 else ""
    own = OWN_FIELDS.get(decision, "reasons") + (" article" if rule.article != NONE else "")
    cited = CITED.get(decision, refused)
    return _kind(
        rule.letter_kind, code, zh, rule.article, own, base=DECISION, remedy=rule.remedy, cited=cited
    )


#: Art. 41: what becomes of an application to correct a record.
_CORRECTING = _kind(
    CORRECTION,
    "L38",
    "政府信息更正申请处理决定书",
    "41",
    "article reasons correction",
    base=DECISION,
    remedy=Remedy.R1,
)

KINDS: dict[str, LetterKind] = PROCEDURE | dict([*map(_deciding, Decision), _CORRECTING])

"""The plots: what becomes of an application, as steps so many working days after its receipt.

A story (stories/*.toml) names its plot and the day of receipt, and tells who asked for what in which words.
"""

from collections.abc import Mapping

from api.demo.steps import (
    ASK_AGENCY,
    ASK_THIRD,
    BY_PAGE,
    BY_PIECE,
    CONFER,
    DECIDED_BY,
    HANDLED,
    POST,
    RECEIPT,
    RECEIVED,
    TRACKED,
    Day,
    Other,
    Step,
    Steps,
    Told,
    accepted,
    archived,
    assigned,
    clarification,
    clarified,
    drafted,
    filed,
    issued,
    opinion,
    reconsidered,
    reviewed,
    sent,
    served,
    signed,
    step,
)
from workflow.vocabulary import Action as A
from workflow.vocabulary import Role

#: The reply was set aside; a new one is due on a set day.
REOPENED = (
    *HANDLED,
    *sent(9),
    *served(14),
    *reconsidered(23, 44, "corrected"),
    step(46, A.REOPEN, reason=Told("reopening"), reply_by=Day(66)),
)

PLOTS: Mapping[str, Steps] = {
    # 登记、审核
    "arrived": (step(0, A.SUBMIT),),
    "withdrawn before receipt": (step(0, A.SUBMIT), step(1, A.WITHDRAW, reason=Told("withdrawal"))),
    "screening": RECEIVED,
    "answered on the spot": (
        *RECEIVED,
        step(0, A.REPLY_ON_THE_SPOT, decision=Told("decision"), reasons=Told("reasons")),
        *archived(3, 10),
    ),
    "duplicate": (*RECEIVED, step(2, A.VOID, reason=Told("mistake"), duplicate_of=Other())),
    "second part": (step(1, A.REGISTER, split_of=Other()), *accepted(1)),
    "receipt day corrected": (
        step(2, A.REGISTER, received_on=Day(2)),
        *accepted(3),
        step(5, A.RECTIFY, event=1, changes={"received_on": Day(0)}, reason=Told("mistake")),
    ),
    # 补正
    "asked to clarify": (*RECEIVED, clarification(3)),
    "clarification notice in the post": (*RECEIVED, clarification(2, method=POST)),
    "clarification notice came back": (
        *RECEIVED,
        clarification(2, method=POST),
        step(
            7, A.RECORD_SERVICE, letter="clarification_notice", served_on=Day(7), method=POST, returned=True
        ),
        clarification(8, method="in_person"),
    ),
    "clarification late": (
        *RECEIVED,
        clarification(4),
        clarified(22),
        *accepted(23),
        *sent(30),
        *filed(35),
    ),
    "clarification asked late": (*RECEIVED, clarification(9), clarified(14), *accepted(15)),
    "never clarified": (
        *RECEIVED,
        clarification(3, within_workdays=10),
        step(15, A.CONFIRM_ABANDONMENT),
        *served(18, POST),
        *archived(24, 10),
    ),
    "clarified and answered": (
        *RECEIVED,
        clarification(3),
        clarified(9),
        *accepted(10),
        *sent(17),
        *filed(22),
    ),
    # 说明理由
    "asked for reasons": (*RECEIVED, step(2, A.REQUEST_JUSTIFICATION, within_workdays=10)),
    "reasons found wanting": (
        *RECEIVED,
        step(2, A.REQUEST_JUSTIFICATION, within_workdays=10),
        step(8, A.RECEIVE_JUSTIFICATION, text=Told("justification")),
        step(9, A.JUDGE_JUSTIFICATION, reasonable=False),
        *accepted(9),
        *sent(12),
        *filed(17),
    ),
    "reasons never given": (
        *RECEIVED,
        step(2, A.REQUEST_JUSTIFICATION, within_workdays=10),
        step(14, A.JUDGE_JUSTIFICATION, reasonable=False),
        *accepted(14),
        *sent(15),
        *filed(20),
    ),
    "deferred for good reasons": (
        *RECEIVED,
        step(2, A.REQUEST_JUSTIFICATION),
        step(7, A.RECEIVE_JUSTIFICATION, text=Told("justification")),
        step(8, A.JUDGE_JUSTIFICATION, reasonable=True, reply_by=Day(45)),
        *accepted(9),
    ),
    # 办理
    "processing": HANDLED,
    "pressed": (*HANDLED, step(24, A.ESCALATE, message=Told("pressing"))),
    "handed over and back": (
        *HANDLED,
        step(4, A.ASSIGN, unit=Told("other_unit"), reason=Told("handing_over")),
        step(7, A.ASSIGN, unit=Told("unit"), handler=Told("handler"), reason=Told("handing_back")),
    ),
    "conferring": (*HANDLED, step(4, A.OPEN_CONFERENCE, **CONFER)),
    "conferred": (
        *HANDLED,
        step(4, A.OPEN_CONFERENCE, **CONFER),
        step(8, A.CLOSE_CONFERENCE, conclusion=Told("conclusion"), opinions=Told("opinions")),
        *sent(11),
        *filed(16),
    ),
    "extended": (*HANDLED, step(17, A.EXTEND, workdays=15, reason=Told("extension"))),
    "extended and answered": (
        *HANDLED,
        step(18, A.EXTEND, workdays=20, reason=Told("extension")),
        *sent(32),
        *filed(37),
    ),
    # 征求意见
    "third party asked": (*HANDLED, step(4, A.CONSULT_THIRD_PARTY, **ASK_THIRD)),
    "third party letter in the post": (*HANDLED, step(3, A.CONSULT_THIRD_PARTY, method=POST, **ASK_THIRD)),
    "third party letter served": (
        *HANDLED,
        step(3, A.CONSULT_THIRD_PARTY, method=POST, **ASK_THIRD),
        step(
            5,
            A.RECORD_SERVICE,
            letter="third_party_consultation",
            served_on=Day(5),
            method=POST,
            tracking_no=TRACKED,
        ),
    ),
    "two asked": (
        *HANDLED,
        step(4, A.CONSULT_THIRD_PARTY, **ASK_THIRD),
        step(5, A.CONSULT_AGENCY, under=34, **ASK_AGENCY),
        opinion(9, consents=True),
    ),
    "third party consents": (
        *HANDLED,
        step(4, A.CONSULT_THIRD_PARTY, served_on=Day(5), **ASK_THIRD),
        opinion(12, consents=True),
        *sent(16),
        *filed(21),
    ),
    "third party objects": (
        *HANDLED,
        step(4, A.CONSULT_THIRD_PARTY, **ASK_THIRD),
        opinion(13, consents=False, reasonable=True),
        *sent(16),
        *filed(21),
    ),
    "objection without good reason": (
        *HANDLED,
        step(4, A.CONSULT_THIRD_PARTY, **ASK_THIRD),
        opinion(11, consents=False, reasonable=False),
        *sent(15),
        *filed(20),
    ),
    "third party silent": (*HANDLED, step(3, A.CONSULT_THIRD_PARTY, **ASK_THIRD), *sent(22), *filed(27)),
    "opinion entered late": (
        *HANDLED,
        step(3, A.CONSULT_THIRD_PARTY, **ASK_THIRD),
        step(21, A.RECORD_OPINION, consents=True, received_on=Day(16), **ASK_THIRD),
        *sent(23),
        *filed(28),
    ),
    "joint maker asked": (*HANDLED, step(3, A.CONSULT_AGENCY, under=34, **ASK_AGENCY)),
    "joint maker silent": (
        *HANDLED,
        step(3, A.CONSULT_AGENCY, under=34, **ASK_AGENCY),
        *sent(21),
        *filed(26),
    ),
    "agency asked to confirm": (*HANDLED, step(4, A.CONSULT_AGENCY, under=11, **ASK_AGENCY)),
    "secrecy office asked": (*HANDLED, step(4, A.CONSULT_AGENCY, under=17, **ASK_AGENCY)),
    # 收费
    "fee by page": (*HANDLED, step(5, A.ASSESS_FEE, **BY_PAGE)),
    "fee by page just paid": (
        *HANDLED,
        step(5, A.ASSESS_FEE, **BY_PAGE),
        step(10, A.RECORD_PAYMENT, receipt_no=RECEIPT, paid_on=Day(9)),
    ),
    "fee by page paid and answered": (
        *HANDLED,
        step(5, A.ASSESS_FEE, **BY_PAGE),
        step(11, A.RECORD_PAYMENT, receipt_no=RECEIPT),
        *sent(17),
        *filed(22),
    ),
    "fee by piece": (*HANDLED, step(4, A.ASSESS_FEE, **BY_PIECE)),
    "fee by piece paid and answered": (
        *HANDLED,
        step(4, A.ASSESS_FEE, **BY_PIECE),
        step(12, A.RECORD_PAYMENT, receipt_no=RECEIPT),
        *sent(24),
        *filed(29),
    ),
    "fee never paid": (
        *HANDLED,
        step(5, A.ASSESS_FEE, **BY_PAGE),
        step(27, A.CONFIRM_ABANDONMENT),
        *served(30, POST),
        *archived(36),
    ),
    "fee waived": (
        *HANDLED,
        step(5, A.ASSESS_FEE, **BY_PAGE),
        step(9, A.CANCEL_FEE, reason=Told("waiver")),
        *sent(13),
        *filed(18),
    ),
    "few pages cost nothing": (*HANDLED, step(5, A.ASSESS_FEE, **BY_PAGE), *sent(8), *filed(13)),
    # 审核、签发
    "in review": (*HANDLED, *drafted(9)),
    "drafted again": (
        *HANDLED,
        *drafted(8),
        step(10, A.RETURN_DRAFT, comment=Told("comment")),
        *drafted(13, "new_"),
    ),
    "to be signed": (*HANDLED, *signed(9)[:-1]),
    "signed": (*HANDLED, *signed(9)),
    "slip found after signing": (
        *HANDLED,
        *signed(7),
        Step(10, A.RETURN_DRAFT, {"comment": Told("comment")}, by=Role.HEAD),
        *sent(11, "new_"),
        *filed(17),
    ),
    # 答复、送达、归档
    "sent": (*HANDLED, *sent(9)),
    "served": (*HANDLED, *sent(9), *served(14)),
    "archived": (*HANDLED, *sent(9), *filed(14)),
    "answered too late": (*HANDLED, *sent(22), *filed(28)),
    "reply came back": (
        *HANDLED,
        *sent(9),
        step(16, A.RECORD_SERVICE, served_on=Day(16), method=POST, returned=True, tracking_no=TRACKED),
        step(19, A.RECORD_SERVICE, published_on=Day(19), method="public_notice"),
        *archived(45),
    ),
    "withdrawn": (*HANDLED, step(5, A.WITHDRAW, reason=Told("withdrawal")), *archived(9, 10)),
    # 复议、诉讼
    "upheld in reconsideration": (
        *HANDLED,
        *sent(9),
        *served(14),
        *reconsidered(25, 47, "upheld"),
        *archived(60, "permanent"),
    ),
    "sued": (
        *HANDLED,
        *sent(9),
        *served(14),
        step(40, A.RECORD_REMEDY, kind="direct_litigation", filed_on=Day(38), **DECIDED_BY),
    ),
    "reopened": REOPENED,
    "reopened and answered anew": (*REOPENED, *sent(54, "new_"), *served(59), *archived(64, "permanent")),
    # From the register of the year before, counted from the day on which it was brought in
    "taken over and answered": (*assigned(0), *drafted(0), *reviewed(0), *issued(0), *filed(4)),
    "taken over and answered late": (*assigned(0), *drafted(1), *reviewed(2), *issued(3), *filed(7)),
    "taken over and withdrawn": (step(2, A.WITHDRAW, reason=Told("withdrawal")), *archived(4, 10)),
}

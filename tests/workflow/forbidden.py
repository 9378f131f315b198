"""What the law forbids, as a table: under each rule its cases, acts and days, and the article of refusal."""

from collections.abc import Callable
from typing import Any

from tests.workflow.walk import (
    A,
    Walk,
    accepted,
    charged,
    clarifying,
    consulting,
    drafted,
    issued,
    justifying,
    registered,
    submitted,
)
from workflow.rules import Rule, consultation, dates, fee, imported, intake, reply, service
from workflow.vocabulary import Action, Role

Make = Callable[[], Walk]
#: What is told, the case, the act, its day (counted from the first), the article, and the facts.
Row = tuple[str, Make, Action, int, str, dict[str, Any]]

POST = {"method": "registered_post"}
ASK = {"items_count": 1, "within_workdays": 15}
WHY = {"within_workdays": 10}
PAGES = {"basis": "per_page", "pages": 68}
OPINION = {"party": 1, "consents": True}
OBJECTION = {"party": 1, "consents": False}
REMEDY = {"kind": "reconsideration", "filed_on": "2026-07-09"}
PARTLY = {"decision": "partly_disclosed"}
LATER = {"reply_by": "2026-10-30"}
LEDGER = {"channel": "in_person", "received_on": "2026-06-29"}
REPLY = {"letter": "disclosed", "issued": 6, "number": "disclosed-6"}
NOTICED = {"method": "public_notice"} | REPLY


def no(told: str, make: Make, action: Action, on: int, article: str, **facts: Any) -> Row:
    """One act that a rule refuses."""
    return told, make, action, on, article, facts


# --- The cases ----------------------------------------------------------------------------------------


def clarified() -> Walk:
    """The applicant has answered."""
    return clarifying().do(A.RECEIVE_CLARIFICATION, 7)


def reasoned() -> Walk:
    """The applicant has given reasons."""
    return justifying().do(A.RECEIVE_JUSTIFICATION, 7)


def judged(**facts: Any) -> Walk:
    """They were found unreasonable, unless said otherwise."""
    return reasoned().do(A.JUDGE_JUSTIFICATION, 8, **({"reasonable": False} | facts))


def deferred() -> Walk:
    """They were found reasonable, and the reply deferred."""
    return judged(reasonable=True, reply_by="2026-10-30")


def judged_again() -> Walk:
    """Unreasonable at first, reasonable when asked again."""
    again = judged().do(A.REQUEST_JUSTIFICATION, 9, **WHY).do(A.RECEIVE_JUSTIFICATION, 10)
    return again.do(A.JUDGE_JUSTIFICATION, 11, reasonable=True).do(A.ACCEPT, 11)


def charged_in_vain() -> Walk:
    """The fee notice came back."""
    return charged(**POST).served("fee_notice", 8, **POST, returned=True)


def paid() -> Walk:
    """The fee was paid."""
    return charged().do(A.RECORD_PAYMENT, 7)


def unpaid() -> Walk:
    """The fee was never paid, and the case given up."""
    return charged().do(A.CONFIRM_ABANDONMENT, 31)


def reached_otherwise() -> Walk:
    """The letter to the third party came back; its opinion was got otherwise, and the case went on."""
    back = consulting(**POST).served("third_party_consultation", 8, **POST, returned=True)
    return back.do(A.RECORD_OPINION, 9, **OPINION)


def one_of_two_answered() -> Walk:
    """Of two that were asked the first has answered."""
    return consulting().do(A.CONSULT_AGENCY, 5, party=2).do(A.RECORD_OPINION, 6, **OPINION)


def objected(**opinion: Any) -> Walk:
    """The third party objects."""
    return consulting().do(A.RECORD_OPINION, 8, **(OBJECTION | opinion))


def objected_after_the_draft() -> Walk:
    """In time, but entered after a draft was written on the timer's finding."""
    walk = consulting().sweep(27).do(A.DRAFT_REPLY, 28, decision="disclosed")
    return walk.do(A.RECORD_OPINION, 28, **OBJECTION, received_on="2026-07-20")


def conferring() -> Walk:
    """A conference is open."""
    return accepted().do(A.OPEN_CONFERENCE, 3, participants_count=2)


def posted() -> Walk:
    """The reply went out by post."""
    return issued(method="registered_post")


def published() -> Walk:
    """It went out by public notice on Wednesday 2026-07-08, which has to stand until 2026-08-07."""
    return posted().do(A.RECORD_SERVICE, 7, **NOTICED, published_on="2026-07-08")


def never_registered() -> Walk:
    """Withdrawn before it was registered."""
    return submitted().do(A.WITHDRAW, 3)


def taken_over() -> Walk:
    """Imported from a ledger, and acted on since."""
    return Walk().do(A.IMPORTED, 0, by=Role.SYSTEM, **LEDGER).do(A.ASSIGN, 1)


# --- What is refused --------------------------------------------------------------------------------------

FORBIDDEN: dict[Rule, tuple[Row, ...]] = {
    dates.days_ascend: (no("a day before the last act", accepted, A.EXTEND, 0, "45", workdays=5),),
    dates.nothing_in_the_future: (
        no("received tomorrow", submitted, A.REGISTER, 1, "31", received_on="2026-07-03"),
        no("paid tomorrow", charged, A.RECORD_PAYMENT, 7, "109号6", paid_on="2026-07-09"),
        no("filed tomorrow", issued, A.RECORD_REMEDY, 7, "51", **REMEDY),
        no("decided tomorrow", issued, A.RECORD_REMEDY, 8, "51", **REMEDY, decided_on="2026-07-10"),
        no(
            "published tomorrow",
            posted,
            A.RECORD_SERVICE,
            8,
            "民诉法95",
            **NOTICED,
            published_on="2026-07-10",
        ),
    ),
    dates.served_after_sent: (
        no("served before sent", registered, A.REQUEST_CLARIFICATION, 2, "30", **ASK, served_on="2026-07-02"),
        no("served before sent", registered, A.REQUEST_JUSTIFICATION, 2, "35", **WHY, served_on="2026-07-02"),
        no("served before sent", accepted, A.CONSULT_THIRD_PARTY, 2, "32", party=1, served_on="2026-07-02"),
        no("served before sent", accepted, A.CONSULT_AGENCY, 2, "34", party=1, served_on="2026-07-02"),
        no("served before sent", registered, A.ASSESS_FEE, 2, "109号6", **PAGES, served_on="2026-07-02"),
    ),
    dates.answers_the_notice: (
        no("before asked", clarifying, A.RECEIVE_CLARIFICATION, 7, "30", received_on="2026-07-02"),
        no("before asked", justifying, A.RECEIVE_JUSTIFICATION, 7, "35", received_on="2026-07-02"),
        no("before asked", charged, A.RECORD_PAYMENT, 7, "109号6", paid_on="2026-07-02"),
        no("before asked", consulting, A.RECORD_OPINION, 7, "33¶3", **OPINION, received_on="2026-07-05"),
    ),
    intake.receipt_between_submission_and_today: (
        no("received before submitted", submitted, A.REGISTER, 1, "31", received_on="2026-06-30"),
    ),
    intake.clarified_once: (
        no("asked again after the answer", clarified, A.REQUEST_CLARIFICATION, 8, "30", **ASK),
        no("asked again before the answer", clarifying, A.REQUEST_CLARIFICATION, 8, "30", **ASK),
    ),
    intake.asks_for_something: (
        no("nothing asked", registered, A.REQUEST_CLARIFICATION, 2, "30", **(ASK | {"items_count": 0})),
    ),
    intake.reasonable_term: (
        no("no time", registered, A.REQUEST_CLARIFICATION, 2, "30", items_count=1, within_workdays=0),
        no("less than no time", registered, A.REQUEST_JUSTIFICATION, 2, "35", within_workdays=-1),
    ),
    intake.justification_not_pending: (
        no("asked again before the answer", justifying, A.REQUEST_JUSTIFICATION, 3, "35", **WHY),
        no("asked again before the judgement", reasoned, A.REQUEST_JUSTIFICATION, 8, "35", **WHY),
    ),
    intake.justification_received_or_lapsed: (
        no("judged on the last day", justifying, A.JUDGE_JUSTIFICATION, 16, "35", reasonable=False),
        no("judged but never asked for", registered, A.JUDGE_JUSTIFICATION, 2, "35", reasonable=False),
        no("judged twice", judged, A.JUDGE_JUSTIFICATION, 9, "35", reasonable=True),
        no(
            "judged while in the post",
            lambda: justifying(**POST),
            A.JUDGE_JUSTIFICATION,
            99,
            "35",
            reasonable=False,
        ),
    ),
    intake.silence_is_no_reason: (
        no("silence found reasonable", justifying, A.JUDGE_JUSTIFICATION, 17, "35", reasonable=True),
    ),
    intake.deferred_to_a_coming_day: (
        no(
            "deferred though unreasonable",
            reasoned,
            A.JUDGE_JUSTIFICATION,
            8,
            "35",
            **LATER,
            reasonable=False,
        ),
        no(
            "deferred to yesterday",
            reasoned,
            A.JUDGE_JUSTIFICATION,
            8,
            "35",
            reasonable=True,
            reply_by="2026-07-08",
        ),
    ),
    intake.term_lapsed: (
        no("given up on the last day", clarifying, A.CONFIRM_ABANDONMENT, 23, "30"),
        no("given up unpaid on the last day", charged, A.CONFIRM_ABANDONMENT, 30, "109号6"),
        no("given up while in the post", lambda: clarifying(**POST), A.CONFIRM_ABANDONMENT, 99, "30"),
        no("given up though it came back", charged_in_vain, A.CONFIRM_ABANDONMENT, 99, "109号6"),
    ),
    consultation.someone_was_asked: (
        no("nobody was asked", accepted, A.RECORD_OPINION, 5, "33¶3", **OPINION),
        no("nobody is waited for", reached_otherwise, A.RECORD_OPINION, 10, "33¶3", **OBJECTION),
    ),
    consultation.that_party_was_asked: (
        no("of somebody else", consulting, A.RECORD_OPINION, 7, "33¶3", party=-1, consents=True),
        no("a second one", one_of_two_answered, A.RECORD_OPINION, 7, "33¶3", **OBJECTION),
    ),
    consultation.has_participants: (
        no("with nobody", accepted, A.OPEN_CONFERENCE, 3, "11", participants_count=0),
    ),
    consultation.no_conference_is_open: (
        no("one within another", conferring, A.OPEN_CONFERENCE, 4, "11", participants_count=2),
    ),
    consultation.conference_is_open: (no("of none", accepted, A.CLOSE_CONFERENCE, 3, "11"),),
    fee.in_time: (no("after the reply was due", accepted, A.ASSESS_FEE, 29, "109号6", **PAGES),),
    fee.not_notified_before: (
        no("an amount once paid", paid, A.ASSESS_FEE, 8, "109号6", **PAGES),
        no("an amount once notified", charged, A.ASSESS_FEE, 8, "109号6", **PAGES),
    ),
    fee.counts_something: (
        no("no piece at all", registered, A.ASSESS_FEE, 2, "109号4", basis="per_piece", pieces=0),
        no("fewer than no pages", registered, A.ASSESS_FEE, 2, "109号5", basis="per_page", pages=-1),
    ),
    fee.one_basis: (
        no(
            "by page after by piece",
            lambda: registered().do(A.ASSESS_FEE, 2, basis="per_piece", pieces=1),
            A.ASSESS_FEE,
            3,
            "109号3",
            **PAGES,
        ),
    ),
    fee.frozen_amount: (
        no("sent again for more", charged_in_vain, A.ASSESS_FEE, 9, "109号6", basis="per_page", pages=69),
    ),
    fee.something_to_cancel: (
        no("a refund of nothing", issued, A.CANCEL_FEE, 8, "109号6"),
        no("a refund of what was never paid", unpaid, A.CANCEL_FEE, 32, "109号6"),
    ),
    reply.extension_in_time: (no("on the day after", accepted, A.EXTEND, 29, "33", workdays=5),),
    reply.extended_once: (
        no("twice", lambda: accepted().do(A.EXTEND, 2, workdays=1), A.EXTEND, 3, "33", workdays=1),
        no("of a set day", deferred, A.EXTEND, 9, "33", workdays=5),
    ),
    reply.extension_length: (
        no("by nothing", accepted, A.EXTEND, 3, "33", workdays=0),
        no("by 21", accepted, A.EXTEND, 3, "33", workdays=21),
    ),
    reply.decision_can_be_drafted: (
        no("withdrawn", accepted, A.DRAFT_REPLY, 6, "36", decision="withdrawn"),
        no("given up", accepted, A.DRAFT_REPLY, 6, "36", decision="abandoned_clarification"),
        no("unpaid", accepted, A.DRAFT_REPLY, 6, "36", decision="abandoned_payment"),
    ),
    reply.correction_ends_as_other: (
        no("answered otherwise", accepted, A.DRAFT_REPLY, 6, "41", decision="not_held", correction="refused"),
        no("and made", accepted, A.DRAFT_REPLY, 6, "41", decision="disclosed", correction="made"),
    ),
    reply.unclear_after_clarification: (
        no("never asked", accepted, A.DRAFT_REPLY, 6, "30", decision="still_unclear"),
    ),
    reply.excessive_after_judgement: (
        no("never asked", accepted, A.DRAFT_REPLY, 6, "35", decision="excessive"),
        no("found reasonable since", judged_again, A.DRAFT_REPLY, 12, "35", decision="excessive"),
    ),
    reply.partial_names_grounds: (
        no("no grounds", accepted, A.DRAFT_REPLY, 6, "37", decision="partly_disclosed"),
        no("nothing withheld", accepted, A.DRAFT_REPLY, 6, "37", **PARTLY, grounds=["public_interest"]),
        no("no ground to withhold", accepted, A.DRAFT_REPLY, 6, "37", **PARTLY, grounds=["repeat"]),
    ),
    reply.objection_overridden_for_public_interest: (
        no("against an objection", objected, A.DRAFT_REPLY, 9, "32", decision="disclosed"),
        no("another part withheld", objected, A.DRAFT_REPLY, 9, "32", **PARTLY, grounds=["internal_affairs"]),
    ),
    reply.draft_respects_objection: (
        no("reviewed against an objection", objected_after_the_draft, A.PASS_REVIEW, 29, "32"),
    ),
    reply.secret_has_no_files: (
        no("with a file", accepted, A.DRAFT_REPLY, 6, "14", decision="state_secret", attachments_count=1),
    ),
    reply.refusal_has_evidence: (
        no("withheld", accepted, A.DRAFT_REPLY, 6, "16¶1", decision="internal_affairs"),
        no("not found", accepted, A.DRAFT_REPLY, 6, "36(4)", decision="not_held"),
    ),
    reply.decision_on_the_spot: (
        no("a refusal", registered, A.REPLY_ON_THE_SPOT, 1, "33¶1", decision="internal_affairs"),
        no("nothing found", registered, A.REPLY_ON_THE_SPOT, 1, "33¶1", decision="not_held"),
        no("in part", registered, A.REPLY_ON_THE_SPOT, 1, "33¶1", decision="partly_disclosed"),
    ),
    reply.reopened_to_a_coming_day: (no("to yesterday", issued, A.REOPEN, 8, "51", reply_by="2026-07-08"),),
    reply.not_the_drafter: (
        no("reviews", drafted, A.PASS_REVIEW, 7, "17"),
        no("signs", lambda: drafted().do(A.PASS_REVIEW, 6), A.APPROVE, 7, "17"),
    ),
    service.a_letter_went_out: (no("nothing was sent", submitted, A.RECORD_SERVICE, 1, "45", **POST),),
    service.letter_is_on_file: (
        no("no reply yet", registered, A.RECORD_SERVICE, 1, "45", **POST),
        no("no such notice", registered, A.RECORD_SERVICE, 1, "45", **POST, letter="fee_notice"),
    ),
    service.served_after_issued: (
        no(
            "before dispatch",
            posted,
            A.RECORD_SERVICE,
            9,
            "45",
            **POST,
            **REPLY,
            served_on="2026-07-07",
        ),
    ),
    service.published_long_enough: (
        no(
            "on the 29th day",
            posted,
            A.RECORD_SERVICE,
            40,
            "民诉法95",
            **NOTICED,
            published_on="2026-07-08",
            served_on="2026-08-06",
        ),
        no(
            "published before it was issued",
            posted,
            A.RECORD_SERVICE,
            40,
            "民诉法95",
            **NOTICED,
            published_on="2026-07-07",
        ),
    ),
    service.final_letters_served: (
        no("without proof", posted, A.ARCHIVE, 9, "45", retention=30),
        no("before the notice has stood its days", published, A.ARCHIVE, 36, "45", retention=30),
    ),
    service.registered: (
        no("no remedy", never_registered, A.RECORD_REMEDY, 9, "51", **REMEDY),
        no("no reopening", never_registered, A.REOPEN, 9, "51", reply_by="2026-08-31"),
    ),
    service.outcome_after_filing: (
        no("decided before filed", issued, A.RECORD_REMEDY, 9, "51", **REMEDY, decided_on="2026-07-08"),
    ),
    imported.still_the_ledgers: (
        no("a case of our own", accepted, A.IMPORTED, 5, "45", **LEDGER),
        no("a case taken over", taken_over, A.IMPORTED, 5, "45", **LEDGER),
    ),
}

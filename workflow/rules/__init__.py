"""What the law forbids: READY before a body is known (the buttons), RULES with the body."""

from collections.abc import Callable

from workflow.history import Event, History
from workflow.law.workdays import Calendar
from workflow.rules import consultation, dates, fee, imported, intake, reply, service
from workflow.vocabulary import Action

Rule = Callable[[History, Event, Calendar], None]

#: Whether the act is possible at all on this day; these rules look at no facts of the act.
READY: dict[Action, tuple[Rule, ...]] = {
    Action.REQUEST_CLARIFICATION: (intake.clarified_once,),
    Action.REQUEST_JUSTIFICATION: (intake.justification_not_pending,),
    Action.JUDGE_JUSTIFICATION: (intake.justification_received_or_lapsed,),
    Action.RECORD_OPINION: (consultation.someone_was_asked,),
    Action.CLOSE_CONFERENCE: (consultation.conference_is_open,),
    Action.OPEN_CONFERENCE: (consultation.no_conference_is_open,),
    Action.ASSESS_FEE: (fee.in_time, fee.not_notified_before),
    Action.CANCEL_FEE: (fee.something_to_cancel,),
    Action.EXTEND: (reply.extension_in_time, reply.extended_once),
    Action.PASS_REVIEW: (reply.not_the_drafter, reply.draft_respects_objection),
    Action.APPROVE: (reply.not_the_drafter, reply.draft_respects_objection),
    Action.ISSUE_REPLY: (reply.draft_respects_objection,),
    Action.RECORD_SERVICE: (service.a_letter_went_out,),
    Action.CONFIRM_ABANDONMENT: (intake.term_lapsed,),
    Action.ARCHIVE: (service.final_letters_served,),
    Action.RECORD_REMEDY: (service.registered,),
    Action.REOPEN: (service.registered,),
    Action.IMPORTED: (imported.still_the_ledgers,),
}

RULES: dict[Action, tuple[Rule, ...]] = {
    Action.REGISTER: (intake.receipt_between_submission_and_today,),
    Action.REQUEST_CLARIFICATION: (
        intake.asks_for_something,
        intake.reasonable_term,
        dates.served_after_sent,
    ),
    Action.RECEIVE_CLARIFICATION: (dates.answers_the_notice,),
    Action.REQUEST_JUSTIFICATION: (intake.reasonable_term, dates.served_after_sent),
    Action.RECEIVE_JUSTIFICATION: (dates.answers_the_notice,),
    Action.JUDGE_JUSTIFICATION: (intake.silence_is_no_reason, intake.deferred_to_a_coming_day),
    Action.CONSULT_THIRD_PARTY: (dates.served_after_sent,),
    Action.CONSULT_AGENCY: (dates.served_after_sent,),
    Action.RECORD_OPINION: (consultation.that_party_was_asked, dates.answers_the_notice),
    Action.OPEN_CONFERENCE: (consultation.has_participants,),
    Action.ASSESS_FEE: (fee.counts_something, fee.one_basis, fee.frozen_amount, dates.served_after_sent),
    Action.RECORD_PAYMENT: (dates.answers_the_notice,),
    Action.EXTEND: (reply.extension_length,),
    Action.DRAFT_REPLY: (
        reply.decision_can_be_drafted,
        reply.correction_ends_as_other,
        reply.unclear_after_clarification,
        reply.excessive_after_judgement,
        reply.partial_names_grounds,
        reply.objection_overridden_for_public_interest,
        reply.secret_has_no_files,
        reply.refusal_has_evidence,
    ),
    Action.REPLY_ON_THE_SPOT: (reply.decision_on_the_spot,),
    Action.RECORD_SERVICE: (
        service.letter_is_on_file,
        service.published_long_enough,
        service.served_after_issued,
    ),
    Action.RECORD_REMEDY: (service.outcome_after_filing,),
    Action.REOPEN: (reply.reopened_to_a_coming_day,),
}

#: Holds for every act: days ascend, and no day of the past lies in the future.
ALWAYS: tuple[Rule, ...] = (dates.days_ascend, dates.nothing_in_the_future)

"""What each act does to the course of a case, once it is permitted: one function per act."""

from collections.abc import Callable

from workflow.effects import consultation, fee, imported, intake, reply, service
from workflow.history import Event, History
from workflow.law.workdays import Calendar
from workflow.vocabulary import Action

Effect = Callable[[History, Event, Calendar], None]

#: Acts that are missing here move the case, or are noted, and change nothing else.
EFFECTS: dict[Action, Effect] = {
    Action.SUBMIT: intake.submit,
    Action.REGISTER: intake.register,
    Action.IMPORTED: imported.imported,
    Action.REQUEST_CLARIFICATION: intake.request_clarification,
    Action.RECEIVE_CLARIFICATION: intake.receive_clarification,
    Action.REQUEST_JUSTIFICATION: intake.request_justification,
    Action.RECEIVE_JUSTIFICATION: intake.receive_justification,
    Action.JUDGE_JUSTIFICATION: intake.judge_justification,
    Action.CONSULT_THIRD_PARTY: consultation.consult_third_party,
    Action.CONSULT_AGENCY: consultation.consult_agency,
    Action.RECORD_OPINION: consultation.record_opinion,
    Action.OPEN_CONFERENCE: consultation.open_conference,
    Action.CLOSE_CONFERENCE: consultation.close_conference,
    Action.ASSESS_FEE: fee.assess_fee,
    Action.CANCEL_FEE: fee.cancel_fee,
    Action.RECORD_PAYMENT: fee.record_payment,
    Action.EXTEND: reply.extend,
    Action.DRAFT_REPLY: reply.draft_reply,
    Action.ISSUE_REPLY: reply.issue_reply,
    Action.REPLY_ON_THE_SPOT: reply.reply_on_the_spot,
    Action.CONFIRM_ABANDONMENT: reply.confirm_abandonment,
    Action.WITHDRAW: reply.withdraw,
    Action.ARCHIVE: reply.archive,
    Action.REOPEN: reply.reopen,
    Action.RECTIFY: reply.reissue,
    Action.VOID: reply.void,
    Action.RECORD_SERVICE: service.record_service,
    Action.RECORD_REMEDY: service.record_remedy,
}

"""What each act takes: one model per act, for the API, the forms, the command line and the scenarios alike.

Types and unknown names are checked here (bad input); limits that come from an article are rules.
A field marked private is what a person wrote: it is encrypted beside the event, never in it.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from workflow.law import terms as law
from workflow.law.decisions import Decision
from workflow.vocabulary import Action, ApplicantKind, Channel, Method


def _field(
    zh: str, default: Any = ..., *, private: bool = False, area: bool = False, article: str = ""
) -> Any:
    extra: dict[str, Any] = {"private": private, "area": area, "article": article}
    return Field(default, title=zh, json_schema_extra=extra)


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Count = Annotated[int, Field(strict=True)]


class Body(BaseModel):
    """What every act takes: the day it was done, today if it is not said."""

    model_config = ConfigDict(extra="forbid")

    on: date | None = _field("办理日期", None)


class Contact(BaseModel):
    """How the applicant can be reached (art. 29)."""

    model_config = ConfigDict(extra="forbid")

    phone: str | None = _field("电话", None)
    address: str | None = _field("地址", None)
    email: str | None = _field("电子邮箱", None)


class Applicant(BaseModel):
    """Who asks (art. 29¶2(1)); no purpose is asked for."""

    model_config = ConfigDict(extra="forbid")

    kind: ApplicantKind = _field("申请人类型")
    name: Line = _field("姓名或名称")
    id_number: str | None = _field("证件号码", None)
    contact: str | Contact | None = _field("联系方式", None)


class Request(BaseModel):
    """What is asked for, and in which form (art. 29¶2(2), (3))."""

    model_config = ConfigDict(extra="forbid")

    title: Line = _field("信息名称")
    description: Text = _field("内容描述", area=True)
    form: str | None = _field("形式要求", None)


class Submit(Body):
    """An application arrives."""

    channel: Channel = _field("申请渠道")
    applicant: Applicant = _field("申请人", private=True)
    request: Request = _field("申请内容", private=True)


class Register(Body):
    """The receipt day is fixed (art. 31)."""

    received_on: date | None = _field("收到日期", None, article="31")
    split_of: str | None = _field("拆分自（首件编号）", None)


class RegisterNew(Submit, Register):
    """A paper application is registered straight away."""


class Notice(Body):
    """A notice and how it goes out."""

    served_on: date | None = _field("送达日期", None)
    method: Method | None = _field("送达方式", None)


class RequestClarification(Notice):
    """Art. 30: what to clarify, and by when."""

    items: list[Line] = _field("需要补正的事项（每行一项）", private=True)
    within_workdays: Count = _field("补正期限（工作日）", law.CLARIFICATION.count)


class Answer(Body):
    """What the applicant wrote back."""

    text: Text = _field("内容", private=True, area=True)
    received_on: date | None = _field("收到日期", None)


class RequestJustification(Notice):
    """Art. 35: the applicant is asked for reasons."""

    within_workdays: Count = _field("说明理由期限（工作日）", law.JUSTIFICATION.count)


class JudgeJustification(Body):
    """Art. 35: whether the reasons hold."""

    reasonable: Annotated[bool, Field(strict=True)] = _field("理由是否合理")
    reply_by: date | None = _field("延迟答复至", None, article="35")


class Accept(Body):
    """On to a handling unit."""

    unit: Line | None = _field("承办单位", None)


class Assign(Body):
    """To another unit or handler."""

    unit: Line = _field("承办单位")
    handler: Line | None = _field("承办人", None)
    reason: Line | None = _field("原因", None, private=True)


class ReplyOnTheSpot(Body):
    """Art. 33¶1: answered at once."""

    decision: Decision = _field("处理决定")
    reasons: Text = _field("答复内容", private=True, area=True)


class ConsultThirdParty(Notice):
    """Art. 32: a third party is asked."""

    name: Line = _field("第三方名称", private=True)


class ConsultAgency(Notice):
    """Arts. 11, 17, 34: another agency is asked."""

    name: Line = _field("机关名称", private=True)
    under: Literal[34, 11, 17] = _field("依据（条）", 34)


class RecordOpinion(Body):
    """What the consulted party says."""

    name: Line = _field("被征求意见方", private=True)
    consents: Annotated[bool, Field(strict=True)] = _field("是否同意公开")
    reasonable: Annotated[bool, Field(strict=True)] | None = _field("不同意的理由是否合理", None)
    received_on: date | None = _field("收到意见日期", None)


class OpenConference(Body):
    """会商 with whom, about what."""

    participants: list[Line] = _field("参加单位（每行一个）", private=True)
    question: Text = _field("会商问题", private=True, area=True)


class CloseConference(Body):
    """What the 会商 came to."""

    conclusion: Text = _field("会商结论", private=True, area=True)


class AssessFee(Notice):
    """109号 art. 3: by piece or by page."""

    basis: Literal["per_piece", "per_page"] = _field("计费方式")
    pieces: Count | None = _field("件数（按件计费）", None)
    pages: Count | None = _field("页数（按量计费）", None)

    @model_validator(mode="after")
    def _counted(self) -> "AssessFee":
        if self.basis == "per_piece" and self.pieces is None:
            raise ValueError("按件计费应当填写件数 pieces")
        if self.basis == "per_page" and self.pages is None:
            raise ValueError("按量计费应当填写页数 pages")
        return self


class WithReason(Body):
    """An act that has to be justified."""

    reason: Text = _field("理由", private=True, area=True)


class RecordPayment(Body):
    """The fee has been paid."""

    receipt_no: Line = _field("票据号")
    paid_on: date | None = _field("缴费日期", None)


class Extend(Body):
    """Art. 33: up to 20 working days more."""

    workdays: Count = _field("延长工作日", law.EXTENSION_MAX.count, article="33")
    reason: Text = _field("延长理由", private=True, area=True)


class DraftReply(Body):
    """The reply as the handler proposes it."""

    decision: Decision = _field("处理决定")
    reasons: Text = _field("答复理由", private=True, area=True)
    grounds: list[Decision | Literal["public_interest"]] | None = _field(
        "不公开部分的理由（代码，每行一个）", None
    )
    attachments: list[Line] | None = _field("附件（每行一个）", None, private=True)
    evidence: list[Line] | None = _field("证据材料（每行一个）", None, private=True)


class ReturnDraft(Body):
    """Back to the handler."""

    comment: Text = _field("退回意见", private=True, area=True)


class PassReview(Body):
    """Lawful and free of secrets."""

    comment: Text | None = _field("审核意见", None, private=True, area=True)


class IssueReply(Body):
    """The reply goes out."""

    method: Method = _field("发送方式")


class RecordService(Body):
    """A letter arrived, or came back."""

    letter: Line | None = _field("文书（文号或种类，默认答复）", None)
    served_on: date = _field("送达日期")
    method: Method = _field("送达方式")
    tracking_no: Line | None = _field("邮件编号", None)
    returned: Annotated[bool, Field(strict=True)] = _field("是否退回", False)


class Withdraw(Body):
    """The applicant takes it back."""

    reason: Text | None = _field("撤回原因", None, private=True, area=True)


class Archive(Body):
    """How long the file is kept."""

    retention: Literal[10, 30, "10", "30", "permanent"] = _field("保管期限", 30)


class RecordRemedy(Body):
    """A reconsideration or suit."""

    kind: Literal["reconsideration", "direct_litigation", "litigation_after_reconsideration"] = _field("类型")
    filed_on: date = _field("提起日期")
    outcome: Literal["upheld", "corrected", "other"] | None = _field("结果", None)
    decided_on: date | None = _field("裁决日期", None)


class Reopen(WithReason):
    """A new reply, by a set day."""

    reply_by: date = _field("重新答复期限")


class Rectify(WithReason):
    """A record is corrected; the log is replayed."""

    event: Count = _field("记录序号")
    changes: dict[str, Any] | None = _field("更正内容（JSON）", None)
    void: Annotated[bool, Field(strict=True)] = _field("整条作废", False)


class Void(WithReason):
    """Registered by mistake."""

    duplicate_of: Line | None = _field("与何件重复", None)


class Escalate(Body):
    """督办."""

    message: Text = _field("督办意见", private=True, area=True)


BODIES: dict[Action, type[Body]] = {
    Action.SUBMIT: Submit,
    Action.REGISTER: Register,
    Action.REQUEST_CLARIFICATION: RequestClarification,
    Action.RECEIVE_CLARIFICATION: Answer,
    Action.REQUEST_JUSTIFICATION: RequestJustification,
    Action.RECEIVE_JUSTIFICATION: Answer,
    Action.JUDGE_JUSTIFICATION: JudgeJustification,
    Action.ACCEPT: Accept,
    Action.ASSIGN: Assign,
    Action.REPLY_ON_THE_SPOT: ReplyOnTheSpot,
    Action.CONSULT_THIRD_PARTY: ConsultThirdParty,
    Action.CONSULT_AGENCY: ConsultAgency,
    Action.RECORD_OPINION: RecordOpinion,
    Action.OPEN_CONFERENCE: OpenConference,
    Action.CLOSE_CONFERENCE: CloseConference,
    Action.ASSESS_FEE: AssessFee,
    Action.CANCEL_FEE: WithReason,
    Action.RECORD_PAYMENT: RecordPayment,
    Action.EXTEND: Extend,
    Action.DRAFT_REPLY: DraftReply,
    Action.RETURN_DRAFT: ReturnDraft,
    Action.PASS_REVIEW: PassReview,
    Action.APPROVE: Body,
    Action.ISSUE_REPLY: IssueReply,
    Action.RECORD_SERVICE: RecordService,
    Action.CONFIRM_ABANDONMENT: Body,
    Action.WITHDRAW: Withdraw,
    Action.ARCHIVE: Archive,
    Action.RECORD_REMEDY: RecordRemedy,
    Action.REOPEN: Reopen,
    Action.RECTIFY: Rectify,
    Action.VOID: Void,
    Action.ESCALATE: Escalate,
}

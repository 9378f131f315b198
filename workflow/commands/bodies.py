"""What each act takes: one model per act, for the API, the forms, the command line and the scenarios alike.

Types and unknown names are checked here (bad input); limits that come from an article are rules.
A field marked private is what a person wrote: it is encrypted beside the event, never in it.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workflow.commands.fields import Count, Day, Line, Text, field, unstorable
from workflow.law import terms as law
from workflow.law.decisions import Decision
from workflow.vocabulary import Action, ApplicantKind, Channel, Method


class Body(BaseModel):
    """What every act takes: the day it was done, today if it is not said."""

    model_config = ConfigDict(extra="forbid")

    on: Day | None = field("办理日期", None)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, data: Any) -> Any:
        place = unstorable(data)
        if place:
            raise ValueError(f"{place} 含有无法保存的字符，请重新输入")
        return data


class Contact(BaseModel):
    """How the applicant can be reached (art. 29)."""

    model_config = ConfigDict(extra="forbid")

    phone: str | None = field("电话", None)
    address: str | None = field("地址", None)
    email: str | None = field("电子邮箱", None)


class Applicant(BaseModel):
    """Who asks (art. 29¶2(1)); no purpose is asked for."""

    model_config = ConfigDict(extra="forbid")

    kind: ApplicantKind = field("申请人类型")
    name: Line = field("姓名或名称")
    id_number: str | None = field("证件号码", None)
    contact: str | Contact | None = field("联系方式", None)


class Request(BaseModel):
    """What is asked for, and in which form (art. 29¶2(2), (3))."""

    model_config = ConfigDict(extra="forbid")

    title: Line = field("信息名称")
    description: Text = field("内容描述", area=True)
    form: str | None = field("形式要求", None)


class Submit(Body):
    """An application arrives."""

    channel: Channel = field("申请渠道")
    applicant: Applicant = field("申请人", private=True)
    request: Request = field("申请内容", private=True)


class Register(Body):
    """The receipt day is fixed (art. 31)."""

    received_on: Day | None = field("收到日期", None, article="31")
    split_of: str | None = field("拆分自（首件编号）", None)


class RegisterNew(Submit, Register):
    """A paper application is registered straight away."""

    oral: Annotated[bool, Field(strict=True)] | None = field(
        "口头提出，由工作人员代为填写", None, article="29¶1"
    )


class Notice(Body):
    """A notice and how it goes out."""

    served_on: Day | None = field("送达日期", None)
    method: Method | None = field("送达方式", None)


class RequestClarification(Notice):
    """Art. 30: what to clarify, and by when."""

    items: list[Line] = field("需要补正的事项（每行一项）", private=True)
    within_workdays: Count = field("补正期限（工作日）", law.CLARIFICATION.count)


class Answer(Body):
    """What the applicant wrote back."""

    text: Text = field("内容", private=True, area=True)
    received_on: Day | None = field("收到日期", None)


class RequestJustification(Notice):
    """Art. 35: the applicant is asked for reasons."""

    within_workdays: Count = field("说明理由期限（工作日）", law.JUSTIFICATION.count)


class JudgeJustification(Body):
    """Art. 35: whether the reasons hold."""

    reasonable: Annotated[bool, Field(strict=True)] = field("理由是否合理")
    reply_by: Day | None = field("延迟答复至", None, article="35")


class Accept(Body):
    """On to a handling unit."""

    unit: Line | None = field("承办单位", None)
    assistance: Annotated[bool, Field(strict=True)] = field("同时发出协助查找函", False)

    @model_validator(mode="after")
    def _asked_of_somebody(self) -> "Accept":
        if self.assistance and self.unit is None:
            raise ValueError("发出协助查找函的，请填写承办单位 unit")
        return self


class Assign(Body):
    """To another unit or handler."""

    unit: Line = field("承办单位")
    handler: Line | None = field("承办人", None)
    reason: Line | None = field("原因", None, private=True)
    assistance: Annotated[bool, Field(strict=True)] = field("同时发出协助查找函", False)


class ReplyOnTheSpot(Body):
    """Art. 33¶1: answered at once."""

    decision: Decision = field("处理决定")
    reasons: Text = field("答复内容", private=True, area=True)


class ConsultThirdParty(Notice):
    """Art. 32: a third party is asked."""

    name: Line = field("第三方名称", private=True)


class ConsultAgency(Notice):
    """Arts. 11, 17, 34: another agency is asked."""

    name: Line = field("机关名称", private=True)
    under: Literal[34, 11, 17] = field("依据（条）", 34)
    question: Text | None = field("需要对方研究的问题", None, private=True, area=True)


class RecordOpinion(Body):
    """What the consulted party says."""

    name: Line = field("被征求意见方", private=True)
    consents: Annotated[bool, Field(strict=True)] = field("是否同意公开")
    reasonable: Annotated[bool, Field(strict=True)] | None = field("不同意的理由是否合理", None)
    received_on: Day | None = field("收到意见日期", None)


class OpenConference(Body):
    """会商 with whom, about what."""

    participants: list[Line] = field("参加单位（每行一个）", private=True)
    question: Text = field("会商问题", private=True, area=True)


class CloseConference(Body):
    """What the 会商 came to."""

    conclusion: Text = field("会商结论", private=True, area=True)
    opinions: list[Line] | None = field("各方意见（每行一个，单位：意见）", None, private=True)


class AssessFee(Notice):
    """109号 art. 3: by piece or by page."""

    basis: Literal["per_piece", "per_page"] = field("计费方式")
    pieces: Count | None = field("件数（按件计费）", None)
    pages: Count | None = field("页数（按量计费）", None)

    @model_validator(mode="after")
    def _counted(self) -> "AssessFee":
        if self.basis == "per_piece" and self.pieces is None:
            raise ValueError("按件计费应当填写件数 pieces")
        if self.basis == "per_page" and self.pages is None:
            raise ValueError("按量计费应当填写页数 pages")
        return self


class WithReason(Body):
    """An act that has to be justified."""

    reason: Text = field("理由", private=True, area=True)


class RecordPayment(Body):
    """The fee has been paid."""

    receipt_no: Line = field("票据号")
    paid_on: Day | None = field("缴费日期", None)


class Extend(Body):
    """Art. 33: up to 20 working days more."""

    workdays: Count = field("延长工作日", law.EXTENSION_MAX.count, article="33")
    reason: Text = field("延长理由", private=True, area=True)


class DraftReply(Body):
    """The reply as the handler proposes it."""

    decision: Decision = field("处理决定")
    reasons: Text = field("答复理由", private=True, area=True)
    grounds: list[Decision | Literal["public_interest"]] | None = field(
        "不公开部分的理由（代码，每行一个）", None
    )
    attachments: list[Line] | None = field("附件（每行一个）", None, private=True)
    evidence: list[Line] | None = field("证据材料（每行一个）", None, private=True)
    inspection: Line | None = field("查阅的时间、地点", None, private=True, seldom=True)
    authority: Line | None = field("负责公开的机关及其联系方式", None, private=True, seldom=True)
    earlier_reply: Line | None = field("前次答复的文号、日期", None, private=True, seldom=True)
    correction: Literal["made", "refused", "transferred"] | None = field(
        "对更正申请的处理", None, seldom=True
    )


class ReturnDraft(Body):
    """Back to the handler."""

    comment: Text = field("退回意见", private=True, area=True)


class PassReview(Body):
    """Lawful and free of secrets."""

    comment: Text | None = field("审核意见", None, private=True, area=True)


class IssueReply(Body):
    """The reply goes out."""

    method: Method = field("发送方式")


class RecordService(Body):
    """A letter arrived, or came back."""

    letter: Line | None = field("文书（文号或种类，默认答复）", None)
    method: Method = field("送达方式")
    served_on: Day | None = field("送达日期（退回、公告的可不填）", None)
    receiver: Line | None = field("签收人", None, private=True)
    tracking_no: Line | None = field("邮件编号", None)
    receipt: Line | None = field("回执编号", None)
    published_on: Day | None = field("公告日期", None, article=law.PUBLIC_NOTICE.article)
    returned: Annotated[bool, Field(strict=True)] = field("是否退回", False)

    @model_validator(mode="after")
    def _arrived(self) -> "RecordService":
        if self.published_on and self.method is not Method.PUBLIC_NOTICE:
            raise ValueError(f"公告日期 published_on 只用于公告送达，本次为{self.method.zh}")
        if not (self.served_on or self.published_on or self.returned):
            raise ValueError(
                "请填写送达日期 served_on；公告送达的，可以只填公告日期 published_on；退回的，请注明 returned"
            )
        return self


class Withdraw(Body):
    """The applicant takes it back."""

    reason: Text | None = field("撤回原因", None, private=True, area=True)


class Archive(Body):
    """How long the file is kept."""

    retention: Literal[10, 30, "10", "30", "permanent"] = field("保管期限", 30)


class RecordRemedy(Body):
    """A reconsideration or suit."""

    kind: Literal["reconsideration", "direct_litigation", "litigation_after_reconsideration"] = field("类型")
    filed_on: Day = field("提起日期")
    body: Line | None = field("复议机关或者法院", None)
    case_no: Line | None = field("案号", None)
    outcome: Literal["upheld", "corrected", "other"] | None = field("结果", None)
    decided_on: Day | None = field("裁决日期", None)


class Reopen(WithReason):
    """A new reply, by a set day."""

    reply_by: Day = field("重新答复期限")


class Rectify(WithReason):
    """A record is corrected; the log is replayed."""

    event: Count = field("记录序号")
    changes: dict[str, Any] | None = field("更正内容（JSON）", None)
    void: Annotated[bool, Field(strict=True)] = field("整条作废", False)


class Void(WithReason):
    """Registered by mistake."""

    duplicate_of: Line | None = field("与何件重复", None)


class Escalate(Body):
    """督办."""

    message: Text = field("督办意见", private=True, area=True)


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

"""What the forms say beside their questions; every number and article comes from the law as data."""

from workflow.law import terms as law
from workflow.law.statute import cite_zh
from workflow.vocabulary import Action as A
from workflow.vocabulary import Method

#: What the act brings about.
ACTS: dict[A, str] = {
    A.REGISTER: f"确定收到日期，自次日起{law.REPLY.count}个工作日内答复；将生成登记回执。",
    A.REQUEST_CLARIFICATION: "一次列明全部需要补正的事项。发出后答复期限暂停，收到补正之日起重新计算；"
    f"告知应在收到申请后{law.CLARIFICATION_NOTICE.count}个工作日内发出。",
    A.RECEIVE_CLARIFICATION: "答复期限自收到补正材料之日起重新计算。",
    A.REQUEST_JUSTIFICATION: "适用于申请数量、频次明显超过合理范围的情形。答复期限不因此暂停。",
    A.RECEIVE_JUSTIFICATION: "登记申请人说明的理由，随后认定理由是否合理。",
    A.JUDGE_JUSTIFICATION: "理由不合理的，可以不予处理；合理但不能按期答复的，"
    "可以另定延迟答复的期限并告知申请人。",
    A.ACCEPT: "转承办单位办理。",
    A.ASSIGN: "改由其他单位或承办人办理，期限不变。",
    A.REPLY_ON_THE_SPOT: "当场答复申请人，本件随即办结。",
    A.CONSULT_THIRD_PARTY: "将生成第三方意见征询书和供其填写的回执，其中不出现申请人。第三方自收到之日起"
    f"{law.THIRD_PARTY_OPINION.count}个工作日内提出意见，所需时间不计入答复期限（{cite_zh('33¶3')}）。",
    A.CONSULT_AGENCY: "将生成征求意见函（依照第十七条的，为报请确定函），"
    f"期限{law.AGENCY_OPINION.count}个工作日，所需时间不计入答复期限；"
    f"共同制作机关逾期未提出意见的，视为同意公开（{cite_zh('34')}）。",
    A.RECORD_OPINION: "最后一方的意见登记后，本件转回办理。",
    A.OPEN_CONFERENCE: "将生成一件会商函，致各参加单位，其中不出现申请人；会商不暂停答复期限。",
    A.CLOSE_CONFERENCE: "结论记入案卷，供拟定答复使用。",
    A.ASSESS_FEE: "按件和按量只能选一种；金额由系统按标准计算。应收费的，将生成收费通知书，答复期限暂停，"
    f"缴费之日起重新计算；缴费期限{law.PAYMENT.count}个工作日。",
    A.CANCEL_FEE: "撤销收费后，答复期限按未发出收费通知计算。",
    A.RECORD_PAYMENT: "答复期限自完成缴费之日起重新计算。",
    A.EXTEND: f"最长{law.EXTENSION_MAX.count}个工作日，只能延长一次，须在期限届满前决定；"
    "将生成延长答复期限告知书。",
    A.DRAFT_REPLY: "提交后转法制、保密审查；拟稿人不能审核或签发自己拟定的答复。",
    A.RETURN_DRAFT: "退回承办人修改，退回意见记入案卷。",
    A.PASS_REVIEW: "审核通过后转负责人签发。",
    A.APPROVE: "签发后由窗口制作并发出答复书。",
    A.ISSUE_REPLY: "将生成答复文书，编号后不能更改；是否按期答复以发出之日为准。",
    A.RECORD_SERVICE: "送达日期决定对方期限的起算，多次送达的以第一次为准；退回的文书可以重新发出。",
    A.CONFIRM_ABANDONMENT: "申请人逾期未补正或未缴费，确认视为放弃申请、不再处理；将生成告知书。",
    A.WITHDRAW: "申请人撤回申请，本件办结。",
    A.ARCHIVE: "归档后案卷不再流转；仍可登记复议、诉讼情况。",
    A.RECORD_REMEDY: "同一类型、同一提起日期再次登记，即为补充结果。",
    A.REOPEN: "复议、诉讼后或自行纠正时重新办理，答复期限另定。",
    A.RECTIFY: "原记录保留，更正另记一条；系统按更正后的记录重新计算期限，后续环节不再成立的，不予更正。",
    A.VOID: "误登记的申请作废，不计入任何统计，编号不再使用。",
    A.ESCALATE: "督办意见记入案卷，承办机关可以看到。",
}

_NOTICE = law.PUBLIC_NOTICE
#: What the act needs, by the way a letter has gone.
GUIDES: dict[A, tuple[tuple[str, str], ...]] = {
    A.RECORD_SERVICE: (
        (Method.IN_PERSON.zh, f"签收人和签收的日期（{cite_zh('民诉法87')}）"),
        (Method.REGISTERED_POST.zh, f"邮件编号、签收人，以及回执上注明的收件日期（{cite_zh('民诉法91')}）"),
        (Method.ORDINARY_POST.zh, "对方确认收到的日期"),
        (Method.ONLINE.zh, f"到达对方系统的日期、回执编号（{cite_zh('民诉法90')}）"),
        (Method.FAX.zh, "传真报告载明的日期和编号"),
        (
            Method.PUBLIC_NOTICE.zh,
            f"公告日期，自公告之日起满{_NOTICE.count}日视为送达；下落不明或者用其他方式无法送达的才可公告，"
            f"原因和经过记入案卷（{cite_zh(_NOTICE.article)}）",
        ),
    )
}

_SERVED = "邮寄且送达日未知的留空，收到回执后用“登记送达”补记，期限自送达日起算。"
_RECEIVED = "实际收到的日期；留空为办理日期。"

#: What to enter; by the name of the question.
FIELDS: dict[str, str] = {
    "on": "留空为今天；补录以前办理的事项时填写。",
    "served_on": _SERVED,
    "paid_on": "留空为办理日期。",
    "handler": "留空则本单位承办人都能看到。",
    "split_of": "一份申请拆分为几件办理时，填写首件的编号。",
    "pieces": "本件按合理最小单位拆分的件数。",
    "pages": "本件提供信息的页数，A4及以下单面为一页。",
    "reply_by": "届时答复的日期；不填则原期限不变。",
    "reasonable": "不同意公开的，认定其理由是否合理。",
    "attachments": "随答复书提供的文件名称，并注明页数，如“征收补偿安置方案（12页）”。",
    "inspection": "安排查阅、抄录或者现场领取的，写明时间和地点。",
    "authority": "非本机关负责公开、能够确定负责机关的，写明其名称、联系方式。",
    "earlier_reply": "重复申请或者要求重新出具的，写明前次答复的文号和日期。",
    "correction": "只用于要求更正政府信息的申请（第四十一条），处理决定选“其他”。",
    "question": "疑点、拟请对方确认的事项；写入函件，其中的申请人姓名会隐去。",
    "assistance": "函件请承办单位按时书面反馈检索的范围、方式、结果，没有查到的也要书面说明。",
    "evidence": "每行一项：先写证明什么，再写用什么证明，如“检索记录：档案室检索登记表.pdf”。",
    "grounds": "部分公开的，勾选不公开部分的理由；第三方反对而仍公开的，勾选公共利益。",
    "tracking_no": "邮寄的运单号。",
    "receiver": "由他人代收的，注明与收件人的关系。",
    "receipt": "电子送达的系统回执、传真报告的编号。",
    "published_on": "只用于公告送达。",
    "outcome": "尚未审结的留空。",
    "decided_on": "尚未审结的留空。",
    "body": "复议机关或者受理法院的名称。",
    "case_no": "复议决定书或者裁判文书的案号，如（2026）鲁0685行初12号。",
    "opinions": "一行一家，如“司法局：可以公开”；记入会商纪要。",
    "duplicate_of": "因重复登记作废的，填写保留的那一件的编号。",
}
#: The same name asks for another thing in these acts.
OF_ACT: dict[tuple[A, str], str] = {
    (A.REGISTER, "received_on"): "当面为提交之日，邮寄为签收之日，平信、网上、传真为双方确认之日；"
    "留空则当面按提交日、其他按办理日。",
    (A.RECEIVE_CLARIFICATION, "received_on"): _RECEIVED,
    (A.RECEIVE_JUSTIFICATION, "received_on"): _RECEIVED,
    (A.RECORD_OPINION, "received_on"): _RECEIVED,
    (A.JUDGE_JUSTIFICATION, "reasonable"): "",
    (A.RECORD_SERVICE, "letter"): "留空为答复文书。",
    (A.RECORD_SERVICE, "served_on"): "对方实际收到的日期；公告的留空，按公告日期计算；"
    "退回的，填写退回的日期。",
    (A.REOPEN, "reply_by"): "复议决定、判决确定的期限，或者自行确定的合理期限。",
}


def hint(action: A | None, name: str) -> str:
    """What to enter, if anything needs to be said."""
    if action and (action, name) in OF_ACT:
        return OF_ACT[action, name]
    return FIELDS.get(name, "")

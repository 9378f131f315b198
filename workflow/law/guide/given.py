"""The last three questions: whether it is given, how, and what comes before the reply."""

from workflow.law.decisions import DECISIONS, PUBLIC_INTEREST
from workflow.law.decisions import Decision as D
from workflow.law.guide.parts import DISCLOSE, PROVIDE, REPLY, Answer, Detail, First, Step
from workflow.law.statute import cite_zh
from workflow.law.terms import EXTENSION_MAX, PAYMENT, THIRD_PARTY_OPINION

_WITHHELD = (
    (D.STATE_SECRET, "国家秘密"),
    (D.PROHIBITED_BY_LAW, "法律、行政法规禁止公开"),
    (D.SAFETY_AND_STABILITY, "可能危及“三安全一稳定”"),
    (D.THIRD_PARTY_RIGHTS, "商业秘密、个人隐私等第三方权益"),
    (D.INTERNAL_AFFAIRS, "内部事务信息"),
    (D.PROCESS_INFORMATION, "过程性信息"),
    (D.ENFORCEMENT_FILE, "行政执法案卷信息"),
    (D.SPECIAL_REGIME, "获取另有特别规定"),
    (D.NOT_HELD, "本机关没有"),
    (D.OTHER_AUTHORITY, "不由本机关负责公开"),
    (D.REQUIRES_CREATION, "需要另行加工、分析"),
)

_MAY, _THIRD, _MAY_NOT = "可以公开", "涉及商业秘密、个人隐私等第三方权益", "不予公开"
DISCLOSE_STEP = Step(
    DISCLOSE,
    "给不给",
    "能不能公开？",
    ("13", "14", "15", "16¶1", "16¶2", "32", "37"),
    (
        Answer(
            "public",
            "已经主动公开",
            "告知获取的方式、途径即可。",
            "36(1)",
            to=REPLY,
            decision=D.ALREADY_PUBLIC,
            says="该信息已经主动公开。",
            group=_MAY,
        ),
        Answer(
            "all",
            "全部可以公开",
            "没有不予公开的情形。公开是原则，拿不准的按第十七条报请确定。",
            "13",
            to=PROVIDE,
            decision=D.DISCLOSED,
            says="经审查，该信息没有不予公开的情形，可以公开。",
            group=_MAY,
        ),
        Answer(
            "part",
            "部分可以公开",
            "能够区分处理的，提供可以公开的部分，对不公开的部分逐处说明理由。",
            "37",
            to=PROVIDE,
            decision=D.PARTLY_DISCLOSED,
            details=tuple(Detail(ground, zh, DECISIONS[ground].article) for ground, zh in _WITHHELD),
            says="经审查，该信息能够作区分处理，可以公开的内容予以提供。",
            group=_MAY,
        ),
        Answer(
            "unasked",
            "还没有征求第三方意见",
            f"应当书面征求。第三方自收到征求意见书之日起{THIRD_PARTY_OPINION.count}个工作日内提出意见，"
            "所需时间不计入答复期限。",
            "32",
            first=(First("consult_third_party", "收到意见或者逾期以后，再回到这一步。", "32"),),
            group=_THIRD,
        ),
        Answer(
            "agreed",
            "第三方同意公开",
            "可以公开。",
            "15",
            to=PROVIDE,
            decision=D.DISCLOSED,
            says=f"该信息涉及第三方的合法权益，本机关依照{cite_zh('32')}的规定书面征求意见，第三方同意公开。",
            group=_THIRD,
        ),
        Answer(
            "unreasonable",
            "第三方不同意，但理由不合理",
            "可以公开，并在答复中说明。",
            "32",
            to=PROVIDE,
            decision=D.DISCLOSED,
            says=f"该信息涉及第三方的合法权益，本机关依照{cite_zh('32')}的规定书面征求意见，"
            "第三方不同意公开，但没有合理理由。",
            group=_THIRD,
        ),
        Answer(
            "objected",
            "第三方不同意，且理由合理",
            "不予公开。",
            "32",
            to=REPLY,
            decision=D.THIRD_PARTY_RIGHTS,
            says=f"公开该信息会损害第三方的合法权益。本机关依照{cite_zh('32')}的规定书面征求意见，"
            "第三方不同意公开且有合理理由。",
            group=_THIRD,
        ),
        Answer(
            "silent",
            "第三方逾期未提出意见，本机关决定不公开",
            "由本机关依照《条例》决定：认为会损害其权益的不公开；认为可以公开的，选“全部可以公开”。",
            "32",
            to=REPLY,
            decision=D.THIRD_PARTY_RIGHTS,
            says=f"公开该信息会损害第三方的合法权益。本机关依照{cite_zh('32')}的规定书面征求意见，"
            "第三方逾期未提出意见，本机关依法决定不予公开。",
            group=_THIRD,
        ),
        Answer(
            PUBLIC_INTEREST,
            "不公开会对公共利益造成重大影响",
            "可以公开，并把决定公开的内容和理由书面告知第三方。",
            "32",
            to=PROVIDE,
            decision=D.DISCLOSED,
            grounds=(PUBLIC_INTEREST,),
            says="该信息涉及第三方的合法权益，但不公开会对公共利益造成重大影响，本机关依照"
            f"{cite_zh('32')}的规定决定公开，并书面告知第三方。",
            group=_THIRD,
        ),
        Answer(
            "state_secret",
            "国家秘密",
            "已经依法定密、尚未解密的。涉密材料一律线下办理，本系统只记定密情况。",
            "14",
            to=REPLY,
            decision=D.STATE_SECRET,
            says="该信息已依法确定为国家秘密，尚未解密。",
            group=_MAY_NOT,
        ),
        Answer(
            "prohibited_by_law",
            "法律、行政法规禁止公开",
            "要有明文：只限法律和行政法规，地方性法规、规章和文件不能作为依据。",
            "14",
            to=REPLY,
            decision=D.PROHIBITED_BY_LAW,
            says="法律、行政法规禁止公开该信息。",
            group=_MAY_NOT,
        ),
        Answer(
            "safety_and_stability",
            "危及“三安全一稳定”",
            "公开后可能危及国家安全、公共安全、经济安全、社会稳定的，要有证据或者合理说明。",
            "14",
            to=REPLY,
            decision=D.SAFETY_AND_STABILITY,
            says="公开该信息可能危及国家安全、公共安全、经济安全、社会稳定。",
            group=_MAY_NOT,
        ),
        Answer(
            "internal_affairs",
            "内部事务信息",
            "只限人事管理、后勤管理、内部工作流程三类，可以不公开。",
            "16¶1",
            to=REPLY,
            decision=D.INTERNAL_AFFAIRS,
            says="该信息是本机关内部管理中形成的，属于内部事务信息。",
            group=_MAY_NOT,
        ),
        Answer(
            "process_information",
            "过程性信息",
            "只限讨论记录、过程稿、磋商信函、请示报告四类，可以不公开；法律、法规、规章规定应当公开的除外。",
            "16¶2",
            to=REPLY,
            decision=D.PROCESS_INFORMATION,
            says="该信息形成于行政决定作出之前，属于过程性信息，法律、法规、规章没有应当公开的规定。",
            group=_MAY_NOT,
        ),
        Answer(
            "enforcement_file",
            "行政执法案卷信息",
            "可以不公开；法律、法规、规章规定应当公开的除外。",
            "16¶2",
            to=REPLY,
            decision=D.ENFORCEMENT_FILE,
            says="该信息是行政执法案卷中的材料，法律、法规、规章没有应当公开的规定。",
            group=_MAY_NOT,
        ),
    ),
)

PROVIDE_STEP = Step(
    PROVIDE,
    "怎么给",
    "以什么形式提供？",
    ("36(2)", "40"),
    (
        Answer(
            "asked",
            "按申请人要求的形式",
            "纸质、电子数据等，结合保存的实际情况确定。阅读、视听有困难的申请人，提供必要的帮助。",
            "40",
            to=REPLY,
        ),
        Answer(
            "otherwise",
            "改用电子数据等其他形式",
            "按要求的形式提供可能危及载体安全，或者公开成本过高的。",
            "40",
            to=REPLY,
            says="按照申请人要求的形式提供，可能危及政府信息载体安全或者公开成本过高，本机关依照"
            f"{cite_zh('40')}的规定以其他适当形式提供。",
        ),
        Answer(
            "inspection",
            "安排查阅、抄录",
            "同上；答复时写明查阅的时间、地点。",
            "40",
            to=REPLY,
            says="按照申请人要求的形式提供，可能危及政府信息载体安全或者公开成本过高，本机关依照"
            f"{cite_zh('40')}的规定安排查阅、抄录。",
            fields=("inspection",),
        ),
        Answer(
            "told",
            "告知获取的方式、途径和时间",
            "不随答复书提供，告知申请人怎样取得。",
            "36(2)",
            to=REPLY,
            fields=("inspection",),
        ),
    ),
)

REPLY_STEP = Step(
    REPLY,
    "怎么答",
    "拟定答复之前，还有要先办的事吗？",
    ("17", "33¶2", "42"),
    (
        Answer(
            "now",
            "没有，可以拟定答复",
            "写明查明的情况、依据的条款和理由；救济途径由文书按处理决定自动告知。",
            "36",
        ),
        Answer(
            "first",
            "还有事要先办",
            "勾选要先办的事项，办完以后再拟定答复。",
            "45",
            details=(
                Detail(
                    "extend",
                    "期限内来不及，延长答复期限",
                    "33¶2",
                    First(
                        "extend",
                        f"最长{EXTENSION_MAX.count}个工作日，须在届满前经公开工作机构负责人同意并告知申请人。",
                        "33¶2",
                    ),
                ),
                Detail(
                    "fee",
                    "超过件数、页数标准，收取信息处理费",
                    "42",
                    First(
                        "assess_fee",
                        f"收费通知在答复期限内发出，{PAYMENT.count}个工作日内缴纳，缴费后答复期限重新起算。",
                        "109号6",
                    ),
                ),
                Detail(
                    "secrecy",
                    "拿不准能否公开，报请主管部门或者保密部门确定",
                    "17",
                    First("consult_agency", "依照第十七条报请确定，所需时间不计入答复期限。", "17"),
                ),
                Detail(
                    "conference",
                    "疑难，先组织会商",
                    "11",
                    First("open_conference", "会商不暂停答复期限，结论记入案卷。", "11"),
                ),
            ),
        ),
    ),
)

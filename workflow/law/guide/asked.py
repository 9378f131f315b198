"""The first four questions: what is asked for, of whom, and whether it is there."""

from workflow.law.decisions import CORRECTION
from workflow.law.decisions import Decision as D
from workflow.law.guide.parts import CLARIFY, DISCLOSE, HELD, REPLY, RESPONSIBLE, SCOPE, Answer, First, Step
from workflow.law.statute import NONE, cite_zh
from workflow.law.terms import AGENCY_OPINION, CLARIFICATION_NOTICE

CLARIFY_STEP = Step(
    CLARIFY,
    "补不补",
    "申请内容是否明确，能不能据以查找？",
    ("29", "30"),
    (
        Answer(
            "clear",
            "明确，能够据以查找",
            "写明了信息的名称、文号，或者便于查询的其他特征性描述。",
            "29",
            to=SCOPE,
        ),
        Answer(
            "unclear",
            "不明确，还没有告知补正",
            f"给予指导和释明，自收到申请之日起{CLARIFICATION_NOTICE.count}个工作日内一次性告知补正事项和"
            "合理的补正期限。一件申请只补正一次。",
            "30",
            first=(First("request_clarification", "收到补正后，答复期限重新起算，再回到这一步。", "30"),),
        ),
        Answer(
            "still_unclear",
            "补正以后仍不明确",
            "申请人已经补正，仍不能据以查找的，告知无法提供；不能再次要求补正。",
            "30",
            to=REPLY,
            decision=D.STILL_UNCLEAR,
            says="申请人补正后，申请内容仍不明确，本机关无法据以查找。",
        ),
    ),
)

_NOT = "不是，或者另有处理"
SCOPE_STEP = Step(
    SCOPE,
    "是不是",
    "是不是要求获取政府信息的申请？",
    ("2", "35", "36(6)", "36(7)", "39¶1", "39¶2", "41"),
    (
        Answer(
            "information",
            "是，要的是政府信息",
            "行政机关在履行行政管理职能过程中制作或者获取、以一定形式记录保存的信息。申请人不需要说明用途。",
            "2",
            to=RESPONSIBLE,
        ),
        Answer(
            "petition",
            "信访、投诉、举报",
            "以申请的形式反映问题、提出诉求，不作为申请处理；可以告知通过相应渠道提出。",
            "39¶1",
            to=REPLY,
            decision=D.PETITION,
            says="申请的内容实为信访、投诉、举报事项，不是要求获取政府信息。",
            group=_NOT,
        ),
        Answer(
            "publication",
            "公报、报刊、书籍等公开出版物",
            "可以告知获取的途径。",
            "39¶2",
            to=REPLY,
            decision=D.PUBLICATION,
            says="申请提供的是公开出版物。",
            group=_NOT,
        ),
        Answer(
            "repeat",
            "重复申请",
            "已经就同一申请人的同一内容作出过答复的，告知不予重复处理。",
            "36(6)",
            to=REPLY,
            decision=D.REPEAT,
            says="本次申请与此前已经答复的申请是同一申请人就相同的内容提出的。",
            fields=("earlier_reply",),
            group=_NOT,
        ),
        Answer(
            "reconfirmation",
            "要求确认，或者重新出具已获取的信息",
            "申请人此前已经取得该信息的。《条例》没有专门条款，年度报告单列一行。",
            NONE,
            to=REPLY,
            decision=D.RECONFIRMATION,
            says="申请人此前已经获取该信息，本次申请是要求确认或者重新出具。",
            fields=("earlier_reply",),
            group=_NOT,
        ),
        Answer(
            "special_regime",
            "工商、不动产登记资料等，查询另有规定",
            "法律、行政法规对获取有特别规定的，告知申请人依照该规定办理。",
            "36(7)",
            to=REPLY,
            decision=D.SPECIAL_REGIME,
            says="有关法律、行政法规对该信息的获取有特别规定，应当依照该规定办理。",
            group=_NOT,
        ),
        Answer(
            "many",
            "数量、频次明显超过合理范围，还没有认定理由",
            "可以先要求申请人说明理由，答复期限不因此暂停。理由合理的，继续办理。",
            "35",
            first=(First("request_justification", "收到说明、认定理由是否合理以后，再回到这一步。", "35"),),
            group=_NOT,
        ),
        Answer(
            "excessive",
            "数量、频次明显超过合理范围，理由不合理",
            "已经要求说明理由，并认定理由不合理的，告知不予处理。",
            "35",
            to=REPLY,
            decision=D.EXCESSIVE,
            says="申请的数量、频次明显超过合理范围，本机关要求说明理由后，认定理由不合理。",
            group=_NOT,
        ),
        Answer(
            "correction",
            "要求更正与自身相关的记录",
            "更正申请另行处理：予以更正、不予更正，或者转送有权更正的机关。",
            "41",
            to=REPLY,
            decision=D.OTHER,
            says="申请的内容是要求更正与其自身相关的政府信息记录。",
            fields=("correction",),
            letter=CORRECTION,
            group=_NOT,
        ),
        Answer(
            "other",
            "咨询，或者要的不是政府信息",
            "没有专门条款，年度报告列入“其他”；能够指引的，告知咨询渠道。",
            "2",
            to=REPLY,
            decision=D.OTHER,
            says="申请的内容不是要求获取政府信息。",
            group=_NOT,
        ),
    ),
)

RESPONSIBLE_STEP = Step(
    RESPONSIBLE,
    "谁负责",
    "由哪个机关负责公开？",
    ("10", "11", "34", "36(5)"),
    (
        Answer(
            "ours",
            "本机关",
            "本机关制作的；从公民、法人或者其他组织获取、由本机关保存的；最初由本机关获取的。",
            "10",
            to=HELD,
            says=f"依照{cite_zh('10')}的规定，该信息由本机关负责公开。",
        ),
        Answer(
            "lead",
            "与其他机关共同制作，本机关牵头",
            "由牵头制作的机关负责公开，可以先征求其他共同制作机关的意见。",
            "34",
            to=HELD,
            first=(
                First(
                    "consult_agency",
                    f"可以征求。{AGENCY_OPINION.count}个工作日内未提出意见的，视为同意公开；"
                    "所需时间不计入答复期限。",
                    "34",
                ),
            ),
            says=f"该信息由本机关牵头制作，依照{cite_zh('10')}的规定由本机关负责公开。",
        ),
        Answer(
            "involves",
            "本机关负责，但内容涉及其他机关",
            "应当与有关机关协商、确认，保证公开的信息准确一致。",
            "11",
            to=HELD,
            first=(First("consult_agency", "依照第十一条协商、确认，所需时间不计入答复期限。", "11"),),
            says=f"该信息由本机关负责公开，涉及其他行政机关，已依照{cite_zh('11')}的规定协商、确认。",
        ),
        Answer(
            "other_authority",
            "不由本机关负责",
            "告知并说明理由；能够确定负责机关的，告知其名称、联系方式。",
            "36(5)",
            to=REPLY,
            decision=D.OTHER_AUTHORITY,
            says=f"该信息不是本机关制作或者最初获取的，依照{cite_zh('10')}的规定不由本机关负责公开。",
            fields=("authority",),
        ),
    ),
)

HELD_STEP = Step(
    HELD,
    "有没有",
    "经检索，本机关有没有这项信息？",
    ("36(4)", "38"),
    (
        Answer(
            "held",
            "有",
            "已经制作或者获取，以一定形式记录保存，可以直接提供或者遮盖后提供。",
            "38",
            to=DISCLOSE,
            says="经检索，本机关保存有该信息。",
        ),
        Answer(
            "not_held",
            "没有",
            "检索了应当保存的地方仍没有的，告知不存在。是否已尽合理检索义务，由本机关举证。",
            "36(4)",
            to=REPLY,
            decision=D.NOT_HELD,
            says="本机关对应当保存该信息的部门和档案进行了检索，没有查到该信息。",
        ),
        Answer(
            "create",
            "没有现成的，需要加工、分析",
            "需要汇总、统计、撰写才能形成的，可以不予提供；只需遮盖、拆分的不算。",
            "38",
            to=REPLY,
            decision=D.REQUIRES_CREATION,
            says="本机关没有现成的该项信息，需要对现有政府信息进行加工、分析才能形成。",
        ),
    ),
)

"""What the office has to prove, decision by decision (举证清单), and which of it a draft names.

In a suit the office bears the burden of proof. For a refusal under arts. 14 to 16 and 36(7), and for a search
that found nothing, proof is demanded before the review; elsewhere it is advised.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workflow.law.decisions import DECISIONS, Decision

#: Between what is proved and by what, in a line of a draft.
COLON = "："


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be proved: its name, by which a draft's lines are known, and what has to be shown."""

    name: str
    shows: str
    demanded: bool = False
    #: Whether a file may prove it; nothing classified is put into this system.
    file: bool = True


@dataclass(frozen=True, slots=True)
class Proof:
    """An item with the lines of the draft that name it."""

    item: Item
    lines: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Demanded, and not there."""
        return self.item.demanded and not self.lines


D = Decision
_DEMANDED: tuple[tuple[Decision, tuple[tuple[str, str], ...]], ...] = (
    (
        D.STATE_SECRET,
        (
            ("定密依据", "依据的保密事项范围的条目，或者原定密机关的确定。"),
            ("密级", "绝密、机密或者秘密，以及载体上的标识。"),
            ("保密期限", "起算日和期限，证明尚未解密。"),
        ),
    ),
    (
        D.PROHIBITED_BY_LAW,
        (
            ("禁止公开的条款", "法律或者行政法规的名称、条、款、项。"),
            ("属于该条款的说明", "申请的信息为什么是该条款所指的信息。"),
        ),
    ),
    (
        D.SAFETY_AND_STABILITY,
        (("风险说明", "公开后可能危及哪一项安全或者稳定，不利影响的证据或者合理说明。"),),
    ),
    (
        D.THIRD_PARTY_RIGHTS,
        (
            ("征求意见书", "第三方意见征询书的文号、日期。"),
            ("送达证明", "征询书送达第三方的回证、签收记录。"),
            ("第三方意见", "第三方的书面答复，或者逾期未提出意见的记录。"),
        ),
    ),
    (
        D.INTERNAL_AFFAIRS,
        (("内部事务的类别", "人事管理、后勤管理、内部工作流程中的哪一类，为什么是。"),),
    ),
    (
        D.PROCESS_INFORMATION,
        (
            ("过程性信息的类别", "讨论记录、过程稿、磋商信函、请示报告中的哪一类。"),
            ("形成时间", "证明形成于行政决定作出之前。"),
        ),
    ),
    (
        D.ENFORCEMENT_FILE,
        (
            ("案卷号", "信息所在的行政执法案卷。"),
            ("材料性质", "是当事人信息、调查笔录、询问笔录等哪一种材料。"),
        ),
    ),
    (
        D.SPECIAL_REGIME,
        (
            ("查询规定", "对获取有特别规定的法律、行政法规的名称和条款。"),
            ("查询窗口", "申请人可以去哪里、凭什么查询。"),
        ),
    ),
    (
        D.NOT_HELD,
        (
            (
                "检索记录",
                "谁在何时检索了哪些部门和档案，用了什么方式和关键词，结果如何；证明已尽合理检索义务。",
            ),
        ),
    ),
)
_ADVISED: tuple[tuple[Decision, tuple[tuple[str, str], ...]], ...] = (
    (
        D.ALREADY_PUBLIC,
        (("公开的载体", "网址、公报、公告栏等，申请人据以能够找到。"), ("公开的日期", "何时公开。")),
    ),
    (D.DISCLOSED, (("保密审查记录", "公开前的保密审查（保密法第三十五条）。"),)),
    (
        D.PARTLY_DISCLOSED,
        (("遮盖前后的文件", "证明只遮盖了不予公开的内容。"), ("逐处理由", "每一处遮盖的理由和条款。")),
    ),
    (D.STATE_SECRET, (("保密审查意见", "保密审查机构的结论。"),)),
    (D.SAFETY_AND_STABILITY, (("主管部门意见", "公安、国安、应急等主管部门的意见。"),)),
    (D.THIRD_PARTY_RIGHTS, (("理由的认定", "为什么认定第三方的理由合理。"),)),
    (D.ENFORCEMENT_FILE, (("应否公开的核对", "法律、法规、规章没有应当公开的规定。"),)),
    (D.PROCESS_INFORMATION, (("应否公开的核对", "法律、法规、规章没有应当公开的规定。"),)),
    (
        D.NOT_HELD,
        (
            ("承办单位的反馈", "各承办单位没有查到的书面反馈。"),
            ("移交情况", "已经移交档案馆或者其他机关的，移交的凭据。"),
        ),
    ),
    (
        D.OTHER_AUTHORITY,
        (("职责依据", "三定规定、权责清单等，证明由谁负责。"), ("负责机关", "能够确定的，名称和联系方式。")),
    ),
    (D.REQUIRES_CREATION, (("现有信息的说明", "本机关现有哪些信息，为什么要加工、分析才能形成。"),)),
    (
        D.STILL_UNCLEAR,
        (("补正告知书", "文号、日期和送达证明。"), ("补正内容", "申请人补正的原文，为什么仍然不明确。")),
    ),
    (D.PETITION, (("诉求内容", "申请中属于信访、投诉、举报的原文。"), ("相应渠道", "告知申请人的渠道。"))),
    (D.REPEAT, (("前次答复", "前次答复的文号、日期和送达证明。"),)),
    (D.PUBLICATION, (("获取途径", "出版物的名称，在哪里可以取得。"),)),
    (
        D.EXCESSIVE,
        (
            ("数量和频次", "申请的件数、时间，明显超过合理范围的说明。"),
            ("说明理由通知书", "文号、日期和送达证明。"),
            ("申请人的说明", "申请人说明的理由，或者逾期未说明的记录。"),
            ("理由的认定", "为什么不合理。"),
        ),
    ),
    (D.RECONFIRMATION, (("前次提供的记录", "何时以何种方式已经提供。"),)),
    (
        D.ABANDONED_CLARIFICATION,
        (("补正告知书", "文号、日期。"), ("送达证明", "补正告知书送达申请人的回证。")),
    ),
    (D.ABANDONED_PAYMENT, (("收费通知书", "文号、日期。"), ("送达证明", "收费通知书送达申请人的回证。"))),
    (D.WITHDRAWN, (("撤回申请", "申请人的书面撤回，或者撤回的记录。"),)),
    (D.OTHER, (("情况说明", "为什么这样处理。"),)),
)


def _of(decision: Decision) -> tuple[Item, ...]:
    file = decision is not D.STATE_SECRET
    return tuple(
        Item(name, shows, demanded, file)
        for table, demanded in ((_DEMANDED, True), (_ADVISED, False))
        for its, items in table
        if its is decision
        for name, shows in items
    )


ITEMS: dict[Decision, tuple[Item, ...]] = {decision: _of(decision) for decision in Decision}


def items(decision: Decision, grounds: Iterable[str] = ()) -> tuple[Item, ...]:
    """What has to be proved; of a partial disclosure also what its grounds would demand.

    For the withheld parts proof is advised: it is demanded of a refusal only.
    """
    if decision is not D.PARTLY_DISCLOSED:
        return ITEMS[decision]
    parts = [Decision(ground) for ground in grounds if ground in DECISIONS]
    found = [replace(item, demanded=False) for part in parts for item in ITEMS[part]]
    return tuple(dict.fromkeys([*ITEMS[decision], *found]))


def checked(
    decision: Decision, grounds: Iterable[str], lines: Sequence[str]
) -> tuple[list[Proof], list[str]]:
    """Each item with the lines that name it, and the lines that name none."""
    asked = items(decision, grounds)
    proofs = [Proof(item, tuple(line for line in lines if item in _named(line, asked))) for item in asked]
    return proofs, [line for line in lines if not _named(line, asked)]


def missing(decision: Decision, lines: Sequence[str]) -> list[str]:
    """The demanded items that no line names."""
    return [proof.item.name for proof in checked(decision, (), lines)[0] if proof.missing]


def demanded(decision: Decision) -> list[str]:
    """The names of the items that are demanded."""
    return [item.name for item in ITEMS[decision] if item.demanded]


def _named(line: str, asked: Iterable[Item]) -> list[Item]:
    """What a line proves: what it begins with, else whatever it mentions."""
    begins = [item for item in asked if line.replace(":", COLON, 1).startswith(item.name + COLON)]
    return begins or [item for item in asked if item.name in line]

"""Sample letters: what every field means, and what it says in a case with little and in one with much.

An office's own text is tried on both before it is kept.
"""

from dataclasses import dataclass
from typing import Any

from letters.kinds import KINDS
from letters.remedy import remedy_of
from letters.wording import cite
from workflow.law.remedies import Remedy
from workflow.law.statute import NONE
from workflow.tables import Agency

AGENCY = Agency(
    code="YLJ",
    name="某市样例局",
    letter_code="样例",
    address="某市某路1号",
    phone="0535-1234567",
    reconsideration_body="某市人民政府",
    court="某市人民法院",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A field as an office is told of it: its meaning, and what it says where little or much is said."""

    zh: str
    little: Any
    much: Any


def _same(zh: str, value: Any) -> Sample:
    return Sample(zh, value, value)


#: The fields whose samples do not depend on the kind.
FIELDS: dict[str, Sample] = {
    # Head and foot.
    "number": _same("文号", "样例公开〔2026〕5号"),
    "date": _same("成文日期", "2026年7月28日"),
    "salutation": Sample("收件人", "张三", "示例建材有限公司"),
    # Zeros are in no code of a real letter.
    "verification_code": Sample("核验码", "", "0000 0000 0000"),
    "verification_page": Sample("核验页面的网址，可能没有", "", "https://example.invalid/verify"),
    "verification_address": Sample(
        "二维码的网址，可能没有", "", "https://example.invalid/verify#样例公开〔2026〕5号/000000000000"
    ),
    # The application.
    "you": Sample("对收件人的称呼", "您", "你单位"),
    "received_on": _same("收到申请之日", "2026年7月1日"),
    "channel": Sample("申请方式", "当面", "互联网"),
    "case_number": _same("登记编号", "YLJ-2026-0001"),
    "request_title": Sample("申请公开的信息名称", "某地块征收补偿方案", "乙地块征收补偿安置方案及公告"),
    "request_description": Sample(
        "申请内容，逐段",
        ["2025年某地块征收补偿安置方案"],
        ["一、2025年乙地块征收补偿安置方案；", "二、该方案的公告和听证材料。"],
    ),
    "requested_form": Sample("申请人要求的提供形式，可能没有", None, "电子邮件提供电子文本"),
    "asked_about": Sample(
        "征求意见所涉的信息，不写申请人", "某地块征收补偿方案", "乙地块征收补偿安置方案及公告"
    ),
    # Periods.
    "reply_due_on": _same("答复期限届满之日", "2026年7月29日"),
    "reply_was_due_on": _same("延长之前的届满之日", "2026年7月29日"),
    "due_may_move": Sample("届满之日是否还可能变动", False, True),
    "within_workdays": Sample("限几个工作日", 15, 20),
    "answer_by": Sample("最后一日，邮寄的尚不确定", None, "2026年8月18日"),
    "workdays": Sample("延长几个工作日", 10, 20),
    "reply_by": _same("延迟答复的最后一日", "2026年9月30日"),
    "answer_until": _same("协助单位回复的最后一日", "2026年7月15日"),
    # What the office writes.
    "question": Sample(
        "所问的问题，逐段，可能没有", [], ["该方案是否含有依法不得公开的内容。", "可以公开的部分如何区分。"]
    ),
    "items": Sample(
        "补正事项，逐项",
        ["请明确所需信息的名称、文号或者其他特征性描述"],
        ["请明确所需信息的名称、文号或者其他特征性描述", "请明确所需信息的年份"],
    ),
    "reasons": Sample(
        "理由，逐段，可能有小标题和表格",
        ["经查，有关情况如下。"],
        [
            {"heading": "一、检索情况"},
            "经查，有关情况如下。",
            {"rows": [["档案", "页数"], ["某地块征收档案", "12"]], "head": True},
            "该信息形成于2025年，保存于本机关档案室。",
        ],
    ),
    "attachments": Sample("附件，逐件，可能没有", [], ["乙地块征收补偿安置方案（12页）", "公告（2页）"]),
    "attachment_pages": Sample("附件的总页数，不能确定的没有", None, 14),
    "evidence": Sample("证据材料，逐件，可能没有", [], ["档案检索记录（2026年7月20日）"]),
    "authority": Sample("负责公开的机关及其联系方式，可能没有", "", "某市某局，电话0535-7654321"),
    "earlier_reply": Sample("前次答复的文号、日期，可能没有", "", "样例公开告〔2025〕9号，2025年9月1日"),
    "inspection": Sample("查阅的时间、地点，可能没有", "", "工作日上午九时至十一时，某市某路1号202室"),
    "delivery": Sample("提供方式", "当面交付", "互联网"),
    # The course and what came of it.
    "course": Sample(
        "办理经过，逐段，可能没有",
        [],
        [
            "2026年7月3日，本机关依照《条例》第三十条的规定告知你单位补正申请内容（样例公开补〔2026〕3号），"
            "并于2026年7月7日收到补正材料，答复期限自该日起重新计算。",
            "2026年7月16日，本机关告知你单位延长答复期限（《条例》第三十三条第二款），文号样例公开延〔2026〕1号。",
        ],
    ),
    "corrects": Sample(
        "所更正的文书（corrects.title、corrects.number、corrects.on），可能没有",
        None,
        {"title": "政府信息公开申请告知书", "number": "样例公开告〔2026〕4号", "on": "2026年7月20日"},
    ),
    "replaces": Sample(
        "所替代的答复（replaces.title、replaces.number、replaces.on），可能没有",
        None,
        {"title": "政府信息不存在告知书", "number": "样例公开告〔2026〕3号", "on": "2026年7月10日"},
    ),
    "grounds": Sample(
        "部分公开的各项理由：ground.code为种类，ground.article为条款",
        [{"code": "internal_affairs", "article": cite("16¶1")}],
        [
            {"code": "third_party_rights", "article": cite("15/32")},
            {"code": "not_held", "article": cite("36(4)")},
        ],
    ),
    "public_interest": Sample("是否因公共利益而公开", False, True),
    "consulted": Sample("征求了谁的意见", "joint_maker", "third_party"),
    "consulted_on": _same("征求意见之日", "2026年7月8日"),
    "consulted_under": Sample("征求意见的条款", cite("34"), cite("15/32")),
    "counted": Sample("征求意见的时间是否不计入期限", False, True),
    "enclosed_in": _same("所附征询书的文号", "样例公开征〔2026〕2号"),
    "objected_on": _same("第三方提出意见之日", "2026年7月15日"),
    "in_part": Sample("是否只公开一部分", False, True),
    "disclosed": Sample("决定公开的信息，逐件，可能没有", [], ["乙地块征收补偿安置方案（12页）"]),
    "correction": Sample("更正申请的结果", "refused", "made"),
    "deemed_consent": Sample("逾期是否视为同意", False, True),
    "notice_number": Sample("此前通知的文号，可能没有", None, "样例公开补〔2026〕3号"),
    "notice_on": _same("此前通知的日期", "2026年7月3日"),
    "notice_served_on": _same("此前通知的送达日期", "2026年7月4日"),
    "lapsed_on": _same("此前通知的期限届满之日", "2026年7月24日"),
    "withdrawn_on": _same("撤回之日", "2026年7月24日"),
    # The fee.
    "fee_basis": Sample("计费方式", "按量", "按件"),
    "fee_article": Sample("计费的条款", cite("109号3/5"), cite("109号3/4")),
    "fee_month": _same("计件的月份", "2026年7月"),
    "fee_before": Sample("本件之前已计件数，按量计费的没有", None, 28),
    "fee_count": Sample("本件的件数或者页数", 68, 5),
    "fee_amount": Sample("应缴金额（元）", 380, 800),
    "fee_capital": Sample("应缴金额大写", "叁佰捌拾元整", "捌佰元整"),
    "fee_table": Sample(
        "计算表，逐行",
        [
            ["计费区间", "数量（页）", "单价（元/页）", "金额（元）"],
            ["第1至30页", "30", "0", "0"],
            ["第31至68页", "38", "10", "380"],
            ["合计", "68", "", "380"],
        ],
        [
            ["计费区间", "数量（件）", "单价（元/件）", "金额（元）"],
            ["第29至30件", "2", "100", "200"],
            ["第31至33件", "3", "200", "600"],
            ["合计", "5", "", "800"],
        ],
    ),
    "tariff": Sample("收费标准，逐档", ["第1至30页，不收费", "第31至100页，每页10元"], ["第1至10件，不收费"]),
}
#: The fields whose samples follow from the kind or the agency.
COMPUTED = {
    "kind": "文书种类的代码",
    "letter_title": "文书的标题",
    "article": "依据的条款",
    "remedy": "救济告知，逐段",
    "agency_name": "本机关名称",
    "agency_address": "本机关地址，可能没有",
    "agency_phone": "本机关电话，可能没有",
}
LITTLE, MUCH = "little", "much"
#: The two samples, and what they are called.
SAMPLES = {LITTLE: "最简样例", MUCH: "完整样例"}


def sample(kind: str, which: str, agency: Agency = AGENCY) -> dict[str, Any]:
    """What a letter of that kind says in the sample: exactly its declared fields."""
    fields = {name: getattr(each, which) for name, each in FIELDS.items()} | _computed(kind, which, agency)
    return {name: fields[name] for name in sorted(KINDS[kind].fields)}


def meaning(field: str) -> str:
    """What a field is, in the words of the office."""
    return COMPUTED[field] if field in COMPUTED else FIELDS[field].zh


def _computed(kind: str, which: str, agency: Agency) -> dict[str, Any]:
    table, much = KINDS[kind], which == MUCH
    you = getattr(FIELDS["you"], which)
    return {
        "kind": kind,
        "letter_title": table.zh,
        "article": "" if table.article == NONE else cite(table.cited),
        "remedy": remedy_of(
            table.remedy or Remedy.R0, agency, you=you, letter="本" + table.zh[-3:], online=much
        ),
        "agency_name": agency.name,
        "agency_address": agency.address if much else "",
        "agency_phone": agency.phone if much else "",
    }

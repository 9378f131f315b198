"""The articles that the product cites, and how they are written in Chinese."""

import re
from dataclasses import dataclass
from datetime import date

from workflow.law.terms import (
    CIVIL_PROCEDURE_LAW,
    FEE_RULES,
    LITIGATION_LAW,
    RECONSIDERATION_LAW,
    REGULATION,
)

PERSONAL_INFORMATION_LAW = date(2021, 11, 1)
SECRECY_LAW = date(2024, 5, 1)
LAWS = {
    "": ("《政府信息公开条例》", REGULATION),
    "109号": ("《政府信息公开信息处理费管理办法》", FEE_RULES),
    "复议法": ("《行政复议法》", RECONSIDERATION_LAW),
    "行诉法": ("《行政诉讼法》", LITIGATION_LAW),
    "民诉法": ("《民事诉讼法》", CIVIL_PROCEDURE_LAW),
    "个保法": ("《个人信息保护法》", PERSONAL_INFORMATION_LAW),
    "保密法": ("《保守国家秘密法》", SECRECY_LAW),
}
DIGITS = "零一二三四五六七八九"
NONE = "–"


@dataclass(frozen=True, slots=True)
class Article:
    """A provision as the product cites it: what it rules, and since when."""

    cite: str
    title: str
    since: date


_TITLES = {
    "2": "政府信息",
    "4": "政府信息公开工作机构",
    "10": "谁制作谁公开",
    "11": "涉及其他机关的协商确认",
    "13": "公开的范围",
    "14": "国家秘密、法律禁止、三安全一稳定",
    "15": "商业秘密、个人隐私",
    "15/32": "第三方合法权益及征求意见",
    "16¶1": "内部事务信息",
    "16¶2": "过程性信息、行政执法案卷",
    "17": "公开审查",
    "27": "申请权",
    "29": "申请的内容",
    "30": "补正",
    "31": "收到申请之日",
    "32": "征求第三方意见",
    "33": "答复期限",
    "33¶1": "当场答复",
    "33¶2": "二十个工作日与延长",
    "33¶3": "征求意见时间不计入期限",
    "34": "征求共同制作机关意见",
    "35": "数量、频次明显超过合理范围",
    "36": "答复的种类",
    "36(1)": "已主动公开",
    "36(2)": "可以公开",
    "36(3)": "不予公开并说明理由",
    "36(4)": "信息不存在",
    "36(5)": "不属于本机关负责公开",
    "36(6)": "重复申请",
    "36(7)": "法律、行政法规有特别规定",
    "37": "区分处理",
    "38": "已制作或者获取的信息",
    "39¶1": "信访、投诉、举报",
    "39¶2": "公开出版物",
    "40": "提供形式",
    "41": "更正",
    "42": "信息处理费",
    "44": "转为主动公开",
    "45": "登记、审核、办理、答复、归档",
    "47": "监督",
    "51": "投诉举报与救济",
    "109号3": "计费方式",
    "109号4": "按件计费",
    "109号5": "按量计费",
    "109号6": "收费通知与缴费",
    "109号7": "对收费的异议",
    "复议法20": "申请复议的期限",
    "复议法22": "提交复议申请的渠道",
    "复议法22¶2": "电子送达的，同时提供提交复议申请的互联网渠道",
    "复议法23": "复议前置",
    "复议法24": "复议机关",
    "复议法24¶1(1)": "本级人民政府管辖其工作部门",
    "复议法24¶1(2)": "上一级人民政府管辖下一级人民政府",
    "复议法24¶1(3)": "本级人民政府管辖其派出机关",
    "复议法24¶2": "省级人民政府管辖本机关",
    "复议法24¶4": "派出机构以自己的名义作出的行政行为",
    "复议法27": "垂直领导的机关，上一级主管部门管辖",
    "复议法28": "司法行政部门，申请人可以选择",
    "行诉法15(1)": "以县级以上地方人民政府为被告的，中级人民法院管辖",
    "行诉法15(2)": "海关处理的案件，中级人民法院管辖",
    "行诉法18": "最初作出行政行为的机关所在地人民法院管辖",
    "行诉法45": "不服复议决定起诉的期限",
    "行诉法46": "直接起诉的期限",
    "民诉法87": "送达回证，签收日期为送达日期",
    "民诉法88": "直接送达与代收",
    "民诉法89": "留置送达",
    "民诉法90": "电子送达，到达对方系统的日期为送达日期",
    "民诉法91": "邮寄送达，回执上注明的收件日期为送达日期",
    "民诉法95": "公告送达，公告满三十日视为送达",
    "个保法35": "国家机关处理个人信息的告知",
    "保密法35": "拟公开信息的保密审查",
}


def _law_of(cite: str) -> str:
    return next((prefix for prefix in LAWS if prefix and cite.startswith(prefix)), "")


ARTICLES: dict[str, Article] = {
    cite: Article(cite, title, LAWS[_law_of(cite)][1]) for cite, title in _TITLES.items()
}


def articles_of(cite: str) -> list[str]:
    """The articles that a citation names, each with its law: 复议法20/23 → 复议法20, 复议法23."""
    law = _law_of(cite)
    return [law + part for part in cite.removeprefix(law).split("/")]


def cite_zh(cite: str) -> str:
    """A citation as a letter writes it: 36(1) → 《政府信息公开条例》第三十六条第（一）项."""
    if cite == NONE:
        return "无专门条款"
    law = _law_of(cite)
    parts = [_part_zh(part) for part in cite.removeprefix(law).split("/")]
    return LAWS[law][0] + "、".join(parts)


def _part_zh(part: str) -> str:
    found = re.fullmatch(r"(\d+)(?:¶(\d+))?(?:\((\d+)\))?", part)
    if found is None:
        raise ValueError(f"not a citation: {part}")
    article, paragraph, item = found.groups()
    text = f"第{number_zh(int(article))}条"
    text += f"第{number_zh(int(paragraph))}款" if paragraph else ""
    return text + (f"第（{number_zh(int(item))}）项" if item else "")


def number_zh(n: int) -> str:
    """A number below 1000 in Chinese: 36 → 三十六, 109 → 一百零九."""
    if n < 10:
        return DIGITS[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    hundreds, rest = divmod(n, 100)
    middle = "零" if 0 < rest < 10 else "一" if 10 <= rest < 20 else ""
    return DIGITS[hundreds] + "百" + (middle + number_zh(rest) if rest else "")

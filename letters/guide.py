"""What an office is told while it writes a text: the variables of the kind, and what is done with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from letters.kinds import KINDS
from letters.samples import meaning, sample
from workflow.tables import Agency

#: The shared pieces of _parts.html.jinja: what each writes, and how it is used.
PARTS: Mapping[str, tuple[str, str]] = {
    "said": ("逐段写出，小标题和表格照原样", "{{ said(reasons) }}"),
    "numbered": ("逐项编号写出", "{{ numbered(items) }}"),
    "table": ("表格，true表示首行为表头", "{{ table(fee_table, true) }}"),
    "until": ("最后一日；尚不确定的不写", "{{ until(answer_by) }}"),
    "because": ("一句引语，其后逐段写出", '{{ because("理由如下", reasons) }}'),
    "given": (
        "信息怎样提供；没有附件的不写",
        '{{ given("上述信息", attachments, delivery, requested_form, you) }}',
    ),
    "noticed": ("此前的通知：日期和文号", "{{ noticed(notice_on, notice_number) }}"),
    "lapsed": ("此前的通知何时送达、何时届满", "{{ lapsed(notice_served_on, lapsed_on) }}"),
    "part": ("不予公开的部分，按理由的种类", "{{ part(ground.code) }}"),
    "fate": ("对该部分的处理，按理由的种类", "{{ fate(ground.code) }}"),
}
#: The rest of what a text is made of.
WAYS: tuple[tuple[str, str], ...] = (
    ("{{ 变量 }}", "写出变量的内容"),
    ("{% if 变量 %}…{% else %}…{% endif %}", "有内容或者为“是”时才写；也可以用==、!=、is none、and、or、not"),
    ("{% for 名称 in 变量 %}…{% endfor %}", "逐项写出；loop.index为序号，loop.last为最后一项"),
    ('{{ 变量|join("；") }}', "各项连成一句"),
    ('{{ "36(3)"|cite }}', "引用条款：《条例》第三十六条第（三）项"),
    ("{# 说明 #}", "给修改人看的说明，不出现在文书中"),
)
#: The marks of a text.
MARKS: tuple[tuple[str, str], ...] = (
    ("<p>…</p>", "一段"),
    ("<h3>…</h3>", "小标题"),
    ('<ol class="letter-items"><li>…</li></ol>', "编号的各项"),
    ('<blockquote class="letter-quote"><p>…</p></blockquote>', "照录他人的话"),
    ('<table class="letter-table"><tr><th>…</th><td>…</td></tr></table>', "表格"),
)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a kind: its name, what it means, and what it says in the sample."""

    name: str
    zh: str
    value: str


def variables(kind: str, which: str, agency: Agency) -> list[Variable]:
    """All that a text of that kind may name, in the order of the alphabet."""
    return [
        Variable(name, meaning(name), _shown(value)) for name, value in sample(kind, which, agency).items()
    ]


def parts(kind: str) -> list[tuple[str, str, str]]:
    """The shared pieces: name, meaning, example; first those whose example fits the kind."""
    fields = KINDS[kind].fields
    known = [(name, zh, example) for name, (zh, example) in PARTS.items()]
    return sorted(known, key=lambda part: not fields & set(re.findall(r"\w+", part[2])))


def _shown(value: Any) -> str:
    """A value of a sample on one line; what is a list, item by item."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "，".join(f"{name}：{_shown(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "　".join(f"［{n}］{_shown(each)}" for n, each in enumerate(value)) or "（空）"
    return "（没有）" if value in (None, "") else str(value)

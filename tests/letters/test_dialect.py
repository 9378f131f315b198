"""What an office may write: whatever is not of the dialect is refused, with its line and what to do."""

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.dialect import LONGEST, Allowed, Problem, check

ENVIRONMENT = ImmutableSandboxedEnvironment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
ALLOWED = Allowed(
    parent="applicant.html.jinja",
    blocks={"matter": frozenset({"part"}), "closing": frozenset(), "part": frozenset()},
    fields=frozenset({"you", "items", "grounds", "reasons", "reply_due_on", "workdays", "answer_by"}),
    macros={"said": ("paragraphs",), "until": ("answer_by",), "listed": ("title", "items")},
)
HEAD = '{% extends "applicant.html.jinja" %}\n{% block matter %}\n'
FOOT = "\n{% endblock %}\n"


def found(body: str, *, head: str = HEAD, foot: str = FOOT) -> list[Problem]:
    return check(ENVIRONMENT, ALLOWED, head + body + foot)


IMPORT = '{% from "_parts.html.jinja" import said, until %}\n'


@pytest.mark.parametrize(
    "body",
    [
        "<p>{{ you }}</p>",
        "{# 说明 #}\n<h3>一、</h3>",
        '<p>{{ "33"|cite }}、{{ "15/32"|cite }}、{{ "复议法20/23"|cite }}</p>',
        '<p>{{ items|join("；") }}，共{{ items|length }}项，{{ items|join }}</p>',
        '<p>{{ grounds[0]["article"] }}{{ grounds[0].article }}{{ you[0] }}</p>',
        '<p>{{ "文字" }}{{ 3 }}</p>',
        IMPORT + "{{ said(reasons) }}<p>{{ until(answer_by) }}</p>",
        '{% if workdays > 10 and not (you == "您" or answer_by is none) %}\n<p>甲</p>\n'
        "{% elif workdays is not none %}\n<p>乙</p>\n{% else %}\n<p>丙</p>\n{% endif %}",
        '<ol class="letter-items">{% for item in items %}<li>{{ loop.index }}{{ item }}'
        "{% if loop.last %}。{% endif %}</li>{% endfor %}</ol>",
        "{% for ground in grounds %}{% for part in ground.parts %}<p>{{ part }}</p>{% endfor %}{% endfor %}",
        "<p>&lt;1000 &amp; &#12288;</p>",
        "<p>{{- you -}}</p>{%- if you %}{% endif -%}",
    ],
)
def test_what_the_standard_texts_do_an_office_may_do(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        # Names.
        ("{{ reply_due }}", "没有变量“reply_due”，是否应为“reply_due_on”"),
        ("{{ resons }}", "没有变量“resons”，是否应为“reasons”"),
        ("{{ 姓名 }}", "没有变量“姓名”"),
        ("{{ cycler }}", "没有变量“cycler”"),
        ("{{ self }}", "没有变量“self”"),
        ("{{ loop.index }}", "没有变量“loop”"),
        ("{% if remedi %}{% endif %}", "没有变量“remedi”"),
        ("{% for a in nothing %}{% endfor %}", "没有变量“nothing”"),
        # What reaches beyond the letter.
        ("{{ ''.__class__ }}", "不能使用以下划线开头的“__class__”"),
        ("{{ you.__class__.__mro__ }}", "不能使用以下划线开头的“__mro__”"),
        ("{{ you['__class__'] }}", "不能使用以下划线开头的“__class__”"),
        ("{{ you.upper() }}", "不能调用其他名称"),
        ("{{ range(10) }}", "没有引入共用段落“range”"),
        ("{% for a in range(10**9) %}{% endfor %}", "只能循环一个变量的内容"),
        ("{{ super() }}", "没有引入共用段落“super”"),
        ("{{ said(reasons) }}", '请先写{% from "_parts.html.jinja" import said %}'),
        ("{{ you|safe }}", "没有过滤器“safe”，可用：cite、join、length"),
        ("{{ you|attr('x') }}", "没有过滤器“attr”"),
        ("{{ 'x' is callable }}", "不能使用这种写法"),
        ("{% if you is callable %}{% endif %}", "不能用“is callable”判断"),
        ("{{ 'x'.format }}", "只能取变量的内容"),
        # What makes much of little.
        ("{{ items|join(items) }}", "连接应写作"),
        ("{{ items|join('" + "长" * 21 + "') }}", "连接应写作"),
        ("{{ items|join('a')|join('b') }}", "“|join”之前只能是变量"),
        ("{{ items|join(',', attribute='x') }}", "连接应写作"),
        ("{{ you ~ you }}", "不能使用“~”"),
        ("{{ you * 1000 }}", "不能运算"),
        ("{{ 2 ** 100 }}", "不能运算"),
        ("{{ -workdays }}", "不能运算"),
        ("{{ 1.5 }}", "只能写文字或者整数"),
        ("{{ [1, 2] }}", "不能使用列表"),
        ("{{ {'a': 1} }}", "不能使用字典"),
        ("{{ (1, 2) }}", "不能使用逗号隔开的多个值"),
        ("{{ items[1:2] }}", "方括号之内只能写明序号或者名称"),
        ("{{ items[workdays] }}", "方括号之内只能写明序号或者名称"),
        ("{{ items[true] }}", "方括号之内只能写明序号或者名称"),
        ("{{ items|length(1) }}", "计数应写作"),
        ("{{ you if you else items }}", "请改用{% if %}"),
        # Citations.
        ('{{ "99"|cite }}', "没有条款“99”"),
        ('{{ "15/99"|cite }}', "没有条款“99”"),
        ("{{ you|cite }}", "引用条款应写作"),
        ('{{ "33"|cite(1) }}', "引用条款应写作"),
        # Statements.
        ("{% set a = 1 %}", "不能使用{% set %}"),
        ("{% set a %}b{% endset %}", "不能使用{% set %}"),
        ('{% include "base.html.jinja" %}', "不能使用{% include %}"),
        ('{% import "_parts.html.jinja" as p %}', "不能使用{% import %}"),
        ("{% macro m() %}{% endmacro %}", "不能使用{% macro %}"),
        ("{% call said() %}{% endcall %}", "不能使用{% call %}"),
        ("{% filter upper %}{% endfilter %}", "不能使用{% filter %}"),
        ("{% with a = 1 %}{% endwith %}", "不能使用{% with %}"),
        ("{% autoescape false %}{{ you }}{% endautoescape %}", "不能使用{% autoescape %}"),
        ("{% block closing %}{% endblock %}", "区块不能写在另一个区块"),
        ('{% extends "base.html.jinja" %}', "{% extends %}只能写在第一行"),
        ("{% if you %}" + IMPORT + "{% endif %}", "{% from %}只能写在全文开头"),
        ("{% raw %}{{ x }}{% endraw %}", "不能使用{% raw %}"),
        ("{% do you %}", "不认识{% do %}"),
        # Imports and macros.
        ('{% from "_decisions.html.jinja" import said %}', '只能从"_parts.html.jinja"引入'),
        ("{% from you import said %}", '只能从"_parts.html.jinja"引入'),
        ('{% from "_parts.html.jinja" import said as s %}', "引入“said”时不能改名"),
        ('{% from "_parts.html.jinja" import sad %}', "没有共用段落“sad”，可用：listed、said、until"),
        ('{% from "_parts.html.jinja" import said with context %}', "引入时不能写with context"),
        (IMPORT + "{{ said() }}", "应写作{{ said(paragraphs) }}"),
        (IMPORT + "{{ said(paragraphs=reasons) }}", "应写作{{ said(paragraphs) }}"),
        (IMPORT + "{{ said(*reasons) }}", "应写作{{ said(paragraphs) }}"),
        (IMPORT + "{{ said(said(reasons)) }}", "共用段落只能在{{ }}之内单独使用"),
        (IMPORT + "{% if said(reasons) %}{% endif %}", "共用段落只能在{{ }}之内单独使用"),
        (IMPORT + "{{ said(reasons)|length }}", "“|length”之前只能是变量"),
        # Loops.
        ("{% for a in items if a %}{% endfor %}", "循环只写"),
        ("{% for a in items recursive %}{% endfor %}", "循环只写"),
        ("{% for a in items %}{% else %}无{% endfor %}", "循环只写"),
        ("{% for a, b in items %}{% endfor %}", "循环只能用一个名称"),
        ("{% for you in items %}{% endfor %}", "循环的名称“you”已有他用"),
        ("{% for _a in items %}{% endfor %}", "循环的名称“_a”已有他用"),
        ("{% for a in items %}{{ loop }}{% endfor %}", "loop只能取loop.first"),
        ("{% for a in items %}{{ loop.cycle }}{% endfor %}", "没有“loop.cycle”"),
        ("{% for a in items %}{% for b in items %}{% endfor %}{% endfor %}", "内层循环只能遍历外层"),
        (
            "{% for a in items %}{% for b in a %}{% for c in b %}{% endfor %}{% endfor %}{% endfor %}",
            "循环最多套2层",
        ),
        ("{% for a in items %}{% endfor %}" * 21, "循环最多写20处"),
        # Marks.
        ("<script>alert(1)</script>", "<script>不是文书可用的标记"),
        ('<p onclick="x">甲</p>', "不带其他属性"),
        ('<p class="letter-red">甲</p>', '<p class="letter-red">不是文书可用的标记'),
        ('<p class="{{ you }}">甲</p>', "之内不能有变量"),
        ("<{{ you }}>", "之内不能有变量"),
        ('<p style="color:red">甲</p>', "不带其他属性"),
        ("<p>a < b</p>", "小于号请写作&lt;"),
        ("<!-- 注释 --><p>甲</p>", "标记应写作"),
        ("<!--><script>alert(1)</script>-->", "标记应写作"),
        ("<br/>", "标记应写作"),
        ("<P>甲</P>", "标记应写作"),
        ("<img src=x onerror=alert(1)>", "标记应写作"),
        # Syntax.
        ("{% if you %}", "{% endblock %}与前面没有结束的{% if %}不配对"),
        ("{% endif %}", "{% endif %}"),
        ("{% else %}", "{% else %}前面没有"),
        ("{{ you", "“{”不应写在这里"),
        ("{{ you } }}", "“}”不应写在这里"),
        ("{{ }}", "这里缺少变量或者文字"),
        ("{{ you， }}", "标点应为半角"),
        ("{{ you ! }}", "标点应为半角"),
        ("{% for a items %}{% endfor %}", "“items”之前缺少“in”"),
        ("{# 没有结束", "注释{#没有以#}结束"),
        ("{{ " + "9" * 5000 + " }}", "数字过长"),
        ("甲\x00乙", "控制字符"),
    ],
)
def test_everything_else_is_refused(body: str, message: str) -> None:
    problems = found(body)

    assert problems, "not refused"
    assert message in " ".join(each.message for each in problems)


@pytest.mark.parametrize(
    ("head", "foot", "problem"),
    [
        ("", "", Problem(1, '第一行应当是{% extends "applicant.html.jinja" %}')),
        ("<p>甲</p>", "", Problem(1, '第一行应当是{% extends "applicant.html.jinja" %}')),
        (
            '{% extends "base.html.jinja" %}\n{% block matter %}',
            FOOT,
            Problem(1, '第一行应当是{% extends "applicant.html.jinja" %}'),
        ),
        (
            "{% extends you %}\n{% block matter %}",
            FOOT,
            Problem(1, '第一行应当是{% extends "applicant.html.jinja" %}'),
        ),
        (HEAD, FOOT + "<p>甲</p>", Problem(5, "写在区块之外的内容不会出现在文书中，请移入区块")),
        (HEAD, FOOT + "{% if you %}{% endif %}", Problem(5, "不能使用这种写法")),
        (HEAD, FOOT + '{% extends "applicant.html.jinja" %}', Problem(5, "{% extends %}只能写在第一行")),
        (HEAD, FOOT + HEAD.splitlines()[1] + FOOT, Problem(5, "区块“matter”写了两次")),
        (HEAD.replace("matter", "body"), FOOT, Problem(2, "没有区块“body”，可用：closing、matter、part")),
        (HEAD.replace("matter", "matter scoped"), FOOT, Problem(2, "区块只写名称：{% block matter %}")),
        (
            HEAD.replace("matter", "matter required"),
            "{% endblock %}",
            Problem(2, "区块只写名称：{% block matter %}"),
        ),
        (
            HEAD,
            FOOT + "{% block part %}{% endblock %}",
            Problem(2, "区块“matter”在“part”之内，“part”已经改写，这里不会出现在文书中"),
        ),
        (HEAD, "", Problem(2, "{% block %}没有结束标记{% endblock %}")),
        (HEAD + "{# ", "", Problem(3, "注释{#没有以#}结束")),
        (HEAD + "{{ you", "", Problem(3, "文本在{{或者{%之内就结束了，缺少}}或者%}")),
    ],
)
def test_a_text_is_what_the_standard_one_is(head: str, foot: str, problem: Problem) -> None:
    assert problem in found("", head=head, foot=foot)


@pytest.mark.parametrize("breaks", ["\n", "\r\n"], ids=["unix", "dos"])
def test_a_problem_is_told_with_its_line(breaks: str) -> None:
    body = "<p>甲\n乙\n<i>丙</i></p>\n\n{% if you %}\n{{ yoo }}\n{%- endif -%}\n\n  {{ itms\n}}<b>"

    problems = check(ENVIRONMENT, ALLOWED, (HEAD + body + FOOT).replace("\n", breaks))

    assert problems == [
        Problem(5, "<i>不是文书可用的标记"),
        Problem(8, "没有变量“yoo”，是否应为“you”"),
        Problem(11, "没有变量“itms”，是否应为“items”"),
        Problem(12, "<b>不是文书可用的标记"),
    ]
    assert str(problems[0]) == "第5行：<i>不是文书可用的标记"
    assert str(Problem(0, "数字过长")) == "数字过长"


def test_a_text_may_be_so_long_and_no_longer() -> None:
    filled = HEAD + "<p>" + "长" * (LONGEST - len(HEAD + FOOT) - 7) + "</p>" + FOOT

    assert check(ENVIRONMENT, ALLOWED, filled) == []
    assert check(ENVIRONMENT, ALLOWED, filled + "\n") == [Problem(0, "文本有20001个字符，不能超过20000个")]


DEEP = {
    "brackets": "{{ " + "(" * 4000 + "you" + ")" * 4000 + " }}",
    "open brackets": "{{ " + "(" * 4000,
    "parts": "{{ you" + ".a" * 4000 + " }}",
    "items": "{{ you" + "[0]" * 4000 + " }}",
    "not": "{{ " + "not " * 3000 + "you }}",
    "if not": "{% if " + "not " * 3000 + "you %}{% endif %}",
    "or": "{% if you" + " or you" * 2000 + " %}{% endif %}",
    "many choices": "{% if you %}" * 800 + "{% endif %}" * 800,
    "choices": "{% if you %}" * 20 + "{% endif %}" * 20,
    "blocks": "{% block a %}" * 700 + "{% endblock %}" * 700,
    "filters": "{{ you" + "|length" * 2000 + " }}",
    "lists": "{{ " + "[" * 4000 + "]" * 4000 + " }}",
    "minus": "{{ " + "-" * 4000 + "1 }}",
    "joined": "{{ you" + " ~ you" * 2000 + " }}",
}


@pytest.mark.parametrize("what", DEEP)
def test_what_stands_too_deep_in_itself_is_refused_and_breaks_nothing(what: str) -> None:
    body = DEEP[what]
    assert len(HEAD + body + FOOT) <= LONGEST

    assert found(body)

"""An office's own text: tried on samples before it is kept, and on the letter itself when that is issued."""

from typing import Any

import pytest

from letters.dialect import Problem
from letters.kinds import KINDS
from letters.mandatory import essentials
from letters.own import check, preview, tried, version_of, written
from letters.render import SUFFIX, render, source
from letters.samples import AGENCY, SAMPLES, meaning, sample
from workflow.correspondence import OwnText
from workflow.errors import Incomplete

KIND = "clarification_notice"


def standard(kind: str = KIND) -> str:
    return source(KINDS[kind].template + SUFFIX)


def with_matter(matter: str, kind: str = KIND, *, imports: str = "numbered, said, until") -> str:
    """A text of that kind whose matter is this."""
    return (
        f'{{% extends "{KINDS[kind].base}{SUFFIX}" %}}\n'
        "{% block matter %}\n"
        f'{{% from "_parts.html.jinja" import {imports} %}}\n'
        f"{matter}\n"
        "{% endblock %}\n"
    )


#: All that a clarification notice has to say, in an office's own words.
GOOD = (
    '<p>{{ you }}的申请依照{{ "29/30"|cite }}需要补正：</p>\n'
    "{{ numbered(items) }}\n"
    "<p>限{{ within_workdays }}个工作日{{ until(answer_by) }}。</p>"
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_standard_text_is_one_that_an_office_could_have_written(kind: str) -> None:
    assert check(kind, standard(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", SAMPLES)
def test_the_sandbox_makes_of_a_text_what_the_program_itself_makes_of_it(kind: str, which: str) -> None:
    context = sample(kind, which)

    assert tried(kind, standard(kind), context) == (render(KINDS[kind].template, context), [])


def test_a_text_in_other_words_is_good_if_it_says_what_the_letter_has_to_say() -> None:
    text = with_matter(GOOD)

    assert check(KIND, text) == []
    assert "的申请依照《条例》第二十九条、第三十条需要补正" in written(
        KIND, OwnText(1, text), sample(KIND, "much")
    )


@pytest.mark.parametrize(
    ("matter", "line", "message"),
    [
        ("<p>{{ items }}</p>", 4, "这是列表，请用共用段落"),
        ("<p>\n{{ answer_by }}</p>", 5, "没有内容，请先用{% if 变量 %}判断（最简样例）"),
        ("{% for item in within_workdays %}{% endfor %}", 4, "这个变量不能这样使用"),
        ("\n{% for item in answer_by %}{% endfor %}", 5, "这个变量不能这样使用"),
        ("{{ said(answer_by) }}", 4, "这个变量不能这样使用"),
        ("{% for letter in salutation %}{% endfor %}", 4, "这是文字，不能逐字循环或者连接"),
        ("{% for item in items %}\n{% for letter in item %}{% endfor %}{% endfor %}", 5, "这是文字"),
        ("<p>{{ salutation|join('、') }}</p>", 4, "这是文字"),
        ("{{ said(salutation) }}", 4, "这是文字"),
        ("{% if answer_by > 3 %}{% endif %}", 4, "这个变量不能这样使用"),
        ("<p>{{ within_workdays|join }}</p>", 4, "这个变量不能这样使用"),
        ("<p>{{ items.nothing }}</p>", 4, "这个变量没有“nothing”这一项"),
        ("<p>{{ items[7] }}</p>", 4, "这个变量没有“7”这一项"),
        ("<p>{{ salutation.upper }}</p>", 4, "这是列表"),
        ("<p>甲</p>\n<li>乙</li>", 5, "<li>不能用在文书的这个位置"),
        ("<p>甲\n<p>乙</p></p>", 5, "<p>不能用在文书的这个位置"),
        (
            '<ol class="letter-items">\n{% for each in items %}\n<li>{{ each }}</p>\n{% endfor %}\n</ol>',
            6,
            "</p>",
        ),
        ("<p>甲", 4, "<p>没有结束标记"),
        ("<p>甲</p></p>", 4, "</p>没有对应的开始标记"),
        ("<p>甲</p>\n文字", 0, "中的“文字”应写在段落之内"),
        ('<table class="letter-table"><tr><td>甲</td></tr><tr></tr></table>', 4, "各行的单元格数应当相同"),
    ],
)
def test_what_cannot_be_made_a_letter_of_is_told_with_its_line(matter: str, line: int, message: str) -> None:
    problems = check(KIND, with_matter(matter + "\n" + GOOD))

    assert problems
    assert message in problems[0].message
    assert problems[0].line == line


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ numbered(items) }}", "", "没有写明补正事项，逐项（items）"),
        ("个工作日", "日", "没有写明限几个工作日（within_workdays）"),
        ("{{ until(answer_by) }}", "", "没有写明最后一日，邮寄的尚不确定（answer_by）（完整样例）"),
        ('"29/30"', '"29"', "没有引用第三十条"),
        ('{{ "29/30"|cite }}', "《政府信息公开办法》", "没有引用第二十九条"),
        ("<p>限", '<p class="letter-remedy">另可申诉。</p><p>限', "救济告知缺失或者与标准文本不同"),
        ("<p>限", '<h2 class="letter-title">通知</h2><p>限', "标题缺失或者与标准文本不同"),
    ],
)
def test_what_a_letter_has_to_say_cannot_be_left_out_or_altered(old: str, new: str, told: str) -> None:
    assert old in GOOD

    assert told in [problem.message for problem in check(KIND, with_matter(GOOD.replace(old, new)))]


BODY = (
    '{% extends "_applicant.html.jinja" %}\n{% block body %}\n'
    '{% from "_parts.html.jinja" import numbered, until %}\n'
    "<p>关于{{ case_number }}号申请（{{ request_title }}）：</p>\n" + GOOD + "\nREMEDY\n{% endblock %}\n"
)
REMEDY = '{% for each in remedy %}<p class="letter-remedy">{{ each }}</p>{% endfor %}'


@pytest.mark.parametrize(
    ("remedy", "good"),
    [
        (REMEDY, True),
        ("", False),
        (REMEDY.replace(' class="letter-remedy"', ""), False),
        (REMEDY.replace("{{ each }}", "{{ each }}但逾期不候。"), False),
        ('{% if salutation == "" %}' + REMEDY + "{% endif %}", False),
        ('<p class="letter-remedy">{{ remedy|join }}{{ remedy|join }}</p>', False),
    ],
)
def test_the_whole_body_may_be_rewritten_but_the_remedy_stays_as_it_is(remedy: str, good: bool) -> None:
    problems = check(KIND, BODY.replace("REMEDY", remedy))

    assert [problem.message for problem in problems] == ([] if good else ["救济告知缺失或者与标准文本不同"])


@pytest.mark.parametrize("mark", ["signer", "date"])
def test_the_signature_may_be_set_otherwise_but_says_the_same(mark: str) -> None:
    signed = {"signer": "{{ agency_name }}", "date": "{{ date }}"}
    block = "{% block signature %}\n<p>此致</p>\n"
    block += "".join(f'<p class="letter-{name}">{text}</p>\n' for name, text in signed.items())
    whole = with_matter(GOOD) + block + "{% endblock %}\n"

    assert check(KIND, whole) == []
    assert check(KIND, whole.replace(signed[mark], "本机关")) != []


def test_whoever_lets_the_samples_pass_and_drops_it_from_a_real_letter_is_stopped_at_issue() -> None:
    context = sample(KIND, "little")
    text = with_matter(GOOD.replace("{{ numbered(items) }}", sly("{{ numbered(items) }}")))
    assert check(KIND, text) == []

    with pytest.raises(Incomplete) as error:
        written(KIND, OwnText(3, text), context | {"salutation": "李四"})

    assert "《政府信息公开申请补正告知书》文本（第3版）不能用于本件" in str(error.value)
    assert "没有写明补正事项，逐项（items）" in str(error.value)
    assert "恢复标准文本" in str(error.value)


def test_the_remedy_cannot_be_dropped_from_a_real_letter_either() -> None:
    text = BODY.replace("REMEDY", sly(REMEDY))
    assert check(KIND, text) == []

    with pytest.raises(Incomplete, match="救济告知缺失或者与标准文本不同"):
        written(KIND, OwnText(1, text), sample(KIND, "little") | {"salutation": "李四"})


def sly(piece: str) -> str:
    """For the people of the samples only."""
    names = [sample(KIND, which)["salutation"] for which in SAMPLES]
    condition = " or ".join(f'salutation == "{name}"' for name in names)
    return f"{{% if {condition} %}}\n{piece}\n{{% endif %}}"


def test_a_text_that_only_somebody_behind_the_program_could_have_stored_is_stopped_as_well() -> None:
    with pytest.raises(Incomplete, match="不能使用以下划线开头的“__class__”"):
        written(KIND, OwnText(1, with_matter(GOOD + "{{ ''.__class__ }}")), sample(KIND, "much"))


def test_what_people_wrote_stays_text() -> None:
    context: dict[str, Any] = sample(KIND, "much") | {"items": ["<script>alert(1)</script>", "{{ 7*7 }}"]}

    html = written(KIND, OwnText(1, with_matter(GOOD)), context)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html


def test_a_text_that_makes_much_of_little_is_stopped() -> None:
    many: dict[str, Any] = sample(KIND, "much") | {"items": ["长" * 1000] * 500}
    text = with_matter("{% for each in items %}{{ said(items) }}{% endfor %}" + GOOD)
    assert check(KIND, text) == []

    with pytest.raises(Incomplete, match="文书过长"):
        written(KIND, OwnText(1, text), many)


DEEP_MARKS = '<div class="letter-body">' * 590 + "</div>" * 590


def test_a_text_whose_marks_stand_too_deep_in_each_other_is_refused() -> None:
    assert Problem(0, "嵌套过深，最多12层") in check(KIND, with_matter(DEEP_MARKS))


def test_a_preview_is_marked_as_a_sample_and_is_of_no_letter_that_corrects_another() -> None:
    html = preview(KIND, with_matter(GOOD), "much", AGENCY)

    assert "政府信息公开申请补正告知书（样稿）" in html
    assert AGENCY.name in html
    assert "记载有误" not in html
    assert preview(KIND, with_matter("{{ gone }}"), "much", AGENCY) == ""


def test_a_version_tells_the_words_the_number_and_what_they_rest_on() -> None:
    first, second = OwnText(1, with_matter(GOOD)), OwnText(2, with_matter(GOOD + " "))

    assert version_of(KIND, first).startswith("clarification_notice/1@")
    assert version_of(KIND, first).split("@")[1] != version_of(KIND, second).split("@")[1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_essentials_are_what_the_standard_text_tells(kind: str) -> None:
    """Each of them: a sample letter from which it is taken out of the text is not good any more."""
    assert set(essentials(kind)) <= KINDS[kind].fields
    assert len(essentials(kind)) > 1
    html = render(KINDS[kind].template, sample(kind, "much"))
    for name in essentials(kind):
        other = sample(kind, "much") | {name: _other(sample(kind, "much")[name])}
        assert render(KINDS[kind].template, other) != html, f"{name} ({meaning(name)}) is not told"


def _other(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return type(value)()
    return not value if isinstance(value, bool) else f"{value}？"

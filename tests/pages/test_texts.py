"""An office's own texts through the pages: written, tried out, saved, compared and put back."""

import re

import pytest

from letters.dialect import LONGEST
from letters.kinds import KINDS
from letters.samples import sample
from tests.letters.test_own import BODY, DEEP_MARKS, GOOD, REMEDY, sly, with_matter
from tests.letters.test_own import standard as standard_of
from tests.office import Office
from tests.pages.conftest import SQLITE, VisitAs
from tests.pages.visitor import Page, Visitor
from workflow.texts import Version, versions
from workflow.vocabulary import Role, State

pytestmark = SQLITE

KIND = "clarification_notice"
EDITOR = f"/admin/letters/{KIND}"
VERSIONS = f"{EDITOR}/versions"
STANDARD = standard_of(KIND)


@pytest.fixture
def admin(visit_as: VisitAs) -> Visitor:
    """The administrator of the office."""
    return visit_as(Role.ADMIN)


def write(admin: Visitor, source: str, note: str = "改用本机关的措辞") -> Page:
    """Open the editor, write a text and save it."""
    return admin.send(admin.open(EDITOR).form(EDITOR), {"source": source, "note": note})


def try_out(admin: Visitor, source: str, which: str = "much", note: str = "") -> Page:
    """Open the editor and press the button that only shows what a text makes."""
    form = admin.open(EDITOR).form(EDITOR)
    form.action = f"{EDITOR}/preview"
    return admin.send(form, {"source": source, "sample": which, "note": note})


def kept(office: Office, kind: str = KIND) -> list[Version]:
    with office.store.reading() as session:
        return versions(session, int(office.agency.id or 0), kind)


def source_in(page: Page) -> str:
    (text,) = page.form(EDITOR).typed["source"]
    return text


# --- Who may, and what is there -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/admin/letters", EDITOR, VERSIONS])
@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.ADMIN, Role.APPLICANT, Role.SYSTEM)]
)
def test_only_the_administrator_sees_the_texts(visit_as: VisitAs, role: Role, path: str) -> None:
    page = visit_as(role).open(path)

    assert page.status == 403
    assert "由本机关的系统管理员修改" in page.text
    assert "/admin/letters" not in visit_as(role).open("/desk").links


@pytest.mark.parametrize("path", ["", "/preview", "/sample.pdf", "/versions"])
def test_only_the_administrator_writes_them(
    visit_as: VisitAs, admin: Visitor, path: str, office: Office
) -> None:
    form = admin.open(EDITOR).form(EDITOR)
    form.action = EDITOR + path

    assert visit_as(Role.HEAD).send(form, {"source": with_matter(GOOD), "note": "改"}).status == 403
    assert kept(office) == []


def test_who_is_not_signed_in_is_led_to_the_door(citizen: Visitor) -> None:
    assert citizen.open("/admin/letters").address == "/login"


def test_the_administrator_finds_every_kind_and_whose_text_is_in_force(admin: Visitor) -> None:
    write(admin, with_matter(GOOD))

    page = admin.open("/admin/letters")

    assert "/admin/letters" in admin.open("/desk").links
    for kind, table in KINDS.items():
        assert f"/admin/letters/{kind}" in page.links
        assert f"{table.code} {table.zh}" in page.text
    assert page.text.count("标准文本") == len(KINDS) - 1
    assert re.search(
        r"政府信息公开申请补正告知书 申请人 《条例》第三十条 程序性告知，不单独复议或诉讼 第1版 20\d\d-",
        page.text,
    )


def test_a_kind_that_does_not_exist_is_not_found(admin: Visitor) -> None:
    assert admin.open("/admin/letters/love_letter").status == 404
    assert admin.open("/admin/letters/love_letter/versions").status == 404


# --- Writing ------------------------------------------------------------------------------------------


def test_the_editor_begins_with_the_standard_text_and_tells_what_may_be_used(admin: Visitor) -> None:
    page = admin.open(EDITOR)

    assert source_in(page) == STANDARD
    assert "没有发现问题" in page.text
    for told in ("补正事项，逐项", "请明确所需信息的年份", "{{ numbered(items) }}", "现行：标准文本"):
        assert told in page.text
    assert set(re.findall(r"<code>(\w+)</code>", page.html)) >= set(sample(KIND, "much"))


def test_a_text_that_was_saved_is_in_force_and_stands_in_the_next_letter(
    admin: Visitor, office: Office
) -> None:
    source = with_matter(GOOD.replace("需要补正", "尚需补正"))

    saved = write(admin, source)
    number = office.case_at(State.AWAITING_CLARIFICATION)

    assert saved.address == EDITOR
    assert "已保存为第1版" in saved.text
    assert source_in(saved) == source
    assert [(each.version, each.note, each.person) for each in kept(office)] == [
        (1, "改用本机关的措辞", "person-0")
    ]
    assert "尚需补正" in letters_of(admin, number)


def letters_of(admin: Visitor, number: str) -> str:
    """What the letters of a case say."""
    links = [link for link in admin.open(f"/cases/{number}").links if link.endswith(".html")]
    return "\n".join(admin.open(link).text for link in links)


def test_lines_are_kept_as_they_were_typed_however_the_browser_ends_them(
    admin: Visitor, office: Office
) -> None:
    source = with_matter(GOOD)

    write(admin, source.replace("\n", "\r\n"))

    assert kept(office)[0].source == source


HOSTILE = {
    "class": (with_matter(GOOD + "{{ ''.__class__ }}"), "不能使用以下划线开头的“__class__”"),
    "range": (with_matter("{% for a in range(10**9) %}{% endfor %}" + GOOD), "只能循环一个变量的内容"),
    "cycler": (with_matter("{{ cycler }}" + GOOD), "没有变量“cycler”"),
    "loops": (
        with_matter("{% for a in items %}{% for b in items %}{{ b }}{% endfor %}{% endfor %}" + GOOD),
        "内层循环只能遍历外层循环变量的内容",
    ),
    "length": (with_matter(GOOD) + "长" * LONGEST, "不能超过20000个"),
    "script": (with_matter("<script>alert(1)</script>" + GOOD), "<script>不是文书可用的标记"),
    "handler": (with_matter('<p onclick="alert(1)">甲</p>' + GOOD), "不带其他属性"),
    "blocks": (with_matter("{% block a %}" * 600 + "{% endblock %}" * 600), "嵌套过深"),
    "brackets": (with_matter("{{ " + "(" * 5000 + "you" + ")" * 5000 + " }}" + GOOD), "嵌套过深"),
    "marks": (with_matter(DEEP_MARKS + GOOD), "嵌套过深"),
    "zero": (with_matter("\x00" + GOOD), "控制字符"),
    "unknown": (with_matter(GOOD + "<p>{{ answer_bye }}</p>"), "没有变量“answer_bye”，是否应为“answer_by”"),
    "undrawable": (with_matter(GOOD + "<p>\U000f0000</p>"), "没有字体可以显示“\U000f0000”"),
    "no remedy": (BODY.replace("REMEDY", ""), "救济告知缺失或者与标准文本不同"),
    "no article": (with_matter(GOOD.replace('{{ "29/30"|cite }}', "规定")), "没有引用第二十九条"),
    "no items": (with_matter(GOOD.replace("{{ numbered(items) }}", "")), "没有写明补正事项"),
    "unclosed": (with_matter("{% if you %}" + GOOD), "没有结束的{% if %}"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_may_not_be_saved_is_told_and_stays_in_the_editor(
    admin: Visitor, office: Office, what: str
) -> None:
    source, told = HOSTILE[what]

    page = write(admin, source, note="看看能不能保存")

    assert page.status == 422
    assert told in page.text
    assert source_in(page) == source
    assert page.form(EDITOR).typed["note"] == ["看看能不能保存"]
    assert kept(office) == []


@pytest.mark.parametrize(
    ("source", "note", "told"),
    [
        (with_matter(GOOD), "", "请填写修改说明"),
        (with_matter(GOOD), "长" * 201, "修改说明不超过200个字"),
        (STANDARD, "改", "内容与标准文本相同"),
    ],
)
def test_a_version_needs_a_reason_and_a_difference(
    admin: Visitor, office: Office, source: str, note: str, told: str
) -> None:
    page = write(admin, source, note)

    assert page.status == 422
    assert told in page.text
    assert source_in(page) == source
    assert kept(office) == []


def test_the_text_in_force_is_not_saved_again(admin: Visitor, office: Office) -> None:
    write(admin, with_matter(GOOD))

    assert "内容与现行文本相同，没有保存" in write(admin, with_matter(GOOD)).text
    assert len(kept(office)) == 1


def test_a_form_with_an_old_token_is_kept_and_can_be_sent_again(admin: Visitor, office: Office) -> None:
    form = admin.open(EDITOR).form(EDITOR)

    page = admin.send(form, {"source": with_matter(GOOD), "note": "改", "csrf": "old"})

    assert page.status == 403
    assert source_in(page) == with_matter(GOOD)
    assert admin.send(page.form(EDITOR)).address == EDITOR
    assert len(kept(office)) == 1


def test_who_saves_on_a_version_that_was_overtaken_is_shown_both(
    admin: Visitor, visit_as: VisitAs, office: Office
) -> None:
    mine, theirs = (with_matter(GOOD.replace("需要补正", word)) for word in ("应当补正", "还须补正"))
    form = admin.open(EDITOR).form(EDITOR)
    write(visit_as(Role.ADMIN), theirs, note="同事的修改")

    page = admin.send(form, {"source": mine, "note": "我的修改"})

    assert page.status == 409
    assert "他人保存了新的版本，本次修改没有保存" in page.text
    assert "同事的修改" in page.text
    assert "<del>还须</del>" in page.html
    assert "<ins>应当</ins>" in page.html
    assert source_in(page) == mine
    assert [each.source for each in kept(office)] == [theirs]
    admin.send(page.form(EDITOR))
    assert [each.source for each in kept(office)] == [mine, theirs]


# --- Trying out ---------------------------------------------------------------------------------------


def test_a_text_is_tried_out_without_being_saved(admin: Visitor, office: Office) -> None:
    source = with_matter(GOOD.replace("需要补正", "尚需补正"))

    page = try_out(admin, source, note="还没想好")

    assert page.status == 200
    assert "政府信息公开申请补正告知书（样稿）" in page.text
    assert "你单位的申请依照《条例》第二十九条、第三十条尚需补正" in page.text
    assert source_in(page) == source
    assert page.form(EDITOR).typed["note"] == ["还没想好"]
    assert kept(office) == []


def test_it_is_tried_out_on_either_sample(admin: Visitor) -> None:
    little, much = (try_out(admin, with_matter(GOOD), which) for which in ("little", "much"))

    assert "限15个工作日。" in little.text
    assert "限20个工作日，即2026年8月18日前（含当日）。" in much.text


def test_what_is_wrong_is_told_beside_its_line_and_the_letter_is_shown_as_far_as_there_is_one(
    admin: Visitor,
) -> None:
    incomplete = try_out(admin, with_matter(GOOD.replace("{{ numbered(items) }}", "")))
    broken = try_out(admin, with_matter("<p>{{ yu }}</p>\n" + GOOD))

    assert "没有写明补正事项，逐项（items）" in incomplete.text
    assert "（样稿）" in incomplete.text
    assert "第4行 ：没有变量“yu”，是否应为“you” <p>{{ yu }}</p>" in broken.text
    assert "（样稿）" not in broken.text


def test_what_a_text_says_is_never_a_mark_of_the_page(admin: Visitor) -> None:
    page = try_out(admin, "</textarea><script>alert(1)</script>")

    assert "<script>alert" not in page.html
    assert source_in(page) == "</textarea><script>alert(1)</script>"


def test_the_sample_is_shown_as_pdf(admin: Visitor) -> None:
    form = admin.open(EDITOR).form(EDITOR)
    typed = form.typed | {"source": [with_matter(GOOD)]}

    response = admin.client.post(f"{EDITOR}/sample.pdf", data=typed)

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.content.startswith(b"%PDF-")


def test_a_text_that_makes_no_letter_makes_no_pdf(admin: Visitor) -> None:
    form = admin.open(EDITOR).form(EDITOR)
    form.action = f"{EDITOR}/sample.pdf"

    page = admin.send(form, {"source": with_matter("{{ yu }}")})

    assert page.status == 422
    assert "没有变量“yu”" in page.text


# --- Versions -----------------------------------------------------------------------------------------


@pytest.fixture
def three(admin: Visitor) -> list[str]:
    """Three versions, one after the other."""
    sources = [with_matter(GOOD.replace("需要补正", word)) for word in ("应当补正", "还须补正", "尚需补正")]
    for n, source in enumerate(sources, start=1):
        write(admin, source, note=f"第{n}次修改")
    return sources


def test_every_version_is_told_with_who_when_and_why(admin: Visitor, three: list[str]) -> None:
    page = admin.open(VERSIONS)

    found = re.findall(r"第(\d)版(?: 现行)? 20\d\d-\d\d-\d\d \d\d:\d\d person-0 第(\d)次修改", page.text)
    assert found == [("3", "3"), ("2", "2"), ("1", "1")]
    assert "第3版 现行" in page.text


@pytest.mark.parametrize(
    ("query", "gone", "added"),
    [
        ("", "还须", "尚"),
        ("?right=2", "应当", "还须"),
        ("?left=1&right=3", "应当", "尚需"),
        ("?left=3&right=1", "尚需", "应当"),
    ],
)
def test_two_versions_are_compared(
    admin: Visitor, three: list[str], query: str, gone: str, added: str
) -> None:
    page = admin.open(VERSIONS + query)

    assert gone in "".join(re.findall("<del>(.*?)</del>", page.html.split('<table class="diff">')[1]))
    assert added in "".join(re.findall("<ins>(.*?)</ins>", page.html.split('<table class="diff">')[1]))


def test_a_version_is_compared_with_the_standard_text(admin: Visitor, three: list[str]) -> None:
    page = admin.open(f"{VERSIONS}?left=standard&right=1")

    assert "标准文本与第1版的差异" in page.text
    assert "增加" in page.text
    assert "内容相同" in admin.open(f"{VERSIONS}?left=standard&right=standard").text


@pytest.mark.parametrize("query", ["?right=4", "?right=x", "?left=0", "?left=²", "?right=" + "9" * 30])
def test_a_version_that_does_not_exist_is_not_found(admin: Visitor, three: list[str], query: str) -> None:
    assert admin.open(VERSIONS + query).status == 404


def restore(admin: Visitor, number: str, page: Page | None = None) -> Page:
    """Press the button beside a version."""
    form = next(
        each
        for each in (page or admin.open(VERSIONS)).forms
        if each.action == VERSIONS and "version" in each.names
    )
    return admin.send(form, {"version": number})


def test_an_earlier_version_comes_back_as_a_new_one(admin: Visitor, three: list[str], office: Office) -> None:
    page = restore(admin, "1")

    assert "已保存为第4版" in page.text
    assert source_in(page) == three[0]
    assert [(each.version, each.note) for each in kept(office)][:2] == [(4, "恢复第1版"), (3, "第3次修改")]


def test_the_standard_text_comes_back_as_a_version_without_words_of_its_own(
    admin: Visitor, three: list[str], office: Office
) -> None:
    page = restore(admin, "standard")

    assert "已保存为第4版（标准文本）" in page.text
    assert source_in(page) == STANDARD
    assert kept(office)[0].source is None
    assert "的申请内容不明确" in letters_of(admin, office.case_at(State.AWAITING_CLARIFICATION))


def test_what_is_in_force_is_not_restored(admin: Visitor, three: list[str], office: Office) -> None:
    page = restore(admin, "3")

    assert page.status == 422
    assert "就是现行文本" in page.text
    assert len(kept(office)) == 3


def test_a_version_is_not_restored_over_one_that_nobody_has_seen(
    admin: Visitor, three: list[str], visit_as: VisitAs, office: Office
) -> None:
    opened = admin.open(VERSIONS)
    write(visit_as(Role.ADMIN), with_matter(GOOD), note="同事的修改")

    page = restore(admin, "1", opened)

    assert page.status == 409
    assert "他人保存了新的版本，没有恢复" in page.text
    assert len(kept(office)) == 4


def test_another_agency_neither_sees_nor_uses_the_text(
    admin: Visitor, visit_as: VisitAs, office: Office
) -> None:
    write(admin, with_matter(GOOD))
    other = office.other()
    neighbour = visit_as(Role.ADMIN, agency=other.agency)

    assert source_in(neighbour.open(EDITOR)) == STANDARD
    assert "第1版" not in neighbour.open(VERSIONS).text
    assert neighbour.open(f"{VERSIONS}?right=1").status == 404


# --- When a letter is issued --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            with_matter(GOOD.replace("{{ numbered(items) }}", sly("{{ numbered(items) }}"))),
            "没有写明补正事项",
        ),
        (BODY.replace("REMEDY", sly(REMEDY)), "救济告知缺失或者与标准文本不同"),
    ],
)
def test_a_text_that_fails_on_a_letter_stops_the_act_and_nothing_is_lost(
    admin: Visitor, visit_as: VisitAs, office: Office, source: str, told: str
) -> None:
    write(admin, source)
    number = office.case_at(State.SCREENING, applicant={"kind": "natural_person", "name": "李四"})
    clerk = visit_as(Role.CLERK)

    page = clerk.do(number, "request_clarification", items="请明确年份")

    assert page.status == 500
    assert f"《政府信息公开申请补正告知书》文本（第1版）不能用于本件：{told}" in page.text
    form = page.form(f"/cases/{number}/actions/request_clarification")
    assert form.typed["items"] == ["请明确年份"]
    assert "审核" in clerk.open(f"/cases/{number}").text
    restore(admin, "standard")
    assert "已完成" in clerk.send(form).text

"""A letter's text in a real browser: the preview follows what is typed, and nothing typed is lost."""

import re
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.browser.conftest import Reader, ReaderAs
from tests.letters.test_own import GOOD, KIND, with_matter
from tests.office import PASSWORD, Office
from workflow.vocabulary import Role

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
EDITOR = f"/admin/letters/{KIND}"
WRONG = "{{ itms }}"
#: A desk, a desk in the evening, a telephone.
SCREENS: dict[str, dict[str, Any]] = {
    "desk": {"width": 1366, "height": 768},
    "dark": {"width": 1366, "height": 768, "color_scheme": "dark"},
    "phone": {"width": 390, "height": 844},
}


@pytest.fixture
def admin(office: Office) -> str:
    """The login of the administrator."""
    office.account("guanli", Role.ADMIN, name="安如磐")
    return "guanli"


def at_the_editor(reader: ReaderAs, admin: str, **options: Any) -> Reader:
    opened = reader(**options)
    opened.sign_in(admin, PASSWORD)
    expect(opened.page.get_by_role("button", name="退出")).to_be_visible()
    opened.open(EDITOR)
    return opened


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="文本", exact=True)


def no_obstacles(reader: Reader) -> None:
    assert reader.obstacles() == []


@pytest.mark.parametrize("screen", SCREENS)
def test_a_text_is_written_tried_saved_compared_and_put_back(
    reader: ReaderAs, admin: str, screen: str
) -> None:
    desk = at_the_editor(reader, admin, **SCREENS[screen])
    page, source, status = (
        desk.page,
        text_of(desk.page),
        desk.page.get_by_role("status"),
    )
    desk.shoot(f"text-{screen}")
    no_obstacles(desk)

    source.fill(with_matter(GOOD + f"\n<p>{WRONG}</p>"))
    expect(status).to_contain_text("第7行：没有变量“itms”，是否应为“items”")
    page.get_by_role("link", name="第7行").click()
    expect(source).to_be_focused()
    assert selected(page) == f"<p>{WRONG}</p>"
    desk.shoot(f"text-problems-{screen}", whole=False)
    no_obstacles(desk)

    source.fill(with_matter(GOOD.replace("需要补正", "尚需补正")))
    expect(status).to_contain_text("没有发现问题")
    preview = page.get_by_role("region", name="样稿")
    expect(preview).to_contain_text("尚需补正")
    expect(preview).to_contain_text("限20个工作日，即")
    page.get_by_label("样例").select_option("little")
    expect(preview).to_contain_text("限15个工作日。")
    page.get_by_text("可用的变量").first.click()
    expect(page.locator("#variables")).to_contain_text("张三")
    desk.shoot(f"text-preview-{screen}")
    no_obstacles(desk)

    page.get_by_label("修改说明").fill("改用本机关的措辞")
    page.get_by_role("button", name="保存为新版本").click()
    expect(page.get_by_text("已保存为第1版")).to_be_visible()
    page.get_by_role("link", name="历次版本").click()
    expect(page.locator("ins").last).to_be_visible()
    desk.shoot(f"text-versions-{screen}")
    no_obstacles(desk)
    page.get_by_role("button", name="恢复标准文本").click()
    expect(page.get_by_text("已保存为第2版（标准文本）")).to_be_visible()

    desk.open("/admin/letters")
    expect(page.get_by_role("row", name=re.compile("补正告知书"))).to_contain_text("标准文本")
    desk.shoot(f"texts-{screen}")
    no_obstacles(desk)


def selected(page: Page) -> str:
    return str(
        page.evaluate(
            "() => { const s = document.getElementById('source');"
            " return s.value.slice(s.selectionStart, s.selectionEnd); }"
        )
    )


def test_without_a_script_a_button_shows_what_a_text_makes(reader: ReaderAs, admin: str) -> None:
    page = at_the_editor(reader, admin, java_script_enabled=False).page
    text_of(page).fill(with_matter(GOOD.replace("需要补正", "尚需补正")))

    page.get_by_role("button", name="预览", exact=True).click()

    expect(page.get_by_role("region", name="样稿")).to_contain_text("尚需补正")
    expect(text_of(page)).to_have_value(re.compile("尚需补正"))


def test_who_is_signed_out_while_writing_keeps_what_was_written(reader: ReaderAs, admin: str) -> None:
    desk = at_the_editor(reader, admin)
    desk.context.clear_cookies()

    text_of(desk.page).fill("还没有保存的文本")

    expect(desk.page.get_by_role("alert")).to_contain_text("登录已失效")
    expect(text_of(desk.page)).to_have_value("还没有保存的文本")
    assert desk.page.url.endswith(EDITOR)


def test_who_leaves_with_words_unsaved_is_asked_first(reader: ReaderAs, admin: str) -> None:
    desk = at_the_editor(reader, admin)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.page.on("dialog", stay)

    text_of(desk.page).fill("还没有保存的文本")
    desk.page.get_by_role("link", name="全部文书").click()

    expect(text_of(desk.page)).to_have_value("还没有保存的文本")
    assert asked == ["beforeunload"]


def test_the_sample_opens_as_pdf_in_a_tab_of_its_own(reader: ReaderAs, admin: str) -> None:
    desk = at_the_editor(reader, admin)

    with desk.context.expect_page() as opening:
        desk.page.get_by_role("button", name="PDF").click()

    assert opening.value.url.endswith("/sample.pdf")
    opening.value.close()
    expect(text_of(desk.page)).to_be_visible()

"""The seven questions in a real browser: walked with the keyboard alone, taken into draft and review."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.clock import now, today
from tests.browser.conftest import Reader, ReaderAs
from tests.browser.hands import signed_in
from tests.office import Office
from workflow.vocabulary import Role, State

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
SCREENS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"width": 390, "height": 844},
}
FEW = 60


@pytest.fixture
def number(office: Office) -> str:
    """A handler, a reviewer, and a case that is being handled."""
    office.account("chengban", Role.HANDLER, name="陆田野")
    office.account("fazhi", Role.LEGAL, name="方守正")
    return office.case_today(State.PROCESSING, today(), now())


def reach(page: Page, selector: str) -> None:
    """Go on with the tabulator until that has the focus."""
    for _ in range(FEW):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def choose(page: Page, name: str) -> None:
    """Choose an answer with the arrow keys."""
    reach(page, "[name=answer]")
    page.keyboard.press("Space")
    for _ in range(FEW):
        if page.get_by_role("radio", name=name, exact=True).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow keys do not reach {name}")


def asked(page: Page, question: str) -> None:
    expect(page.get_by_role("group", name=question)).to_be_visible()


def fits(reader: Reader) -> None:
    """Nobody is kept out, and nothing lies beside the screen."""
    expect(reader.page.locator(".htmx-request")).to_have_count(0)
    assert reader.obstacles() == []
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_questions_are_walked_with_the_keyboard_alone(reader: ReaderAs, number: str) -> None:
    page = signed_in(reader, "chengban").open(f"/cases/{number}/guide")

    for question, name in (
        ("补不补", "明确，能够据以查找"),
        ("是不是", "是，要的是政府信息"),
        ("谁负责", "本机关"),
        ("有没有", "有"),
    ):
        asked(page, question)
        choose(page, name)
        page.keyboard.press("Enter")
    asked(page, "给不给")
    choose(page, "部分可以公开")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    reach(page, "#reason")
    page.keyboard.type("第七条载有定密事项")
    reach(page, "form.question button")
    page.keyboard.press("Enter")
    asked(page, "怎么给")
    choose(page, "按申请人要求的形式")
    page.keyboard.press("Enter")
    asked(page, "怎么答")
    choose(page, "没有，可以拟定答复")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="部分公开")).to_be_visible()
    expect(page.get_by_text("不公开的部分：属于国家秘密")).to_be_visible()
    reach(page, "[name=then]")
    page.keyboard.press("Enter")
    reasons = page.get_by_role("textbox", name="答复理由")
    expect(reasons).to_have_value(re.compile("第七条载有定密事项。"))


def pick(page: Page, *codes: str) -> None:
    for code in codes:
        page.locator(f"[name=answer][value={code}]").check()
        page.get_by_role("button", name="确定").click()


@pytest.mark.parametrize("screen", SCREENS)
def test_from_the_first_question_to_the_review_nobody_is_kept_out(
    reader: ReaderAs, number: str, screen: str
) -> None:
    handler = signed_in(reader, "chengban", **SCREENS[screen])
    page = handler.open(f"/cases/{number}")
    page.get_by_role("link", name="开始").click()
    fits(handler)
    pick(page, "clear")
    handler.shoot(f"guide-scope-{screen}")
    fits(handler)
    pick(page, "information", "ours", "held")
    page.locator("[name=answer][value=part]").check()
    expect(page.get_by_role("checkbox", name="内部事务信息")).to_be_visible()
    handler.shoot(f"guide-disclose-{screen}")
    fits(handler)
    pick(page, "objected", "now")
    page.get_by_label("征求意见书：文字说明").fill("3号")
    handler.shoot(f"guide-end-{screen}")
    fits(handler)
    page.get_by_role("button", name="据此拟稿").click()
    expect(page.get_by_label("处理决定")).to_have_value("third_party_rights")
    handler.shoot(f"guide-draft-{screen}")
    fits(handler)
    page.get_by_role("button", name="拟定答复").click()
    expect(page.get_by_text("举证清单还缺：送达证明")).to_be_visible()

    legal = signed_in(reader, "fazhi", **SCREENS[screen])
    page = legal.open(f"/cases/{number}")
    expect(page.get_by_role("region", name="举证清单")).to_contain_text("还缺2项")
    expect(page.get_by_role("region", name="七步指引")).to_contain_text("第三方不同意，且理由合理")
    legal.shoot(f"guide-review-{screen}")
    fits(legal)


def test_the_list_of_proof_follows_the_decision_that_is_chosen(reader: ReaderAs, number: str) -> None:
    page = signed_in(reader, "chengban").open(f"/cases/{number}")
    page.get_by_role("link", name="拟定答复", exact=True).click()
    lists = page.locator("[data-decision]:visible")
    page.get_by_text("举证清单：各处理决定需要证明什么").click()
    expect(lists).to_have_count(21)

    page.get_by_label("处理决定").select_option("enforcement_file")
    expect(lists).to_have_count(1)
    page.get_by_role("button", name="填入 案卷号").click()
    page.keyboard.type("鲁招资执〔2025〕12号")
    page.get_by_role("button", name="填入 材料性质").click()

    written = page.get_by_label("证据材料").input_value()
    assert written == "案卷号：鲁招资执〔2025〕12号\n材料性质："
    expect(page.locator("[data-item].is-there:visible")).to_have_count(2)
    page.get_by_label("处理决定").select_option("partly_disclosed")
    page.get_by_label("属于内部事务信息（3.3.5）").check()
    expect(lists).to_have_count(2)


def test_the_draft_opens_in_place_filled_in_by_the_answers(reader: ReaderAs, number: str) -> None:
    page = signed_in(reader, "chengban").open(f"/cases/{number}/guide")
    pick(page, "clear", "repeat", "now")
    page.get_by_role("link", name="返回案卷").click()

    page.get_by_role("link", name="据此拟稿").click()

    form = page.locator("#act form.act")
    expect(form.get_by_role("heading", name="拟定答复")).to_be_focused()
    expect(form.get_by_label("处理决定")).to_have_value("repeat")
    expect(form.locator("[data-decision]:visible")).to_have_count(1)

"""Two browsers on one case: each is told of the other, both versions are seen, and nothing is lost."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

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
REASONS = "档案较多，需要到城建档案馆查阅。\n另有两处需要核对。"
#: How often a page says that it is open, and a little more.
BEAT_MS = 21_000
FEW = 10


@pytest.fixture
def number(office: Office) -> str:
    """A handler, a head, and a case that is being handled."""
    office.account("chengban", Role.HANDLER, Role.CLERK, name="陆田野")
    office.account("fuze", Role.HEAD, name="韩秉山")
    return office.case_today(State.PROCESSING, today(), now())


def in_place(reader: Reader, number: str, act: str) -> Page:
    """Open the form of an act on the page of its case."""
    page = reader.open(f"/cases/{number}")
    page.get_by_role("link", name=act, exact=True).first.click()
    expect(page.get_by_role("heading", name=act, exact=True)).to_be_focused()
    return page


def wait_for(page: Page, told: Locator, text: str) -> None:
    """Let the page say that it is open, and hear of others, until it tells that."""
    for _ in range(FEW):
        page.clock.run_for(BEAT_MS)
        expect(page.locator(".htmx-request")).to_have_count(0)
        if told.inner_text().strip() == text:
            return
    raise AssertionError(f"the page never tells “{text}”, but “{told.inner_text()}”")


def fits(reader: Reader) -> None:
    """Nobody is kept out, and nothing lies beside the screen."""
    expect(reader.page.locator(".htmx-request")).to_have_count(0)
    assert reader.obstacles() == []
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("screen", SCREENS)
def test_what_an_act_would_do_is_told_while_it_is_typed(reader: ReaderAs, number: str, screen: str) -> None:
    head = signed_in(reader, "fuze", **SCREENS[screen])
    page = in_place(head, number, "延长答复期限")
    panel = page.get_by_role("region", name="办理后")
    expect(panel).to_contain_text("顺延20个工作日")

    page.get_by_label("延长工作日").fill("3")
    expect(panel).to_contain_text("顺延3个工作日")
    expect(page.get_by_label("延长工作日")).to_be_focused()
    head.shoot(f"effect-{screen}")
    fits(head)

    page.get_by_label("延长工作日").fill("21")
    expect(panel).to_contain_text("现在办理会被退回")
    fits(head)
    page.get_by_label("延长工作日").fill("")
    page.get_by_label("延长理由").fill(REASONS)
    expect(panel).to_contain_text("顺延20个工作日")
    expect(panel).not_to_contain_text("还需填写")


def test_each_is_told_of_the_other_until_the_other_leaves(reader: ReaderAs, number: str) -> None:
    handler, head = signed_in(reader, "chengban"), signed_in(reader, "fuze")
    handler.page.clock.install()
    waiting = handler.open(f"/cases/{number}").locator("#present")

    filling = in_place(head, number, "延长答复期限")
    expect(filling.locator("#present")).to_contain_text("陆田野正在查看")
    wait_for(handler.page, waiting, "韩秉山正在填写“延长答复期限”")
    handler.shoot("present", whole=False)
    fits(handler)

    head.open("/desk")
    wait_for(handler.page, waiting, "")


@pytest.mark.parametrize("screen", SCREENS)
def test_who_is_overtaken_sees_both_versions_and_can_go_on(
    reader: ReaderAs, number: str, screen: str
) -> None:
    handler, head = signed_in(reader, "chengban"), signed_in(reader, "fuze", **SCREENS[screen])
    page = in_place(head, number, "延长答复期限")
    page.get_by_label("延长工作日").fill("12")
    page.get_by_label("延长理由").fill(REASONS)
    other = handler.open(f"/cases/{number}/actions/assign")
    other.get_by_label("承办单位").fill("档案室")
    other.get_by_role("button", name="分办", exact=True).click()
    expect(other.get_by_text("已完成：分办")).to_be_visible()

    page.get_by_role("button", name="延长答复期限", exact=True).click()

    expect(page.get_by_role("alert").first).to_be_focused()
    both = page.get_by_role("table", name="两个版本对照")
    expect(both.get_by_role("row", name="承办 自然资源确权登记科")).to_contain_text("档案室")
    expect(both).to_contain_text("另有两处需要核对。")
    expect(both.locator("mark")).to_have_text(["档案室"])
    head.shoot(f"stale-{screen}")
    fits(head)
    page.get_by_role("button", name="再次提交").click()
    expect(page.get_by_text("已完成：延长答复期限")).to_be_visible()


def test_what_is_typed_comes_back_by_itself(reader: ReaderAs, number: str) -> None:
    head = signed_in(reader, "fuze")
    page = in_place(head, number, "延长答复期限")
    page.get_by_label("延长理由").fill(REASONS)
    expect(page.locator("#kept-said")).to_contain_text("已暂存")

    page = in_place(head, number, "延长答复期限")

    expect(page.get_by_text("已恢复您于")).to_be_visible()
    expect(page.get_by_label("延长理由")).to_have_value(REASONS)
    head.shoot("kept")
    fits(head)
    page.get_by_role("button", name="清空").click()
    expect(page.get_by_label("延长理由")).to_have_value("")


def test_a_registration_comes_back_by_itself(reader: ReaderAs, number: str) -> None:
    clerk = signed_in(reader, "chengban")
    page = clerk.open("/cases/new")
    page.get_by_label("传真", exact=True).check()
    page.get_by_label("姓名或名称").fill("赵某")
    expect(page.locator("#kept-said")).to_contain_text("已暂存")
    page.on("dialog", lambda dialog: dialog.accept())

    page = clerk.open("/cases/new")

    expect(page.get_by_label("姓名或名称")).to_have_value("赵某")
    expect(page.get_by_label("传真", exact=True)).to_be_checked()
    clerk.shoot("kept-registration")
    fits(clerk)


def test_who_is_signed_out_while_typing_keeps_the_page_and_the_text(reader: ReaderAs, number: str) -> None:
    head = signed_in(reader, "fuze")
    page = in_place(head, number, "延长答复期限")
    head.context.clear_cookies()

    page.get_by_label("延长理由").fill(REASONS)

    expect(page.get_by_role("alert")).to_contain_text("登录已失效")
    expect(page.get_by_label("延长理由")).to_have_value(REASONS)
    assert page.url.endswith(f"/cases/{number}")


def test_without_a_script_the_buttons_try_out_and_keep(reader: ReaderAs, number: str) -> None:
    page = signed_in(reader, "fuze", java_script_enabled=False).open(f"/cases/{number}/actions/extend")
    page.get_by_label("延长工作日").fill("5")

    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("region", name="办理后")).to_contain_text("顺延5个工作日")
    page.get_by_role("button", name="暂存").click()

    expect(page.get_by_text("已恢复您于")).to_be_visible()
    expect(page.get_by_label("延长工作日")).to_have_value("5")

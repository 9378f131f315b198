"""The desk without a mouse, in light and dark: from line to line, open, act, and back to the next one."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.clock import today
from tests.browser.conftest import ReaderAs
from tests.browser.hands import signed_in
from tests.office import Office
from workflow.vocabulary import Role

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
SCREENS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "telephone": {"width": 390, "height": 844},
}


def waiting(office: Office) -> list[str]:
    """Three cases to screen, the most urgent first."""
    office.account("chuangkou", Role.CLERK, name="沈若溪")
    return [office.register(today() - timedelta(days=days)) for days in (20, 10, 0)]


def marked(page: Page) -> str:
    """The line that is marked as the current one."""
    return page.locator("[data-line][aria-current]").get_attribute("id") or ""


@pytest.mark.parametrize("screen", SCREENS)
def test_a_clerk_works_through_the_desk_by_keyboard(reader: ReaderAs, office: Office, screen: str) -> None:
    first, second, third = waiting(office)
    clerk = signed_in(reader, "chuangkou", **SCREENS[screen])
    page = clerk.page

    for key, number in (("j", first), ("j", second), ("ArrowDown", third), ("j", third), ("k", second)):
        page.keyboard.press(key)
        assert marked(page) == f"n-{number}"
        expect(page.locator(f"[id='n-{number}'] [data-open]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    clerk.shoot(f"desk-keys-{screen}", whole=False)
    assert clerk.obstacles() == []

    page.keyboard.press("a")
    page.wait_for_url(f"**/cases/{first}/actions/accept?**")
    page.get_by_label("承办单位").fill("档案室")
    page.get_by_role("button", name="转入办理").click()

    page.wait_for_url(f"**/desk#n-{second}")
    expect(page.get_by_role("status")).to_contain_text("已完成：转入办理")
    expect(page.locator(f"[id='n-{second}'] [data-open]")).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url(f"**/cases/{second}?**")
    page.get_by_role("link", name="告知补正").click()
    page.get_by_label("需要补正的事项").fill("请写明地块")
    page.locator("#act").get_by_role("button", name="告知补正").click()
    page.wait_for_url(f"**/desk#n-{third}")


def test_letters_typed_into_a_field_are_letters(reader: ReaderAs, office: Office) -> None:
    first, *_others = waiting(office)
    page = signed_in(reader, "chuangkou").page

    page.keyboard.press("/")
    page.keyboard.type("jack?")

    expect(page.get_by_role("searchbox")).to_have_value("jack?")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger?q=jack**")
    assert first


def test_letters_can_be_switched_off_and_stay_so(reader: ReaderAs, office: Office) -> None:
    first, *_others = waiting(office)
    clerk = signed_in(reader, "chuangkou")
    page = clerk.page

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert clerk.obstacles() == []
    clerk.shoot("desk-help", whole=False)
    page.get_by_label("使用字母和符号快捷键").uncheck()
    page.get_by_role("button", name="关闭").click()

    for _ in range(2):
        for key in ("j", "a", "?", "/"):
            page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator("[data-line][aria-current]")).to_have_count(0)
        page.reload()
    page.locator(f"[id='n-{first}'] [data-open]").focus()
    page.keyboard.press("ArrowDown")
    assert marked(page) != f"n-{first}"
    page.get_by_role("button", name="快捷键").click()
    page.get_by_label("使用字母和符号快捷键").check()
    page.get_by_role("button", name="关闭").click()
    page.keyboard.press("k")
    assert marked(page) == f"n-{first}"


def test_without_scripts_the_desk_works_by_its_links(reader: ReaderAs, office: Office) -> None:
    first, second, _third = waiting(office)
    page = signed_in(reader, "chuangkou", java_script_enabled=False).page
    expect(page.get_by_role("button", name="快捷键")).to_be_hidden()

    page.get_by_role("link", name="按紧急程度").click()
    page.get_by_role("link", name=f"转入办理 {first}").click()
    page.get_by_label("承办单位").fill("档案室")
    page.get_by_role("button", name="转入办理").click()

    assert page.url.endswith(f"/desk?view=list#n-{second}")
    expect(page.get_by_role("status")).to_contain_text("已完成：转入办理")

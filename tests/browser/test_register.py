"""Registering in a real browser: what follows is told while the clerk types, and nothing typed is lost."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader, ReaderAs
from tests.office import PASSWORD, Office
from tests.pages.test_attachments import PDF
from tests.story import REQUEST, ZHANG
from workflow.vocabulary import Role, State

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
CITIZEN = "37068519991231002X"
SCREENS: dict[str, dict[str, Any]] = {
    "desk": {"width": 1366, "height": 768},
    "dark": {"width": 1366, "height": 768, "color_scheme": "dark"},
    "phone": {"width": 390, "height": 844},
}


@pytest.fixture
def earlier(office: Office) -> str:
    """A clerk, and a person who has asked before."""
    office.account("chuangkou", Role.CLERK, name="沈若溪")
    return office.case_at(State.CONCLUDED, applicant=ZHANG | {"id_number": CITIZEN})


def at_the_form(reader: ReaderAs, **options: Any) -> Reader:
    opened = reader(**options)
    opened.sign_in("chuangkou", PASSWORD)
    expect(opened.page.get_by_role("button", name="退出")).to_be_visible()
    opened.open("/cases/new")
    return opened


@pytest.mark.parametrize("screen", SCREENS)
def test_what_follows_is_told_while_the_clerk_types(reader: ReaderAs, earlier: str, screen: str) -> None:
    clerk = at_the_form(reader, **SCREENS[screen])
    page = clerk.page
    oral = page.get_by_label("口头提出，由我代为填写")
    expect(oral).to_be_hidden()
    assert clerk.obstacles() == []

    page.get_by_label("邮寄", exact=False).check()
    expect(page.get_by_label("签收日期")).to_be_visible()
    page.get_by_label("签收日期").fill("2026-07-01")
    expect(page.locator("#foreseen")).to_contain_text("答复截止 2026-07-29")
    page.get_by_label("当面", exact=True).check()
    expect(oral).to_be_visible()
    oral.check()
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("姓名或名称").fill("张三")
    page.get_by_label("证件号码").fill("370685199912310021")
    expect(page.locator("#told-number")).to_contain_text("校验不符")
    page.get_by_label("证件号码").fill(CITIZEN)
    expect(page.locator("#told-number")).to_contain_text("校验相符")
    page.get_by_label("信息名称").fill(REQUEST["title"] + "一")
    expect(page.locator("#earlier")).to_contain_text(
        re.compile(f"{earlier}.*同一申请人.*内容相近", re.DOTALL)
    )
    clerk.shoot(f"register-{screen}")
    assert clerk.obstacles() == []

    page.get_by_label("内容描述").fill("   ")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_label("内容描述")).to_be_focused()
    expect(page.get_by_label("姓名或名称")).to_have_value("张三")
    clerk.shoot(f"register-wrong-{screen}", whole=False)
    assert clerk.obstacles() == []

    page.get_by_label("内容描述").fill("2025年某地块的征收补偿安置方案")
    page.get_by_label("申请材料").set_input_files(
        {"name": "申请表.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".slip")).to_contain_text("申请人签名")
    expect(page.get_by_role("region", name="附件")).to_contain_text("申请表.pdf")
    with clerk.context.expect_page() as opening:
        page.get_by_role("link", name="打印登记回执").click()
    opening.value.close()
    clerk.shoot(f"registered-{screen}")
    assert clerk.obstacles() == []

    page.get_by_role("navigation", name="登记以后").get_by_role("link", name="登记拆分件").click()
    expect(page.get_by_label("姓名或名称")).to_have_value("张三")
    expect(page.locator("#told-first")).to_contain_text("沿用首件")
    expect(page.get_by_label("证件号码")).to_have_value("")
    clerk.shoot(f"register-part-{screen}")
    assert clerk.obstacles() == []


def test_who_is_signed_out_while_typing_keeps_what_was_typed(reader: ReaderAs, earlier: str) -> None:
    clerk = at_the_form(reader)
    clerk.context.clear_cookies()

    clerk.page.get_by_label("姓名或名称").fill("张三")

    expect(clerk.page.get_by_role("alert")).to_contain_text("登录已失效")
    expect(clerk.page.get_by_label("姓名或名称")).to_have_value("张三")
    assert clerk.page.url.endswith("/cases/new")


def test_without_a_script_a_button_looks_ahead(reader: ReaderAs, earlier: str) -> None:
    page = at_the_form(reader, java_script_enabled=False).page
    page.get_by_label("传真", exact=True).check()
    page.get_by_label("双方确认日期").fill("2026-07-01")
    page.get_by_label("证件号码").fill(CITIZEN)

    page.get_by_role("button", name="预览", exact=True).click()

    expect(page.locator("#foreseen")).to_contain_text("2026-07-29")
    expect(page.locator("#earlier")).to_contain_text(earlier)
    expect(page.get_by_label("证件号码")).to_have_value(CITIZEN)

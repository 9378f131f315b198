"""The file of a case in a real browser: written beside, read in full, printed, carried away."""

import zipfile
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.clock import now, today
from tests.browser.conftest import Reader, ReaderAs
from tests.database import behind
from tests.office import PASSWORD, Office
from workflow.vocabulary import Action, Role, State

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
SCREENS: dict[str, dict[str, Any]] = {
    "desk": {"width": 1366, "height": 768},
    "dark": {"width": 1366, "height": 768, "color_scheme": "dark"},
    "phone": {"width": 390, "height": 844},
}
#: Nothing of a page may be wider than the screen.
SPILLED = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def number(office: Office) -> str:
    """A clerk who handles too, and a case that has seen much."""
    office.account("chuangkou", Role.CLERK, Role.HANDLER, name="沈若溪")
    case = office.case_today(State.PROCESSING, today(), now())
    acts: list[tuple[Action, dict[str, Any]]] = [
        (Action.OPEN_CONFERENCE, {"participants": ["司法局", "财政局"], "question": "能否公开？"}),
        (
            Action.CLOSE_CONFERENCE,
            {"conclusion": "可以公开。", "opinions": ["司法局：无异议", "财政局：同意"]},
        ),
        (Action.CONSULT_AGENCY, {"name": "市财政局", "question": "是否共同制作？"}),
        (Action.RECORD_OPINION, {"name": "市财政局", "consents": True}),
        *((Action.ASSIGN, {"unit": f"第{n}科"}) for n in range(28)),
    ]
    for action, body in acts:
        office.do(case, action, today(), at=now(), **body)
    return case


def signed_in(reader: ReaderAs, **screen: Any) -> Reader:
    clerk = reader(**screen)
    clerk.sign_in("chuangkou", PASSWORD)
    expect(clerk.page.get_by_role("button", name="退出")).to_be_visible()
    return clerk


def fits(page: Page) -> bool:
    return not page.evaluate(SPILLED)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_case_is_noted_on_linked_and_read_in_full(
    reader: ReaderAs, office: Office, number: str, screen: str
) -> None:
    other = office.case_today(State.CONCLUDED, today(), now())
    clerk = signed_in(reader, **SCREENS[screen])
    page = clerk.open(f"/cases/{number}")
    assert clerk.obstacles() == []

    page.get_by_label("添加备注").fill("已电话联系申请人")
    page.get_by_role("region", name="备注").get_by_role("button", name="添加").click()
    expect(page.get_by_role("region", name="备注")).to_contain_text("已电话联系申请人")

    page.get_by_text("关联另一件申请").click()
    page.get_by_label("申请编号").fill("没有这个编号")
    page.get_by_role("button", name="关联", exact=True).click()
    expect(page.get_by_label("申请编号")).to_have_attribute("aria-invalid", "true")
    assert clerk.obstacles() == []
    page.get_by_label("申请编号").fill(other)
    page.get_by_role("button", name="关联", exact=True).click()
    expect(page.get_by_role("region", name="关联的申请")).to_contain_text(other)

    course = page.get_by_role("region", name="办理记录")
    expect(course).not_to_contain_text("提交申请")
    page.get_by_role("link", name="显示较早的").click()
    expect(course).to_contain_text("提交申请")
    expect(page.get_by_role("link", name="显示较早的")).to_have_count(0)
    clerk.shoot(f"casefile-{screen}")
    assert clerk.obstacles() == []
    assert fits(page)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("sheet", ["print?notes=1", "conferences/1"])
def test_sheets_are_clean_on_screen_and_on_paper(
    reader: ReaderAs, number: str, screen: str, sheet: str
) -> None:
    clerk = signed_in(reader, **SCREENS[screen])

    page = clerk.open(f"/cases/{number}/{sheet}")

    expect(page.get_by_role("button", name="打印")).to_be_visible()
    clerk.shoot(f"casefile-{sheet.partition('?')[0].partition('/')[0]}-{screen}")
    assert clerk.obstacles() == []
    assert fits(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    expect(page.get_by_role("link", name="返回案卷")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_minutes_fit_one_sheet_of_paper(reader: ReaderAs, number: str) -> None:
    clerk = signed_in(reader)

    page = clerk.open(f"/cases/{number}/conferences/1")

    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_without_a_script_the_rest_of_a_long_history_is_a_link(reader: ReaderAs, number: str) -> None:
    clerk = signed_in(reader, java_script_enabled=False)
    page = clerk.open(f"/cases/{number}")

    page.get_by_role("link", name="显示较早的").click()

    expect(page.get_by_role("region", name="办理记录")).to_contain_text("提交申请")
    clerk.open(f"/cases/{number}/print")
    expect(page.get_by_role("button", name="打印")).to_be_hidden()


def test_a_file_is_carried_away_and_one_that_is_incomplete_says_so(
    reader: ReaderAs, office: Office, number: str
) -> None:
    clerk = signed_in(reader)
    page = clerk.open(f"/cases/{number}")

    with page.expect_download() as saving:
        page.get_by_role("link", name="导出案卷").click()
    with zipfile.ZipFile(saving.value.path()) as archive:
        assert f"{number}/卷内目录.xlsx" in archive.namelist()
    assert saving.value.suggested_filename == f"案卷 {number}.zip"

    behind.execute(office.store, "UPDATE letters SET sha256 = 'x' WHERE id = 1")
    clerk.open(f"/cases/{number}")
    page.get_by_role("link", name="导出案卷").click()
    expect(page.get_by_role("heading", name="案卷不完整，没有导出")).to_be_visible()
    clerk.shoot("casefile-incomplete")
    assert clerk.obstacles() == []


@pytest.mark.parametrize("screen", ["desk", "dark"])
def test_what_was_disclosed_is_noted_as_made_public(reader: ReaderAs, office: Office, screen: str) -> None:
    office.account("chuangkou", Role.CLERK, name="沈若溪")
    number = office.case_today(State.CONCLUDED, today(), now())
    clerk = signed_in(reader, **SCREENS[screen])
    page = clerk.open(f"/cases/{number}")

    page.get_by_text("登记已转为主动公开").click()
    page.get_by_label("网址或栏目").fill("https://www.example.gov.cn/art/1.html")
    page.get_by_role("button", name="登记", exact=True).click()

    expect(page.get_by_role("region", name="案卷概况")).to_contain_text("已转主动公开")
    clerk.shoot(f"casefile-public-{screen}")
    assert clerk.obstacles() == []

"""The files of a case in a real browser: chosen or dropped, looked at in a tab of their own, removed."""

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.clock import now, today
from tests.browser.conftest import ReaderAs
from tests.office import PASSWORD, Office
from tests.pages.test_attachments import DOCX, PDF, PNG
from workflow.scans import RESTED
from workflow.vocabulary import Role, State

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
DROP = """([form, name]) => {
  const moved = new DataTransfer();
  moved.items.add(new File(["%PDF-1.7\\n%%EOF"], name, { type: "application/pdf" }));
  for (const type of ["dragenter", "dragover", "drop"])
    form.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: moved }));
}"""


@pytest.fixture
def number(office: Office) -> str:
    """A clerk, and a case of today."""
    office.account("chuangkou", Role.CLERK, name="沈若溪")
    return office.case_today(State.SCREENING, today(), now())


def add(page: Page) -> None:
    page.locator('form[action$="/attachments"]').get_by_role("button", name="添加", exact=True).click()


@pytest.mark.parametrize("screen", SCREENS)
def test_files_are_chosen_dropped_looked_at_and_removed(
    reader: ReaderAs, number: str, screen: str, tmp_path: Path
) -> None:
    clerk = reader(**SCREENS[screen])
    clerk.sign_in("chuangkou", PASSWORD)
    expect(clerk.page.get_by_role("button", name="退出")).to_be_visible()
    page = clerk.open(f"/cases/{number}")
    files = {"申请表.pdf": PDF, "现场照片.png": PNG, "情况说明.docx": DOCX}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    page.get_by_label("添加附件").set_input_files([tmp_path / name for name in files])
    add(page)
    expect(page.get_by_text("已添加3个附件")).to_be_visible()

    page.evaluate(DROP, [page.locator("[data-drop]").element_handle(), "申请表.pdf"])
    page.get_by_label("类别").select_option("evidence")
    add(page)
    card = page.get_by_role("region", name="附件")
    expect(card).to_contain_text("申请表.pdf 第2版")
    clerk.shoot(f"files-{screen}")
    assert clerk.obstacles() == []

    with clerk.context.expect_page() as opening:
        card.get_by_role("link", name="查看 现场照片.png").click()
    expect(opening.value.locator("img")).to_be_visible()
    opening.value.close()
    with page.expect_download() as saving:
        card.get_by_role("link", name="下载 情况说明.docx").click()
    assert saving.value.suggested_filename == "情况说明.docx"
    assert Path(saving.value.path()).read_bytes() == DOCX

    away = card.get_by_role("listitem").filter(has_text="现场照片.png")
    away.get_by_text("移除", exact=True).click()
    away.get_by_role("button", name="确认移除").click()
    expect(page.get_by_text("已移除附件：现场照片.png")).to_be_visible()
    page.get_by_text("以前的版本和已移除的附件（2）").click()
    expect(card).to_contain_text("沈若溪 于")
    clerk.shoot(f"files-removed-{screen}")
    assert clerk.obstacles() == []


def test_a_scan_that_comes_meanwhile_is_listed_and_taken_without_losing_a_tick(
    reader: ReaderAs, office: Office, number: str, environment: dict[str, str]
) -> None:
    folder = Path(environment["MINGDA_DATA"]) / "scans" / office.agency.code
    folder.mkdir(parents=True)
    (folder / "申请表.pdf").write_bytes(PDF)
    clerk = reader()
    clerk.sign_in("chuangkou", PASSWORD)
    expect(clerk.page.get_by_role("button", name="退出")).to_be_visible()
    page = clerk.open(f"/cases/{number}")
    refresh = page.get_by_role("button", name="刷新列表")
    first, second = page.get_by_label("申请表.pdf", exact=True), page.get_by_label("身份证.pdf", exact=True)
    until = time.monotonic() + RESTED.total_seconds() + 5
    while not first.count() and time.monotonic() < until:  # A scan counts once it has rested.
        refresh.click()
        page.wait_for_timeout(500)

    first.check()
    (folder / "身份证.pdf").write_bytes(PDF + b"2")
    page.wait_for_timeout(RESTED.total_seconds() * 1000 + 500)
    refresh.click()
    second.check()
    assert clerk.obstacles() == []
    add(page)

    expect(page.get_by_text("已添加2个附件")).to_be_visible()
    assert list(folder.iterdir()) == []

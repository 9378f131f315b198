"""Many at once in a browser: a register looked at and imported, and acts on ticked cases of the ledger."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from api.clock import now, today
from tests.browser.conftest import Reader, ReaderAs
from tests.ledger.register import rows
from tests.ledger.sheets import REGISTER
from tests.office import PASSWORD, Office
from workflow.vocabulary import Action, Role, State

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("font"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

FORMS: dict[str, dict[str, Any]] = {
    "as usual": {},
    "in the dark": {"color_scheme": "dark"},
    "without scripts": {"java_script_enabled": False},
    "on a telephone": {"width": 390, "height": 844},
}
DROP = """([form, bytes, name]) => {
  const moved = new DataTransfer();
  moved.items.add(new File([new Uint8Array(bytes)], name));
  for (const type of ["dragenter", "dragover", "drop"])
    form.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: moved }));
}"""


def clerk_before(reader: ReaderAs, office: Office, form: str) -> Reader:
    """A clerk of the office who has signed in."""
    office.account("clerk", Role.CLERK, name="沈若溪")
    clerk = reader(**FORMS[form])
    clerk.sign_in("clerk", PASSWORD)
    expect(clerk.page.get_by_role("button", name="退出")).to_be_visible()
    return clerk


def in_order(clerk: Reader, form: str, name: str) -> None:
    """Nothing on the page keeps anybody out, and it is no wider than the screen."""
    assert clerk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if form != "without scripts":
        assert clerk.obstacles() == []
    clerk.shoot(f"{name}-{form.replace(' ', '-')}")


@pytest.mark.parametrize("form", FORMS)
def test_a_register_with_errors_is_looked_at_and_comes_in_without_them(
    reader: ReaderAs, office: Office, form: str, tmp_path: Path
) -> None:
    clerk = clerk_before(reader, office, form)
    page = clerk.open("/ledger")
    page.get_by_role("link", name="导入", exact=True).click()
    in_order(clerk, form, "import")

    if form == "as usual":
        dropped = page.locator("[data-drop]").element_handle()
        page.evaluate(DROP, [dropped, list(REGISTER.read_bytes()), REGISTER.name])
    else:
        page.get_by_label("台账文件").set_input_files(REGISTER)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_role("heading", name="导入预览")).to_be_visible()
    in_order(clerk, form, "preview")

    page.get_by_role("link", name="不能导入").click()
    expect(page.locator(".import-rows tbody th")).to_have_text(["9", "14", "20", "33", "47", "58"])
    expect(page.locator(".import-rows tbody tr").first).to_contain_text("错误答复日期2024-12-30早于收到日期")
    with page.expect_download() as saving:
        page.get_by_role("link", name="下载问题行").click()
    assert saving.value.suggested_filename == "ledger_2025-问题行（6行）.xlsx"
    page.get_by_role("button", name="跳过错误行，导入其余90件").click()

    expect(page.get_by_text("已导入：新导入90件")).to_be_visible()
    assert len(rows(office.store)) == 90
    in_order(clerk, form, "imported")


@pytest.mark.parametrize("form", FORMS)
def test_ticked_cases_are_moved_on_and_what_fails_is_tried_again(
    reader: ReaderAs, office: Office, form: str
) -> None:
    fit = [office.register(today()) for _ in range(3)]
    unfit = office.submit(today()).file.row.number
    clerk = clerk_before(reader, office, form)
    page = clerk.open("/ledger")

    if form == "without scripts":
        for number in (*fit, unfit):
            page.get_by_label(f"选择 {number}", exact=True).check()
    else:
        page.get_by_label("选择本页全部").check()
        expect(page.get_by_text("已选4件")).to_be_visible()
    in_order(clerk, form, "ticked")
    page.get_by_role("button", name="转入办理", exact=True).click()
    expect(page.get_by_text("1件现在不能转入办理")).to_be_visible()
    in_order(clerk, form, "bulk")
    page.get_by_label("承办单位").fill("档案室")
    page.get_by_role("button", name="转入办理选中的申请件").click()

    expect(page.get_by_text("办成3件，未办1件")).to_be_visible()
    expect(page.get_by_role("row", name=unfit)).to_contain_text("本件处于“待登记”状态")
    in_order(clerk, form, "report")
    office.do(unfit, Action.REGISTER, today(), at=now())
    page.reload()
    page.get_by_role("button", name="重试未办成的（1件）").click()
    expect(page.get_by_label("承办单位")).to_have_value("档案室")
    page.get_by_role("button", name="转入办理选中的申请件").click()

    expect(page.get_by_text("1件全部办成")).to_be_visible()
    assert {str(each.state) for each in rows(office.store)} == {"processing"}


def test_the_letters_of_ticked_cases_are_joined(reader: ReaderAs, office: Office) -> None:
    numbers = [office.case_today(State.CONCLUDED, today(), now()) for _ in range(2)]
    clerk = clerk_before(reader, office, "as usual")
    page = clerk.open("/ledger")

    for number in numbers:
        page.get_by_label(f"选择 {number}", exact=True).check()
    page.get_by_role("button", name="打印文书").click()
    expect(page.get_by_role("heading", name="批量打印文书")).to_be_visible()
    in_order(clerk, "as usual", "printing")
    page.get_by_role("button", name="合并为 PDF").click()

    expect(page.get_by_text("已合并2件文书")).to_be_visible()
    in_order(clerk, "as usual", "printed")

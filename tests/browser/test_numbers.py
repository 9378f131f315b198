"""The office's settings, its register of letters and a day's post, as people see and use them."""

import re

import pytest
from playwright.sync_api import expect

from api.clock import now, today
from tests.browser.conftest import Reader, ReaderAs
from tests.browser.hands import signed_in
from tests.database.behind import execute
from tests.office import PASSWORD, Office
from workflow.vocabulary import Action, Role, State

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
def kept(office: Office) -> Office:
    """An office with a register: letters of today, one of them gone, and somebody who keeps it."""
    office.account("guanli", Role.ADMIN, Role.CLERK, name="安如磐")
    for _ in range(2):
        office.register(today(), channel="registered_post")
    number = office.case_today(State.PROCESSING, today(), now())
    office.do(number, Action.CONSULT_THIRD_PARTY, today(), at=now(), name="甲公司", method="registered_post")
    assert execute(office.store, "DELETE FROM letters WHERE series = '收' AND n = 2") == 1
    return office


def test_what_letters_will_say_follows_what_is_typed(reader: ReaderAs, kept: Office) -> None:
    admin = signed_in(reader, "guanli")
    page = admin.open("/admin/office")
    preview = page.get_by_label("文书预览")
    expect(preview).to_contain_text("向招远市人民政府申请行政复议")

    page.get_by_label("机关代字").fill("招自然资")
    page.get_by_label("文号格式").fill("{code}公开〔{year}〕第{n}号")
    expect(preview).to_contain_text(f"招自然资公开〔{today().year}〕第1号")
    page.get_by_label("行政复议机关").fill("烟台市人民政府")
    expect(preview).to_contain_text("向烟台市人民政府申请行政复议")
    page.get_by_label("文号格式").fill("{code}公开{n:03d}号")
    expect(preview).to_contain_text("还不能使用")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("不编虚位")
    seen(admin, "office-wrong")

    page.get_by_label("文号格式").fill("")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("设置已保存")).to_be_visible()
    seen(admin, "office")


def test_a_gap_is_found_and_explained(reader: ReaderAs, kept: Office) -> None:
    clerk = signed_in(reader, "guanli")
    page = clerk.open("/letters?series=收")
    expect(page.get_by_text("有1个空号尚未说明原因")).to_be_visible()
    seen(clerk, "letters")

    page.get_by_role("link", name=re.compile("2号：.*说明原因")).click()
    seen(clerk, "letters-gap")
    page.get_by_label("原因").fill("打印错误作废")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("row").filter(has_text="空号")).to_contain_text("打印错误作废")
    expect(page.get_by_text("尚未说明")).to_have_count(0)
    page.get_by_role("link", name="接续纸质登记").click()
    seen(clerk, "letters-paper")


def test_a_day_is_printed_and_addressed(reader: ReaderAs, kept: Office) -> None:
    clerk = signed_in(reader, "guanli")
    page = clerk.open("/letters")
    page.get_by_role("link", name="当日文书").click()
    expect(page.get_by_text(re.compile(r"\d件邮寄的文书没有收件地址"))).to_be_visible()
    seen(clerk, "letters-day")

    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("信封清单")).click()
    assert download.value.suggested_filename.startswith(f"{today()}信封清单")


@pytest.mark.parametrize(
    "path", ["/admin/office", "/letters?series=收", "/letters/gaps?series=收", "/letters/day"]
)
def test_on_a_telephone_and_in_the_dark_nothing_is_cut_off(reader: ReaderAs, kept: Office, path: str) -> None:
    holder = reader(width=390, height=844, color_scheme="dark")
    expect(holder.sign_in("guanli", PASSWORD).get_by_role("button", name="退出")).to_be_visible()

    page = holder.open(path)

    seen(holder, f"telephone-{path.split('?')[0].strip('/').replace('/', '-')}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def seen(holder: Reader, name: str) -> None:
    holder.shoot(name)
    assert holder.obstacles() == []

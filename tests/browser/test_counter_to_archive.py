"""One application in a real browser, from the counter to the archive, by everybody who has a part in it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from api.clock import today
from tests.browser.conftest import Reader, ReaderAs
from tests.browser.hands import act, signed_in
from tests.office import Office
from workflow.vocabulary import Action, Role

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
TITLE = "城东第三地块征收补偿安置方案"
STAFF = {
    "chuangkou": (Role.CLERK, "沈若溪"),
    "chengban": (Role.HANDLER, "陆田野"),
    "fazhi": (Role.LEGAL, "方守正"),
    "fuze": (Role.HEAD, "韩秉山"),
    "duban": (Role.SUPERVISOR, "骆公允"),
}


@pytest.fixture
def late(office: Office) -> str:
    """People in every role, and a case that is late."""
    for login, (role, name) in STAFF.items():
        office.account(login, role, name=name)
    number = office.register(today() - timedelta(days=60))
    office.do(number, Action.ACCEPT, today() - timedelta(days=59), unit="耕地保护科")
    return number


def test_a_case_goes_from_the_counter_to_the_archive(reader: ReaderAs, late: str) -> None:
    clerk, handler, legal, head = (
        signed_in(reader, login) for login in ("chuangkou", "chengban", "fazhi", "fuze")
    )
    number, link = registered(clerk)
    case = f"/cases/{number}"

    act(clerk.open(case), "转入办理", {"承办单位": "征地管理科"})
    act(handler.open(case), "征求第三方意见", {"第三方名称": "招远示例建材有限公司"})
    act(head.open(case), "延长答复期限", {"延长工作日": "10", "延长理由": "档案较多"})
    handler.open(case)
    handler.shoot("case-consulting")
    no_obstacles(handler)
    drafted(handler)
    legal.open(case)
    legal.shoot("case-draft")
    act(legal.page, "审核通过", {"审核意见": "程序合法，不涉密。"})
    act(head.open(case), "签发")
    issued(clerk, case)
    act(clerk.page, "归档")

    expect(clerk.page.locator(".case-head")).to_contain_text("已归档")
    clerk.shoot("case-archived")
    no_obstacles(clerk)
    found(clerk, number)
    followed(reader(width=390, height=844), link)
    pressed(signed_in(reader, "duban"), late)


def registered(clerk: Reader) -> tuple[str, str]:
    """The clerk writes down what was asked for at the counter; gives the number and the slip's link."""
    page = clerk.page
    clerk.shoot("desk")
    no_obstacles(clerk)
    page.get_by_role("link", name="登记申请").click()
    no_obstacles(clerk)
    page.get_by_label("当面", exact=True).check()
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("姓名或名称").fill("王小明")
    page.get_by_label("证件号码").fill("370685192001010016")
    page.get_by_label("电话").fill("13900005678")
    page.get_by_label("信息名称").fill(TITLE)
    page.get_by_label("内容描述").fill("2025年城东第三地块的征收补偿安置方案及批复")
    clerk.shoot("register")
    page.get_by_role("button", name="登记", exact=True).click()
    slip = page.locator(".slip")
    expect(slip).to_contain_text(TITLE)
    clerk.shoot("slip")
    number, code = (slip.locator("dd.strong").nth(n).inner_text() for n in (0, 1))
    assert code not in page.url
    page.reload()
    expect(page.locator(".slip")).to_have_count(0)
    return number, f"/track#number={number}&code={code}"


def drafted(handler: Reader) -> None:
    """The opinion comes; a draft that the law forbids is refused, kept, corrected, and goes on."""
    page = handler.page
    said = {"被征求意见方": "招远示例建材有限公司", "是否同意公开": "否", "不同意的理由是否合理": "是"}
    act(page, "登记反馈意见", said)
    page.get_by_role("link", name="拟定答复", exact=True).click()
    page.get_by_label("处理决定").select_option("partly_disclosed")
    page.get_by_label("答复理由").fill("方案中涉及该公司的生产数据不予公开，其余内容予以公开。")
    page.get_by_role("button", name="拟定答复").click()
    expect(page.get_by_role("alert")).to_contain_text("第三十七条")
    expect(page.get_by_label("答复理由")).to_have_value(re.compile("其余内容予以公开"))
    handler.shoot("refused")
    no_obstacles(handler)
    page.get_by_label("保护第三方合法权益").check()
    page.get_by_role("button", name="再次提交").click()
    expect(page.get_by_text("已完成：拟定答复")).to_be_visible()


def issued(clerk: Reader, case: str) -> None:
    """The reply is handed over, and opens as a letter in a tab of its own."""
    page = clerk.open(case)
    page.get_by_role("link", name="发出答复", exact=True).click()
    page.locator("#act form").get_by_label("发送方式").select_option("in_person")
    page.locator("#act form").get_by_role("button", name="发出答复").click()
    expect(page.locator(".case-head")).to_contain_text("部分公开")
    with clerk.context.expect_page() as opening:
        page.locator("#letters + *, .rows").get_by_role("link", name="政府信息部分公开答复书").first.click()
    letter = clerk.watch(opening.value)
    expect(letter.locator(".letter-title")).to_contain_text("部分公开")
    letter.screenshot(path=clerk.shots / "letter.png", full_page=True)
    letter.close()


def found(clerk: Reader, number: str) -> None:
    """The list follows what is typed, without a button."""
    page = clerk.open("/cases")
    expect(page.get_by_role("rowheader")).to_have_count(2)
    page.get_by_label("编号、内容、申请人").press_sequentially("王小明")
    expect(page.get_by_role("rowheader")).to_have_text([number])
    expect(page).to_have_url(re.compile("q=%E7%8E%8B"))
    no_obstacles(clerk)


def followed(citizen: Reader, link: str) -> None:
    """The applicant follows the square on the slip on a telephone, and reads the reply."""
    page = citizen.open(link)
    expect(page).to_have_url(re.compile("/track$"))
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", name="您的申请已办结")).to_be_visible()
    citizen.shoot("track-phone")
    no_obstacles(citizen)
    with citizen.context.expect_page() as opening:
        page.get_by_role("button", name=re.compile("^打开 .*部分公开答复书")).click()
    expect(opening.value.locator(".letter-title")).to_contain_text("部分公开")


def pressed(supervisor: Reader, late: str) -> None:
    """The supervisor sees what is late, and presses."""
    supervisor.shoot("supervision")
    no_obstacles(supervisor)
    page = supervisor.page
    page.get_by_role("link", name=f"督办 {late}").click()
    page.get_by_label("督办意见").fill("请说明逾期原因，并于三个工作日内答复。")
    page.get_by_role("button", name="督办").click()
    expect(page.get_by_text("已完成：督办")).to_be_visible()
    supervisor.shoot("case-pressed")


def no_obstacles(before: Reader) -> None:
    assert before.obstacles() == []


def test_the_key_pages_work_without_javascript(reader: ReaderAs, late: str) -> None:
    clerk = signed_in(reader, "chuangkou", java_script_enabled=False)
    page = clerk.open(f"/cases/{late}")
    page.get_by_role("group").get_by_text("其他操作").click()
    page.get_by_role("link", name="分办", exact=True).click()
    expect(page).to_have_url(re.compile("/actions/assign$"))
    page.get_by_label("承办单位").fill("档案室")
    page.get_by_role("button", name="分办").click()
    expect(page.get_by_text("已完成：分办")).to_be_visible()
    clerk.open("/cases")
    page.get_by_label("状态").select_option("processing")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("rowheader")).to_have_text([late])
    clerk.shoot("plain-cases")

    citizen = reader(java_script_enabled=False)
    page = citizen.open("/apply")
    page.get_by_label("向哪个机关申请").select_option(index=1)
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("姓名或名称").fill("王小明")
    page.get_by_label("信息名称").fill(TITLE)
    page.get_by_label("内容描述").fill("2025年城东第三地块的征收补偿安置方案")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="申请已提交")).to_be_visible()
    citizen.shoot("plain-applied")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_public_pages_keep_nobody_out(reader: ReaderAs, late: str, scheme: str) -> None:
    citizen = reader(color_scheme=scheme)

    for path, name in (("/", "portal"), ("/apply", "apply"), ("/track", "track"), ("/login", "login")):
        citizen.open(path)
        citizen.shoot(f"{name}-{scheme}")
        assert (path, citizen.obstacles()) == (path, [])

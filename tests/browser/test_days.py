"""A day of each role in a real browser: everything that its people do, by hand, on the pages."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from api.clock import now, today
from tests.browser.conftest import ReaderAs
from tests.browser.hands import act, fill, form_of, signed_in
from tests.office import Office
from workflow.law.workdays import packaged
from workflow.vocabulary import Action, Role, State

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
STAFF = {
    "chuangkou": (Role.CLERK, "沈若溪"),
    "chengban": (Role.HANDLER, "陆田野"),
    "fazhi": (Role.LEGAL, "方守正"),
    "fuze": (Role.HEAD, "韩秉山"),
    "duban": (Role.SUPERVISOR, "骆公允"),
}
#: How an application came, and the name of the day on which it counts as received (art. 31).
CHANNELS = {
    "当面": "提交日期",
    "邮寄（需签收）": "签收日期",
    "平信": "双方确认日期",
    "互联网": "双方确认日期",
    "传真": "双方确认日期",
}
TITLE = "城东第三地块征收补偿安置方案"


@pytest.fixture
def staffed(office: Office) -> Office:
    """People in every role."""
    for login, (role, name) in STAFF.items():
        office.account(login, role, name=name)
    return office


def today_at(office: Office, state: State) -> str:
    """The address of a case that came into that state today."""
    return f"/cases/{office.case_today(state, today(), now())}"


def written_down(page: Page, channel: str, title: str) -> str:
    """Register an application that came in some way; gives its number."""
    page.get_by_label(channel, exact=True).check()
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("姓名或名称").fill("王小明")
    page.get_by_label("证件号码").fill("370685192001010016")
    page.get_by_label("电话").fill("13900005678")
    page.get_by_label("信息名称").fill(title)
    page.get_by_label("内容描述").fill(f"{title}及其批复的复印件")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".slip")).to_contain_text(title)
    return page.locator(".slip dd.strong").first.inner_text()


def test_the_clerk_registers_by_every_channel_and_sees_who_has_asked_before(
    reader: ReaderAs, staffed: Office
) -> None:
    page = signed_in(reader, "chuangkou").page
    due = packaged().add_workdays(today(), 20)

    numbers = []
    for n, (channel, day) in enumerate(CHANNELS.items(), start=1):
        page.goto(page.url.partition("/desk")[0].partition("/cases")[0] + "/cases/new")
        page.get_by_label(channel, exact=True).check()
        received = page.get_by_label(day)
        expect(received).to_be_visible()
        received.fill(today().isoformat())
        expect(page.locator("#foreseen")).to_contain_text(due.isoformat())
        numbers.append(written_down(page, channel, f"第{n}号地块{TITLE}"))

    assert len(set(numbers)) == len(CHANNELS)
    page.get_by_role("navigation", name="登记以后").get_by_role("link", name="登记拆分件").click()
    expect(page.get_by_label("姓名或名称")).to_have_value("王小明")
    expect(page.locator("#earlier")).to_contain_text(numbers[0])
    page.get_by_label("信息名称").fill(f"第1号地块{TITLE}")
    expect(page.locator("#earlier")).to_contain_text("内容相近")
    page.get_by_label("信息名称").fill("同一地块的土地用途")
    page.get_by_label("内容描述").fill("同一地块规划的土地用途")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".slip")).to_contain_text(f"{numbers[-1]}-2")
    expect(page.get_by_role("region", name="同一份申请的拆分件")).to_contain_text(numbers[-1])


def test_the_clerk_asks_takes_money_sends_and_archives(reader: ReaderAs, staffed: Office) -> None:
    unclear, screened, signed = (
        today_at(staffed, state) for state in (State.SCREENING, State.SCREENING, State.APPROVED)
    )
    clerk = signed_in(reader, "chuangkou")

    page = clerk.open(unclear)
    act(page, "告知补正", {"需要补正的事项": "请明确地块的位置"})
    expect(page.locator(".case-head")).to_contain_text("暂停")
    act(page, "收到补正", {"内容": "城东第三地块"})
    act(page, "转入办理", {"承办单位": "征地管理科"})
    act(page, "分办", {"承办单位": "档案室", "原因": "案卷在档案室"})
    expect(page.locator(".case-head")).to_contain_text("档案室")

    page = clerk.open(screened)
    act(page, "核定收费", {"计费方式": "per_page", "页数": "68"})
    expect(page.get_by_role("region", name="信息处理费")).to_contain_text("元")
    act(page, "登记缴费", {"票据号": "NO.0012345"})
    expect(page.get_by_role("region", name="信息处理费")).to_contain_text("已缴")

    page = clerk.open(signed)
    act(page, "发出答复", {"发送方式": "邮寄（需签收）"})
    expect(page.get_by_role("link", name="归档", exact=True)).to_have_count(0)
    act(page, "登记送达", {"送达方式": "邮寄（需签收）", "送达日期": today().isoformat()})
    act(page, "归档", {"保管期限": "30"} if page.get_by_label("保管期限").count() else {})
    expect(page.locator(".case-head")).to_contain_text("已归档")


def test_the_handler_asks_confers_and_drafts(reader: ReaderAs, staffed: Office) -> None:
    case = today_at(staffed, State.PROCESSING)
    page = signed_in(reader, "chengban").open(case)

    act(page, "征求第三方意见", {"第三方名称": "招远示例建材有限公司"})
    act(page, "征求机关意见", {"机关名称": "招远市财政局"})
    expect(page.get_by_role("region", name="征求意见")).to_contain_text("招远示例建材有限公司")
    act(page, "发起会商", {"参加单位": "招远市财政局\n招远市司法局", "会商问题": "补偿标准可否公开"})
    act(page, "会商结论", {"会商结论": "补偿标准应当公开"})
    expect(page.get_by_role("region", name="会商")).to_contain_text("补偿标准应当公开")
    for party in ("招远示例建材有限公司", "招远市财政局"):
        act(page, "登记反馈意见", {"被征求意见方": party, "是否同意公开": "是"})
    expect(page.locator(".case-head")).to_contain_text("办理")
    act(page, "拟定答复", {"处理决定": "disclosed", "答复理由": "经检索，予以公开。"})
    expect(page.locator(".case-head")).to_contain_text("法制审核")


def test_the_reviewer_returns_and_passes_and_the_head_extends_and_signs(
    reader: ReaderAs, staffed: Office
) -> None:
    case = today_at(staffed, State.LEGAL_REVIEW)
    legal, handler, head = (signed_in(reader, login) for login in ("fazhi", "chengban", "fuze"))

    act(legal.open(case), "退回修改", {"退回意见": "请补充检索的经过。"})
    page = handler.open(case)
    expect(page.get_by_role("region", name="办理记录")).to_contain_text("请补充检索的经过。")
    act(page, "拟定答复", {"处理决定": "disclosed", "答复理由": "经检索档案室、业务系统，予以公开。"})
    act(legal.open(case), "审核通过", {"审核意见": "同意。"})

    page = head.open(case)
    before = page.locator(".case-due b").first.inner_text()
    act(page, "延长答复期限", {"延长工作日": "10", "延长理由": "档案较多"})
    expect(page.locator(".case-due b").first).not_to_have_text(before)
    act(page, "签发")
    expect(page.locator(".case-head")).to_contain_text("待发出")


def test_the_head_confirms_what_lapsed_and_mends_what_was_wrong(reader: ReaderAs, staffed: Office) -> None:
    lapsed = staffed.case_at(State.AWAITING_CLARIFICATION, today() - timedelta(days=60))
    twice = staffed.register(today())
    head = signed_in(reader, "fuze")

    act(head.open(f"/cases/{lapsed}"), "确认视为放弃")
    expect(head.page.locator(".case-head")).to_contain_text("已办结")
    form = form_of(head.open(f"/cases/{twice}"), "作废")
    form.get_by_role("button", name="作废", exact=True).click()
    expect(head.page.locator(":invalid")).not_to_have_count(0)
    fill(form, {"理由": "同一申请登记了两次", "与何件重复": lapsed})
    form.get_by_role("button", name="作废", exact=True).click()
    expect(head.page.locator(".case-head")).to_contain_text("作废")


def test_the_supervisor_presses_an_agency_and_the_agency_sees_it(reader: ReaderAs, staffed: Office) -> None:
    late = staffed.register(today() - timedelta(days=60))
    staffed.do(late, Action.ACCEPT, today() - timedelta(days=59), unit="耕地保护科")
    supervisor = signed_in(reader, "duban")

    supervisor.page.get_by_role("link", name=f"督办 {late}").click()
    page = supervisor.page
    page.get_by_label("督办意见").fill("请说明逾期原因，并于三个工作日内答复。")
    page.get_by_role("button", name="督办").click()
    expect(page.get_by_text("已完成：督办")).to_be_visible()

    handler = signed_in(reader, "chengban").open(f"/cases/{late}")
    expect(handler.get_by_role("region", name="提示")).to_contain_text("请说明逾期原因")


def test_an_applicant_applies_follows_and_takes_it_back(reader: ReaderAs, staffed: Office) -> None:
    page = reader(width=390, height=844).open("/apply")
    page.get_by_label("向哪个机关申请").select_option(index=1)
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("姓名或名称").fill("王小明")
    page.get_by_label("信息名称").fill(TITLE)
    page.get_by_label("内容描述").fill("2025年城东第三地块的征收补偿安置方案")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="申请已提交")).to_be_visible()
    number, code = (page.locator(".slip dd.strong").nth(n).inner_text() for n in (0, 1))

    clerk = signed_in(reader, "chuangkou")
    clerk.page.get_by_role("link", name=number).first.click()
    act(clerk.page, "登记")

    page.goto(page.url.partition("/apply")[0] + "/track")
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("登记回执").first).to_be_visible()
    page.get_by_role("button", name="撤回申请").click()
    page.get_by_role("button", name="确定撤回").click()
    expect(page.get_by_text("申请已经撤回").first).to_be_visible()

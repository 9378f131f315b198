"""The ledger: conditions that combine, columns of one's choice, pages in both directions, and true totals."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from api.clock import now, today
from api.pages.ledger_columns import BY_NAME, COLUMNS, REGISTER
from tests.ledger.sheets import ID_NUMBER, PHONE
from tests.office import WAYS, Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page
from workflow.casefile import open_file
from workflow.ledger import columns as register
from workflow.publicity import mark
from workflow.queries import ledger
from workflow.queries.lights import Light
from workflow.vocabulary import Action, Role, State


def numbers(page: Page) -> list[str]:
    """The cases of a page in their order."""
    return re.findall(r'<th scope="row">(?:<input[^>]*>)?<a class="mono" href="/cases/([^"]+)"', page.html)


def titles(page: Page) -> list[str]:
    """The titles of the columns in their order."""
    return re.findall(r'<th scope="col"[^>]*>(?:<input[^>]*>)?([^<]+)</th>', page.html)


def cells(page: Page) -> dict[str, str]:
    """What stands in the first row, by the titles of the columns."""
    (body,) = re.findall(r"<tbody>(.*?)</tr>", page.html, re.DOTALL)
    found = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", body, re.DOTALL)
    return dict(zip(titles(page), (re.sub(r"<[^>]*>|\s", "", cell) for cell in found), strict=True))


def everything(number: str = "") -> str:
    """The address of the ledger with all its columns."""
    return f"/ledger?q={number}&columns={','.join(BY_NAME)}"


@pytest.fixture
def five(office: Office) -> dict[str, str]:
    """Five cases that differ in what a filter looks at, by what is special about each."""
    day = today()
    made = {
        "late": office.register(day - timedelta(days=60)),
        "by fax": office.register(
            day - timedelta(days=3), channel="fax", received_on=f"{day - timedelta(3)}"
        ),
        "of a firm": office.register(
            day, applicant={"kind": "business", "name": "玲珑公司", "contact": "0535-1"}
        ),
        "with a unit": office.register(day),
        "closed": office.case_today(State.CONCLUDED, day, now()),
    }
    office.do(made["with a unit"], Action.ACCEPT, day, at=now(), unit="档案室")
    handler = office.staff(Role.HANDLER, "李四")
    office.do(made["late"], Action.ACCEPT, day, at=now())
    office.do(made["late"], Action.ASSIGN, day, at=now(), unit="规划科", handler="李四")
    assert handler.user_id
    return made


FILTERS = {
    "state=processing": ["with a unit", "late"],
    "state=open": ["with a unit", "of a firm", "by fax", "late"],
    "state=closed": ["closed"],
    "light=red": ["late"],
    "light=green&unit=档案室": ["with a unit"],
    "light=none": ["closed"],
    "unit=档案室": ["with a unit"],
    "channel=fax": ["by fax"],
    "kind=business": ["of a firm"],
    "q=玲珑": ["of a firm"],
    "decision=disclosed": ["closed"],
    "received_to={old}": ["late"],
    "received_from={old}&channel=in_person": ["with a unit", "of a firm"],
    "due_to={today}": ["late"],
    "due_from={today}&kind=business": ["of a firm"],
    "concluded_from={today}&concluded_to={today}": ["closed"],
    "concluded_to={old}": [],
    "state=processing&light=red&unit=规划科&channel=in_person&q=征收": ["late"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_conditions_narrow_together(visit_as: VisitAs, five: dict[str, str], query: str) -> None:
    asked = query.format(today=today(), old=today() - timedelta(days=10))

    page = visit_as(Role.CLERK).open(f"/ledger?{quote(asked, safe='=&')}")

    names = {number: name for name, number in five.items()}
    assert [names[number] for number in numbers(page)] == FILTERS[query]


@SQLITE
def test_a_handlers_cases_are_chosen_by_name(visit_as: VisitAs, five: dict[str, str]) -> None:
    clerk = visit_as(Role.CLERK)
    (value,) = re.findall(r'<option value="(\d+)">李四<', clerk.open("/ledger").html)

    assert numbers(clerk.open(f"/ledger?handler={value}")) == [five["late"]]


@SQLITE
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("state=sleeping", "没有“sleeping”这个状态"),
        ("light=pink", "没有“pink”这个预警"),
        ("received_from=2026-02-30", "“2026-02-30”不是 YYYY-MM-DD 格式的有效日期"),
        ("due_from=2026-02-02&due_to=2026-02-01", "答复截止的起始日2026-02-02晚于截止日2026-02-01"),
        ("q=没有这样的申请", "没有符合条件的申请件"),
        ("after=abc&columns=nonsense,", "某地块征收补偿方案"),
    ],
)
def test_what_cannot_be_looked_for_is_told(visit_as: VisitAs, case: CaseAt, query: str, told: str) -> None:
    case(State.SCREENING)

    page = visit_as(Role.HEAD).open(f"/ledger?{query}")

    assert page.status == 200
    assert told in page.text


@SQLITE
def test_an_empty_ledger_says_where_its_cases_come_from(visit_as: VisitAs) -> None:
    assert "台账还是空的" in visit_as(Role.LEGAL).open("/ledger").text


@SQLITE
def test_the_pages_turn_both_ways_and_keep_filter_and_columns(visit_as: VisitAs, office: Office) -> None:
    made = [office.register(today()) for _ in range(2 * ledger.PAGE + 3)][::-1]
    clerk = visit_as(Role.CLERK)

    def turned(page: Page, way: str) -> Page:
        (link,) = re.findall(rf'href="([^"]+)" rel="{way}"', page.html)
        return clerk.open(link.replace("&amp;", "&"))

    first = clerk.open("/ledger?state=screening&columns=number,name")
    second = turned(first, "next")
    third = turned(second, "next")
    back = turned(third, "prev")

    assert numbers(first) + numbers(second) + numbers(third) == made
    assert numbers(back) == numbers(second)
    assert numbers(turned(back, "prev")) == numbers(first)
    assert titles(back) == ["登记编号", "申请人名称"]
    assert 'rel="next"' not in third.html
    assert 'rel="prev"' not in turned(back, "prev").html


@SQLITE
def test_columns_are_chosen_moved_added_and_taken_away_by_links(visit_as: VisitAs, case: CaseAt) -> None:
    case(State.SCREENING)
    clerk = visit_as(Role.CLERK)

    def followed(page: Page, name: str) -> Page:
        (link,) = re.findall(rf'href="([^"#]+)#columns" aria-label="{name}"', page.html)
        return clerk.open(link.replace("&amp;", "&"))

    page = clerk.open("/ledger?columns=number,name,unit")
    moved = followed(page, "承办单位前移一列")
    added = followed(moved, "加上申请渠道")
    less = followed(added, "去掉申请人名称")

    assert titles(page) == ["登记编号", "申请人名称", "承办单位"]
    assert titles(moved) == ["登记编号", "承办单位", "申请人名称"]
    assert titles(less) == ["登记编号", "承办单位", "申请渠道"]
    assert "去掉登记编号" not in page.html
    assert titles(clerk.open("/ledger?columns=unit")) == ["登记编号", "承办单位"]


@SQLITE
def test_every_column_of_an_offices_register_is_there(visit_as: VisitAs) -> None:
    assert [BY_NAME[name].zh for name in REGISTER] == [column.zh for column in register.COLUMNS]
    assert len({column.zh for column in COLUMNS}) == len(COLUMNS)


@pytest.mark.parametrize("state", WAYS)
def test_all_columns_are_told_of_a_case_in_any_state(visit_as: VisitAs, case: CaseAt, state: State) -> None:
    number = case(state)

    told = cells(visit_as(Role.CLERK).open(everything(number)))

    assert told["登记编号"] == number
    assert told["状态"] == state.zh
    assert len(told) == len(COLUMNS)


#: Who decides a remedy, and under which number.
RECONSIDERED = {"body": "招远市人民政府"}
SUED = {"body": "招远市人民法院", "case_no": "（2026）鲁0685行初1号"}


@SQLITE
def test_what_the_log_says_stands_in_its_columns(visit_as: VisitAs, office: Office) -> None:
    day = date(2026, 7, 1)
    number = office.register(day, received_on="2026-07-01")
    for on, action, facts in (
        (2, Action.ACCEPT, {"unit": "档案室"}),
        (8, Action.CONSULT_THIRD_PARTY, {"name": "甲公司", "served_on": "2026-07-10"}),
        (22, Action.RECORD_OPINION, {"name": "甲公司", "consents": True}),
        (24, Action.EXTEND, {"workdays": 10, "reason": "检索历史档案"}),
        (28, Action.DRAFT_REPLY, {"decision": "disclosed", "reasons": "予以公开。"}),
        (28, Action.PASS_REVIEW, {}),
        (28, Action.APPROVE, {}),
        (29, Action.ISSUE_REPLY, {"method": "registered_post"}),
        (
            31,
            Action.RECORD_SERVICE,
            {"served_on": "2026-07-30", "method": "registered_post", "tracking_no": "EMS1"},
        ),
        (31, Action.RECORD_REMEDY, {"kind": "reconsideration", "filed_on": "2026-07-31"} | RECONSIDERED),
        (31, Action.RECORD_REMEDY, {"kind": "direct_litigation", "filed_on": "2026-07-31"} | SUED),
    ):
        office.do(number, action, date(2026, 7, on), **facts)
    with office.store.transaction() as session:
        file, by = open_file(session, number), office.staff(Role.CLERK)
        mark(session, file, date(2026, 7, 31), "https://example.cn/1", by=by, today=today(), at=now())

    told = cells(visit_as(Role.CLERK).open(everything(number)))

    assert {
        "收到日期": "2026-07-01",
        "登记日期": "2026-07-01",
        "转办日期": "2026-07-02",
        "征求对象": "甲公司",
        "征求意见发出日期": "2026-07-08",
        "征求意见收到日期": "2026-07-22",
        "停表工作日": "10",
        "延期告知日期": "2026-07-24",
        "延期工作日": "10",
        "答复日期": "2026-07-29",
        "处理决定": "予以公开",
        "年报项": "3.1",
        "依据条款": "《条例》第三十六条第（二）项",
        "送达方式": "邮寄（需签收）",
        "邮件编号": "EMS1",
        "送达日期": "2026-07-30",
        "复议机关": "招远市人民政府",
        "复议结果": "尚未审结",
        "法院": "招远市人民法院",
        "案号": "（2026）鲁0685行初1号",
        "诉讼结果": "尚未审结",
        "证件类型": "",
        "征求意见结果": "同意公开",
        "延期审批人": "公开机构负责人",
        "延期后期限": told["答复截止"],
        "转主动公开": "是（2026-07-31，https://example.cn/1）",
        "确认日期": "",
        "序号": "1",
    }.items() <= told.items()
    assert told["答复文号"].endswith("号")


#: What 台账 has to tell of a case, under the names of the ledger's columns.
DEMANDED = [
    "序号",
    "登记编号",
    "收到日期",
    "确认日期",
    "申请渠道",
    "申请人类型",
    "申请人名称",
    "证件类型",
    "证件号码",
    "联系方式",
    "申请内容",
    "形式要求",
    "承办单位",
    "承办人",
    "转办日期",
    "补正告知日期",
    "补正截止",
    "补正收到日期",
    "征求对象",
    "征求意见发出日期",
    "征求意见收到日期",
    "征求意见结果",
    "停表工作日",
    "延期审批人",
    "延期告知日期",
    "延期后期限",
    "计费方式",
    "件数或页数",
    "收费金额",
    "收费通知日期",
    "缴费日期",
    "答复截止",
    "剩余时间",
    "答复日期",
    "答复文号",
    "处理决定",
    "年报项",
    "依据条款",
    "送达方式",
    "邮件编号",
    "送达日期",
    "复议机关",
    "复议结果",
    "法院",
    "案号",
    "诉讼结果",
    "转主动公开",
    "归档号",
    "备注",
]


def test_no_column_is_lacking_that_a_ledger_has_to_have() -> None:
    assert set(DEMANDED) <= {column.zh for column in COLUMNS}


@SQLITE
@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        ("natural_person", ID_NUMBER, "居民身份证"),
        ("natural_person", "E12345678", "其他证件"),
        ("business", "91350100M000100Y43", "统一社会信用代码"),
    ],
)
def test_the_kind_of_papers_is_told_by_the_number(
    visit_as: VisitAs, office: Office, kind: str, number: str, told: str
) -> None:
    office.register(today(), applicant={"kind": kind, "name": "张三", "id_number": number})

    assert cells(visit_as(Role.CLERK).open(everything()))["证件类型"] == told


@SQLITE
@pytest.mark.parametrize(("channel", "confirmed"), [("fax", True), ("in_person", False)])
def test_the_day_of_confirmation_is_told_where_it_is_the_receipt(
    visit_as: VisitAs, office: Office, channel: str, confirmed: bool
) -> None:
    office.register(today(), channel=channel)

    assert cells(visit_as(Role.CLERK).open(everything()))["确认日期"] == (str(today()) if confirmed else "")


@SQLITE
def test_what_was_disclosed_and_not_made_public_says_so(visit_as: VisitAs, case: CaseAt) -> None:
    clerk = visit_as(Role.CLERK)

    for state, told in ((State.CONCLUDED, "否"), (State.PROCESSING, "")):
        assert cells(clerk.open(everything(case(state))))["转主动公开"] == told


@SQLITE
@pytest.mark.parametrize(
    ("state", "acts", "told"),
    [
        (State.CONSULTING, [], "待反馈"),
        (State.CONSULTING, [(Action.RECORD_OPINION, {"name": "甲公司", "consents": False})], "不同意公开"),
        (State.PROCESSING, [], ""),
    ],
)
def test_what_was_said_when_asked_is_told(
    visit_as: VisitAs, office: Office, case: CaseAt, state: State, acts: list[Any], told: str
) -> None:
    number = case(state)
    for action, facts in acts:
        office.do(number, action, today(), at=now(), **facts)

    assert cells(visit_as(Role.CLERK).open(everything(number)))["征求意见结果"] == told


@SQLITE
def test_cases_are_counted_on_from_page_to_page(
    visit_as: VisitAs, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(ledger.PAGE + 3):
        office.register(today())
    clerk = visit_as(Role.CLERK)
    first = clerk.open("/ledger?columns=nth,number")

    second = clerk.open(unescape(next(link for link in first.links if "after=" in link)))
    back = clerk.open(unescape(next(link for link in second.links if "before=" in link)))

    counted = [re.findall(r'<td class="num">(\d+)</td>', page.html) for page in (first, second, back)]
    assert counted[0] == counted[2] == [str(n) for n in range(1, ledger.PAGE + 1)]
    assert counted[1] == [str(ledger.PAGE + n) for n in (1, 2, 3)]


@SQLITE
def test_papers_and_contacts_are_masked(visit_as: VisitAs, office: Office) -> None:
    person = {"kind": "natural_person", "name": "张三", "id_number": ID_NUMBER, "contact": PHONE}
    office.register(today(), applicant=person)

    page = visit_as(Role.CLERK).open(everything())

    assert cells(page)["证件号码"] == "370685********0013"
    assert cells(page)["联系方式"] == "138****1234"
    assert ID_NUMBER not in page.html
    assert PHONE not in page.html


def test_the_totals_agree_with_the_lights_of_the_rows(visit_as: VisitAs, office: Office) -> None:
    for days in (60, 27, 25, 23, 21, 18, 14, 0):
        office.register(today() - timedelta(days=days))
    paused = office.register(today())
    office.do(paused, Action.REQUEST_CLARIFICATION, today(), at=now(), items=["请写明地块"])
    office.submit(today())
    clerk = visit_as(Role.CLERK)

    page = clerk.open("/ledger?columns=number,left")

    lit = re.findall(r'<td>\s*<span class="light light-(\w+)"', page.html)
    counted = dict(re.findall(r'<span class="light light-(\w+)">[^<]+</span><b>(\d+)</b>', page.html))
    assert {colour: int(count) for colour, count in counted.items()} == {
        colour: lit.count(colour) for colour in {*lit} - {"none"}
    }
    for colour in Light:
        found = numbers(clerk.open(f"/ledger?light={colour}"))
        assert len(found) == (lit.count(colour) if colour is not Light.NONE else 1), colour


@SQLITE
def test_beyond_a_bound_the_totals_say_that_there_are_more(
    visit_as: VisitAs, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "COUNTED", 2)
    clerk = visit_as(Role.CLERK)

    for expected in ("1 件", "2 件", "2+ 件"):
        office.register(today())
        assert expected in clerk.open("/ledger/totals").text


@SQLITE
def test_a_page_that_does_not_show_all_asks_for_its_totals_apart(
    visit_as: VisitAs, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.page, "__kwdefaults__", {"size": 2})
    for channel in ("fax", "fax", "fax", "in_person"):
        office.register(today(), channel=channel)
    clerk = visit_as(Role.CLERK)

    whole, part = clerk.open("/ledger?channel=in_person"), clerk.open("/ledger?channel=fax")
    (apart,) = re.findall(r'<p><a href="([^"]+)">统计件数</a>', part.html)

    assert "1 件" in whole.text
    assert "3 件" not in part.text
    assert "3 件" in clerk.open(apart.replace("&amp;", "&")).text


@pytest.mark.parametrize("query", ["", "light=green", "state=closed"])
def test_what_stands_on_one_page_is_counted_as_the_database_counts(
    visit_as: VisitAs, five: dict[str, str], query: str
) -> None:
    clerk = visit_as(Role.CLERK)

    def counts(page: Page) -> list[str]:
        (section,) = re.findall(r'<section class="ledger-totals".*?</section>', page.html, re.DOTALL)
        return re.findall(r">([^<>]*)</span><b>(\d+)</b>", section)

    assert five
    shown, counted = clerk.open(f"/ledger?{query}"), clerk.open(f"/ledger/totals?{query}")
    assert counts(shown) == counts(counted) != []


def test_totals_of_conditions_that_cannot_be_read_are_refused(visit_as: VisitAs) -> None:
    page = visit_as(Role.CLERK).open("/ledger/totals?due_from=soon")

    assert page.status == 422
    assert "soon" in page.text


@SQLITE
def test_supervisors_see_the_agencies_below_and_choose_among_them(visit_as: VisitAs, office: Office) -> None:
    below = office.other("招远市财政局", parent_id=office.agency.id)
    beside = office.other("莱州市财政局")
    theirs, own = below.register(today()), office.register(today())
    beside.register(today())
    supervisor = visit_as(Role.SUPERVISOR)

    assert numbers(supervisor.open("/ledger")) == [own, theirs]
    assert numbers(supervisor.open(f"/ledger?agency={below.agency.code}")) == [theirs]
    assert numbers(supervisor.open(f"/ledger?agency={beside.agency.code}")) == []


@SQLITE
def test_the_ledger_is_for_those_who_handle_cases(visit_as: VisitAs) -> None:
    admin, handler = visit_as(Role.ADMIN), visit_as(Role.HANDLER)

    assert admin.open("/ledger").status == 403
    assert "/ledger" not in admin.open("/cases").links
    assert "/ledger" in handler.open("/cases").links

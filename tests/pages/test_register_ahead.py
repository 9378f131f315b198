"""What the clerk is told beside the form before anything is registered; none of it refuses."""

import re
from datetime import date, timedelta

import pytest

from api.clock import today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.test_apply import cases
from tests.pages.visitor import Page, Visitor
from tests.story import REQUEST, ZHANG
from workflow.clock import day_zh
from workflow.law.workdays import packaged
from workflow.queries.receipt import foresee
from workflow.vocabulary import Action, Channel, Role, State

CITIZEN = "37068519991231002X"
COMPANY = "91370685MA3C0XYZ1T"


def preview(clerk: Visitor, **typed: str) -> Page:
    form = clerk.open("/cases/new").form("/cases/new")
    form.action = "/cases/new/preview"
    return clerk.send(form, {name.replace("__", "."): text for name, text in typed.items()})


def test_the_due_day_is_shown_with_the_receipt_day_before_anything_is_kept(
    visit_as: VisitAs, office: Office
) -> None:
    page = preview(visit_as(Role.CLERK), channel="registered_post", received_on="2026-07-01")

    assert "收到 2026-07-01 答复截止 2026-07-29" in page.text
    assert "需要补正的， 2026-07-10 前一次性告知" in page.text
    assert cases(office) == 0


@SQLITE
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"channel": "registered_post"}, "邮寄申请未填写签收日期"),
        ({"channel": "in_person", "received_on": "2059-01-05"}, "第三十一条"),
        ({"channel": "fax", "received_on": "2026-02-30"}, "“2026-02-30”不是 YYYY-MM-DD 格式的有效日期"),
        ({"channel": "fax", "on": "2059-01-05"}, "2059-01-05"),
        ({"channel": "in_person", "split_of": "X-1"}, "没有编号为X-1的首件申请"),
        ({"channel": "in_person", "split_of": "X\x00"}, "没有这个编号的首件申请"),
        ({}, "选择渠道后，这里显示收到日期和答复截止日期"),
    ],
)
def test_what_fixes_no_day_is_told_in_its_place(visit_as: VisitAs, typed: dict[str, str], told: str) -> None:
    page = preview(visit_as(Role.CLERK), **typed)

    assert page.status == 200
    assert told in page.text.split("二、申请人")[0]


def test_a_day_that_rests_on_no_calendar_yet_is_provisional() -> None:
    early, late = (foresee(Channel.FAX, None, date(2026, month, 10), packaged()) for month in (7, 12))

    assert not early.provisional
    assert late.provisional
    assert late.received_on == date(2026, 12, 10)


@SQLITE
@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        ("natural_person", CITIZEN, "居民身份证号码校验相符"),
        ("natural_person", CITIZEN[:-1] + "1", "居民身份证号码校验不符"),
        ("business", "91110000600037341L", "统一社会信用代码校验相符"),
        ("business", COMPANY, "统一社会信用代码校验不符"),
        ("business", CITIZEN, "统一社会信用代码校验不符"),
    ],
)
def test_a_check_digit_is_told_beside_its_field(visit_as: VisitAs, kind: str, number: str, told: str) -> None:
    page = preview(visit_as(Role.CLERK), applicant__kind=kind, applicant__id_number=number)

    assert told in page.text


def test_earlier_applications_of_the_person_are_shown_with_state_and_decision(
    visit_as: VisitAs, office: Office
) -> None:
    applicant = ZHANG | {"id_number": CITIZEN}
    number = office.case_at(State.CONCLUDED, applicant=applicant)

    page = preview(visit_as(Role.CLERK), applicant__id_number=CITIZEN.lower())

    told = page.text.split("以前的申请")[1]
    assert re.search(rf"{number} 已办结 {REQUEST['title']} 2026-07-01 · 予以公开 同一申请人", told)
    assert f"/cases/{number}" in page.links
    assert "内容相" not in told.split("仅供核对")[0]


def test_the_same_words_and_near_ones_are_shown_from_anybody(visit_as: VisitAs, office: Office) -> None:
    same = office.register(request=REQUEST)
    near = office.register(
        request={"title": "某地块的征收补偿方案", "description": "2025年某地块征收补偿安置方案及公告一份"}
    )
    in_full = office.register(
        request={"title": "征收资料", "description": f"{REQUEST['title']}：{REQUEST['description']}全文"}
    )
    far = office.register(request={"title": "学区划分", "description": "2026年小学学区划分文件"})
    office.do(office.register(request=REQUEST), Action.VOID, today(), reason="重复登记")

    page = preview(
        visit_as(Role.CLERK),
        request__title=REQUEST["title"],
        request__description=REQUEST["description"] + " ",
    )

    told = page.text.split("以前的申请")[1]
    found = re.findall(r"(\S+-\d{4}-\d{4}) 审核 .*? (内容相.)", told)
    assert found[0] == (same, "内容相同")
    assert set(found[1:]) == {(near, "内容相近"), (in_full, "内容相近")}
    assert far not in told
    assert "同一申请人" not in told.split("仅供核对")[0]


@SQLITE
def test_an_application_to_another_agency_is_not_shown(visit_as: VisitAs, office: Office) -> None:
    number = office.other().register(request=REQUEST)

    page = preview(
        visit_as(Role.CLERK), request__title=REQUEST["title"], request__description=REQUEST["description"]
    )

    assert number not in page.text


@SQLITE
def test_a_name_alone_makes_no_person_the_same(visit_as: VisitAs, office: Office) -> None:
    number = office.register(applicant={"kind": "natural_person", "name": "张三"})

    page = preview(visit_as(Role.CLERK), applicant__name="张三")

    assert number not in page.text


@SQLITE
def test_an_oral_application_is_marked_and_its_slip_is_signed(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)
    typed = {
        "channel": "in_person",
        "oral": ["true"],
        "applicant.kind": "natural_person",
        "applicant.name": "王小明",
        "request.title": "规划条件",
        "request.description": "城东第三地块的规划条件",
    }

    page = clerk.send(clerk.open("/cases/new").form("/cases/new"), typed)

    record = page.text.split("口头申请记录")[1].split("申请人签名")[0]
    assert "城东第三地块的规划条件" in record
    assert re.search(r"口头提出，由工作人员代为填写 是", clerk.open(page.address).text)
    assert "申请人签名" not in clerk.open(page.address).text


@SQLITE
def test_only_who_comes_in_person_can_have_spoken(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)
    typed = {
        "channel": "fax",
        "oral": ["true"],
        "applicant.kind": "natural_person",
        "applicant.name": "王小明",
        "request.title": "规划条件",
        "request.description": "城东第三地块的规划条件",
    }

    page = clerk.send(clerk.open("/cases/new").form("/cases/new"), typed)

    assert "申请人签名" not in page.text
    assert "口头提出" not in page.text


@SQLITE
def test_a_look_ahead_is_the_clerks_and_needs_the_token(visit_as: VisitAs) -> None:
    clerk, handler = visit_as(Role.CLERK), visit_as(Role.HANDLER)
    form = clerk.open("/cases/new").form("/cases/new")
    form.action, form.typed["csrf"] = "/cases/new/preview", [""]

    assert clerk.send(form).status == 403
    assert handler.send(form).status == 403


# --- Parts of one application (一事一申请) --------------------------------------------------------------


def test_a_part_begins_with_the_applicant_of_the_first_whose_papers_stay_hidden(
    visit_as: VisitAs, office: Office
) -> None:
    applicant = ZHANG | {"id_number": CITIZEN}
    day = today() - timedelta(days=3)
    first = office.register(day, applicant=applicant)
    clerk = visit_as(Role.CLERK)
    link = f"/cases/new?split_of={first}"
    assert link in clerk.open(f"/cases/{first}").links

    page = clerk.open(link)
    form = page.form("/cases/new")
    part = clerk.send(form, {"request.title": "评估报告", "request.description": "房屋征收的评估报告"})

    assert CITIZEN not in page.html
    assert "校验相符" not in page.text
    assert form.typed["applicant.name"] == [ZHANG["name"]]
    assert f"收到 {day}" in page.text
    assert part.address == f"/cases/{first}-2"
    assert CITIZEN[-4:] in part.text
    assert "138****1234" in part.text
    assert day_zh(day) in part.text
    assert f"/cases/{first}" in part.links
    assert f"/cases/{first}-2" in clerk.open(f"/cases/{first}").links


@SQLITE
def test_a_part_of_somebody_else_does_not_take_the_papers_over(visit_as: VisitAs, office: Office) -> None:
    first = office.register(applicant=ZHANG | {"id_number": CITIZEN})
    clerk = visit_as(Role.CLERK)
    form = clerk.open(f"/cases/new?split_of={first}").form("/cases/new")

    part = clerk.send(
        form,
        {"applicant.name": "李四", "request.title": "评估报告", "request.description": "房屋征收的评估报告"},
    )

    assert part.address == f"/cases/{first}-2"
    assert CITIZEN[-4:] not in part.text


@SQLITE
def test_a_part_is_no_first(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    first = office.register()
    part = office.register(split_of=first)
    waiting = case(State.SUBMITTED)
    clerk = visit_as(Role.CLERK)

    assert clerk.open(f"/cases/new?split_of={part}").status == 422
    assert clerk.open("/cases/new?split_of=X-1").status == 404
    assert f"/cases/new?split_of={first}" in clerk.open(f"/cases/{part}").links
    assert not [link for link in clerk.open(f"/cases/{waiting}").links if "split_of" in link]
    assert not [link for link in visit_as(Role.LEGAL).open(f"/cases/{first}").links if "split_of" in link]

"""Registering at the counter: once, with a code that is shown once, and nothing typed is lost."""

import re

from api.clock import today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.test_apply import cases
from workflow.vocabulary import Role, State

TYPED = {
    "channel": "registered_post",
    "received_on": "2026-07-01",
    "applicant.kind": "business",
    "applicant.name": "招远示例建材有限公司",
    "request.title": "招标文件",
    "request.description": "2025年道路改造工程的招标文件",
}


def test_a_paper_application_is_registered_with_its_day_and_a_slip(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)

    page = clerk.send(clerk.open("/cases/new").form("/cases/new"), TYPED)

    assert page.status == 200
    assert re.fullmatch(r"/cases/[A-Z]+-\d{4}-\d{4}", page.address)
    assert "答复截止 2026-07-29" in page.text
    assert re.search(r"查询码 \w{4}-\w{4}-\w{4}", page.text)
    assert "查询凭证" not in clerk.open(page.address).text


def test_the_form_sent_twice_registers_once(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/cases/new").form("/cases/new")

    first, second = clerk.send(form, TYPED), clerk.send(form, TYPED)

    assert first.address == second.address
    assert cases(office) == 1


@SQLITE
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(
    visit_as: VisitAs, office: Office
) -> None:
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/cases/new").form("/cases/new")

    page = clerk.send(form, {**TYPED, "received_on": "2026-02-30", "request.title": ""})

    assert page.status == 422
    assert "收到日期 ：日期应为 YYYY-MM-DD 格式的有效日期" in page.text
    assert "信息名称 ：缺少此项" in page.text
    kept = page.form("/cases/new").typed
    assert kept["applicant.kind"] == ["business"]
    assert kept["received_on"] == ["2026-02-30"]
    assert kept["key"] == form.typed["key"]
    assert cases(office) == 0


@SQLITE
def test_a_receipt_day_to_come_is_refused_with_its_article(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/cases/new").form("/cases/new")

    page = clerk.send(form, {**TYPED, "received_on": "2059-01-05"})

    assert page.status == 409
    assert "第三十一条" in page.text
    assert page.form("/cases/new").typed["applicant.name"] == ["招远示例建材有限公司"]
    assert cases(office) == 0


@SQLITE
def test_a_part_of_an_application_gets_the_number_of_the_first(visit_as: VisitAs, case: CaseAt) -> None:
    first = case(State.SCREENING)
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/cases/new").form("/cases/new")

    part = clerk.send(form, {**TYPED, "received_on": "", "split_of": first})
    unknown = clerk.send(clerk.open("/cases/new").form("/cases/new"), {**TYPED, "split_of": "X-1"})

    assert part.address == f"/cases/{first}-2"
    assert unknown.status == 404
    assert "没有编号为X-1的首件申请" in unknown.text
    assert unknown.form("/cases/new").typed["split_of"] == ["X-1"]


@SQLITE
def test_a_form_without_the_right_token_registers_nothing(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/cases/new").form("/cases/new")
    form.typed["csrf"] = [""]

    page = clerk.send(form, {**TYPED, "received_on": today().isoformat()})

    assert page.status == 403
    assert page.form("/cases/new").typed["applicant.name"] == ["招远示例建材有限公司"]
    assert cases(office) == 0
    assert clerk.send(page.form("/cases/new")).status == 200


@SQLITE
def test_a_name_that_no_font_can_draw_is_told_and_the_form_is_kept(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)

    page = clerk.send(clerk.open("/cases/new").form("/cases/new"), {**TYPED, "applicant.name": "王\ue123"})

    assert page.status == 500
    assert "“\ue123”（U+E123）" in page.text
    assert page.form("/cases/new").typed["applicant.name"] == ["王\ue123"]
    assert cases(office) == 0

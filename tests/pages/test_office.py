"""The office's settings: shown with what letters say by them, checked, and never overwritten unseen."""

import pytest

from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page, Visitor
from workflow import agencies
from workflow.tables import Agency
from workflow.vocabulary import Role, State

OFFICE = "/admin/office"
HEAD = "招远市自然资源和规划局"


def stands(office: Office) -> Agency:
    with office.store.reading() as session:
        return agencies.by_id(session, office.agency.id or 0)


def save(visitor: Visitor, **typed: str) -> Page:
    return visitor.send(visitor.open(OFFICE).form(OFFICE), typed)


def test_an_administrator_sets_the_own_office_up(visit_as: VisitAs, office: Office) -> None:
    admin = visit_as(Role.ADMIN)

    page = save(
        admin,
        letter_code="招自然资",
        number_format="{code}公开〔{year}〕第{n}号",
        address="招远市府前路1号",
        phone="0535-8200000",
        reconsideration_body="",
        court="招远市人民法院",
        online_channel="https://xzfy.moj.gov.cn",
    )

    assert (page.status, page.address) == (200, OFFICE)
    assert "设置已保存" in page.text
    agency = stands(office)
    assert agency.model_dump(exclude={"id", "parent_id"}) == {
        "code": office.agency.code,
        "name": HEAD,
        "kind": "department",
        "letter_code": "招自然资",
        "number_format": "{code}公开〔{year}〕第{n}号",
        "address": "招远市府前路1号",
        "phone": "0535-8200000",
        "reconsideration_body": "",
        "court": "招远市人民法院",
        "online_channel": "https://xzfy.moj.gov.cn",
    }


@SQLITE
def test_what_letters_say_today_stands_beside_the_fields(visit_as: VisitAs, case: CaseAt) -> None:
    case(State.AWAITING_CLARIFICATION)

    page = visit_as(Role.ADMIN).open(OFFICE)

    assert "补正告知书" in page.text
    assert f"{HEAD}公开补〔" in page.text
    assert "〕2号" in page.text
    assert "向招远市人民政府申请行政复议" in page.text
    assert "留空时文书写“招远市人民法院”" in page.text
    assert "掌上复议" in page.text


@SQLITE
def test_a_preview_shows_what_was_typed_and_keeps_nothing(visit_as: VisitAs, office: Office) -> None:
    admin = visit_as(Role.ADMIN)
    form = admin.open(OFFICE).form(OFFICE)
    form.action = f"{OFFICE}/preview"

    page = admin.send(form, {"letter_code": "招资", "number_format": "{code}（{year}）{series}{n}号"})

    assert page.status == 200
    assert "招资（" in page.text
    assert page.form(OFFICE).typed["letter_code"] == ["招资"]
    assert stands(office).letter_code == HEAD


@SQLITE
def test_a_preview_of_a_format_in_use_goes_on_behind_it(visit_as: VisitAs, office: Office) -> None:
    office.case_at(State.AWAITING_CLARIFICATION)
    admin = visit_as(Role.ADMIN)
    form = admin.open(OFFICE).form(OFFICE)
    form.action = f"{OFFICE}/preview"

    page = admin.send(form, {"number_format": "{code}公开补〔{year}〕{n}号"})

    assert f"{HEAD}公开补〔2026〕2号" in page.text
    assert f"{HEAD}公开补〔2026〕1号" not in page.text


@SQLITE
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("letter_code", "", "缺少此项"),
        ("letter_code", "招 资", "不能有空格"),
        ("letter_code", "招\U000323af", "没有字体可以显示"),
        ("number_format", "{code}〔{year}〕{n:03d}号", "不编虚位"),
        ("number_format", "{code}号", "缺少{year}（年份）、{n}（序号）"),
        ("phone", "请来电", "电话应含有号码"),
        ("online_channel", "ftp://a.b", "网址应以 https://"),
        ("address", "长" * 101, "文字过长"),
    ],
)
@pytest.mark.parametrize("way", [OFFICE, f"{OFFICE}/preview"])
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    visit_as: VisitAs, office: Office, name: str, value: str, told: str, way: str
) -> None:
    admin = visit_as(Role.ADMIN)
    form = admin.open(OFFICE).form(OFFICE)
    form.action = way

    page = admin.send(form, {"court": "招远市人民法院", name: value})

    assert page.status == (422 if way == OFFICE else 200)
    assert told in page.text
    assert f'id="f-{name}-error"' in page.html
    assert page.form(OFFICE).typed[name] == [value]
    assert stands(office).court == ""


@SQLITE
def test_another_agencys_code_is_refused_beside_its_field(visit_as: VisitAs, office: Office) -> None:
    office.other(letter_code="招财")

    page = save(visit_as(Role.ADMIN), letter_code="招财")

    assert page.status == 422
    assert "“招财”是招远市财政局的机关代字" in page.text
    assert 'id="f-letter_code-error"' in page.html


def test_what_somebody_else_has_saved_is_shown_before_it_is_replaced(
    visit_as: VisitAs, office: Office
) -> None:
    one, two = visit_as(Role.ADMIN), visit_as(Role.ADMIN)
    stale = one.open(OFFICE).form(OFFICE)
    save(two, phone="0535-1112223")

    refused = one.send(stale, {"phone": "0535-4445556"})

    assert refused.status == 409
    assert "联系电话现为“0535-1112223”" in refused.text
    assert stands(office).phone == "0535-1112223"
    assert one.send(refused.form(OFFICE)).status == 200
    assert stands(office).phone == "0535-4445556"


@SQLITE
@pytest.mark.parametrize("role", [Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD, Role.SUPERVISOR])
def test_nobody_but_the_administrator_sets_an_office_up(
    visit_as: VisitAs, office: Office, role: Role
) -> None:
    form = visit_as(Role.ADMIN).open(OFFICE).form(OFFICE)
    visitor = visit_as(role)

    assert visitor.open(OFFICE).status == 403
    for form.action in (OFFICE, f"{OFFICE}/preview"):
        assert visitor.send(form, {"phone": "0535-4445556"}).status == 403
    assert stands(office).phone == ""
    assert OFFICE not in visitor.open("/cases").links


@SQLITE
def test_an_administrator_reaches_no_other_agency(visit_as: VisitAs, office: Office) -> None:
    below = office.other(parent_id=office.agency.id)

    save(visit_as(Role.ADMIN, agency=below.agency), phone="0535-4445556")

    assert stands(office).phone == ""
    assert stands(below).phone == "0535-4445556"


@SQLITE
def test_a_form_without_the_sessions_token_is_refused(visit_as: VisitAs, office: Office) -> None:
    admin = visit_as(Role.ADMIN)
    form = admin.open(OFFICE).form(OFFICE)

    assert admin.send(form, {"csrf": "x", "phone": "0535-4445556"}).status == 403
    assert stands(office).phone == ""

"""The file of a case: what it shows, what it hides, and to whom."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.clock import now, today
from tests.api.conftest import SignIn
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.story import ZHANG
from workflow.vocabulary import Action, Role, State

ID_NUMBER = "370685192001010016"
PAPERS = {
    **ZHANG,
    "id_number": ID_NUMBER,
    "contact": {"phone": "13800001234", "address": "招远市望泉街12号院3单元", "email": "zhang@example.com"},
}


def test_papers_and_contacts_are_masked(visit_as: VisitAs, office: Office) -> None:
    number = office.register(today(), applicant=PAPERS)

    page = visit_as(Role.CLERK).open(f"/cases/{number}")

    assert "370685********0016" in page.text
    assert "138****1234" in page.text
    assert "招远市望泉街****" in page.text
    assert "z****@example.com" in page.text
    for secret in (ID_NUMBER, "13800001234", "12号院", "zhang@"):
        assert secret not in page.html


def test_the_due_date_is_told_with_its_steps_and_days(visit_as: VisitAs, office: Office) -> None:
    number = office.register(today())

    page = visit_as(Role.CLERK).open(f"/cases/{number}")

    due_on = office.do(number, Action.ACCEPT, today(), at=now()).history.due_on
    assert due_on is not None
    assert f"答复截止 {due_on}" in page.text
    assert "法定答复期限20个工作日" in page.text
    assert f'title="{due_on} 第20个工作日' in page.html


def test_the_timeline_tells_who_did_what_and_what_they_wrote(visit_as: VisitAs, office: Office) -> None:
    number = office.register(today())
    clerk = visit_as(Role.CLERK)
    clerk.do(number, "request_clarification", items="请写明地块名称\n请写明年份", within_workdays="10")

    told = clerk.open(f"/cases/{number}").text.split("办理记录")[1]

    assert "请写明地块名称" in told
    assert "请写明年份" in told
    assert "补正期限 10" in told
    assert "person-0" in told
    assert "《条例》第三十条" in told
    assert "补正告知书" in told


@SQLITE
def test_the_buttons_are_the_acts_that_the_interface_names(
    visit_as: VisitAs, sign_in: SignIn, case: CaseAt
) -> None:
    number = case(State.PROCESSING)
    roles = (Role.CLERK, Role.HANDLER, Role.HEAD)
    client: TestClient = sign_in(*roles)

    offered = {link for link in visit_as(*roles).open(f"/cases/{number}").links if "/actions/" in link}

    actions = client.get(f"/api/v1/cases/{number}").json()["actions"]
    assert offered == {f"/cases/{number}/actions/{action}" for action in actions}


@SQLITE
@pytest.mark.parametrize("role", [Role.LEGAL, Role.HEAD])
def test_who_reviews_or_signs_reads_the_draft_at_once(visit_as: VisitAs, case: CaseAt, role: Role) -> None:
    number = case(State.LEGAL_REVIEW)

    told = visit_as(role).open(f"/cases/{number}").text

    assert "拟定的答复" in told
    assert told.index("经检索，予以公开。") < told.index("申请内容")


@SQLITE
def test_consultations_and_fees_stand_on_the_file(visit_as: VisitAs, case: CaseAt) -> None:
    consulting, charged = case(State.CONSULTING), case(State.AWAITING_PAYMENT)
    handler = visit_as(Role.HANDLER)

    asked, fee = (handler.open(f"/cases/{number}").text for number in (consulting, charged))

    assert "甲公司" in asked
    assert "等待意见" in asked
    assert "征求意见，不计入" in asked
    assert "380元" in fee
    assert "第31至68页：38页×10元=380元" in fee


@SQLITE
def test_letters_open_as_they_were_issued(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.CONCLUDED)
    clerk = visit_as(Role.CLERK)
    links = [link for link in clerk.open(f"/cases/{number}").links if "/letters/" in link]

    titles = {clerk.open(link).text for link in links}

    assert any("政府信息予以公开答复书" in title for title in titles)


@SQLITE
def test_the_same_request_again_is_shown_and_refused_nothing(visit_as: VisitAs, office: Office) -> None:
    first, second = office.register(today()), office.register(today())

    page = visit_as(Role.CLERK).open(f"/cases/{second}")

    assert "申请内容与其他申请相同" in page.text
    assert f"/cases/{first}" in page.links
    assert "同一申请人" in page.text


@SQLITE
def test_a_supervisor_reads_the_files_of_all_agencies_below(visit_as: VisitAs, office: Office) -> None:
    below = office.other("招远市财政局", parent_id=office.agency.id)
    number = below.submit(today()).file.row.number
    beside = office.other("莱州市财政局").submit(today()).file.row.number
    supervisor = visit_as(Role.SUPERVISOR)

    assert supervisor.open(f"/cases/{number}").status == 200
    assert supervisor.open(f"/cases/{beside}").status == 404


@SQLITE
def test_what_was_pressed_stands_on_top_until_the_case_ends(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    visit_as(Role.SUPERVISOR).do(number, "escalate", message="请于三日内答复")
    clerk = visit_as(Role.CLERK)

    told = clerk.open(f"/cases/{number}").text
    clerk.do(number, "withdraw")

    assert told.index("请于三日内答复") < told.index("可以办理")
    assert clerk.open(f"/cases/{number}").text.index("可以办理") > 0
    assert "请于三日内答复" not in clerk.open(f"/cases/{number}").text.split("可以办理")[0]


@SQLITE
def test_a_consultation_that_lapsed_is_told_as_silence(visit_as: VisitAs, office: Office) -> None:
    long_ago = today() - timedelta(days=90)
    number = office.register(long_ago)
    office.do(number, Action.ACCEPT, long_ago)
    office.do(number, Action.CONSULT_AGENCY, long_ago, name="招远市财政局")
    office.do(number, Action.ASSIGN, today(), at=now(), unit="档案室")

    told = visit_as(Role.CLERK).open(f"/cases/{number}").text

    assert "逾期未提出意见，视为同意公开" in told
    assert "逾期未复，视为同意公开" in told
    assert "逾期" in told.split("可以办理")[0]

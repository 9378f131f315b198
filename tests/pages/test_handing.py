"""Handing back, reminding and handing over, on the page of the case and on the desk."""

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page, Visitor
from workflow.vocabulary import Action, Role, State

pytestmark = SQLITE


def say(visitor: Visitor, number: str, action: str, **typed: str) -> Page:
    """Send one of the small forms on the page of a case."""
    return visitor.send(visitor.open(f"/cases/{number}").form(f"/cases/{number}/{action}"), typed)


def test_a_case_goes_back_and_to_another_handler(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    handler, clerk = visit_as(Role.HANDLER), visit_as(Role.CLERK)

    done = say(handler, number, "hand-back", hand_back="不属于本科室职责，应由耕地保护科办理")

    assert "已退回，等待转办" in done.text
    assert "退回待转办 1" in clerk.open("/desk").text
    page = clerk.open(f"/cases/{number}")
    assert "应由耕地保护科办理" in page.text
    over = clerk.do(number, "assign", unit="耕地保护科", handler="person-0", reason="职责调整")
    assert f"/cases/{number}/handover" in over.links
    assert "退回待转办" not in clerk.open("/desk").text
    assert "以前的退回和催办（1）" in clerk.open(f"/cases/{number}").text


def test_a_case_stays_and_its_handler_reads_why(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    handler, head = visit_as(Role.HANDLER), visit_as(Role.HEAD)
    say(handler, number, "hand-back", hand_back="需要回避")

    assert "仍由其办理" in say(head, number, "stays", reminder="不构成回避").text
    assert "仍由您办理：不构成回避" in handler.open("/desk").text

    assert "已标记为已阅" in say(handler, number, "seen").text
    assert "不构成回避" not in handler.open("/desk").text


def test_what_is_empty_or_too_long_stands_in_its_form_again(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)

    empty = say(clerk, number, "remind", reminder=" ")
    long = say(clerk, number, "remind", reminder="催" * 2001)

    assert (empty.status, long.status) == (422, 422)
    assert "请填写催办的内容" in empty.text
    assert long.form(f"/cases/{number}/remind").typed["reminder"] == ["催" * 2001]


def test_a_supervisor_reminds_below_and_nobody_else_of_another_agency(
    visit_as: VisitAs, office: Office
) -> None:
    below = office.other("招远市财政局", parent_id=office.agency.id)
    number = below.case_at(State.PROCESSING)
    supervisor = visit_as(Role.SUPERVISOR, Role.CLERK, Role.HANDLER)

    page = supervisor.open(f"/cases/{number}")
    assert [form.action for form in page.forms if form.action.startswith(f"/cases/{number}/hand")] == []
    assert "已提醒承办人" in say(supervisor, number, "remind", reminder="请按期答复").text
    csrf = page.forms[0].typed["csrf"][0]
    theirs = {"csrf": csrf, "hand_back": "理由"}
    assert supervisor.client.post(f"/cases/{number}/hand-back", data=theirs).status_code == 404
    for action in ("remind", "stays", "seen", "hand-back"):
        assert visit_as(Role.CLERK).client.post(f"/cases/{number}/{action}", data={}).status_code in (
            403,
            404,
        )


def test_without_the_token_nothing_is_said(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)

    response = clerk.client.post(f"/cases/{number}/remind", data={"reminder": "请拟稿", "csrf": "x"})

    assert response.status_code == 403
    assert "催办：" not in visit_as(Role.HANDLER).open(f"/cases/{number}").text


def test_the_handlers_are_offered_with_what_lies_before_them(
    visit_as: VisitAs, office: Office, case: CaseAt
) -> None:
    busy = office.account("lu", Role.HANDLER, name="陆田野")
    office.account("zhou-1", Role.HANDLER, name="周舟")
    office.account("zhou-2", Role.HANDLER, name="周舟")
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    clerk.do(number, "assign", unit="科", handler="陆田野")

    page = clerk.open(f"/cases/{number}/actions/assign")

    assert "陆田野：在办1件" in page.text
    assert page.form(f"/cases/{number}/actions/assign").choices["handler"] == [
        "",
        "陆田野",
        "zhou-1",
        "zhou-2",
    ]
    assert busy.id


def test_the_list_of_what_goes_along_names_both_sides(
    visit_as: VisitAs, office: Office, case: CaseAt
) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    assert clerk.open(f"/cases/{number}/handover").status == 404
    page = clerk.open(f"/cases/{number}")
    upload = page.form(f"/cases/{number}/attachments")
    clerk.client.post(
        upload.action, data=upload.typed | {"category": "evidence"}, files={"files": ("检索.txt", b"nothing")}
    )
    clerk.do(number, "assign", unit="规划科", reason="职责调整")

    sheet = clerk.open(f"/cases/{number}/handover")

    assert "移交方 自然资源确权登记科" in sheet.text
    assert "接收方 规划科" in sheet.text
    assert "职责调整" in sheet.text
    assert "检索.txt" in sheet.text
    assert "SHA-256 " in sheet.text
    assert "政府信息公开申请登记回执" in sheet.text
    assert "接收人（签字）" in sheet.text
    stranger = visit_as(Role.CLERK, agency=office.other().agency)
    assert stranger.open(f"/cases/{number}/handover").status == 404


def test_a_corrected_hand_over_is_told_as_corrected(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    clerk.do(number, "assign", unit="法规科")
    changes = {"unit": "法制科"}
    office.do(number, Action.RECTIFY, today(), at=now(), event=4, changes=changes, reason="名称有误")

    assert "接收方 法制科" in clerk.open(f"/cases/{number}/handover").text

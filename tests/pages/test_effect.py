"""The form of an act shows what it would do, before it is done and without doing it."""

from typing import Any

import pytest

from api.clock import now, today
from tests.database.test_all_or_nothing import contents
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page, Visitor
from workflow.casefile import open_file
from workflow.clock import day_zh
from workflow.law.workdays import packaged
from workflow.vocabulary import Action, Role, State

CALENDAR = packaged()


def panel(page: Page) -> str:
    """What stands under 办理后, to its end; whether a day is final depends on the day of the test."""
    return page.text.split("办理后", 1)[1].split("以上没有更新")[0].replace(" 暂定", "")


def try_out(visitor: Visitor, number: str, action: str, **typed: Any) -> Page:
    """Open the form, type, and press 试算."""
    address = f"/cases/{number}/actions/{action}"
    form = visitor.open(address).form(address)
    form.action = f"{address}/effect"
    return visitor.send(form, typed)


def due_of(office: Office, number: str) -> Any:
    with office.store.reading() as session:
        return open_file(session, number).history.due_on


@SQLITE
def test_the_form_opens_with_what_its_usual_answers_would_do(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.SCREENING)

    told = panel(visit_as(Role.CLERK).open(f"/cases/{number}/actions/request_clarification"))

    assert "审核 → 待补正" in told
    assert "期限暂停" in told
    assert f"补正期限 开始， {day_zh(CALENDAR.add_workdays(today(), 15))} 届满" in told
    assert f"补正告知期限 已完成 原定 {day_zh(CALENDAR.add_workdays(today(), 7))} 届满" in told
    assert "《政府信息公开申请补正告知书》" in told
    assert "还需填写：需要补正的事项" in told


@SQLITE
def test_a_party_without_a_name_yet_is_told_without_one(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)

    page = visit_as(Role.HANDLER).open(f"/cases/{number}/actions/consult_third_party")

    assert f"第三方意见期限 开始， {day_zh(CALENDAR.add_workdays(today(), 15))} 届满" in panel(page)
    assert "还需填写：第三方名称" in panel(page)


@SQLITE
def test_the_button_computes_anew_and_keeps_what_was_typed(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number, head = case(State.PROCESSING), visit_as(Role.HEAD)
    due = due_of(office, number)
    before = contents(office.store)

    page = try_out(head, number, "extend", workdays="10", reason="档案较多")

    after = CALENDAR.add_workdays(due, 10)
    assert page.status == 200
    assert f"{day_zh(due)} → {day_zh(after)} 顺延10个工作日" in panel(page)
    assert "经负责人同意延长10个工作日" in panel(page)
    assert page.form(f"/cases/{number}/actions/extend").typed["reason"] == ["档案较多"]
    assert {**contents(office.store), "presences": []} == before


@SQLITE
def test_what_leaves_the_clock_alone_says_so(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.SCREENING)

    told = panel(visit_as(Role.CLERK).open(f"/cases/{number}/actions/accept"))

    assert "不影响答复期限，仍为" in told
    assert "新的期限是怎样算的" not in told


@SQLITE
def test_a_refusal_is_told_before_anybody_sends_the_form(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)

    told = panel(try_out(visit_as(Role.HEAD), number, "extend", workdays="21", reason="档案较多"))

    assert "现在办理会被退回" in told
    assert "第三十三条" in told


@SQLITE
@pytest.mark.parametrize(
    ("role", "action", "typed", "missing"),
    [
        (Role.HEAD, "extend", {"workdays": "十"}, "延长工作日"),
        (Role.HANDLER, "assess_fee", {}, "计费方式"),
        (Role.HANDLER, "draft_reply", {"reasons": "予以公开。"}, "处理决定"),
    ],
)
def test_what_cannot_be_read_yet_is_asked_for(
    visit_as: VisitAs, case: CaseAt, role: Role, action: str, typed: dict[str, str], missing: str
) -> None:
    number = case(State.PROCESSING)

    page = try_out(visit_as(role), number, action, **typed)

    assert page.status == 200
    assert f"填写完整后显示。还需填写：{missing}" in panel(page)


@SQLITE
def test_a_script_gets_the_panel_alone(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    visitor = visit_as(Role.HEAD)

    response = visitor.client.post(
        f"/cases/{number}/actions/extend/effect",
        data={"workdays": "5", "reason": "档案较多", "version": "3"},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 200
    assert "顺延5个工作日" in response.text
    assert "<form" not in response.text


@SQLITE
def test_on_a_case_that_has_moved_on_the_panel_says_that_it_tells_of_it_as_it_is(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.PROCESSING)
    visitor, address = visit_as(Role.HEAD), f"/cases/{number}/actions/extend"
    form = visitor.open(address).form(address)
    office.do(number, Action.ASSIGN, today(), at=now(), unit="档案室")
    form.action = f"{address}/effect"

    told = panel(visitor.send(form, {"workdays": "5", "reason": "档案较多"}))

    assert "本件又有新的办理记录" in told
    assert "顺延5个工作日" in told


@SQLITE
def test_of_a_correction_it_tells_what_follows_from_the_corrected_log(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.PROCESSING)
    due = due_of(office, number)
    office.do(number, Action.EXTEND, today(), at=now(), workdays=10, reason="档案较多")
    visitor, address = visit_as(Role.HEAD), f"/cases/{number}/actions/rectify"
    form = visitor.open(f"{address}?event=4").form(address)
    form.action = f"{address}/effect"

    told = panel(visitor.send(form, {"changes.workdays": "5", "reason": "误录"}))

    assert f"{day_zh(CALENDAR.add_workdays(due, 10))} → {day_zh(CALENDAR.add_workdays(due, 5))}" in told
    assert "提前5个工作日" in told


@SQLITE
def test_of_a_foreign_case_nothing_is_told(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number = case(State.PROCESSING)
    stranger = visit_as(Role.HEAD, agency=office.other().agency)

    response = stranger.client.post(f"/cases/{number}/actions/extend/effect", data={"workdays": "5"})

    assert response.status_code == 404

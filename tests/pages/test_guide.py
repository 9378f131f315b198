"""The seven questions on their page: one at a time, changed, come to a decision, and taken into the draft."""

import pytest

from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.guiding import OPEN, answer, asks, place, walk
from workflow.law.guide import STEPS
from workflow.vocabulary import Action, Role, State

pytestmark = SQLITE


def test_the_questions_come_one_at_a_time_and_end_with_a_decision(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    page = handler.open(place(number))
    asked = []

    while any(form.action == place(number) for form in page.forms):
        asked.append(asks(page, number))
        page = answer(handler, page, number, OPEN[asked[-1]])

    assert asked == [step.code for step in STEPS]
    assert "指引得出的处理决定 予以公开" in page.text
    assert "依据 《条例》第三十六条第（二）项 年度报告 3.1 予以公开" in page.text
    assert "救济途径 可以申请复议，也可以直接起诉 文书 《政府信息予以公开答复书》" in page.text


def test_every_answer_stands_on_the_page_with_its_article_and_where_it_leads(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    page = handler.open(place(number))

    assert page.form(place(number)).choices["answer"] == [each.code for each in STEPS[0].answers]
    assert "补正以后仍不明确" in page.text
    assert "《条例》第三十条 补正后仍不明确 年报 3.4.3" in page.text
    assert f"先办：{Action.REQUEST_CLARIFICATION.zh}" in page.text


def test_an_earlier_answer_is_changed_and_later_ones_that_no_longer_lie_on_the_way_go(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    page = walk(handler, number)
    assert f"{place(number)}?step=held#question" in page.links

    changing = handler.open(f"{place(number)}?step=held")
    assert changing.form(place(number)).typed["answer"] == ["held"]
    assert changing.form(place(number)).typed["reason"] == ["held的理由"]
    page = answer(handler, changing, number, "not_held", "库房和系统都没有")

    assert "指引得出的处理决定 信息不存在" in page.text
    assert "provide的理由" not in page.text
    assert "库房和系统都没有" in page.text
    assert "reply的理由" in page.text


def test_an_act_that_comes_first_is_named_with_the_way_there_or_who_does_it(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)

    page = walk(handler, number, disclose="unasked")
    assert "还不能拟定答复 先办：征求第三方意见" in page.text
    assert f"/cases/{number}/actions/consult_third_party" in page.links

    other = walk(handler, case(State.PROCESSING), clarify="unclear")
    assert "由窗口经办办理" in other.text


def test_what_comes_before_the_reply_stands_beside_the_decision(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)

    page = walk(handler, number, reply="first extend conference")

    assert "指引得出的处理决定 予以公开" in page.text
    assert "延长答复期限 《条例》第三十三条第二款" in page.text
    assert f"/cases/{number}/actions/open_conference" in page.links


def test_without_an_answer_the_question_comes_again_with_what_was_typed(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    for step in ("clarify", "scope", "responsible", "held"):
        answer(handler, handler.open(place(number)), number, OPEN[step])

    page = answer(handler, handler.open(place(number)), number, "part", "第七条是账户")

    assert page.status == 422
    assert "请在它下面至少勾选一项" in page.text
    assert page.form(place(number)).typed["answer"] == ["part"]
    assert page.form(place(number)).typed["reason"] == ["第七条是账户"]


def test_a_page_that_was_left_open_too_long_keeps_what_was_typed(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    form = handler.open(place(number)).form(place(number))
    form.typed["csrf"] = ["another"]

    page = handler.send(form, {"answer": "clear", "reason": "写明了文号"})

    assert page.status == 403
    assert page.form(place(number)).typed["reason"] == ["写明了文号"]


# --- Who ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEGAL, Role.HEAD, Role.CLERK])
def test_colleagues_read_the_answers_and_change_none(visit_as: VisitAs, case: CaseAt, role: Role) -> None:
    number = case(State.PROCESSING)
    walk(visit_as(Role.HANDLER), number, disclose="internal_affairs")
    colleague = visit_as(role)

    page = colleague.open(f"{place(number)}?step=held")

    assert "指引得出的处理决定 属于内部事务信息" in page.text
    assert "held的理由" in page.text
    assert [form.action for form in page.forms if form.action == place(number)] == []
    csrf = colleague.open("/desk").forms[0].typed["csrf"][0]
    data = {"csrf": csrf, "step": "held", "answer": "not_held", "seen": "held"}
    assert colleague.client.post(place(number), data=data).status_code == 403
    assert colleague.client.post(f"{place(number)}/evidence", data={"csrf": csrf}).status_code == 403


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SUPERVISOR])
def test_nobody_else_reads_them(visit_as: VisitAs, case: CaseAt, role: Role) -> None:
    number = case(State.PROCESSING)

    assert visit_as(role).open(place(number)).status == 403


def test_for_another_agency_there_is_no_such_page(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    stranger = visit_as(Role.HANDLER, agency=office.other().agency)
    csrf = stranger.open("/desk").forms[0].typed["csrf"][0]

    assert stranger.open(place(number)).status == 404
    assert stranger.client.post(place(number), data={"csrf": csrf, "step": "clarify"}).status_code == 404
    assert stranger.client.post(f"{place(number)}/evidence", data={"csrf": csrf}).status_code == 404


def test_after_the_draft_is_sent_the_answers_stand(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    page = handler.open(place(number))
    handler.do(number, "draft_reply", decision="disclosed", reasons="予以公开。")

    late = answer(handler, page, number, "clear")

    assert late.status == 409
    assert "法制审核阶段不再更改七步指引的回答" in late.text
    assert "还没有走七步指引" in handler.open(place(number)).text

"""Acts through their forms: done, refused, overtaken, misread; nothing that was typed is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from api.clock import now, today
from tests.office import WAYS, Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from workflow.lifecycle import ROLES
from workflow.vocabulary import Action, Role, State

#: Where each act has its place, and what is typed in its form.
PLACES: dict[Action, tuple[State, dict[str, str]]] = {
    Action.REGISTER: (State.SUBMITTED, {}),
    Action.REQUEST_CLARIFICATION: (State.SCREENING, {"items": "请写明地块名称\n请写明年份"}),
    Action.RECEIVE_CLARIFICATION: (State.AWAITING_CLARIFICATION, {"text": "城东第三地块"}),
    Action.REQUEST_JUSTIFICATION: (State.SCREENING, {}),
    Action.RECEIVE_JUSTIFICATION: (State.AWAITING_JUSTIFICATION, {"text": "用于行政复议"}),
    Action.ACCEPT: (State.SCREENING, {"unit": "耕地保护科"}),
    Action.ASSIGN: (State.PROCESSING, {"unit": "档案室", "reason": "材料在档案室"}),
    Action.REPLY_ON_THE_SPOT: (State.SCREENING, {"decision": "already_public", "reasons": "已在网站公开。"}),
    Action.CONSULT_THIRD_PARTY: (State.PROCESSING, {"name": "乙公司"}),
    Action.CONSULT_AGENCY: (State.PROCESSING, {"name": "招远市财政局", "under": "11"}),
    Action.RECORD_OPINION: (State.CONSULTING, {"name": "甲公司", "consents": "false", "reasonable": "true"}),
    Action.OPEN_CONFERENCE: (State.PROCESSING, {"participants": "司法局\n财政局", "question": "能否公开？"}),
    Action.ASSESS_FEE: (State.PROCESSING, {"basis": "per_page", "pages": "68"}),
    Action.CANCEL_FEE: (State.AWAITING_PAYMENT, {"reason": "申请人缩小了范围"}),
    Action.RECORD_PAYMENT: (State.AWAITING_PAYMENT, {"receipt_no": "鲁财00123"}),
    Action.EXTEND: (State.PROCESSING, {"workdays": "15", "reason": "档案较多"}),
    Action.DRAFT_REPLY: (State.PROCESSING, {"decision": "disclosed", "reasons": "予以公开。"}),
    Action.RETURN_DRAFT: (State.LEGAL_REVIEW, {"comment": "请补充依据"}),
    Action.PASS_REVIEW: (State.LEGAL_REVIEW, {}),
    Action.APPROVE: (State.APPROVAL, {}),
    Action.ISSUE_REPLY: (State.APPROVED, {"method": "online"}),
    Action.RECORD_SERVICE: (State.CONCLUDED, {"served_on": "{today}", "method": "in_person"}),
    Action.WITHDRAW: (State.PROCESSING, {"reason": "已经找到"}),
    Action.ARCHIVE: (State.CONCLUDED, {"retention": "10"}),
    Action.RECORD_REMEDY: (State.CONCLUDED, {"kind": "reconsideration", "filed_on": "{today}"}),
    Action.REOPEN: (State.CONCLUDED, {"reason": "复议决定责令重新答复", "reply_by": "{today}"}),
    Action.VOID: (State.SCREENING, {"reason": "重复登记"}),
    Action.ESCALATE: (State.PROCESSING, {"message": "请于三日内答复"}),
}


def filled(typed: dict[str, str]) -> dict[str, str]:
    return {name: value.format(today=today()) for name, value in typed.items()}


@pytest.mark.parametrize("action", list(PLACES))
def test_an_act_is_done_through_its_form_and_the_case_says_so(
    visit_as: VisitAs, case: CaseAt, action: Action
) -> None:
    state, typed = PLACES[action]
    number = case(state)

    page = visit_as(ROLES[action][0] if ROLES[action][0] is not Role.APPLICANT else Role.CLERK).do(
        number, action, **filled(typed)
    )

    assert (page.status, page.address) == (200, f"/cases/{number}")
    assert f"已完成：{action.zh}" in page.text


@SQLITE
def test_what_is_done_is_said_once(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.SCREENING)
    clerk = visit_as(Role.CLERK)

    clerk.do(number, "accept", unit="耕地保护科")

    assert "已完成" not in clerk.open(f"/cases/{number}").text


@SQLITE
def test_a_refusal_names_the_article_and_keeps_what_was_typed(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    handler = visit_as(Role.HANDLER)

    page = handler.do(number, "draft_reply", decision="partly_disclosed", reasons="部分内容不公开。")

    assert page.status == 409
    assert "第三十七条" in page.text
    form = page.form(f"/cases/{number}/actions/draft_reply")
    assert (form.typed["decision"], form.typed["reasons"]) == (["partly_disclosed"], ["部分内容不公开。"])
    assert "拟定答复" not in handler.open(f"/cases/{number}").text.split("办理记录")[1]


@SQLITE
def test_after_a_refusal_the_corrected_form_goes_through(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    handler, address = visit_as(Role.HANDLER), f"/cases/{number}/actions/extend"
    head = visit_as(Role.HEAD)

    refused = head.do(number, "extend", workdays="21", reason="材料多")
    done = head.send(refused.form(address), {"workdays": "20"})

    assert (refused.status, done.status) == (409, 200)
    assert "材料多" in handler.open(f"/cases/{number}").text


@SQLITE
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"workdays": "十", "reason": "材料多"}, "应为整数"),
        ({"workdays": "10", "reason": "  "}, "缺少此项"),
        ({"workdays": "10", "reason": "材料多", "on": "2026-02-30"}, "有效日期"),
        ({"workdays": "10", "reason": "材料多", "on": "2059-01-01"}, "晚于今天"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    visit_as: VisitAs, case: CaseAt, typed: dict[str, str], told: str
) -> None:
    number = case(State.PROCESSING)

    page = visit_as(Role.HEAD).do(number, "extend", **typed)

    assert page.status == 422
    assert told in page.text
    assert 'aria-invalid="true"' in page.html
    kept = page.form(f"/cases/{number}/actions/extend").typed
    assert {name: kept[name][0] for name in typed} == typed


@SQLITE
def test_what_is_asked_for_seldom_is_folded_up_until_somebody_has_typed_it(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)

    asked = handler.open(f"/cases/{number}/actions/draft_reply")
    again = handler.do(number, "draft_reply", decision="other_authority", authority="招远市水务局")

    folded = '<details class="more">\n    <summary>个别情形需要写明的内容</summary>'
    assert folded in asked.html
    assert again.status == 422  # Reasons are missing.
    assert folded not in again.html
    assert again.form(f"/cases/{number}/actions/draft_reply").typed["authority"] == ["招远市水务局"]


@SQLITE
def test_who_is_overtaken_sees_what_changed_and_can_send_again(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.PROCESSING)
    handler, address = visit_as(Role.HANDLER), f"/cases/{number}/actions/draft_reply"
    form = handler.open(address).form(address)
    other = office.staff(Role.CLERK, "李四")
    office.do(number, Action.ASSIGN, today(), by=other, at=now(), unit="档案室", reason="材料在档案室")

    stale = handler.send(form, {"decision": "disclosed", "reasons": "予以公开。"})

    assert stale.status == 409
    assert "已被他人更新" in stale.text
    assert "分办" in stale.text
    assert "李四" in stale.text
    assert "材料在档案室" in stale.text
    again = stale.form(address)
    assert again.typed["reasons"] == ["予以公开。"]
    assert handler.send(again).address == f"/cases/{number}"


@SQLITE
def test_who_comes_too_late_keeps_the_text_and_is_told_that_the_act_is_no_longer_possible(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.PROCESSING)
    handler, address = visit_as(Role.HANDLER), f"/cases/{number}/actions/draft_reply"
    form = handler.open(address).form(address)
    office.do(number, Action.WITHDRAW, today(), at=now())

    stale = handler.send(form, {"decision": "disclosed", "reasons": "写了很久的答复"})

    assert stale.status == 409
    assert "现在不能再“拟定答复”" in stale.text
    assert stale.form(address).typed["reasons"] == ["写了很久的答复"]


@SQLITE
def test_a_form_without_the_right_token_does_nothing_and_can_be_sent_again(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number = case(State.SCREENING)
    clerk, address = visit_as(Role.CLERK), f"/cases/{number}/actions/accept"
    form = clerk.open(address).form(address)
    form.typed["csrf"] = ["taken from elsewhere"]

    refused = clerk.send(form, {"unit": "耕地保护科"})

    assert refused.status == 403
    assert refused.form(address).typed["unit"] == ["耕地保护科"]
    assert clerk.send(refused.form(address)).address == f"/cases/{number}"


@SQLITE
def test_a_form_sent_after_the_session_ended_says_how_to_save_it(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.SCREENING)
    clerk, address = visit_as(Role.CLERK), f"/cases/{number}/actions/accept"
    form = clerk.open(address).form(address)
    with office.store.transaction() as session:
        session.execute(text("DELETE FROM login_sessions"))

    page = clerk.send(form, {"unit": "耕地保护科"})

    assert (page.status, page.address) == (401, address)
    assert "不会丢失" in page.text


@SQLITE
def test_an_act_of_another_role_is_refused_with_the_role_that_may(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)

    page = visit_as(Role.CLERK).open(f"/cases/{number}/actions/extend")

    assert page.status == 403
    assert "公开机构负责人" in page.text


@SQLITE
def test_an_act_that_has_no_place_now_is_refused_with_its_article(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)

    page = visit_as(Role.CLERK).open(f"/cases/{number}/actions/issue_reply")

    assert page.status == 409
    assert "第三十六条" in page.text


@SQLITE
@pytest.mark.parametrize("word", ["submit", "explode", "imported", "recalculate"])
def test_what_is_no_act_of_a_person_is_not_found(visit_as: VisitAs, case: CaseAt, word: str) -> None:
    assert visit_as(Role.CLERK).open(f"/cases/{case(State.SCREENING)}/actions/{word}").status == 404


@SQLITE
def test_another_agencys_case_is_not_found(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number = case(State.SCREENING)
    stranger = visit_as(Role.CLERK, agency=office.other().agency)

    for address in (f"/cases/{number}", f"/cases/{number}/actions/accept"):
        assert stranger.open(address).status == 404


@SQLITE
def test_the_drafter_is_not_offered_the_review_of_the_own_draft(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    both = visit_as(Role.HANDLER, Role.LEGAL)
    both.do(number, "draft_reply", decision="disclosed", reasons="予以公开。")

    offered = both.open(f"/cases/{number}").links
    refused = both.do(number, "pass_review")

    assert f"/cases/{number}/actions/pass_review" not in offered
    assert f"/cases/{number}/actions/return_draft" in offered
    assert refused.status == 409
    assert "拟稿人" in refused.text


@SQLITE
def test_choices_are_what_the_case_holds(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    consulting, concluded, processing = (
        case(state) for state in (State.CONSULTING, State.CONCLUDED, State.PROCESSING)
    )
    visitor = visit_as(Role.CLERK, Role.HANDLER)

    opinion, service, draft = (
        visitor.open(address).form(address).choices
        for address in (
            f"/cases/{consulting}/actions/record_opinion",
            f"/cases/{concluded}/actions/record_service",
            f"/cases/{processing}/actions/draft_reply",
        )
    )

    assert opinion["name"] == ["", "甲公司"]
    assert len(service["letter"]) == 1 + len(_letters(office, concluded))
    assert "withdrawn" not in draft["decision"]
    assert "public_interest" in draft["grounds"]


def _letters(office: Office, number: str) -> list[str]:
    query = "SELECT l.number FROM letters l JOIN cases c ON c.id = l.case_id WHERE c.number = :number"
    with office.store.reading() as session:
        return list(session.execute(text(query), {"number": number}).scalars())


@SQLITE
def test_reasons_that_do_not_hold_close_the_way_to_processing(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.AWAITING_JUSTIFICATION)
    clerk = visit_as(Role.CLERK)
    clerk.do(number, "receive_justification", text="用于研究")

    done = clerk.do(number, "judge_justification", reasonable="false")

    assert "已完成：认定理由" in done.text
    assert "理由是否合理 否" in done.text


@SQLITE
def test_silence_beyond_the_term_is_confirmed_by_the_head_only(visit_as: VisitAs, office: Office) -> None:
    number = office.case_at(State.AWAITING_CLARIFICATION, today() - timedelta(days=60))
    head = visit_as(Role.HEAD)

    waiting = head.open("/desk").text
    done = head.do(number, "confirm_abandonment")

    assert "逾期待处理 1" in waiting
    assert "逾期不补正" in done.text
    assert visit_as(Role.CLERK).open(f"/cases/{number}/actions/confirm_abandonment").status == 403


def test_every_act_of_the_staff_has_a_place_in_these_tests() -> None:
    """What is missing has tests of its own: corrections, and what needs another act or time before it."""
    told_elsewhere = {Action.RECTIFY, Action.CLOSE_CONFERENCE}
    by_time = {Action.JUDGE_JUSTIFICATION, Action.CONFIRM_ABANDONMENT}
    begun_elsewhere = {Action.SUBMIT, Action.IMPORTED, Action.RECALCULATE}

    assert set(Action) - set(PLACES) == told_elsewhere | by_time | begun_elsewhere
    assert set(WAYS) == set(State)


@SQLITE
def test_what_no_font_can_draw_stops_the_act_and_keeps_what_was_typed(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number = case(State.SCREENING)
    address = f"/cases/{number}/actions/request_clarification"

    page = visit_as(Role.CLERK).do(number, "request_clarification", items="请明确\ue123地块")

    assert page.status == 500
    assert "“\ue123”（U+E123），见“请明确\ue123地块”" in page.text
    assert page.form(address).typed["items"] == ["请明确\ue123地块"]

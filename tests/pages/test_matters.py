"""What the page tells of single matters: conferences with their minutes, consultations, the fee."""

from datetime import timedelta

import pytest

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.story import ZHANG
from workflow.vocabulary import Action, Role, State

OPENED = {"participants": "司法局\n财政局", "question": "能否公开？"}


def test_a_conference_is_told_with_opinions_and_its_conclusion(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    handler.do(number, "open_conference", **OPENED)
    pending = handler.open(f"/cases/{number}").text

    handler.do(number, "close_conference", conclusion="可以公开。", opinions="财政局：同意\n司法局：无异议")

    assert "第1次会商 尚未形成结论" in pending
    told = handler.open(f"/cases/{number}").text
    assert "参加单位 司法局、财政局 问题 能否公开？ 司法局 无异议 财政局 同意 结论 可以公开。" in told
    assert f"{today()} 发起（person-0）， {today()} 形成结论（person-0）" in told
    assert "会商结论" in told
    assert "会商 第1次 会商结论 可以公开。 各方意见 财政局：同意 司法局：无异议" in told


def test_the_minutes_stand_on_a_sheet_to_be_signed(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    handler.do(number, "open_conference", **OPENED)
    handler.do(number, "close_conference", conclusion="可以公开。", opinions="财政局：同意")
    link = f"/cases/{number}/conferences/1"
    assert link in handler.open(f"/cases/{number}").links

    sheet = visit_as(Role.CLERK).open(link)

    assert sheet.status == 200
    assert "会商纪要" in sheet.text
    assert "司法局 未记录 财政局 同意 三、会商结论 可以公开。" in sheet.text
    assert sheet.text.count("（签字）：") == 2
    assert "（记录人签字）：" in sheet.text


@SQLITE
def test_minutes_before_the_conclusion_leave_room_to_write(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    handler.do(number, "open_conference", **OPENED)

    sheet = handler.open(f"/cases/{number}/conferences/1")

    assert sheet.text.count("（现场填写）") == 2
    assert sheet.text.count("（尚未形成结论）") == 2


@SQLITE
def test_the_minutes_do_not_tell_who_asks(visit_as: VisitAs, office: Office) -> None:
    name = ZHANG["name"]
    number = office.register(
        today(), request={"title": f"{name}地块的补偿方案", "description": "征地补偿方案"}
    )
    clerk, handler = visit_as(Role.CLERK), visit_as(Role.HANDLER)
    clerk.do(number, "accept", unit="档案室")
    handler.do(
        number, "open_conference", participants="司法局", question=f"{name}（13800001234）要求的能否公开？"
    )

    sheet = handler.open(f"/cases/{number}/conferences/1")

    assert name not in sheet.html
    assert "13800001234" not in sheet.html
    assert "申请人（×××）要求的能否公开？" in sheet.text


@SQLITE
@pytest.mark.parametrize("no", ["0", "2", "99999999999", "x"])
def test_a_sheet_of_no_conference_is_not_found(visit_as: VisitAs, case: CaseAt, no: str) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    handler.do(number, "open_conference", **OPENED)

    assert handler.open(f"/cases/{number}/conferences/{no}").status in (404, 422)


@SQLITE
@pytest.mark.parametrize("sheet", ["conferences/1", "print"])
def test_sheets_of_a_foreign_agency_are_not_found(visit_as: VisitAs, office: Office, sheet: str) -> None:
    number = office.other().case_at(State.PROCESSING)

    assert visit_as(Role.CLERK, Role.HANDLER).open(f"/cases/{number}/{sheet}").status == 404


@SQLITE
def test_a_consultation_is_told_with_days_opinion_and_its_effect(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.CONSULTING), visit_as(Role.HANDLER)
    waiting = handler.open(f"/cases/{number}").text

    handler.do(number, "record_opinion", name="甲公司", consents="false", reasonable="true")

    assert "意见 等待意见 期限影响 征求意见中，预计不计入答复期限（15个工作日）" in waiting
    told = handler.open(f"/cases/{number}").text
    assert f"收到 {today()} person-0登记 意见 不同意公开，理由合理" in told
    assert "收到意见较快，没有需要扣除的工作日" in told


@SQLITE
def test_the_fee_is_told_with_tariff_steps_who_due_paid_and_receipt(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.AWAITING_PAYMENT), visit_as(Role.CLERK)
    due = clerk.open(f"/cases/{number}").text

    clerk.do(number, "record_payment", receipt_no="鲁财 0012345")

    assert "380元 按量计费，68页" in due
    assert "待缴 第1至30页：30页×0元=0元 第31至68页：38页×10元=380元 合计380元 核定 窗口经办" in due
    assert "缴费期限" in due
    assert f"缴费 {today()} ，票据号 鲁财 0012345" in clerk.open(f"/cases/{number}").text


@SQLITE
def test_a_fee_that_nobody_paid_is_due_no_more_once_the_case_has_ended(
    visit_as: VisitAs, office: Office
) -> None:
    long_ago = today() - timedelta(days=120)
    number = office.register(long_ago)
    office.do(number, Action.ASSESS_FEE, long_ago, basis="per_page", pages=68)
    waiting = visit_as(Role.CLERK).open(f"/cases/{number}").text

    office.do(number, Action.CONFIRM_ABANDONMENT, today(), at=now())

    assert "第五条 待缴" in waiting
    told = visit_as(Role.CLERK).open(f"/cases/{number}").text
    assert "第五条 未缴" in told
    assert "待缴 第1至30页" not in told


# --- The whole file on paper -------------------------------------------------------------------------------


def test_the_print_holds_the_whole_file_and_notes_when_asked(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)
    form = clerk.open(f"/cases/{number}").form(f"/cases/{number}/notes")
    clerk.send(form, {"note": "内部备注一条"})
    assert f"/cases/{number}/print" in clerk.open(f"/cases/{number}").links

    plain = clerk.open(f"/cases/{number}/print")
    noted = clerk.open(f"/cases/{number}/print?notes=1")

    for part in (
        "概况",
        "申请内容",
        "期限怎样算出",
        "各项期限",
        "文书",
        "办理记录",
        "政府信息予以公开答复书",
    ):
        assert part in plain.text
    assert "内部备注一条" not in plain.text
    assert "内部备注一条" in noted.text
    assert "主要导航" not in plain.html
    assert plain.forms[0].typed == {}
    assert noted.forms[0].typed == {"notes": ["1"]}


@SQLITE
def test_the_print_masks_papers_as_the_screen_does(visit_as: VisitAs, office: Office) -> None:
    person = {**ZHANG, "id_number": "370685192001010016", "contact": {"phone": "13800001234"}}
    number = office.register(today(), applicant=person)

    page = visit_as(Role.CLERK).open(f"/cases/{number}/print")

    assert "370685********0016" in page.text
    assert "138****1234" in page.text
    assert "370685192001010016" not in page.html


# --- A long history ----------------------------------------------------------------------------------------


def test_of_a_long_history_the_latest_acts_are_shown_and_all_when_asked(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    for n in range(30):
        clerk.do(number, "assign", unit=f"第{n}科")

    page = clerk.open(f"/cases/{number}")
    whole = clerk.open(f"/cases/{number}?course=all")

    assert page.html.count('id="event-') == 30
    assert "提交申请" not in page.text.split("办理记录")[1]
    assert "显示较早的3条" in page.text
    assert f"/cases/{number}?course=all#course" in page.links
    assert whole.html.count('id="event-') == 33
    assert "显示较早的" not in whole.text


# --- Beside the forms --------------------------------------------------------------------------------------


@SQLITE
def test_the_conclusion_is_asked_for_beside_who_took_part_and_what_was_asked(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    handler.do(number, "open_conference", **OPENED)
    handler.do(number, "close_conference", conclusion="再议。")
    handler.do(number, "open_conference", participants="档案馆", question="馆藏何处？")

    form = handler.open(f"/cases/{number}/actions/close_conference")

    assert "第2次会商，参加单位：档案馆。问题：馆藏何处？" in form.text


@SQLITE
def test_who_decides_about_the_agencys_replies_is_suggested(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.CONCLUDED)

    form = visit_as(Role.CLERK).open(f"/cases/{number}/actions/record_remedy")

    assert '<option value="招远市人民政府"></option>' in form.html
    assert '<option value="招远市人民法院"></option>' in form.html
    assert "有管辖权的" not in form.html

"""The seven questions on their page: one at a time, changed, come to a decision, and taken into the draft."""

import pytest
from sqlalchemy import text

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.test_attachments import PDF, send
from tests.pages.visitor import Form, Page, Visitor
from workflow.law.guide import STEPS
from workflow.vocabulary import Action, Role, State

pytestmark = SQLITE
OPEN = {
    "clarify": "clear",
    "scope": "information",
    "responsible": "ours",
    "held": "held",
    "disclose": "all",
    "provide": "asked",
    "reply": "now",
}


def place(number: str) -> str:
    return f"/cases/{number}/guide"


def asks(page: Page, number: str) -> str:
    """Which question the page asks."""
    return page.form(place(number)).typed["step"][0]


def answer(visitor: Visitor, page: Page, number: str, code: str, reason: str = "", *details: str) -> Page:
    form = page.form(place(number))
    typed: dict[str, str | list[str]] = {"answer": code, "reason": reason}
    if details:
        typed[f"details.{code}"] = list(details)
    return visitor.send(form, typed)


def walk(visitor: Visitor, number: str, **answers: str) -> Page:
    """Answer until the end, each as usual unless told otherwise."""
    page = visitor.open(place(number))
    while any(form.action == place(number) for form in page.forms):
        step = asks(page, number)
        code, *details = {**OPEN, **answers}[step].split()
        page = answer(visitor, page, number, code, f"{step}的理由", *details)
    return page


def proof(page: Page, number: str) -> Form:
    return page.form(f"{place(number)}/evidence")


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


# --- Proof, and the draft --------------------------------------------------------------------------------


def test_the_draft_opens_filled_in_by_the_answers(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    send(handler, number, [("检索登记表.pdf", PDF)], category="evidence")
    page = walk(handler, number, held="not_held")
    form = proof(page, number)
    assert form.choices["file:检索记录"] == ["", "1"]

    opened = handler.send(form, {"file:检索记录": "1", "text:检索记录": "档案室 2026年", "then": "draft"})

    act = f"/cases/{number}/actions/draft_reply"
    assert opened.address == act
    typed = opened.form(act).typed
    assert typed["decision"] == ["not_held"]
    assert typed["evidence"] == ["检索记录：检索登记表.pdf；档案室 2026年"]
    assert typed["reasons"][0].split("\n")[1] == (
        "本机关对应当保存该信息的部门和档案进行了检索，没有查到该信息。held的理由。reply的理由。"
    )
    sent = handler.send(opened.form(act))
    assert "已完成：拟定答复" in sent.text
    assert "举证清单 必备的都已列明 检索记录 必备 检索登记表.pdf；档案室 2026年" in sent.text


def test_what_is_disclosed_and_the_withheld_parts_are_filled_in_too(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    send(handler, number, [("补偿方案（遮盖）.pdf", PDF)], category="disclosure")
    page = walk(handler, number, disclose="part internal_affairs third_party_rights")

    opened = handler.send(proof(page, number), {"text:内部事务的类别": "人事管理", "then": "draft"})

    typed = opened.form(f"/cases/{number}/actions/draft_reply").typed
    assert typed["decision"] == ["partly_disclosed"]
    assert typed["grounds"] == ["third_party_rights", "internal_affairs"]
    assert typed["attachments"] == ["补偿方案（遮盖）.pdf"]
    assert typed["evidence"] == ["内部事务的类别：人事管理"]


def test_the_case_page_leads_to_the_questions_and_to_the_filled_draft(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    assert place(number) in handler.open(f"/cases/{number}").links
    assert "七步指引 从补不补到怎么答" in handler.open(f"/cases/{number}").text
    walk(handler, number)

    page = handler.open(f"/cases/{number}")

    assert "七步指引 予以公开" in page.text
    assert f"/cases/{number}/actions/draft_reply?guide=1" in page.links
    assert "七步指引" not in visit_as(Role.CLERK).open(f"/cases/{case(State.PROCESSING)}").text


def test_before_the_questions_end_no_draft_is_filled_in(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)

    page = handler.open(f"/cases/{number}/actions/draft_reply?guide=1")

    assert page.status == 422
    assert "七步指引还没有得出处理决定" in page.text


def test_what_proves_it_is_kept_and_shown_again(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    form = proof(walk(handler, number, held="not_held"), number)

    page = handler.send(form, {"text:检索记录": "档案室", "text:移交情况": "", "then": ""})

    assert page.address == place(number)
    assert "举证清单已保存" in page.text
    assert proof(page, number).typed["text:检索记录"] == ["档案室"]


def test_a_secret_takes_no_file_as_its_proof(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    send(handler, number, [("定密卡.pdf", PDF)], category="evidence")

    page = walk(handler, number, disclose="state_secret")

    assert "不得在本系统上传附件" in page.text
    assert "file:密级" not in proof(page, number).names
    kept = handler.client.post(
        f"{place(number)}/evidence",
        data={"csrf": proof(page, number).typed["csrf"][0], "file:密级": "1", "then": "draft"},
    )
    assert "定密卡" not in kept.text.partition('name="evidence"')[2].partition("</textarea>")[0]


def test_what_the_case_shows_of_the_consultation_stands_in_the_proof(
    visit_as: VisitAs, office: Office
) -> None:
    number = office.case_today(State.CONSULTING, today(), now())
    office.do(
        number, Action.RECORD_OPINION, today(), at=now(), name="甲公司", consents=False, reasonable=True
    )
    handler = visit_as(Role.HANDLER)

    page = walk(handler, number, disclose="objected")

    typed = proof(page, number).typed
    assert typed["text:送达证明"] == [f"甲公司于{today()}收到"]
    assert typed["text:第三方意见"][0].endswith("不同意公开，理由合理")


def test_while_others_are_asked_the_draft_waits(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.CONSULTING), visit_as(Role.HANDLER)

    page = walk(handler, number)

    assert "征求的意见全部登记以后，可以据此拟稿" in page.text
    assert "据此拟稿 保存清单" not in page.text


def test_the_reviewer_sees_the_answers_and_what_is_not_proved_beside_the_draft(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    page = walk(handler, number, disclose="objected")
    form = proof(page, number)
    opened = handler.send(form, {"text:征求意见书": "3号", "then": "draft"})
    act = opened.form(f"/cases/{number}/actions/draft_reply")
    handler.send(act, {"evidence": f"{act.typed['evidence'][0]}\n现场照片"})

    told = visit_as(Role.LEGAL).open(f"/cases/{number}").text

    assert "举证清单 还缺2项 征求意见书 必备 3号 送达证明 缺" in told
    assert "其他材料 现场照片" in told
    assert "给不给 第三方不同意，且理由合理 disclose的理由 person-0 20" in told


def test_the_reasons_lie_encrypted(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)

    walk(handler, number)

    with office.store.reading() as session:
        reasons = session.execute(text("SELECT reason FROM guide_answers")).scalars().all()
    assert len(reasons) == 7
    assert not any("的理由".encode() in bytes(reason) for reason in reasons)

"""From the seven questions to the draft and its review: what proves the decision, and the filled form."""

from sqlalchemy import text

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.guiding import place, proof, walk
from tests.pages.test_attachments import PDF, send
from workflow.vocabulary import Action, Role, State

pytestmark = SQLITE


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


def test_the_files_that_a_draft_names_are_opened_from_the_list_of_proof(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    send(handler, number, [("检索登记表.pdf", PDF)], category="evidence")
    handler.do(
        number, "draft_reply", decision="not_held", reasons="没有。", evidence="检索记录：检索登记表.pdf"
    )

    page = visit_as(Role.LEGAL).open(f"/cases/{number}")

    seen = page.html.partition('id="proof-list"')[2].partition("</section>")[0]
    assert f'href="/cases/{number}/attachments/1/view"' in seen


def test_what_the_decision_needs_besides_stands_unfolded_and_filled_in_where_it_is_known(
    visit_as: VisitAs, office: Office, case: CaseAt
) -> None:
    earlier, number, handler = case(State.CONCLUDED), case(State.PROCESSING), visit_as(Role.HANDLER)
    walk(handler, number, scope="repeat")

    page = handler.open(f"/cases/{number}/actions/draft_reply?guide=1")

    typed = page.form(f"/cases/{number}/actions/draft_reply").typed
    assert typed["earlier_reply"][0].endswith(f"（{today()}）")
    assert '<details class="more" open>' in page.html
    with office.store.reading() as session:
        reply = text("SELECT number FROM letters WHERE kind = 'disclosed'")
        assert typed["earlier_reply"][0].startswith(session.execute(reply).scalar_one())
    assert earlier != number


def test_a_proof_that_is_too_long_comes_again_with_the_reason(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    form = proof(walk(handler, number, held="not_held"), number)

    page = handler.send(form, {"text:检索记录": "长" * 201, "then": "draft"})

    assert page.status == 422
    assert "“检索记录”不超过200字，现有201字" in page.text
    assert proof(page, number).typed["text:检索记录"] == ["长" * 201]


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

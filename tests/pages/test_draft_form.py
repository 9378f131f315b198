"""The form of a draft shows what each decision has to be proved by, and says what is still missing."""

import pytest

from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.test_attachments import PDF, send
from workflow.law.decisions import DECISIONS, Decision
from workflow.law.evidence import demanded
from workflow.vocabulary import Role, State

pytestmark = SQLITE
REFUSED = [decision for decision in Decision if DECISIONS[decision].evidence]


def test_the_form_lists_what_has_to_be_proved_and_the_files_that_are_there(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    send(handler, number, [("检索登记表.pdf", PDF)], category="evidence")
    send(handler, number, [("补偿方案.pdf", PDF)], category="disclosure")

    page = handler.open(f"/cases/{number}/actions/draft_reply")

    assert page.html.count('class="proof-list"') == 21
    assert "检索记录 必备 谁在何时检索了哪些部门和档案" in page.text
    files = page.text.partition("案卷中的证据附件")[2]
    assert "检索登记表.pdf" in files
    assert "补偿方案.pdf" not in files


def test_other_forms_have_no_such_list(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)

    assert "举证清单" not in visit_as(Role.HEAD).open(f"/cases/{number}/actions/extend").text


@pytest.mark.parametrize("decision", REFUSED)
def test_without_any_proof_a_refusal_is_refused_with_what_is_missing(
    visit_as: VisitAs, case: CaseAt, decision: Decision
) -> None:
    number = case(State.PROCESSING)

    page = visit_as(Role.HANDLER).do(number, "draft_reply", decision=decision, reasons="理由。")

    assert page.status == 409
    assert f"应当附相应的证据材料后再送审，还缺：{'、'.join(demanded(decision))}" in page.text


def test_with_incomplete_proof_the_draft_is_taken_and_what_is_missing_is_said(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number = case(State.PROCESSING)

    page = visit_as(Role.HANDLER).do(
        number,
        "draft_reply",
        decision="third_party_rights",
        reasons="涉及商业秘密。",
        evidence="征求意见书：招资公开询〔2026〕3号",
    )

    assert page.address == f"/cases/{number}"
    assert "已完成：拟定答复 举证清单还缺：送达证明 举证清单还缺：第三方意见" in page.text


def test_with_all_that_is_demanded_nothing_is_said_to_be_missing(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)

    page = visit_as(Role.HANDLER).do(
        number, "draft_reply", decision="not_held", reasons="没有查到。", evidence="检索记录：检索登记表.pdf"
    )

    assert "已完成：拟定答复" in page.text
    assert "还缺" not in page.text.partition("已完成")[2][:60]


def test_the_files_are_not_told_to_another_agency(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    stranger = visit_as(Role.HANDLER, agency=office.other().agency)

    assert stranger.open(f"/cases/{number}/actions/draft_reply").status == 404

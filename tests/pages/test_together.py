"""Two people at one case: each sees the other, and who comes second sees both versions."""

import threading
from typing import Any

import pytest

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page, Visitor
from workflow.casefile import open_file
from workflow.law.decisions import DECISIONS, Decision
from workflow.vocabulary import Action, Role, State


def between(page: Page, first: str, last: str) -> str:
    return page.text.split(first, 1)[1].split(last, 1)[0]


def sign(visitor: Visitor, number: str, *, leaving: bool = False, filling: str = "") -> tuple[int, str]:
    """What the browser sends while a page is open, or as it is left."""
    token = visitor.open(f"/cases/{number}").forms[0].typed["csrf"]
    address = f"/cases/{number}/presence" + ("/leave" if leaving else "")
    response = visitor.client.post(address, data={"csrf": token, "filling": [filling]})
    return response.status_code, response.text


def test_two_who_have_a_case_open_are_told_of_each_other(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    handler, head = visit_as(Role.HANDLER), visit_as(Role.HEAD)

    alone = handler.open(f"/cases/{number}")
    second = head.open(f"/cases/{number}")
    handler.open(f"/cases/{number}/actions/draft_reply")
    third = head.open(f"/cases/{number}/actions/extend")

    assert "正在查看" not in alone.text
    assert "正在查看" in second.text
    assert "正在填写“拟定答复”" in third.text


@SQLITE
def test_a_sign_now_and_then_keeps_somebody_there_and_leaving_ends_it(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number = case(State.PROCESSING)
    handler, head = visit_as(Role.HANDLER), visit_as(Role.HEAD)

    stays = sign(handler, number, filling="draft_reply")
    seen = sign(head, number)
    sign(handler, number, leaving=True)
    after = sign(head, number)

    assert stays[0] == 200
    assert "正在填写“拟定答复”" in seen[1]
    assert "正在" not in after[1]


@SQLITE
@pytest.mark.parametrize("leaving", [False, True])
def test_at_a_foreign_case_nobody_is_there(
    visit_as: VisitAs, case: CaseAt, office: Office, leaving: bool
) -> None:
    number = case(State.PROCESSING)
    stranger = visit_as(Role.HANDLER, agency=office.other().agency)
    token = stranger.open("/desk").forms[0].typed["csrf"]
    address = f"/cases/{number}/presence" + ("/leave" if leaving else "")

    assert stranger.client.post(address, data={"csrf": token}).status_code == 404


@SQLITE
def test_a_case_is_shown_while_the_database_takes_nothing(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    handler.open("/desk")
    pages: list[Page] = []

    with office.store.transaction() as writing:
        open_file(writing, number)
        looking = threading.Thread(target=lambda: pages.append(handler.open(f"/cases/{number}")))
        looking.start()
        looking.join(timeout=60)

    assert [page.status for page in pages] == [200]


@SQLITE
def test_who_is_overtaken_sees_both_versions_side_by_side(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.PROCESSING)
    handler, address = visit_as(Role.HANDLER), f"/cases/{number}/actions/draft_reply"
    form = handler.open(address).form(address)
    office.do(number, Action.EXTEND, today(), at=now(), workdays=10, reason="档案较多")
    mine = {"decision": "disclosed", "reasons": "一、予以公开。\n二、复制件附后。"}
    theirs: dict[str, Any] = {"decision": "already_public", "reasons": "一、不予公开。\n二、复制件附后。"}
    office.do(number, Action.DRAFT_REPLY, today(), at=now(), **theirs)

    stale = handler.send(form, mine)

    assert stale.status == 409
    both = between(stale, "两个版本对照", "补录以前办理的事项")
    assert "您打开表单时（第3版） 现在（第5版）" in both
    assert "状态 办理 法制审核" in both
    assert f"处理决定 — {DECISIONS[Decision.ALREADY_PUBLIC].zh}" in both
    assert "一、予 以 公开。 二、复制件附后。 一、 不 予公开。 二、复制件附后。" in both
    assert "延长答复期限" in both
    assert "档案较多" in both
    assert stale.html.count("<mark>") >= 4


@SQLITE
def test_who_is_overtaken_may_discard_what_was_typed(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number = case(State.PROCESSING)
    handler, address = visit_as(Role.HANDLER), f"/cases/{number}/actions/draft_reply"
    form = handler.open(address).form(address)
    office.do(number, Action.ASSIGN, today(), at=now(), unit="档案室")
    stale = handler.send(form, {"decision": "disclosed", "reasons": "予以公开。"})
    forget = stale.form(f"{address}/forget")
    forget.names.add("to")

    back = handler.send(forget, {"to": "case"})

    assert (back.status, back.address) == (200, f"/cases/{number}")

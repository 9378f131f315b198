"""What goes wrong is told on a page of the same design, with what to do."""

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from api.errors import Rejected
from api.pages.rendering import ADVICE
from tests.pages.conftest import SQLITE, VisitAs
from tests.pages.visitor import Visitor, read
from workflow.errors import BadInput, Forbidden, NotFound, Refused, Stale
from workflow.vocabulary import Role

pytestmark = SQLITE

ERRORS: dict[int, Exception] = {
    403: Forbidden("extend", "processing", "33", "“延长答复期限”由公开机构负责人办理"),
    404: NotFound("没有编号为X-1的申请"),
    409: Refused("extend", "processing", "33", "只能延长一次"),
    413: Rejected(413, "too_large", "提交的内容过大"),
    422: BadInput("workdays", "应为整数"),
    428: Rejected(428, "precondition_required", "缺少版本"),
    429: Rejected(429, "too_many", "尝试过于频繁，请一分钟后再试"),
    500: RuntimeError("a secret detail"),
    503: OperationalError("SELECT 1", {}, Exception("a secret detail")),
}


@pytest.mark.parametrize("status", list(ERRORS))
def test_an_error_is_a_page_that_says_what_to_do(app: FastAPI, status: int) -> None:
    def fail() -> None:
        raise ERRORS[status]

    app.add_api_route("/fail", fail)
    with TestClient(app, raise_server_exceptions=False) as client:
        page = read(client.get("/fail"))

    assert page.status == status
    assert ADVICE[status] in page.text
    assert "首页" in page.text
    assert "secret" not in page.html


def test_a_stale_version_is_told_with_the_case(app: FastAPI) -> None:
    def fail() -> None:
        raise Stale("ZY-1", 3, 4)

    app.add_api_route("/fail", fail)
    with TestClient(app) as client:
        page = read(client.get("/fail"))

    assert page.status == 409
    assert "ZY-1 已被他人更新" in page.text


def test_an_unknown_address_is_told_to_anybody_and_to_staff(citizen: Visitor, visit_as: VisitAs) -> None:
    for visitor in (citizen, visit_as(Role.CLERK)):
        page = visitor.open("/nowhere")
        assert page.status == 404
        assert "没有这个页面" in page.text


def test_the_way_back_leads_to_pages_of_ours_only(anybody: TestClient) -> None:
    ours = read(anybody.get("/nowhere", headers={"Referer": "http://testserver/cases?q=1"}))
    theirs = read(anybody.get("/nowhere", headers={"Referer": "http://elsewhere.example/cases"}))

    assert "/cases?q=1" in ours.links
    assert not [link for link in theirs.links if "elsewhere" in link or link == "/cases"]


def test_the_article_of_a_refusal_is_cited(app: FastAPI) -> None:
    def fail() -> None:
        raise ERRORS[409]

    app.add_api_route("/fail", fail)
    with TestClient(app) as client:
        assert "依据： 《条例》第三十三条" in read(client.get("/fail")).text.replace("依据：", "依据： ")

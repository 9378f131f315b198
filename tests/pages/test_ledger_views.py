"""Saved views of the ledger: one's own, shared within the agency, replaced by name, taken away."""

import re

import pytest

from api.clock import today
from tests.office import Office
from tests.pages.conftest import SQLITE, VisitAs
from tests.pages.test_ledger import numbers, titles
from tests.pages.visitor import Page, Visitor
from workflow.commands import ledger_views
from workflow.vocabulary import Role

ASKED = "/ledger?q=征收&columns=number,name"


def save(visitor: Visitor, name: str, address: str = ASKED, **more: str) -> Page:
    """Keep the view of that address under a name."""
    page = visitor.open(address)
    return visitor.send(page.form("/ledger/views"), {"name": name, **more})


def saved(visitor: Visitor) -> dict[str, str]:
    """The views that are offered, as name and address."""
    listed = re.search(r'<nav class="ledger-views.*?</nav>', visitor.open("/ledger").html, re.DOTALL)
    found = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)', listed.group() if listed else "")
    return {name: address.replace("&amp;", "&") for address, name in found}


def test_a_view_keeps_filter_and_columns(visit_as: VisitAs, office: Office) -> None:
    number = office.register(today())
    clerk = visit_as(Role.CLERK)

    kept = save(clerk, "征收类")
    again = clerk.open(saved(clerk)["征收类"])

    assert numbers(kept) == numbers(again) == [number]
    assert titles(again) == ["登记编号", "申请人名称"]


@SQLITE
def test_a_view_is_ones_own_unless_it_is_shared_with_the_agency(visit_as: VisitAs, office: Office) -> None:
    clerk, head = visit_as(Role.CLERK), visit_as(Role.HEAD)
    beside = visit_as(Role.HEAD, agency=office.other().agency)

    save(clerk, "自用")
    save(clerk, "共用", shared="1")

    assert set(saved(clerk)) == {"自用", "共用"}
    assert set(saved(head)) == {"共用"}
    assert "person-0共享" in head.open("/ledger").text
    assert saved(beside) == {}


@SQLITE
def test_the_same_name_again_takes_the_place_of_the_old(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)

    save(clerk, "在办", "/ledger?state=open")
    save(clerk, " 在办 ", "/ledger?state=closed")

    assert saved(clerk) == {"在办": "/ledger?state=closed"}


@SQLITE
def test_only_its_owner_takes_a_view_away(visit_as: VisitAs) -> None:
    clerk, head = visit_as(Role.CLERK), visit_as(Role.HEAD)
    save(clerk, "共用", shared="1")
    (form,) = [each for each in clerk.open("/ledger").forms if each.action.endswith("/remove")]
    foreign = head.open("/ledger").form("/ledger/views")
    foreign.action = form.action

    assert head.send(foreign).status == 404
    assert set(saved(head)) == {"共用"}
    clerk.send(form)
    assert saved(clerk) == {}


@SQLITE
@pytest.mark.parametrize("name", ["", " ", "长" * 41])
def test_a_view_needs_a_name_of_some_length(visit_as: VisitAs, name: str) -> None:
    clerk = visit_as(Role.CLERK)

    page = save(clerk, name)

    assert page.status == 422
    assert "请填写视图名称" in page.text
    assert saved(clerk) == {}


@SQLITE
def test_nobody_keeps_more_than_can_be_surveyed(visit_as: VisitAs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_views, "MOST", 1)
    clerk = visit_as(Role.CLERK)
    save(clerk, "一")

    assert save(clerk, "二").status == 422
    assert save(clerk, "一", "/ledger?state=open").status == 200
    assert saved(clerk) == {"一": "/ledger?state=open"}


@SQLITE
def test_what_is_no_part_of_a_view_is_not_kept(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/ledger").form("/ledger/views")
    form.typed["view"] = ["after=7&state=open&next=https://elsewhere.example"]

    clerk.send(form, {"name": "在办"})

    assert saved(clerk) == {"在办": "/ledger?state=open"}


@SQLITE
def test_a_form_without_the_token_of_its_session_keeps_nothing(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/ledger").form("/ledger/views")
    form.typed["csrf"] = ["wrong"]

    assert clerk.send(form, {"name": "在办"}).status == 403
    assert saved(clerk) == {}

"""List and supervision: which cases are found, and in which order (H58)."""

import re
from datetime import timedelta

import pytest

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page
from workflow.queries import cases
from workflow.vocabulary import Action, Role, State


def numbers(page: Page) -> list[str]:
    """The cases of a page in their order, each once."""
    found = re.findall(r'href="/cases/([A-Z]+-\d{4}-\d{4})"', page.html)
    return list(dict.fromkeys(found))


def received(office: Office, days_ago: int) -> str:
    """A case that was registered so many days ago."""
    return office.register(today() - timedelta(days=days_ago))


def test_the_worst_agency_stands_first_and_opens(visit_as: VisitAs, office: Office) -> None:
    better = office.other("招远市财政局", parent_id=office.agency.id)
    better.submit(today())
    late = received(office, 60)
    supervisor = visit_as(Role.SUPERVISOR)

    whole = supervisor.open("/supervision")
    own = supervisor.open(f"/supervision?agency={better.agency.id}")

    listed = whole.text.split("各机关 2")[1]
    assert listed.index("招远市自然资源和规划局") < listed.index("招远市财政局")
    assert f"/cases/{late}/actions/escalate" in whole.links
    assert "督办：招远市财政局" in own.text
    assert late not in own.text


@SQLITE
def test_an_agency_that_is_not_below_is_not_found(visit_as: VisitAs, office: Office) -> None:
    beside = office.other("莱州市财政局")

    assert visit_as(Role.SUPERVISOR).open(f"/supervision?agency={beside.agency.id}").status == 404


def test_cases_are_found_by_state_unit_day_and_words(visit_as: VisitAs, office: Office) -> None:
    old, new = received(office, 60), received(office, 0)
    office.do(new, Action.ACCEPT, today(), at=now(), unit="档案室")
    special = office.register(today(), request={"title": "100%_完成的目标", "description": "考核"})
    clerk = visit_as(Role.CLERK)

    assert numbers(clerk.open("/cases")) == [special, new, old]
    assert numbers(clerk.open("/cases?state=processing")) == [new]
    assert numbers(clerk.open("/cases?unit=档案室")) == [new]
    assert numbers(clerk.open(f"/cases?due_before={today()}")) == [old]
    assert numbers(clerk.open("/cases?q=100%25_完成")) == [special]
    assert numbers(clerk.open("/cases?q=0%25_完成+张三")) == [special]


@SQLITE
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("due_before=2026-13-01", "不是 YYYY-MM-DD 格式的有效日期"),
        ("state=sleeping", "没有“sleeping”这个状态"),
        ("q=没有这样的申请", "没有符合条件的申请"),
        ("cursor=abc", "某地块征收补偿方案"),
    ],
)
def test_what_cannot_be_looked_for_is_told(visit_as: VisitAs, case: CaseAt, query: str, told: str) -> None:
    case(State.SCREENING)

    page = visit_as(Role.CLERK).open(f"/cases?{query}")

    assert page.status == 200
    assert told in page.text


@SQLITE
def test_the_list_turns_page_by_page_and_keeps_the_filter(visit_as: VisitAs, office: Office) -> None:
    made = [office.register(today()) for _ in range(cases.PAGE + 3)]
    clerk = visit_as(Role.CLERK)

    first = clerk.open("/cases?state=screening")
    (further,) = [link for link in first.links if "cursor=" in link]
    second = clerk.open(further)

    assert "state=screening" in further
    assert numbers(first) == made[: -cases.PAGE - 1 : -1]
    assert numbers(second) == made[2::-1]
    assert "/cases?state=screening" in second.links


@SQLITE
def test_a_list_shows_nothing_of_other_agencies(visit_as: VisitAs, office: Office) -> None:
    office.other().submit(today())

    assert numbers(visit_as(Role.CLERK).open("/cases")) == []


@SQLITE
def test_a_supervisor_looks_through_one_agency(visit_as: VisitAs, office: Office) -> None:
    below = office.other("招远市财政局", parent_id=office.agency.id)
    theirs = str(below.submit(today()).file.row.number)
    own = received(office, 0)
    supervisor = visit_as(Role.SUPERVISOR)

    assert set(numbers(supervisor.open("/cases"))) == {own, theirs}
    assert numbers(supervisor.open(f"/cases?agency={below.agency.code}")) == [theirs]

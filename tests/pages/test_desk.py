"""The desk as a page: groups or one list, counts that lead to what they count, the way back from an act."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page, read
from workflow import keptforms
from workflow.casefile import open_file
from workflow.tables import USERS
from workflow.vocabulary import Action, Role, State

LINE = re.compile(r'<a class="mono" data-open href="/cases/([A-Z]+-\d{4}-\d{4})')


def numbers(page: Page) -> list[str]:
    """The cases of the desk in their order."""
    return LINE.findall(page.html)


def received(office: Office, days_ago: int) -> str:
    """A case that was registered so many days ago."""
    return office.register(today() - timedelta(days=days_ago))


def test_the_desk_has_the_groups_of_the_persons_roles(visit_as: VisitAs, case: CaseAt) -> None:
    for state in (State.SUBMITTED, State.SCREENING, State.PROCESSING, State.LEGAL_REVIEW, State.APPROVAL):
        case(state)

    clerk, legal = (visit_as(role).open("/desk").text for role in (Role.CLERK, Role.LEGAL))

    assert "待登记 1" in clerk
    assert "待审核 1" in clerk
    assert "待审查" not in clerk
    assert "待审查 1" in legal
    assert "待签发" not in legal


def test_the_most_urgent_case_stands_first(visit_as: VisitAs, office: Office) -> None:
    fresh, overdue, soon = (received(office, days) for days in (0, 60, 20))

    page = visit_as(Role.CLERK).open("/desk")

    assert numbers(page) == [overdue, soon, fresh]
    assert re.search(r"逾期\d+个工作日", page.text)


def test_one_list_or_groups_is_remembered_in_the_address(visit_as: VisitAs, office: Office) -> None:
    fresh, late = received(office, 0), received(office, 60)
    online = str(office.submit(today(), at=now()).file.row.number)
    clerk = visit_as(Role.CLERK)

    groups = clerk.open("/desk")
    listed = clerk.open("/desk?view=list")

    assert numbers(groups) == [online, late, fresh]
    assert set(numbers(listed)) == {late, fresh, online}
    assert numbers(listed)[0] == late
    assert "/desk?view=list" in groups.links
    assert "/desk?view=list&amp;light=red" in listed.html


@SQLITE
def test_a_paused_case_is_told_as_paused_and_not_as_late(visit_as: VisitAs, office: Office) -> None:
    number = received(office, 20)
    office.do(number, Action.REQUEST_CLARIFICATION, today(), at=now(), items=["请写明地块"])

    page = visit_as(Role.CLERK).open("/desk")

    assert "期限暂停" in page.text.split("等待申请人")[-1]
    assert "light-paused" in page.html


@SQLITE
def test_an_online_application_is_one_click_from_its_receipt(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.SUBMITTED)
    clerk = visit_as(Role.CLERK)

    (link,) = [each for each in clerk.open("/desk").links if "/actions/register" in each]

    assert link.startswith(f"/cases/{number}/actions/register?")
    assert "登记" in clerk.do(number, "register").text


@SQLITE
def test_an_empty_desk_says_what_will_come(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)

    assert "没有等待您办理的事项" in clerk.open("/desk").text
    assert "没有符合条件的事项" in clerk.open("/desk?light=red").text
    assert "还没有角色" in visit_as().open("/desk").text


@SQLITE
@pytest.mark.parametrize(
    "query", ["view=table", "light=purple", "reason=none", "light=", "view=list&light=x"]
)
def test_what_an_address_asks_in_vain_is_passed_over(visit_as: VisitAs, case: CaseAt, query: str) -> None:
    number = case(State.SUBMITTED)

    page = visit_as(Role.CLERK).open(f"/desk?{query}")

    assert (page.status, numbers(page)) == (200, [number])


def test_desk_ledger_and_supervision_count_the_same(visit_as: VisitAs, office: Office) -> None:
    for days in (60, 45, 20, 0):
        received(office, days)
    paused = received(office, 3)
    office.do(paused, Action.REQUEST_CLARIFICATION, today(), at=now(), items=["请写明地块"])
    clerk, above = visit_as(Role.CLERK), visit_as(Role.SUPERVISOR)

    desk = clerk.open("/desk")

    assert "本机关在办 5" in desk.text
    (late,) = re.findall(r'class="late">逾期 (\d+)', desk.html)
    told = above.open(f"/supervision?agency={office.agency.id}").html
    counted = {name: int(n) for name, n in re.findall(r"<dt>([^<]+)</dt><dd>(\d+)<", told)}
    assert (counted["已逾期"], counted["期限暂停"], counted["在办合计"]) == (int(late), 1, 5)
    for light, zh in (("red", "红"), ("paused", "暂停")):
        (mine,) = re.findall(rf"待我办理，{zh}：(\d+)件", desk.html)
        (whole,) = re.findall(rf"在办，{zh}： (\d+)", desk.text)
        ledger = clerk.open(f"/ledger?state=open&light={light}")
        assert len(numbers(clerk.open(f"/desk?light={light}"))) == int(mine)
        assert f"{whole} 件" in ledger.text


@SQLITE
def test_forms_left_half_filled_in_are_gone_on_with(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    number, visitor = case(State.PROCESSING), visit_as(Role.HANDLER)
    with office.store.transaction() as session:
        me = office_user(office, "person-0")
        case_id = open_file(session, number).id
        place = keptforms.place_of(case_id, Action.DRAFT_REPLY)
        keptforms.keep(session, me, place, {"reasons": ["经检索"]}, now(), case_id=case_id)
        begun = {"request.title": ["某路口红绿灯"]}
        keptforms.keep(session, me, f"{keptforms.REGISTRATION}1", begun, now())

    page = visitor.open("/desk")

    assert "我的草稿 1" in page.text
    assert any(link.startswith(f"/cases/{number}/actions/draft_reply?from=") for link in page.links)
    assert "继续填写" in page.text
    assert "/cases/new?kept=1" in page.links
    assert "某路口红绿灯" in page.text


def office_user(office: Office, login: str) -> int:
    """The key of an account by its login name."""
    with office.store.reading() as session:
        return int(session.execute(select(USERS.c.id).where(USERS.c.login == login)).scalar_one())


# --- There and back --------------------------------------------------------------------------------------


def test_an_act_from_the_desk_leads_back_to_the_next_line(visit_as: VisitAs, office: Office) -> None:
    first, second, third = (received(office, days) for days in (20, 10, 0))
    clerk = visit_as(Role.CLERK)

    (link,) = [
        each for each in clerk.open("/desk?view=list").links if f"/cases/{first}/actions/accept" in each
    ]
    form = next(each for each in clerk.open(link).forms if each.method == "post" and "accept" in each.action)
    response = clerk.client.post(form.action, data=form.typed | {"unit": ["档案室"]}, follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == f"/desk?view=list#n-{second}"
    page = clerk.open("/desk?view=list")
    assert "已完成：转入办理" in page.text
    assert f"/cases/{first}" in page.links
    assert numbers(page) == [second, third]
    assert "已完成" not in clerk.open("/desk").text


@SQLITE
def test_the_way_back_leads_over_the_case_and_over_mistakes(visit_as: VisitAs, office: Office) -> None:
    number, clerk = received(office, 0), visit_as(Role.CLERK)
    (link,) = {each for each in clerk.open("/desk").links if each.startswith(f"/cases/{number}?from=")}

    (act,) = [each for each in clerk.open(link).links if "/actions/request_clarification" in each]
    wrong = clerk.send(
        next(each for each in clerk.open(act).forms if "request_clarification" in each.action), {"items": ""}
    )
    form = next(each for each in wrong.forms if "request_clarification" in each.action)
    done = clerk.send(form, {"items": "请写明地块"})

    assert wrong.status == 422
    assert done.address == "/desk"
    assert "已完成：告知补正" in done.text


@SQLITE
@pytest.mark.parametrize(
    "came",
    [
        "https://example.com/desk",
        "//example.com/desk",
        "javascript:alert(1)",
        "/logout",
        "/desk/../admin/office",
        "https:///desk",
        "http://[::1",
    ],
)
def test_nobody_is_led_astray(visit_as: VisitAs, case: CaseAt, came: str) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    address = f"/cases/{number}/actions/accept"

    form = next(
        each for each in clerk.open(f"{address}?from={came}").forms if each.action.startswith(address)
    )
    response = clerk.client.post(
        f"{address}?from={came}", data=form.typed | {"unit": ["档案室"]}, follow_redirects=False
    )

    assert form.action == address
    assert response.headers["location"] == f"/cases/{number}"


@SQLITE
@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("desk", "/desk"),
        ("/desk?view=list&light=red&evil=1", "/desk?view=list&light=red"),
        ('/desk#n-"><script>', "/desk"),
        ("/desk?light=<b>", "/desk"),
    ],
)
def test_of_a_way_back_only_what_is_known_is_kept(
    visit_as: VisitAs, case: CaseAt, came: str, back: str
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    page = clerk.client.get(f"/cases/{number}/actions/accept", params={"from": came})
    form = next(each for each in read(page).forms if "accept" in each.action)

    response = clerk.client.post(form.action, data=form.typed | {"unit": ["室"]}, follow_redirects=False)

    assert response.headers["location"] == back

"""What is kept beside a case on its page: links to other cases, where it was made public, and remedies."""

from datetime import timedelta

import pytest

from api.clock import today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Form, Page
from workflow.vocabulary import Role, State


def linking(page: Page) -> Form:
    """The form in which a number is typed; the notice of the same request has others."""
    (found,) = [form for form in page.forms if form.action.endswith("/links") and "relation" in form.choices]
    return found


def test_a_case_is_linked_by_its_number_shown_on_both_and_unlinked(visit_as: VisitAs, case: CaseAt) -> None:
    one, other, clerk = case(State.PROCESSING), case(State.CONCLUDED), visit_as(Role.CLERK)
    form = linking(clerk.open(f"/cases/{one}"))

    page = clerk.send(form, {"number": f" {other} ", "relation": "related"})

    assert f"已关联{other}（相关）" in page.text
    back = visit_as(Role.HANDLER).open(f"/cases/{other}")
    assert f"/cases/{one}" in back.links
    assert f"{one} 相关" in back.text
    gone = clerk.send(page.form(f"/cases/{one}/links/remove"))
    assert f"已取消与{other}的关联" in gone.text
    assert f"{other} 相关" not in clerk.open(f"/cases/{one}").text


@SQLITE
@pytest.mark.parametrize("typed", ["ZZ-2026-00001", ""], ids=["unknown", "empty"])
def test_a_number_that_names_no_case_stays_in_the_form(visit_as: VisitAs, case: CaseAt, typed: str) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    form = linking(clerk.open(f"/cases/{number}"))

    page = clerk.send(form, {"number": typed, "relation": "repeat"})

    assert page.status == 422
    assert linking(page).typed["number"] == [typed]
    assert linking(page).typed["relation"] == ["repeat"]
    assert 'aria-describedby="link-wrong"' in page.html


@SQLITE
def test_the_notice_of_the_same_request_links_with_one_click(visit_as: VisitAs, office: Office) -> None:
    first, second = office.register(today()), office.register(today())
    clerk = visit_as(Role.CLERK)
    offered = next(
        form for form in clerk.open(f"/cases/{second}").forms if form.typed.get("number") == [first]
    )

    page = clerk.send(offered)

    assert f"已关联{first}（重复申请）" in page.text
    assert "已关联：重复申请" in page.text
    assert [form for form in page.forms if form.typed.get("number") == [first]] == []


@SQLITE
def test_others_than_the_agencys_staff_are_offered_nothing_to_keep(visit_as: VisitAs, office: Office) -> None:
    below = office.other("招远市财政局", parent_id=office.agency.id)
    number = below.case_at(State.CONCLUDED)

    page = visit_as(Role.SUPERVISOR, Role.CLERK).open(f"/cases/{number}")

    assert page.status == 200
    assert [
        form.action for form in page.forms if "/links" in form.action or "/made-public" in form.action
    ] == []


def test_what_was_made_public_stands_in_the_head_of_the_file(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)
    address = f"/cases/{number}/made-public"
    url = "https://www.zhaoyuan.gov.cn/art/2026/1.html"

    page = clerk.send(clerk.open(f"/cases/{number}").form(address), {"on": str(today()), "place": url})

    head = page.text.split("可以办理")[0]
    assert f"已转主动公开 {today()} {url}" in head
    assert url in page.links
    assert page.form(address).typed["place"] == [url]
    assert "已转主动公开" in visit_as(Role.HEAD).open(f"/cases/{number}").text
    gone = clerk.send(page.form(f"{address}/remove"))
    assert "已转主动公开" not in gone.text


@SQLITE
def test_a_place_that_is_no_address_is_no_link(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)
    form = clerk.open(f"/cases/{number}").form(f"/cases/{number}/made-public")

    page = clerk.send(form, {"on": str(today()), "place": "javascript:alert(1)"})

    assert "javascript:alert(1)" in page.text
    assert [link for link in page.links if link.startswith("javascript")] == []


@SQLITE
def test_a_day_to_come_is_told_beside_its_field_and_all_stays_typed(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)
    form, day = clerk.open(f"/cases/{number}").form(f"/cases/{number}/made-public"), today() + timedelta(1)

    page = clerk.send(form, {"on": str(day), "place": "公报"})

    assert page.status == 422
    assert f"公开日期{day}晚于今天" in page.text
    assert page.form(form.action).typed | {"csrf": []} == {"on": [str(day)], "place": ["公报"], "csrf": []}


@SQLITE
@pytest.mark.parametrize("role", [Role.HANDLER, Role.HEAD])
def test_only_the_window_is_offered_to_note_it(visit_as: VisitAs, case: CaseAt, role: Role) -> None:
    number, reader = case(State.CONCLUDED), visit_as(role)
    page = reader.open(f"/cases/{number}")
    csrf = page.form(f"/cases/{number}/notes").typed["csrf"][0]

    sent = reader.client.post(
        f"/cases/{number}/made-public", data={"csrf": csrf, "on": str(today()), "place": "公报"}
    )

    assert [form.action for form in page.forms if "made-public" in form.action] == []
    assert sent.status_code == 403


@SQLITE
def test_a_remedy_is_told_with_its_body_and_number_and_then_its_outcome(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)
    filed = {"kind": "reconsideration", "filed_on": str(today())}
    clerk.do(number, "record_remedy", **filed, body="招远市人民政府", case_no="招政复〔2026〕12号")
    pending = clerk.open(f"/cases/{number}").text

    clerk.do(number, "record_remedy", **filed, outcome="upheld", decided_on=str(today()))

    assert f"行政复议 尚未审结 招远市人民政府 招政复〔2026〕12号 {today()} 提起" in pending
    told = clerk.open(f"/cases/{number}").text
    assert f"行政复议 结果维持 招远市人民政府 招政复〔2026〕12号 {today()} 提起 · {today()} 裁决" in told

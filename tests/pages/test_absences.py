"""The page of who is away: set, refused beside the field, ended; and what the substitute then sees."""

from datetime import date, timedelta

import pytest

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page, Visitor
from workflow.vocabulary import Action, Role, State

pytestmark = SQLITE


def leave(
    visitor: Visitor, substitute: str, *, person: str | None = None, days: int = 3, first: date | None = None
) -> Page:
    """Fill in the form; people are known by their keys, in the order in which they came."""
    first = first or today()
    typed = {"substitute": substitute, "first": str(first), "last": str(first + timedelta(days=days))}
    return visitor.send(
        visitor.open("/absences").form("/absences"), typed | ({"person": person} if person else {})
    )


def key(visitor: Visitor, name: str, field: str = "substitute") -> str:
    """The key under which the form offers somebody."""
    page = visitor.open("/absences")
    choices = page.form("/absences").choices[field]
    names = page.html.split("<option ")
    return next(each for each in choices if each and any(f'value="{each}"' in t and name in t for t in names))


def test_the_substitute_sees_the_work_and_the_record_says_for_whom(
    visit_as: VisitAs, office: Office, case: CaseAt
) -> None:
    number = case(State.PROCESSING)
    wang, li = visit_as(Role.HANDLER), visit_as(Role.CLERK)
    office.do(number, Action.ASSIGN, today(), at=now(), unit="科", handler="person-0")
    assert f"/cases/{number}" not in li.open("/desk").text

    assert "已设置" in leave(wang, key(wang, "person-1")).text

    desk = li.open("/desk")
    assert "代person-0办理" in desk.text
    assert "代person-0" in desk.text.split(number)[1]
    done = li.do(number, "draft_reply", decision="disclosed", reasons="予以公开。")
    assert "person-1（代person-0）" in done.text


def test_who_is_back_is_stood_for_no_more(visit_as: VisitAs) -> None:
    wang, li = visit_as(Role.HANDLER), visit_as(Role.CLERK)
    page = leave(wang, key(wang, "person-1"))
    assert "正在请假" in page.text
    assert not [form for form in li.open("/absences").forms if form.action.endswith("/end")]
    (form,) = [form for form in page.forms if form.action.endswith("/end")]

    ended = wang.send(form)

    assert "已销假" in ended.text
    assert "提前结束" in ended.text
    assert "代person-0" not in li.open("/desk").text


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(visit_as: VisitAs) -> None:
    wang = visit_as(Role.HANDLER)
    visit_as(Role.CLERK)
    substitute = key(wang, "person-1")

    late = leave(wang, substitute, days=-1)
    nobody = leave(wang, "")

    assert (late.status, nobody.status) == (422, 422)
    assert "早于开始日期" in late.text
    assert late.form("/absences").typed["substitute"] == [substitute]
    assert "请填写代办人" in nobody.text


@pytest.mark.parametrize("role", [Role.CLERK, Role.HANDLER, Role.LEGAL, Role.SUPERVISOR])
def test_others_are_sent_on_leave_by_head_and_administrator_only(visit_as: VisitAs, role: Role) -> None:
    visit_as(Role.HANDLER), visit_as(Role.CLERK)
    somebody, head, admin = visit_as(role), visit_as(Role.HEAD), visit_as(Role.ADMIN)
    person, substitute = key(head, "person-0", "person"), key(head, "person-1")

    own = leave(
        somebody, substitute, person=somebody.open("/absences").form("/absences").choices["person"][-1]
    )
    assert "person-2 " in own.text.split("当前和今后")[1]
    assert somebody.open("/absences").form("/absences").choices["person"][-1] != person
    assert "已设置" in leave(head, substitute, person=person).text
    later = today() + timedelta(days=30)
    assert "已设置" in leave(admin, substitute, person=person, first=later).text


def test_people_of_another_agency_are_neither_seen_nor_chosen(visit_as: VisitAs, office: Office) -> None:
    stranger = visit_as(Role.HEAD, agency=office.other().agency)
    head = visit_as(Role.HEAD)
    visit_as(Role.CLERK)

    page = leave(stranger, key(head, "person-2"))

    assert page.status == 422
    assert "请选择本机关在用的人员账号" in page.text
    assert "person-0" not in head.open("/absences").text


def test_the_page_is_for_the_staff(citizen: Visitor) -> None:
    assert citizen.open("/absences").address == "/login"

"""The form of service: what each way needs, and what was entered told again, nothing personal in full."""

from datetime import timedelta

import pytest

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from workflow.law import terms as law
from workflow.vocabulary import Action, Method, Role, State


@pytest.fixture
def number(office: Office) -> str:
    """A case whose reply was sent by post today."""
    number = office.case_today(State.APPROVED, today(), now())
    office.do(number, Action.ISSUE_REPLY, today(), at=now(), method="registered_post")
    return number


@SQLITE
def test_the_form_says_what_each_way_needs(visit_as: VisitAs, number: str) -> None:
    page = visit_as(Role.CLERK).open(f"/cases/{number}/actions/record_service")

    guide = page.html.split('<dl class="guide">')[1].split("</dl>")[0]
    assert {method for method in Method if f"<dt>{method.zh}</dt>" not in guide} == set()
    assert f"满{law.PUBLIC_NOTICE.count}日视为送达" in page.text
    assert "第九十五条" in page.text
    form = page.form(f"/cases/{number}/actions/record_service")
    assert {"receiver", "tracking_no", "receipt", "published_on", "returned"} <= form.names


@SQLITE
def test_other_forms_have_no_such_guide(visit_as: VisitAs, case: CaseAt) -> None:
    page = visit_as(Role.CLERK).open(f"/cases/{case(State.SCREENING)}/actions/accept")

    assert 'class="guide"' not in page.html


@SQLITE
def test_who_signed_is_told_without_the_numbers_by_which_to_reach_them(
    visit_as: VisitAs, number: str
) -> None:
    page = visit_as(Role.CLERK).do(
        number,
        Action.RECORD_SERVICE,
        served_on=str(today()),
        method="registered_post",
        tracking_no="XA12345678937",
        receiver="李四 13900001234",
        receipt="回执7",
    )

    assert (page.status, page.address) == (200, f"/cases/{number}")
    assert "签收人 李四 ××× 邮件编号 XA12345678937 回执编号 回执7" in page.text
    assert "13900001234" not in page.html


def test_of_a_public_notice_the_day_of_service_is_told(visit_as: VisitAs, number: str) -> None:
    page = visit_as(Role.CLERK).do(
        number, Action.RECORD_SERVICE, method="public_notice", published_on=str(today())
    )

    served = today() + timedelta(days=law.PUBLIC_NOTICE.count)
    assert f"公告日期 {today()} 视为送达 {served}（《民事诉讼法》第九十五条）" in page.text


@SQLITE
@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"method": "fax", "published_on": "{today}"}, 422, "只用于公告送达"),
        ({"method": "fax"}, 422, "请填写送达日期"),
        (
            {"method": "public_notice", "published_on": "{today}", "served_on": "{today}"},
            409,
            "满30日视为送达",
        ),
    ],
    ids=["a day of publication for a fax", "no day at all", "served on the day of publication"],
)
def test_what_does_not_fit_the_way_is_told_and_kept(
    visit_as: VisitAs, number: str, typed: dict[str, str], status: int, told: str
) -> None:
    filled = {name: value.format(today=today()) for name, value in typed.items()}

    page = visit_as(Role.CLERK).do(number, Action.RECORD_SERVICE, receiver="李四", **filled)

    assert page.status == status
    assert told in page.text
    kept = page.form(f"/cases/{number}/actions/record_service").typed
    assert {name: kept[name] for name in filled} == {name: [value] for name, value in filled.items()}
    assert kept["receiver"] == ["李四"]

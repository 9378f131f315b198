"""Applying online: one form, one application, and nothing typed is lost."""

import re

import pytest
from sqlalchemy import text

from api import ratelimit
from tests.office import Office
from tests.pages.conftest import SQLITE
from tests.pages.visitor import Page, Visitor
from tests.story import AGENCY
from workflow.law.fees import PAGES
from workflow.law.terms import CLARIFICATION_NOTICE, EXTENSION_MAX, REPLY

ASKED = {
    "applicant.kind": "natural_person",
    "applicant.name": "王小明",
    "applicant.id_number": "370685192001010016",
    "applicant.contact.phone": "13900005678",
    "request.title": "城东地块规划条件",
    "request.description": "2025年城东第三地块的规划条件通知书",
}


def code_in(page: Page) -> str:
    """The tracking code on the slip."""
    found = re.search(r"查询码 (\w{4}-\w{4}-\w{4})", page.text)
    assert found
    return found.group(1)


def cases(office: Office) -> int:
    """How many cases there are."""
    with office.store.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM cases")).scalar_one())


def apply(citizen: Visitor, office: Office, **typed: str) -> Page:
    form = citizen.open(f"/apply?agency={office.agency.code}").form("/apply")
    return citizen.send(form, {**ASKED, **typed})


def test_an_application_gives_number_and_code_and_what_comes_next(citizen: Visitor, office: Office) -> None:
    page = apply(citizen, office)

    assert page.status == 201
    number = re.search(r"申请编号 (\S+)", page.text)
    assert number
    assert code_in(page)
    assert AGENCY in page.text
    assert f"{CLARIFICATION_NOTICE.count}个工作日内一次性告知" in page.text
    assert "<svg" in page.html.split("slip-qr")[1]


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_the_same_form_sent_twice_is_one_application(citizen: Visitor, office: Office) -> None:
    form = citizen.open("/apply").form("/apply")
    typed = {**ASKED, "agency": office.agency.code}

    first, second = citizen.send(form, typed), citizen.send(form, typed)

    assert first.text == second.text
    assert cases(office) == 1


@SQLITE
def test_a_form_sent_again_with_other_words_makes_nothing_and_says_so(
    citizen: Visitor, office: Office
) -> None:
    form = citizen.open(f"/apply?agency={office.agency.code}").form("/apply")
    citizen.send(form, ASKED)

    page = citizen.send(form, {**ASKED, "request.title": "另一件事"})

    assert page.status == 422
    assert "已经提交过" in page.text
    assert page.form("/apply").typed["request.title"] == ["另一件事"]
    assert cases(office) == 1


@SQLITE
@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("applicant.kind", "申请人类型 ：缺少此项"),
        ("applicant.name", "姓名或名称 ：缺少此项"),
        ("request.title", "信息名称 ：缺少此项"),
        ("request.description", "内容描述 ：缺少此项"),
        ("agency", "请选择受理机关"),
    ],
)
def test_what_is_missing_is_told_and_the_rest_kept(
    citizen: Visitor, office: Office, missing: str, told: str
) -> None:
    page = apply(citizen, office, **{missing: ""})

    assert page.status == 422
    assert told in page.text
    kept = page.form("/apply").typed
    assert {name: kept[name] for name in ASKED if name != missing} == {
        name: [value] for name, value in ASKED.items() if name != missing
    }
    assert cases(office) == 0


@SQLITE
def test_papers_and_contact_may_be_missing(citizen: Visitor, office: Office) -> None:
    page = apply(citizen, office, **{"applicant.id_number": "", "applicant.contact.phone": ""})

    assert page.status == 201


@SQLITE
def test_no_purpose_is_asked_for_and_the_use_of_data_is_told(citizen: Visitor, office: Office) -> None:
    page = citizen.open("/apply")

    assert not {name for name in page.form("/apply").names if "purpose" in name or "use" in name}
    assert "《个人信息保护法》第三十五条" in page.text


@SQLITE
def test_too_many_applications_from_one_address_are_told_to_wait(citizen: Visitor, office: Office) -> None:
    for _ in range(ratelimit.SUBMISSIONS.amount):
        citizen.send(citizen.open("/apply").form("/apply"))

    page = citizen.send(citizen.open("/apply").form("/apply"))

    assert page.status == 429
    assert "请稍候再试" in page.text


@SQLITE
def test_the_first_page_tells_terms_fees_and_agencies_from_the_law(citizen: Visitor, office: Office) -> None:
    page = citizen.open("/")

    assert f"{REPLY.count} 个工作日" in page.text
    assert f"最长{EXTENSION_MAX.count}个工作日" in page.text
    assert f"第1至{PAGES[1].first - 1}页，不收费" in page.text
    assert AGENCY in page.text
    assert f"/apply?agency={office.agency.code}" in page.links


@SQLITE
def test_no_link_of_the_public_pages_leads_to_nothing(citizen: Visitor, office: Office) -> None:
    found = {link for address in ("/", "/apply", "/track", "/login") for link in citizen.open(address).links}

    for link in sorted(found - {"#main"}):
        assert (link, citizen.open(link).status) == (link, 200)

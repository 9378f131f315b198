"""Letters where people look for them: on the case's file, and on the applicant's tracking page."""

import re

import pytest

from api.clock import now, today
from tests.database.test_documents import letters_of
from tests.office import Office
from tests.pages.conftest import CaseAt, VisitAs
from tests.pages.visitor import Page, Visitor
from workflow.commands.intake import Submitted
from workflow.vocabulary import Action, Role, State


def letters_in(page: Page) -> list[str]:
    """What the card of letters says, a line for each, the latest first."""
    card = page.html.split('id="letters"')[1].split("</section>")[0]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in card.split("<li")[1:]]


def test_each_letter_stands_with_title_number_day_addressee_and_its_three_forms(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.CONSULTING)

    page = visit_as(Role.CLERK).open(f"/cases/{number}")

    (asked,) = [each for each in letters_of(office, number) if each.kind == "third_party_consultation"]
    (told,) = [row for row in letters_in(page) if "第三方意见征询书" in row]
    for part in (
        "政府信息公开第三方意见征询书",
        asked.number,
        today().isoformat(),
        "致甲公司",
        "查看 PDF Word",
    ):
        assert part in told
    for form, name in (("html", "查看"), ("pdf", "PDF"), ("docx", "Word")):
        address = f"/api/v1/cases/{number}/letters/{asked.id}.{form}"
        assert address in page.links
        assert f'aria-label="{name} 政府信息公开第三方意见征询书 {asked.number}"' in page.html


def test_each_of_the_links_leads_to_the_letter(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)
    links = [link for link in clerk.open(f"/cases/{number}").links if re.search(r"/\d+\.(pdf|docx)$", link)]

    answers = [clerk.client.get(link) for link in links]

    assert len(links) == 6
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.content[:2] for answer in answers} == {b"%P", b"PK"}


@pytest.fixture
def made(office: Office) -> Submitted:
    """An application whose clarification notice was struck out, and sent again."""
    made = office.submit(today())
    number = made.file.row.number
    office.do(number, Action.REGISTER, today(), at=now())
    office.do(number, Action.REQUEST_CLARIFICATION, today(), at=now(), items=["年份"])
    office.do(number, Action.RECTIFY, today(), at=now(), event=3, void=True, reason="发错")
    office.do(number, Action.REQUEST_CLARIFICATION, today(), at=now(), items=["地块"])
    return made


def test_a_letter_that_was_struck_out_says_so_and_what_took_its_place(
    visit_as: VisitAs, citizen: Visitor, made: Submitted, office: Office
) -> None:
    number = made.file.row.number
    *_, struck, again = letters_of(office, number)

    file = letters_in(visit_as(Role.CLERK).open(f"/cases/{number}"))
    form = citizen.open("/track").form("/track")
    followed = letters_in(citizen.send(form, {"number": number, "code": made.tracking_code}))

    for told in (file, followed):
        assert again.number in told[0]
        assert "作废" not in told[0]
        assert f"已作废 已由{again.number}替代" in told[1]
        assert struck.number in told[1]
        assert "作废" not in "".join(told[2:])


def test_programs_are_told_the_same(citizen: Visitor, made: Submitted) -> None:
    headers = {"Authorization": f"Tracking {made.tracking_code}"}

    status = citizen.client.get(f"/api/v1/applications/{made.file.row.number}", headers=headers).json()

    *_, struck, again = status["letters"]
    assert (struck["void"], struck["replaced_by"]) == (True, again["number"])
    assert (again["void"], again["replaced_by"]) == (False, "")

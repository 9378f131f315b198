"""H56: each page answers everybody who may open it, and nobody else."""

import pytest

from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Visitor
from workflow.vocabulary import Role, State

pytestmark = SQLITE
STAFF = (Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD, Role.SUPERVISOR, Role.ADMIN)


@pytest.mark.parametrize("address", ["/", "/apply", "/track", "/login"])
def test_a_page_for_the_public_answers_anybody(citizen: Visitor, address: str) -> None:
    assert citizen.open(address).status == 200


@pytest.mark.parametrize(
    "address", ["/desk", "/cases", "/cases/new", "/cases/X-1", "/cases/X-1/actions/accept", "/supervision"]
)
def test_a_page_of_the_staff_sends_anybody_to_the_login(citizen: Visitor, address: str) -> None:
    assert citizen.open(address).address == "/login"


@pytest.mark.parametrize("role", STAFF)
def test_desk_list_and_file_answer_every_role(visit_as: VisitAs, case: CaseAt, role: Role) -> None:
    numbers = [case(state) for state in (State.SUBMITTED, State.CONSULTING, State.ARCHIVED)]
    visitor = visit_as(role)

    for address in ("/desk", "/cases", *(f"/cases/{number}" for number in numbers)):
        assert (address, visitor.open(address).status) == (address, 200)


@pytest.mark.parametrize("state", list(State))
def test_the_file_of_a_case_answers_in_every_state(visit_as: VisitAs, case: CaseAt, state: State) -> None:
    number = case(state)

    page = visit_as(Role.CLERK, Role.HANDLER, Role.HEAD).open(f"/cases/{number}")

    assert page.status == 200
    assert state.zh in page.text


@pytest.mark.parametrize("role", STAFF)
def test_only_the_clerk_registers_and_only_the_supervisor_supervises(visit_as: VisitAs, role: Role) -> None:
    visitor = visit_as(role)

    assert visitor.open("/cases/new").status == (200 if role is Role.CLERK else 403)
    assert visitor.open("/supervision").status == (200 if role is Role.SUPERVISOR else 403)
    assert ("/cases/new" in visitor.open("/desk").links) == (role is Role.CLERK)


@pytest.mark.parametrize("role", STAFF)
def test_every_link_on_the_way_leads_somewhere(visit_as: VisitAs, case: CaseAt, role: Role) -> None:
    number = case(State.PROCESSING)
    visitor = visit_as(role)

    found = {link for page in ("/desk", "/cases", f"/cases/{number}") for link in visitor.open(page).links}

    for link in sorted(found - {"#main"}):
        assert (link, visitor.open(link).status) == (link, 200)

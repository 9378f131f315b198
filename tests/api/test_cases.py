"""The office's JSON routes: who may read and act, and what every failure looks like."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from httpx2 import Response
from sqlalchemy import update
from starlette.testclient import TestClient

from api.clock import now, today
from tests.api.conftest import SignIn
from tests.office import Office, application
from workflow.tables import LETTERS
from workflow.vocabulary import Role, State

CaseAt = Callable[[State], str]


def act(client: TestClient, number: str, action: str, version: str | None, **body: object) -> Response:
    headers = {} if version is None else {"If-Match": version}
    return client.post(f"/api/v1/cases/{number}/actions/{action}", json=body, headers=headers)


@pytest.mark.parametrize(
    "path",
    ["cases", "cases/ZY-2026-0001", "cases/x/events", "cases/x/explain", "cases/x/letters/1.html", "overdue"],
)
def test_nobody_reads_without_signing_in(anybody: TestClient, path: str) -> None:
    response = anybody.get(f"/api/v1/{path}")

    assert (response.status_code, response.json()["error"]) == (401, "not_signed_in")


def test_nobody_acts_without_signing_in(anybody: TestClient, case: CaseAt) -> None:
    number = case(State.SCREENING)

    assert act(anybody, number, "accept", "2").status_code == 401
    assert anybody.post("/api/v1/cases", json=application()).status_code == 401


def test_a_clerk_registers_and_the_case_comes_back_with_version_acts_and_dates(sign_in: SignIn) -> None:
    clerk = sign_in(Role.CLERK)

    response = clerk.post("/api/v1/cases", json=application(channel="in_person"))

    case = response.json()
    assert response.status_code == 201
    assert (case["state"], case["received_on"], case["version"]) == ("screening", today().isoformat(), 1)
    assert response.headers["ETag"] == '"1"'
    assert {"accept", "request_clarification", "withdraw"} <= set(case["actions"])
    assert "draft_reply" not in case["actions"]
    assert len(case["tracking_code"]) >= 12


def test_a_clerk_registers_for_the_own_agency_and_once_for_one_key(sign_in: SignIn, office: Office) -> None:
    clerk, other = sign_in(Role.CLERK), office.other().agency
    own = application(channel="in_person", agency=office.agency.name)

    first, second = (clerk.post("/api/v1/cases", json=own, headers={"Idempotency-Key": "k"}) for _ in "ab")

    assert first.json()["number"] == second.json()["number"]
    assert clerk.post("/api/v1/cases", json=own | {"agency": other.code}).status_code == 404


def test_a_handler_cannot_register(sign_in: SignIn) -> None:
    response = sign_in(Role.HANDLER).post("/api/v1/cases", json=application())

    assert response.status_code == 403
    assert (response.json()["action"], response.json()["article"]) == ("register", "31")


def test_a_case_of_another_agency_is_not_there(sign_in: SignIn, office: Office, case: CaseAt) -> None:
    number = case(State.SCREENING)
    stranger = sign_in(Role.CLERK, agency=office.other().agency)

    for response in (
        stranger.get(f"/api/v1/cases/{number}"),
        stranger.get(f"/api/v1/cases/{number}/events"),
        act(stranger, number, "accept", "2"),
    ):
        assert (response.status_code, response.json()["error"]) == (404, "not_found")
    assert stranger.get("/api/v1/cases").json()["cases"] == []


def test_a_supervisor_above_reads_and_presses_but_does_nothing_else(sign_in: SignIn, office: Office) -> None:
    city = office.other("招远市人民政府", kind="government").agency
    below = office.other("招远市教育和体育局", parent_id=city.id)
    number = below.case_today(State.PROCESSING, today(), now())
    supervisor = sign_in(Role.SUPERVISOR, Role.CLERK, agency=city)

    assert supervisor.get(f"/api/v1/cases/{number}").json()["actions"] == ["escalate"]
    pressed = act(supervisor, number, "escalate", "3", message="请于今日内报告进展")
    assert pressed.json()["events"][-1]["action"] == "escalate"
    assert act(supervisor, number, "assign", "4", unit="法规科").status_code == 404


@pytest.mark.parametrize(
    ("version", "status"),
    [
        pytest.param(None, 428, id="missing"),
        pytest.param("2", 200, id="bare"),
        pytest.param('"2"', 200, id="quoted"),
        pytest.param('W/"2"', 200, id="weak"),
        pytest.param("1", 409, id="stale"),
        pytest.param("two", 422, id="not a number"),
    ],
)
def test_an_act_names_the_version_that_its_author_has_seen(
    sign_in: SignIn, case: CaseAt, version: str | None, status: int
) -> None:
    number = case(State.SCREENING)

    assert act(sign_in(Role.CLERK), number, "accept", version).status_code == status


def test_a_stale_act_changes_nothing_and_says_which_version_is_current(sign_in: SignIn, case: CaseAt) -> None:
    number, clerk = case(State.SCREENING), sign_in(Role.CLERK)
    act(clerk, number, "assign", "2", unit="法规科")

    response = act(clerk, number, "accept", "2", unit="财务科")

    assert (response.status_code, response.json()["error"], response.json()["version"]) == (409, "stale", 3)
    assert clerk.get(f"/api/v1/cases/{number}").json()["unit"] == "法规科"


def test_a_stale_act_is_told_the_case_as_it_was_seen_and_as_it_is(sign_in: SignIn, case: CaseAt) -> None:
    number, clerk = case(State.SCREENING), sign_in(Role.CLERK)
    act(clerk, number, "accept", "2", unit="法规科")

    told = act(clerk, number, "accept", "2", unit="财务科").json()

    assert {"error", "action", "state", "article", "message"} <= told.keys()
    assert (told["error"], told["action"], told["state"]) == ("stale", "accept", "processing")
    assert (told["expected"], told["version"]) == (2, 3)
    assert (told["seen"]["state"], told["seen"]["unit"]) == ("screening", None)
    assert told["case"] == clerk.get(f"/api/v1/cases/{number}").json()


@pytest.mark.parametrize("version", ["0", "9"])
def test_of_a_version_that_never_was_nothing_can_have_been_seen(
    sign_in: SignIn, case: CaseAt, version: str
) -> None:
    number = case(State.SCREENING)

    response = act(sign_in(Role.CLERK), number, "accept", version, unit="法规科")

    assert (response.status_code, response.json()["seen"]) == (409, None)


def test_a_refusal_names_action_state_article_and_reason(sign_in: SignIn, case: CaseAt) -> None:
    number = case(State.SCREENING)

    response = act(sign_in(Role.HEAD), number, "extend", "2", workdays=21, reason="案情复杂")

    told = response.json()
    assert response.status_code == 409
    assert (told["error"], told["action"], told["state"], told["article"]) == (
        "refused",
        "extend",
        "screening",
        "33",
    )
    assert "20个工作日" in told["message"]


def test_the_wrong_role_is_told_whose_act_it_is(sign_in: SignIn, case: CaseAt) -> None:
    response = act(sign_in(Role.CLERK), case(State.APPROVAL), "approve", "5")

    assert (response.status_code, response.json()["error"]) == (403, "forbidden")
    assert "公开机构负责人" in response.json()["message"]


def test_every_faulty_field_is_named_at_once(sign_in: SignIn, case: CaseAt) -> None:
    number = case(State.SCREENING)

    response = act(sign_in(Role.CLERK), number, "accept", "2", on="2026-02-30", unit=3, colour="red")

    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["details"]] == ["on", "unit", "colour"]


def test_a_body_that_is_no_json_is_malformed(sign_in: SignIn, case: CaseAt) -> None:
    response = sign_in(Role.CLERK).post(
        f"/api/v1/cases/{case(State.SCREENING)}/actions/accept",
        content="{unit",
        headers={"If-Match": "2", "Content-Type": "application/json"},
    )

    assert (response.status_code, response.json()["error"]) == (422, "bad_input")


def test_an_act_of_tomorrow_is_bad_input(sign_in: SignIn, case: CaseAt) -> None:
    tomorrow = (today() + timedelta(days=2)).isoformat()

    response = act(sign_in(Role.CLERK), case(State.SCREENING), "accept", "2", on=tomorrow)

    assert response.status_code == 422
    assert response.json()["details"][0]["field"] == "on"


@pytest.mark.parametrize("action", ["fly", "imported", "recalculate", "submit"])
def test_what_is_no_act_of_the_office_is_not_there(sign_in: SignIn, case: CaseAt, action: str) -> None:
    assert act(sign_in(Role.CLERK), case(State.SCREENING), action, "2").status_code == 404


def test_one_person_of_several_roles_acts_in_the_first_that_the_act_names(
    sign_in: SignIn, case: CaseAt
) -> None:
    number = case(State.SCREENING)

    response = act(sign_in(Role.HEAD, Role.CLERK), number, "assign", "2", unit="法规科")

    assert response.json()["events"][-1]["by"] == "clerk"


def test_who_drafted_does_not_sign(sign_in: SignIn, case: CaseAt) -> None:
    number, everything = case(State.PROCESSING), sign_in(Role.HANDLER, Role.LEGAL, Role.HEAD)
    drafted = act(everything, number, "draft_reply", "3", decision="disclosed", reasons="经检索，予以公开。")

    assert "pass_review" not in drafted.json()["actions"]
    assert act(everything, number, "pass_review", "4").json()["article"] == "17"


def test_the_list_is_narrowed_by_state_words_and_day_and_goes_page_by_page(
    sign_in: SignIn, case: CaseAt
) -> None:
    numbers = [case(State.SCREENING), case(State.PROCESSING), case(State.PROCESSING)]
    clerk = sign_in(Role.CLERK)

    def found(**query: str) -> list[str]:
        return [row["number"] for row in clerk.get("/api/v1/cases", params=query).json()["cases"]]

    assert found() == numbers[::-1]
    assert found(state="processing") == [numbers[2], numbers[1]]
    assert found(q=numbers[0]) == [numbers[0]]
    assert found(q="征收 张三") == numbers[::-1]
    assert found(q="100%_") == []
    assert found(unit="自然资源确权登记科") == [numbers[2], numbers[1]]
    assert found(due_before=today().isoformat()) == []
    assert found(cursor="2") == [numbers[0]]
    assert found(agency="", state="", unit="", due_before="", q="", cursor="") == numbers[::-1]
    assert clerk.get("/api/v1/cases", params={"state": "flying"}).status_code == 422
    assert clerk.get("/api/v1/cases", params={"agency": "没有的局"}).status_code == 404


def test_events_and_explanation_tell_the_course(sign_in: SignIn, case: CaseAt) -> None:
    number, clerk = case(State.PROCESSING), sign_in(Role.CLERK)

    events = clerk.get(f"/api/v1/cases/{number}/events").json()["events"]
    explanation = clerk.get(f"/api/v1/cases/{number}/explain").json()

    assert [event["action"] for event in events] == ["submit", "register", "accept"]
    assert explanation["due_on"] in explanation["explain"][-1] or "暂定" in explanation["explain"][-1]


def test_a_letter_is_shown_as_issued(sign_in: SignIn, case: CaseAt) -> None:
    number, clerk = case(State.SCREENING), sign_in(Role.CLERK)
    letter = clerk.get(f"/api/v1/cases/{number}").json()["letters"][0]

    page = clerk.get(f"/api/v1/cases/{number}/letters/{letter['id']}.html")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert letter["number"] in page.text
    assert clerk.get(f"/api/v1/cases/{number}/letters/999.html").status_code == 404


def test_a_letter_that_is_no_longer_what_was_issued_is_not_shown_and_the_reader_told(
    sign_in: SignIn, case: CaseAt, office: Office
) -> None:
    number, clerk = case(State.SCREENING), sign_in(Role.CLERK)
    letter = clerk.get(f"/api/v1/cases/{number}").json()["letters"][0]
    with office.store.transaction() as session:
        session.execute(update(LETTERS).where(LETTERS.c.id == letter["id"]).values(html=b"0" * 40))

    address = f"/api/v1/cases/{number}/letters/{letter['id']}.html"
    for_a_program = clerk.get(address)
    for_a_person = clerk.get(address, headers={"Accept": "text/html"})

    assert for_a_program.status_code == for_a_person.status_code == 500
    assert letter["number"] in for_a_program.json()["message"]
    assert "<html" in for_a_person.text


def test_the_case_tells_neither_id_number_nor_contact(sign_in: SignIn) -> None:
    applicant = {
        "kind": "natural_person",
        "name": "李四",
        "id_number": "370685198001010013",
        "contact": "13800001234",
    }
    clerk = sign_in(Role.CLERK)

    response = clerk.post("/api/v1/cases", json=application(channel="in_person", applicant=applicant))

    assert "370685198001010013" not in response.text
    assert "13800001234" not in response.text

"""The applicant's JSON routes: apply once, follow with number and code, answer, withdraw."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.clock import now, today
from tests.office import Office, application
from workflow.tables import CASES, LETTERS
from workflow.vocabulary import Action, State

Submit = Callable[..., Response]


@pytest.fixture
def submit(anybody: TestClient, office: Office) -> Submit:
    """Send an application to the office."""

    def send(key: str | None = None, **body: Any) -> Response:
        headers = {"Idempotency-Key": key} if key else {}
        content = application(agency=office.agency.name, **body)
        return anybody.post("/api/v1/applications", json=content, headers=headers)

    return send


def follow(client: TestClient, number: str, code: str, path: str = "") -> Response:
    return client.get(f"/api/v1/applications/{number}{path}", headers={"Authorization": f"Tracking {code}"})


def test_an_application_gets_a_number_and_a_code(submit: Submit, office: Office) -> None:
    response = submit()

    made = response.json()
    assert response.status_code == 201
    assert set(made) == {"number", "tracking_code"}
    assert made["number"].startswith(office.agency.code)
    assert len(made["tracking_code"]) >= 12
    assert not set(made["tracking_code"]) & set("0O1IL2Z5S8B")


def test_the_same_key_is_one_application(submit: Submit, office: Office) -> None:
    first, second, other = submit("key-1"), submit("key-1"), submit("key-2")

    assert second.json() == first.json()
    assert other.json()["number"] != first.json()["number"]
    with office.store.reading() as session:
        assert len(session.execute(select(CASES.c.id)).all()) == 2


def test_the_same_key_for_another_text_is_refused(submit: Submit) -> None:
    submit("key-1")

    response = submit("key-1", request={"title": "别的信息", "description": "别的内容"})

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        pytest.param({"agency": "没有的局"}, None, id="unknown agency"),
        pytest.param({"channel": "in_person"}, "channel", id="over the internet nobody is at the counter"),
        pytest.param({"channel": "pigeon"}, "channel", id="unknown channel"),
        pytest.param({"on": "2026-01-01"}, "on", id="the day is not for the applicant to say"),
        pytest.param({"applicant": {"kind": "robot", "name": "张三"}}, "applicant.kind", id="unknown kind"),
        pytest.param({"applicant": {"kind": "other"}}, "applicant.name", id="no name"),
        pytest.param({"request": {"title": " ", "description": "x"}}, "request.title", id="empty title"),
        pytest.param({"purpose": "科研"}, "purpose", id="no purpose is asked for"),
    ],
)
def test_a_faulty_application_names_its_field_and_leaves_nothing(
    anybody: TestClient, office: Office, fault: dict[str, Any], field: str | None
) -> None:
    content = application(agency=office.agency.name) | fault

    response = anybody.post("/api/v1/applications", json=content)

    assert response.status_code == (404 if field is None else 422)
    assert field is None or field in [each["field"] for each in response.json()["details"]]
    with office.store.reading() as session:
        assert session.execute(select(CASES.c.id)).all() == []


def test_its_applicant_follows_it_with_the_code(anybody: TestClient, submit: Submit) -> None:
    made = submit().json()

    status = follow(anybody, made["number"], made["tracking_code"]).json()

    assert (status["state"], status["submitted_on"]) == ("submitted", today().isoformat())
    assert status["actions"] == ["withdraw"]


def test_a_wrong_code_and_a_wrong_number_look_alike(anybody: TestClient, submit: Submit) -> None:
    number, code = submit().json().values()

    wrong_code, wrong_number = follow(anybody, number, "AAAACCCCDDDD"), follow(anybody, "ZY-2026-9999", code)

    assert wrong_code.status_code == wrong_number.status_code == 404
    assert wrong_code.content == wrong_number.content
    assert follow(anybody, number, "").status_code == 401


def test_the_applicant_sees_no_third_party_and_no_letter_to_one(
    anybody: TestClient, submit: Submit, office: Office
) -> None:
    made = submit().json()
    office.do(made["number"], Action.REGISTER, today(), at=now())
    office.do(made["number"], Action.ACCEPT, today(), at=now(), unit="法规科")
    office.do(made["number"], Action.CONSULT_THIRD_PARTY, today(), at=now(), name="金海湾置业甲公司")

    status = follow(anybody, made["number"], made["tracking_code"])

    assert "金海湾" not in status.text
    assert "法规科" not in status.text
    assert [letter["kind"] for letter in status.json()["letters"]] == [
        "receipt",
        "receipt_confirmation",
        "consultation_notice",
    ]
    assert status.json()["events"][-1]["text"] == "征求第三方意见"
    with office.store.reading() as session:
        last = session.execute(select(func.max(LETTERS.c.id))).scalar_one()
    assert follow(anybody, made["number"], made["tracking_code"], f"/letters/{last}.html").status_code == 404


def test_the_applicant_reads_the_own_letters(anybody: TestClient, submit: Submit, office: Office) -> None:
    number, code = submit().json().values()
    office.do(number, Action.REGISTER, today(), at=now())
    letter = follow(anybody, number, code).json()["letters"][0]

    page = follow(anybody, number, code, f"/letters/{letter['id']}.html")

    assert letter["number"] in page.text
    assert follow(anybody, number, "AAAACCCCDDDD", f"/letters/{letter['id']}.html").status_code == 404


def test_the_applicant_answers_a_clarification_today(
    anybody: TestClient, submit: Submit, office: Office
) -> None:
    number, code = submit().json().values()
    office.do(number, Action.REGISTER, today(), at=now())
    office.do(number, Action.REQUEST_CLARIFICATION, today(), at=now(), items=["请明确年份"])
    path, headers = (
        f"/api/v1/applications/{number}/actions/receive_clarification",
        {"Authorization": f"Tracking {code}"},
    )

    backdated = anybody.post(path, json={"text": "2024年", "received_on": "2026-01-05"}, headers=headers)
    answered = anybody.post(path, json={"text": "2024年"}, headers=headers)

    assert backdated.status_code == 422
    assert answered.json()["state"] == State.SCREENING


def test_the_applicant_withdraws_once(anybody: TestClient, submit: Submit) -> None:
    number, code = submit().json().values()
    path, headers = f"/api/v1/applications/{number}/actions/withdraw", {"Authorization": f"Tracking {code}"}

    assert anybody.post(path, json={}, headers={"Authorization": "Tracking WRONGWRONG44"}).status_code == 404
    assert anybody.post(path, json={"reason": "已获得"}, headers=headers).json()["decision"] == "withdrawn"
    assert anybody.post(path, json={}, headers=headers).status_code == 409


def test_an_applicant_takes_no_act_of_the_office(anybody: TestClient, submit: Submit) -> None:
    number, code = submit().json().values()

    response = anybody.post(
        f"/api/v1/applications/{number}/actions/register",
        json={},
        headers={"Authorization": f"Tracking {code}"},
    )

    assert response.status_code in (404, 405)


def test_guessing_is_slowed_down(anybody: TestClient, submit: Submit) -> None:
    number = submit().json()["number"]

    answers = [follow(anybody, number, "AAAACCCCDDDD").status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]

"""Texts that no database keeps and keys that no row has: told what is wrong, and nothing is lost."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import SignIn
from tests.office import Office, application
from workflow.vocabulary import Role, State

NUL, HALF_A_CHARACTER = "甲\x00乙", "甲\ud800乙"
JSON = {"Content-Type": "application/json"}


def with_text(place: str, text: str, office: Office) -> dict[str, Any]:
    """An application with the text in one place of it."""
    content = application(agency=office.agency.name)
    group, _dot, name = place.rpartition(".")
    inner = {**content[group], name: text} if group else text
    return {**content, (group or name): inner}


@pytest.mark.parametrize("text", [NUL, HALF_A_CHARACTER], ids=["NUL", "half a character"])
@pytest.mark.parametrize(
    "place",
    [
        "agency",
        "request.title",
        "request.description",
        "request.form",
        "applicant.name",
        "applicant.id_number",
        "applicant.contact",
    ],
)
def test_an_application_with_an_impossible_text_names_its_place(
    anybody: TestClient, office: Office, place: str, text: str
) -> None:
    content = json.dumps(with_text(place, text, office))

    response = anybody.post("/api/v1/applications", content=content, headers=JSON)

    assert response.status_code == 422
    assert place in response.json()["message"]


@pytest.mark.parametrize("text", [NUL, HALF_A_CHARACTER], ids=["NUL", "half a character"])
@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("accept", {"unit": "?"}),
        ("assign", {"unit": "法规科", "handler": "?"}),
        ("request_clarification", {"items": ["甲", "?"]}),
        ("void", {"reason": "重复", "duplicate_of": "?"}),
        ("rectify", {"event": 1, "reason": "有误", "changes": {"applicant": {"name": "?"}}}),
        ("rectify", {"event": 1, "reason": "有误", "changes": {"?": "甲"}}),
    ],
)
def test_an_act_with_an_impossible_text_is_malformed(
    sign_in: SignIn, case: Callable[[State], str], action: str, body: dict[str, Any], text: str
) -> None:
    number, staff = case(State.SCREENING), sign_in(Role.CLERK, Role.HEAD)
    content = json.dumps(body, ensure_ascii=False).replace("?", json.dumps(text)[1:-1])

    response = staff.post(
        f"/api/v1/cases/{number}/actions/{action}", content=content, headers={**JSON, "If-Match": "2"}
    )

    assert response.status_code == 422
    assert staff.get(f"/api/v1/cases/{number}").json()["version"] == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/cases?q=a%00b", 422),
        ("/api/v1/cases?cursor=99999999999999999999", 422),
        ("/api/v1/cases?due_before=0001-01-01", 200),
        ("/api/v1/cases/a%00b", 422),
        ("/api/v1/cases/ZY-2026-0001/letters/99999999999999999999.html", 422),
        ("/cases?q=a%00b", 422),
        ("/cases?cursor=99999999999999999999", 200),
        ("/cases/a%00b", 422),
    ],
)
def test_an_address_that_leads_nowhere_breaks_nothing(sign_in: SignIn, path: str, status: int) -> None:
    assert sign_in(Role.CLERK).get(path).status_code == status


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/login", {"username": NUL, "password": NUL}),
        ("/track", {"number": NUL, "code": NUL}),
        ("/apply", {"agency": NUL, "request.title": NUL}),
    ],
)
def test_a_form_with_an_impossible_text_breaks_nothing(
    anybody: TestClient, office: Office, path: str, form: dict[str, str]
) -> None:
    assert anybody.post(path, data=form).status_code in (401, 404, 422)

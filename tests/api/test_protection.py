"""What protects the program: headers, foreign sites, sizes, sign-in and its lock, sessions."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from api import accounts, sessions
from api.clock import now
from tests.office import PASSWORD, Office, application
from workflow.tables import LOGIN_SESSIONS, USERS
from workflow.vocabulary import Role


def test_every_answer_forbids_inline_script_framing_and_storing(anybody: TestClient) -> None:
    for path in ("/login", "/api/v1/cases", "/nothing", "/healthz"):
        headers = anybody.get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        pytest.param({"Sec-Fetch-Site": "cross-site"}, True, id="another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, True, id="a neighbour"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, False, id="our own page"),
        pytest.param({"Origin": "https://evil.example"}, True, id="another origin"),
        pytest.param({"Origin": "null"}, True, id="no origin to speak of"),
        pytest.param({"Origin": "http://testserver"}, False, id="our own origin"),
        pytest.param({}, False, id="a program"),
    ],
)
def test_what_another_site_sends_is_refused(
    anybody: TestClient, office: Office, headers: dict[str, str], refused: bool
) -> None:
    content = application(agency=office.agency.name)

    response = anybody.post("/api/v1/applications", json=content, headers=headers)

    assert response.status_code == (403 if refused else 201)


def test_a_body_beyond_all_measure_is_refused_whether_it_tells_its_length_or_not(anybody: TestClient) -> None:
    chunk = b"x" * 500_000

    told = anybody.post("/api/v1/applications", content=chunk * 5)
    untold = anybody.post("/api/v1/applications", content=iter([chunk] * 5))

    assert told.status_code == untold.status_code == 413


def test_signing_in_gives_a_cookie_that_scripts_cannot_read(anybody: TestClient, office: Office) -> None:
    office.account("wang", Role.CLERK)

    response = anybody.post("/login", data={"username": "wang", "password": PASSWORD}, follow_redirects=False)

    assert (response.status_code, response.headers["location"]) == (303, "/desk")
    assert "HttpOnly" in response.headers["set-cookie"]
    assert "samesite=lax" in response.headers["set-cookie"].lower()
    assert anybody.get("/api/v1/cases").status_code == 200


def test_a_wrong_password_and_a_wrong_name_look_alike(anybody: TestClient, office: Office) -> None:
    office.account("wang", Role.CLERK)

    wrong_password = anybody.post("/login", data={"username": "wang", "password": "wrong"})
    wrong_name = anybody.post("/login", data={"username": "nobody", "password": "wrong"})

    assert wrong_password.status_code == wrong_name.status_code == 401
    assert wrong_password.text.replace("wang", "") == wrong_name.text.replace("nobody", "")


def test_an_account_rests_after_five_wrong_passwords(anybody: TestClient, office: Office) -> None:
    user = office.account("wang", Role.CLERK)
    with office.store.transaction() as session:
        for _ in range(accounts.TRIES):
            accounts.note_failure(session, user.id, now())

    right = {"username": "wang", "password": PASSWORD}
    assert anybody.post("/login", data=right).status_code == 401

    with office.store.transaction() as session:
        session.execute(update(USERS).values(locked_until=now() - timedelta(seconds=1)))
    assert anybody.post("/login", data=right, follow_redirects=False).status_code == 303


def test_a_session_ends_by_signing_out_by_time_and_with_the_account(
    anybody: TestClient, office: Office
) -> None:
    user = office.account("wang", Role.CLERK)

    def signed_in() -> str:
        with office.store.transaction() as session:
            token = sessions.open_session(session, user.id, now())
        anybody.cookies.set(sessions.COOKIE, token)
        assert anybody.get("/api/v1/cases").status_code == 200
        return token

    with office.store.transaction() as session:
        sessions.close_session(session, signed_in())
    assert anybody.get("/api/v1/cases").status_code == 401

    signed_in()
    with office.store.transaction() as session:
        session.execute(update(LOGIN_SESSIONS).values(expires_at=now()))
    assert anybody.get("/api/v1/cases").status_code == 401

    signed_in()
    with office.store.transaction() as session:
        session.execute(update(USERS).values(active=False))
    assert anybody.get("/api/v1/cases").status_code == 401


def test_the_database_keeps_neither_the_token_nor_the_password(office: Office) -> None:
    user = office.account("wang", Role.CLERK)
    with office.store.transaction() as session:
        token = sessions.open_session(session, user.id, now())
        rows = str([*session.execute(LOGIN_SESSIONS.select()), *session.execute(USERS.select())])

    assert token not in rows
    assert PASSWORD not in rows
    assert "$argon2id$" in rows

"""Whether the program says how it is, and describes itself."""

from pathlib import Path

from sqlalchemy import text
from starlette.testclient import TestClient

import letters
from api.app import create_app
from api.settings import Settings
from tests.office import Office
from workflow.sealing import Seal
from workflow.store import Store, open_engine


def test_it_is_well(anybody: TestClient) -> None:
    assert anybody.get("/healthz").json() == {"status": "ok"}
    assert anybody.get("/readyz").json() == {"status": "ok"}


def test_it_is_not_ready_when_the_tables_are_gone(anybody: TestClient, office: Office) -> None:
    with office.store.transaction() as session:
        session.execute(text("ALTER TABLE installation RENAME TO elsewhere"))
    try:
        response = anybody.get("/readyz")
    finally:  # The next test has the same database.
        with office.store.transaction() as session:
            session.execute(text("ALTER TABLE elsewhere RENAME TO installation"))

    assert (response.status_code, response.json()["message"]) == (503, "数据库无法访问")
    assert anybody.get("/healthz").status_code == 200


def test_a_database_that_is_down_is_told_everywhere_and_no_page_breaks(tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://postgres@127.0.0.1:1/nothing?connect_timeout=2"
    store = Store(open_engine(nowhere), Seal("a key"), letters.issue)
    app = create_app(store, Settings(tmp_path, nowhere), ticking=False)

    with TestClient(app, cookies={"mingda_session": "x"}) as client:
        assert client.get("/readyz").status_code == 503
        assert client.get("/api/v1/cases").json()["error"] == "unavailable"
        page = client.get("/desk")
        assert (page.status_code, "稍后再试" in page.text) == (503, True)


def test_the_description_names_every_act_with_its_fields(anybody: TestClient) -> None:
    description = anybody.get("/openapi.json").json()

    extend = description["paths"]["/api/v1/cases/{number}/actions/extend"]["post"]
    model = extend["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert set(description["components"]["schemas"][model]["properties"]) == {"on", "workdays", "reason"}
    assert "If-Match" in [parameter["name"] for parameter in extend["parameters"]]

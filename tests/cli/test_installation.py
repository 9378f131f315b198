"""The verbs that open an installation: exit statuses, and one JSON document whatever happens."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from api import accounts
from api.settings import from_environment
from tests.database import behind
from tests.office import Office
from tests.program import Finished, mingda
from workflow import aside
from workflow.store import Store
from workflow.tables import AGENCIES, USERS
from workflow.vocabulary import Role, State

ADD = ("user", "add", "zhang", "--agency", "招远市财政局", "--role", "clerk", "--role", "head")


def added(env: dict[str, str], *more: str, stdin: str = "") -> Finished:
    """The answer of `mingda user add`."""
    return mingda(*ADD, *more, "--json", env=env, stdin=stdin)


def test_an_account_is_made_with_its_agency_and_a_password_shown_once(
    office: Office, environment: dict[str, str]
) -> None:
    done = added(environment)

    assert (done.status, done.err) == (0, "")
    document = done.document
    password = document.pop("password")
    assert document == {
        "login": "zhang",
        "name": "zhang",
        "agency": "招远市财政局",
        "roles": ["clerk", "head"],
    }
    with office.store.reading() as session:
        known = accounts.look_up(session, "zhang", datetime.now(UTC))
        user = accounts.load(session, known.user_id)
    assert accounts.matches(known, password)
    assert user.roles == {Role.CLERK, Role.HEAD}
    assert done.out.count(password) == 1


def test_a_password_from_standard_input_is_not_shown(office: Office, environment: dict[str, str]) -> None:
    done = added(environment, "--password-stdin", stdin="correct horse battery\n")

    assert "password" not in done.document
    assert "correct horse" not in done.out + done.err
    with office.store.reading() as session:
        known = accounts.look_up(session, "zhang", datetime.now(UTC))
    assert accounts.matches(known, "correct horse battery")


def test_an_address_is_kept_for_reminders(office: Office, environment: dict[str, str]) -> None:
    assert added(environment, "--email", "zhang@example.gov.cn").status == 0

    with office.store.reading() as session:
        query = select(USERS.c.email).where(USERS.c.login == "zhang")
        assert session.execute(query).scalar_one() == "zhang@example.gov.cn"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("more", "where"),
    [
        (["--role", "mayor"], "--role"),
        (["--role", "applicant"], "--role"),
        (["--password-stdin"], "password"),
        (["--email", "zhang at example"], "--email"),
    ],
)
def test_an_account_that_cannot_be_made_leaves_nothing(
    office: Office, environment: dict[str, str], more: list[str], where: str
) -> None:
    done = added(environment, *more, stdin="short\n")

    assert (done.status, done.document["error"]["where"]) == (2, where)
    with office.store.reading() as session:
        assert session.execute(select(USERS)).all() == []
        assert session.execute(select(AGENCIES.c.name)).scalars().all() == [office.agency.name]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_login_is_given_once(environment: dict[str, str]) -> None:
    assert added(environment).status == 0

    again = added(environment)

    assert (again.status, again.document["error"]["where"]) == (2, "LOGIN")


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"MINGDA_DATA": "/srv/mingda", "HOME": "/home/wang"}, "/srv/mingda"),
        ({"XDG_DATA_HOME": "/home/wang/data", "HOME": "/home/wang"}, "/home/wang/data/mingda"),
        ({"HOME": "/home/wang"}, "/home/wang/.local/share/mingda"),
    ],
)
def test_an_installation_has_its_folder(environment: dict[str, str], folder: str) -> None:
    settings = from_environment(environment)

    assert settings.data == Path(folder)
    assert settings.database_url == f"sqlite:///{folder}/mingda.db"


def test_a_new_installation_is_made_by_the_first_command(tmp_path: Path) -> None:
    data = tmp_path / "data"

    done = added({"MINGDA_DATA": str(data)})

    assert done.status == 0
    assert {path.name for path in data.iterdir()} == {"mingda.db", "secret.key"}


def test_a_sweep_tells_what_it_changed(office: Office, environment: dict[str, str]) -> None:
    number = office.case_at(State.CONSULTING)  # In July 2026: whenever this runs, its terms have ended.

    first = mingda("sweep", "--json", env=environment)
    second = mingda("sweep", env=environment)

    assert (first.status, first.document) == (0, {"changed": [number], "failed": {}})
    assert (second.status, second.out) == (0, "有变化的申请：0件\n")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_sweep_that_could_not_do_a_case_says_so(office: Office, environment: dict[str, str]) -> None:
    number = office.case_at(State.CONSULTING)
    behind.change(office.store, number, 1, facts={"channel": "by pigeon"})

    done = mingda("sweep", "--json", env=environment)

    assert (done.status, done.document) == (1, {"changed": [], "failed": {number: "ValueError"}})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_sweep_throws_away_what_was_laid_aside_and_forgotten(
    store: Store, environment: dict[str, str]
) -> None:
    folder = Path(environment["MINGDA_DATA"]) / "aside"
    old, new = aside.new_key(), aside.new_key()
    for key in (old, new):
        aside.lay(store.seal, folder, key, "file", b"told", whose="1 2")
    os.utime(folder / f"{old}.file", (0, 0))

    mingda("sweep", env=environment)

    assert [path.name for path in folder.iterdir()] == [f"{new}.file"]


def test_the_audit_of_a_register_that_was_left_alone(office: Office, environment: dict[str, str]) -> None:
    office.case_at(State.ARCHIVED)

    done = mingda("audit", "verify", "--json", env=environment)
    told = mingda("audit", "verify", env=environment)

    assert (done.status, done.document) == (0, {"cases": 1, "breaks": []})
    assert told.out == "共核对1件申请，0处与记录不符\n"


def test_the_audit_of_a_register_that_was_changed(office: Office, environment: dict[str, str]) -> None:
    number = office.case_at(State.PROCESSING)
    office.case_at(State.PROCESSING)
    behind.change(office.store, number, 2, article="99")

    done = mingda("audit", "verify", "--json", env=environment)
    told = mingda("audit", "verify", env=environment)

    assert (done.status, told.status) == (1, 1)
    assert done.document == {
        "cases": 2,
        "breaks": [{"number": number, "seq": 2, "what": "记录内容被改动"}],
    }
    assert told.out.splitlines() == [
        f"{number} 第2条记录：记录内容被改动",
        "共核对2件申请，1处与记录不符",
    ]


def test_doctor_shows_the_settings_without_their_secrets(environment: dict[str, str]) -> None:
    env = environment | {
        "MINGDA_SECRET_KEY": "a key that is long enough for the purpose",
        "MINGDA_SMTP_URL": "smtp://user:swordfish@mail.example:587",
        "MINGDA_MAIL_FROM": "gongkai@example.org",
    }

    done = mingda("doctor", "--json", env=env)

    assert done.status == 0
    assert {finding["what"] for finding in done.document["findings"]} >= {"DATABASE_URL", "MINGDA_SMTP_URL"}
    assert "swordfish" not in done.out + done.err
    assert env["MINGDA_SECRET_KEY"] not in done.out + done.err


@pytest.mark.parametrize(
    ("setting", "value", "what"),
    [
        ("DATABASE_URL", "nonsense", "DATABASE_URL"),
        ("DATABASE_URL", "postgresql+psycopg://user:swordfish@/x?host=/nowhere", "数据库"),
        ("MINGDA_SECRET_KEY", "too short", "MINGDA_SECRET_KEY"),
        ("MINGDA_SMTP_URL", "mail.example", "MINGDA_SMTP_URL"),
    ],
)
def test_doctor_says_what_is_wrong(tmp_path: Path, setting: str, value: str, what: str) -> None:
    env = {"MINGDA_DATA": str(tmp_path / "data"), setting: value}

    done = mingda("doctor", "--json", env=env)

    wrong = [finding["what"] for finding in done.document["findings"] if finding["level"] == "wrong"]
    assert done.status == 1
    assert what in wrong
    assert "swordfish" not in done.out + done.err

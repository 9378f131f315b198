"""The key of an installation: made once, kept to its owner, and known to be the right one."""

import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text

from api.installation import KEY_CHECK, open_store
from api.settings import KEY_FILE, Settings, from_environment, secret_of
from tests import processes
from tests.database.test_all_or_nothing import contents
from tests.office import Office
from tests.program import mingda
from workflow.commands.intake import CONTACT_PLACE
from workflow.errors import Incomplete
from workflow.sealing import Seal
from workflow.tables import CASES, INSTALLATION
from workflow.vocabulary import State


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def data_settings(folder: Path) -> Settings:
    """An installation that keeps everything in that folder."""
    return from_environment({"MINGDA_DATA": str(folder)})


def test_two_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    data = tmp_path / "data"

    keys = processes.together(processes.key_of, [(data,)] * 4)

    assert len(set(keys)) == 1
    assert len(keys[0]) >= 48
    assert [path.name for path in data.iterdir()] == [KEY_FILE]


def test_the_key_is_its_owners_alone_and_stays_the_same(tmp_path: Path) -> None:
    settings = data_settings(tmp_path / "data")

    first, second = secret_of(settings), secret_of(settings)

    assert first == second
    assert mode(settings.data / KEY_FILE) == 0o600
    assert mode(settings.data) == 0o700


def test_a_key_from_the_environment_makes_no_file(tmp_path: Path) -> None:
    settings = from_environment({"MINGDA_DATA": str(tmp_path / "data"), "MINGDA_SECRET_KEY": "given"})

    assert secret_of(settings) == "given"
    assert not (tmp_path / "data").exists()
    assert "given" not in repr(settings)


@pytest.mark.parametrize("others", [0o640, 0o604, 0o644, 0o660])
def test_a_key_file_that_others_can_read_is_refused_with_the_remedy(tmp_path: Path, others: int) -> None:
    settings = data_settings(tmp_path)
    secret_of(settings)
    (tmp_path / KEY_FILE).chmod(others)

    with pytest.raises(Incomplete, match=f"chmod 600 {tmp_path / KEY_FILE}"):
        secret_of(settings)


def test_an_empty_key_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).touch(mode=0o600)

    with pytest.raises(Incomplete, match="是空的"):
        secret_of(data_settings(tmp_path))


def test_the_database_file_is_its_owners_alone(tmp_path: Path) -> None:
    store = open_store(data_settings(tmp_path / "data"))
    with store.transaction() as session:
        session.execute(insert(INSTALLATION), {"name": "x", "value": "y"})
        modes = {path.name: mode(path) for path in (tmp_path / "data").iterdir()}
    store.engine.dispose()

    assert set(modes) >= {"mingda.db", "mingda.db-wal", KEY_FILE}
    assert set(modes.values()) == {0o600}


# --- The right key --------------------------------------------------------------------------------------


def test_the_first_opening_notes_by_what_its_key_is_known(environment: dict[str, str]) -> None:
    store = open_store(from_environment(environment))

    with store.reading() as session:
        ((name, value),) = session.execute(select(INSTALLATION.c.name, INSTALLATION.c.value))
    store.engine.dispose()
    assert (name, value) == (KEY_CHECK, Seal(environment["MINGDA_SECRET_KEY"]).index("installation"))
    assert environment["MINGDA_SECRET_KEY"] not in value


def test_another_key_is_refused_before_anything_is_read(office: Office, environment: dict[str, str]) -> None:
    office.case_at(State.SCREENING)
    open_store(from_environment(environment)).engine.dispose()
    before = contents(office.store)

    swept = mingda("sweep", "--json", env=environment | {"MINGDA_SECRET_KEY": "another key altogether"})

    assert swept.status == 2
    assert "用另一把密钥加密" in swept.document["error"]["message"]
    assert "MINGDA_SECRET_KEY" in swept.err
    assert "Traceback" not in swept.err
    assert "another key altogether" not in swept.out + swept.err
    assert contents(office.store) == before


def test_a_lost_key_file_is_told_by_its_place(office: Office, environment: dict[str, str]) -> None:
    without = {name: value for name, value in environment.items() if name != "MINGDA_SECRET_KEY"}
    open_store(from_environment(environment)).engine.dispose()

    with pytest.raises(Incomplete, match=f"密钥文件 {environment['MINGDA_DATA']}/{KEY_FILE}"):
        open_store(from_environment(without))


def test_processes_that_open_a_new_installation_at_once_agree(empty: Engine, tmp_path: Path) -> None:
    url = empty.url.render_as_string(hide_password=False)
    empty.dispose()

    checks = processes.together(processes.first_opening, [(tmp_path / "data", url)] * 4)

    with empty.connect() as connection:
        stored = connection.execute(text("SELECT value FROM installation WHERE name = 'key'")).scalar_one()
    assert set(checks) == {stored}


# --- What else can be wrong with an installation --------------------------------------------------------


def opening(settings: Settings) -> str:
    """What is said when it cannot be opened."""
    with pytest.raises(Incomplete) as caught:
        open_store(settings)
    return str(caught.value)


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    assert str(tmp_path / "file") in opening(data_settings(tmp_path / "file" / "data"))


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "sqlite:", "nosuch+driver://x/y"])
def test_an_address_that_is_no_database_is_told(tmp_path: Path, url: str) -> None:
    said = opening(from_environment({"MINGDA_DATA": str(tmp_path), "DATABASE_URL": url}))

    assert "DATABASE_URL" in said


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://user:hidden@/mingda?host={tmp_path}"

    said = opening(from_environment({"MINGDA_DATA": str(tmp_path), "DATABASE_URL": url}))

    assert said.startswith("无法使用数据库")
    assert "hidden" not in said


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "mingda.db"
    file.write_bytes(b"A letter from the mayor. " * 100)

    said = opening(data_settings(tmp_path))

    assert "not a database" in said
    assert file.read_bytes() == b"A letter from the mayor. " * 100


def test_a_database_of_a_later_version_is_told(empty: Engine, tmp_path: Path) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('9999')")
    url = empty.url.render_as_string(hide_password=False)

    said = opening(from_environment({"MINGDA_DATA": str(tmp_path), "DATABASE_URL": url}))

    assert "请升级本程序" in said


def test_a_database_that_is_kept_busy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = data_settings(tmp_path)
    open_store(settings).engine.dispose()
    monkeypatch.setattr("workflow.store.BUSY_TIMEOUT_MS", 100)
    other = sqlite3.connect(tmp_path / "mingda.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    said = opening(settings)

    other.close()
    assert "locked" in said


def test_the_right_key_reads_what_was_written(office: Office, environment: dict[str, str]) -> None:
    office.submit()

    again = open_store(from_environment(environment))

    with again.reading() as session:
        contact = session.execute(select(CASES.c.contact)).scalar_one()
        assert session.seal.decrypt_json(contact, CONTACT_PLACE) == {"text": "13800001234"}
    again.engine.dispose()

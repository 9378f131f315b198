"""`mingda demo` keeps away from real data, makes the city when it is missing, and tells how to get in."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update

import letters
from api.accounts import look_up, matches
from api.cli import main
from api.cli.demo import demo_settings
from api.demo import marks
from tests.demo.conftest import KEY, TODAY, MadeCity
from workflow import agencies
from workflow.migrations import upgrade
from workflow.sealing import Seal
from workflow.store import Store, open_engine
from workflow.tables import AGENCIES, CASES, INSTALLATION

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that the environment names, and nothing else."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("MINGDA_DATA", str(folder))
    monkeypatch.setenv("MINGDA_SECRET_KEY", KEY)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return folder


@pytest.fixture
def made(city: MadeCity, data: Path) -> Path:
    """A data folder with a city that was made on another day."""
    file = data / "mingda.db"
    with city.store.engine.connect() as connection:
        connection.rollback()
        connection.connection.cursor().execute(f"VACUUM INTO '{file}'")
    return file


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: status, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mingda", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def opened(file: Path) -> Store:
    return Store(open_engine(f"sqlite:///{file}"), Seal(KEY), letters.issue)


def value(file: Path, query: Any) -> Any:
    store = opened(file)
    with store.reading() as session:
        found = session.execute(query).scalar()
    store.engine.dispose()
    return found


MARK = select(INSTALLATION.c.value).where(INSTALLATION.c.name == "demo")


def test_a_city_that_is_there_is_kept_and_gets_a_new_password(made: Path, run: Run) -> None:
    status, out, _err = run("demo", "--no-serve", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["made_on"] == TODAY.isoformat()
    store = opened(made)
    with store.reading() as session:
        known = [look_up(session, each["login"], datetime.now(UTC)) for each in told["logins"]]
    store.engine.dispose()
    assert matches(known[0], told["password"])
    assert len({each.password_hash for each in known}) == 1


def test_the_password_and_one_login_of_each_role_are_told_in_words(made: Path, run: Run) -> None:
    status, out, _err = run("demo", "--no-serve", "--port", "8123")
    assert status == 0
    for word in (
        "http://127.0.0.1:8123",
        "chuangkou-zrzy",
        "chengban-zrzy",
        "fazhi-zrzy",
        "fuze-zrzy",
        "duban",
    ):
        assert word in out
    assert f"建于{TODAY}" in out


def test_a_fresh_city_is_made_on_request(made: Path, run: Run) -> None:
    before = value(made, select(CASES.c.created_at))
    _status, out, _err = run("demo", "--no-serve", "--fresh", "--json")
    assert json.loads(out)["made_today"]
    assert value(made, select(CASES.c.created_at)) != before


def test_a_making_that_was_interrupted_is_done_anew(made: Path, run: Run) -> None:
    store = opened(made)
    with store.transaction() as session:
        session.execute(update(INSTALLATION).values(value=marks.UNFINISHED))
    store.engine.dispose()
    status, out, _err = run("demo", "--no-serve", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["made_today"]
    assert told["cases"] >= 100
    assert value(made, MARK) == told["made_on"]


@pytest.mark.parametrize("words", [(), ("--fresh",)], ids=["as it is", "fresh"])
def test_real_data_is_refused_and_left_alone(data: Path, sqlite_template: Path, run: Run, words: Any) -> None:
    file = data / "mingda.db"
    shutil.copyfile(sqlite_template, file)
    store = opened(file)
    with store.transaction() as session:
        agencies.found(session, "招远市财政局")
    store.engine.dispose()
    status, out, err = run("demo", "--no-serve", *words)
    assert status == 2
    assert out == ""
    assert "正式数据" in err
    assert value(file, select(AGENCIES.c.name)) == "招远市财政局"
    assert value(file, MARK) is None
    assert value(file, select(CASES.c.id)) is None


def test_a_database_of_another_program_is_refused(data: Path, run: Run) -> None:
    engine = open_engine(f"sqlite:///{data / 'mingda.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE orders (id INTEGER)")
    engine.dispose()
    status, _out, err = run("demo", "--no-serve")
    assert status == 2
    assert "正式数据" in err


def test_without_settings_the_data_lie_beside_those_of_production() -> None:
    settings = demo_settings({"HOME": "/home/somebody"})
    assert settings.data == Path("/home/somebody/.local/share/mingda-demo")
    assert settings.database_url == "sqlite:////home/somebody/.local/share/mingda-demo/mingda.db"


def test_no_mail_goes_to_invented_people() -> None:
    assert demo_settings({"HOME": "/", "MINGDA_SMTP_URL": "smtp://mail.example"}).smtp_url == ""


def test_a_demo_is_taken_down_as_a_whole(store: Store) -> None:
    """The log refuses to lose a single row, on both databases; the demo goes with its tables."""
    with store.transaction() as session:
        marks.mark(session, TODAY.isoformat())
        agencies.found(session, "招远市财政局")
    try:
        marks.take_down(store.engine)
    finally:
        upgrade(store.engine)
    with store.reading() as session:
        assert marks.made_on(session) is None
        assert session.execute(select(AGENCIES.c.id)).all() == []


def test_it_makes_the_city_where_there_is_none_and_serves_it_on_this_machine_only(data: Path) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("mingda")), "demo", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server)
            assert value(data / "mingda.db", MARK)
            with closing(socket.socket()) as other, pytest.raises(ConnectionRefusedError):
                other.connect(("127.0.0.2", port))
        finally:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            httpx2.get(address).raise_for_status()
            return
        except httpx2.HTTPError:
            time.sleep(0.1)
    pytest.fail(f"the server ended with {server.returncode}")

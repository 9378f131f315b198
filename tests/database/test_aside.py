"""What is laid aside between two steps: for its owner, under its name, for a day."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from workflow import aside
from workflow.errors import NotFound
from workflow.sealing import Seal
from workflow.store import Store

SEAL = Seal("a key")
NOW = datetime(2026, 9, 15, 2, 0, tzinfo=UTC)


def lay(folder: Path, content: bytes = b"told") -> str:
    key = aside.new_key()
    aside.lay(SEAL, folder, key, "file", content, whose="1 2")
    return key


def age(folder: Path, hours: int) -> None:
    at = (NOW - timedelta(hours=hours)).timestamp()
    for path in folder.iterdir():
        os.utime(path, (at, at))


def test_it_is_given_back_to_its_owner_and_replaced_by_what_is_laid_there_later(tmp_path: Path) -> None:
    key = lay(tmp_path)
    aside.lay(SEAL, tmp_path, key, "file", b"told anew", whose="1 2")

    assert aside.take(SEAL, tmp_path, key, "file", whose="1 2") == b"told anew"
    assert len(list(tmp_path.iterdir())) == 1


def test_nobody_else_and_no_other_name_reads_it(tmp_path: Path) -> None:
    key, other = lay(tmp_path), aside.new_key()
    (tmp_path / f"{key}.file").rename(tmp_path / f"{other}.file")
    key = lay(tmp_path)

    for asked, whose in ((key, "1 3"), (other, "1 2"), (aside.new_key(), "1 2"), ("../secret", "1 2")):
        with pytest.raises(NotFound, match="没有找到，或者已经过期"):
            aside.take(SEAL, tmp_path, asked, "file", whose=whose)


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_it_is_thrown_away_after_a_day(tmp_path: Path, hours: int, left: int) -> None:
    lay(tmp_path)
    age(tmp_path, hours)

    assert aside.clear(tmp_path, NOW) == 1 - left
    assert len(list(tmp_path.iterdir())) == left


def test_there_is_nothing_to_throw_away_where_nothing_was_laid(tmp_path: Path) -> None:
    assert aside.clear(tmp_path / "aside", NOW) == 0


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    key = aside.new_key()
    (tmp_path / f"{key}.file").mkdir()

    with pytest.raises(IsADirectoryError):
        aside.lay(SEAL, tmp_path, key, "file", b"told", whose="1 2")

    assert [path.name for path in tmp_path.iterdir()] == [f"{key}.file"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_server_throws_it_away_by_itself(store: Store, tmp_path: Path) -> None:
    settings = Settings(tmp_path, str(store.engine.url))
    lay(settings.aside)
    (path,) = settings.aside.iterdir()
    os.utime(path, (0, 0))

    with TestClient(create_app(store, settings)):
        for _ in range(100):
            if not path.exists():
                break
            sleep(0.1)

    assert not path.exists()

"""The demo city, made once for all tests that only look at it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

import letters
from api.demo import build
from workflow.commands import LEGAL_ZONE
from workflow.sealing import Seal
from workflow.store import Session, Store, open_engine

#: A Tuesday; working days of the coming year, which has no notice yet, lie within reach of what runs.
TODAY = date(2026, 11, 24)
PASSWORD = "welcome-to-the-demo"
KEY = "the key of the demo"


@dataclass(frozen=True)
class MadeCity:
    """The city, the file that holds it, and the number of each story's case."""

    store: Store
    file: Path
    numbers: dict[str, str]


def noon(day: date) -> datetime:
    """Noon of that day in Asia/Shanghai."""
    return datetime.combine(day, time(12), LEGAL_ZONE).astimezone(UTC)


@pytest.fixture(scope="session")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeCity]:
    """The whole city as it stands on TODAY."""
    file = tmp_path_factory.mktemp("city") / "mingda.db"
    shutil.copyfile(sqlite_template, file)
    store = Store(open_engine(f"sqlite:///{file}"), Seal(KEY), letters.issue)
    yield MadeCity(store, file, build(store, noon(TODAY), password=PASSWORD))
    store.engine.dispose()


@pytest.fixture
def session(city: MadeCity) -> Iterator[Session]:
    """A look at the city."""
    with city.store.reading() as session:
        yield session

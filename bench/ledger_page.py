"""The ledger's page and its search among many cases: whole requests beside their bare queries.

`python -m bench --ledger 1000000` measures nothing else, with a million cases; to build them takes long.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from api import accounts, sessions
from api.app import create_app
from api.clock import now
from api.settings import Settings
from bench.crowd import CITY, fill
from bench.measure import Measured, seconds
from bench.office import opened, prepared
from bench.places import Place
from workflow.agencies import named
from workflow.store import Store
from workflow.vocabulary import Role

#: What is asked for: everyday views of the one who sees all agencies, which is the most there can be.
ASKED = {
    "first page": "",
    "page in the middle": "?after={middle}",
    "red light": "?light=red",
    "state, unit, dates": "?state=archived&unit=档案室&received_from=2024-01-01&received_to=2024-12-31",
    "one decision": "?decision=state_secret",
    "a number": "?q=0000123",
    "two words": "?q=泉山街道 听证笔录",
    "a word of every tenth case": "?q=土地征收",
    "a word of all cases": "?q=街道",
    "one character": "?q=监",
    "a word of no case": "?q=飞机场",
}
AIMS = {"PostgreSQL": "≤ 50 ms", "SQLite": "≤ 150 ms"}
Statements = list[tuple[str, Any]]


def measure(place: Place, folder: Path, cases: int, rounds: int) -> Iterator[Measured]:
    """The 95th percentile of each request, beside that of the same queries by the bare driver."""
    url = prepared(place)
    with opened(url) as store:
        fill(store, cases)
        with closing(place.connect(url)) as bare, _reader(store, folder) as client:
            for name, query in ASKED.items():
                address = "/ledger" + query.format(middle=cases // 2)
                yield _measured(f"{name}, {place.name}", client, store.engine, bare, address, rounds)


def _measured(
    name: str, client: TestClient, engine: Engine, bare: Any, address: str, rounds: int
) -> Measured:
    with _recorded(engine) as statements:
        response = client.get(address)
    assert response.status_code == 200, response.text
    pairs = [
        (seconds(lambda: client.get(address)), seconds(lambda: _ask(bare, statements))) for _ in range(rounds)
    ]
    ours, floor = (_p95([pair[side] for pair in pairs]) for side in (0, 1))
    aim = AIMS[name.split(", ")[-1].split()[0]]
    return Measured(name, ours, floor, ours / floor, aim)


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


@contextmanager
def _reader(store: Store, folder: Path) -> Iterator[TestClient]:
    """Somebody signed in who sees all agencies."""
    with store.transaction() as session:
        city = named(session, CITY)
        user = accounts.add(session, city, "duban", "督办", frozenset({Role.SUPERVISOR}), "open-sesame-2026")
        token = sessions.open_session(session, user.id, now())
    app = create_app(store, Settings(folder, str(store.engine.url)), ticking=False)
    with TestClient(app, cookies={sessions.COOKIE: token}) as client:
        yield client


@contextmanager
def _recorded(engine: Engine) -> Iterator[Statements]:
    """The statements that the engine hands to the driver meanwhile."""
    heard: Statements = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):  # The bare driver begins by itself.
            heard.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def _ask(connection: Any, statements: Statements) -> None:
    for statement, parameters in statements:
        connection.execute(statement, parameters).fetchall()
    connection.rollback()

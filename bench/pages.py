"""The pages that people look at all day, among a city's cases: whole requests beside their bare queries.

`python -m bench --ledger 1000000 --keep FOLDER` measures nothing else; the city is built in the folder once.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event, func, select
from starlette.testclient import TestClient

from api import sessions
from api.app import create_app, spare_what_stays
from api.clock import now, today
from api.pages.ledger_columns import COLUMNS
from api.settings import Settings
from bench.city import person
from bench.crowd import CITY, LARGE, RARE
from bench.office import opened
from bench.places import Place
from workflow.agencies import named
from workflow.migrations import upgrade
from workflow.store import Store
from workflow.tables import CASES
from workflow.vocabulary import Role

AIMS = {"PostgreSQL": "≤ 50 ms", "SQLite": "≤ 150 ms"}
#: What everybody asks for, who sees one agency and who sees them all.
SHARED = {
    "ledger": "/ledger",
    "next page": "/ledger?after={after}",
    "page before": "/ledger?before={after}",
    "page in the middle": "/ledger?after={middle}",
    "page before the middle": "/ledger?before={middle}",
    "state": "/ledger?state=processing",
    "state, common": "/ledger?state=archived&after={middle}",
    "red light": "/ledger?light=red",
    "paused": "/ledger?light=paused",
    "no light": "/ledger?light=none&after={middle}",
    "unit": "/ledger?unit=档案室",
    "channel": "/ledger?channel=fax",
    "kind": "/ledger?kind=research",
    "decision": "/ledger?decision=state_secret",
    "decision, common": "/ledger?decision=disclosed",
    "days of receipt": "/ledger?received_from={first}&received_to={last}",
    "days of reply": "/ledger?concluded_from={first}&concluded_to={last}",
    "days of due date": "/ledger?due_from={first}&due_to={last}",
    "state, unit, days": "/ledger?state=archived&unit=档案室&received_from={first}&received_to={last}",
    "decision, channel, kind": "/ledger?decision=petition&channel=fax&kind=business",
    "light, unit": "/ledger?light=yellow&unit=规划科",
    "a word of all": "/ledger?q=街道",
    "a word of a third": "/ledger?q=土地征收",
    "a word of a hundredth": "/ledger?q=海域使用",
    "a word of few": "/ledger?q={rare}",
    "a word of none": "/ledger?q=飞机场",
    "two words": "/ledger?q=泉山街道 听证笔录",
    "two characters": "/ledger?q=合同",
    "one character": "/ledger?q=监",
    "one common character": "/ledger?q=征",
    "a name": "/ledger?q=王伟",
    "part of a number": "/ledger?q=0123456",
    "a whole number": "/ledger?q={number}",
    "a word and a state": "/ledger?q=补偿方案&state=processing",
    "a word and a decision": "/ledger?q=街道&decision=state_secret",
    "a word and days": "/ledger?q=征收&received_from={first}&received_to={last}",
    "a word, page in the middle": "/ledger?q=土地征收&after={middle}",
    "all columns": "/ledger?columns={columns}",
    "cases": "/cases",
    "cases, a word of all": "/cases?q=街道",
    "cases, a word of few": "/cases?q={rare}",
    "cases, a state": "/cases?state=consulting",
    "list as JSON": "/api/v1/cases",
    "list as JSON, a word": "/api/v1/cases?q=土地征收",
    "case file, 8 events": "/cases/{number}",
    "case file, 200 events": "/cases/{long}",
    "case as JSON, 200 events": "/api/v1/cases/{long}",
}
ASKED: dict[Role, dict[str, str]] = {
    Role.CLERK: SHARED | {"desk": "/desk"},
    Role.SUPERVISOR: SHARED | {"agency": "/ledger?agency={agency}", "overview": "/supervision"},
}
#: Whose cases they look through.
AT = {Role.CLERK: LARGE, Role.SUPERVISOR: CITY}
Statements = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A request's median and 95th percentile, that of its bare queries, and the median of their ratios."""

    name: str
    half: float
    nearly_all: float
    floor: float
    ratio: float
    aim: str


def measure(place: Place, url: str, folder: Path, rounds: int, only: str = "") -> Iterator[Answered]:
    """Every request with `only` in its name, by each of the roles in turn."""
    with opened(url) as store, closing(place.connect(url)) as bare:
        upgrade(store.engine)
        words = _words(store)
        for role, asked in ASKED.items():
            with _reader(store, folder, role) as client:
                for name, address in asked.items():
                    told = f"{role}, {name}"
                    if only in told:
                        yield _answered(told, client, store.engine, bare, address.format_map(words), rounds)


def _answered(
    name: str, client: TestClient, engine: Engine, bare: Any, address: str, rounds: int
) -> Answered:
    with _recorded(engine) as statements:
        response = client.get(address)
    assert response.status_code == 200, (address, response.text)
    pairs = [
        (_timed(lambda: client.get(address)), _timed(lambda: _ask(bare, statements))) for _ in range(rounds)
    ]
    ours = [mine for mine, _bare in pairs]
    return Answered(
        name,
        median(ours),
        _p95(ours),
        _p95([floor for _mine, floor in pairs]),
        median(mine / floor for mine, floor in pairs),
        AIMS[{"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine.dialect.name]],
    )


def _timed(work: Callable[[], object]) -> float:
    """As a server does it: what there is to collect is collected whenever it comes to that."""
    start = perf_counter()
    work()
    return perf_counter() - start


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


def _words(store: Store) -> dict[str, Any]:
    """What the addresses are filled in with: places in the ledger, and a year that ended a while ago."""
    with store.reading() as session:
        last = int(session.execute(select(func.max(CASES.c.id))).scalar_one())
        of_large = select(CASES.c.number).where(CASES.c.agency_id == named(session, LARGE).id)
        usual = of_large.where(CASES.c.id < last // 2).order_by(CASES.c.id.desc()).limit(1)
        numbers = [session.execute(each).scalar_one() for each in (usual, of_large.where(CASES.c.id == last))]
    year = today().year - 2
    return {
        **dict(zip(("number", "long"), numbers, strict=True)),
        "after": last - last // 50,
        "middle": last // 2,
        "rare": RARE,
        "first": f"{year}-03-01",
        "last": f"{year}-03-31",
        "agency": numbers[0].split("-")[0],
        "columns": ",".join(column.name for column in COLUMNS),
    }


@contextmanager
def _reader(store: Store, folder: Path, role: Role) -> Iterator[TestClient]:
    """Somebody signed in with that role."""
    with store.transaction() as session:
        token = sessions.open_session(session, person(store, AT[role], role), now())
    app = create_app(store, Settings(folder, str(store.engine.url)), ticking=False)
    spare_what_stays()
    try:
        with TestClient(app, cookies={sessions.COOKIE: token}) as client:
            yield client
    finally:
        gc.unfreeze()


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
        found = connection.execute(statement, parameters)
        if found.description:
            found.fetchall()
    connection.rollback()

"""A full life of twelve acts a case, one transaction each, against the rows that it writes."""

from contextlib import closing

from bench.measure import Measured, seconds, side_by_side
from bench.office import LIFE, Office, office_in, opened, prepared
from bench.places import Place
from bench.writes import Transaction, recording, write

ACTS = 1 + len(LIFE)
#: Statements are compiled at their first use, and psycopg lets the server prepare them at the sixth.
WARM_UP = 6


def measure(place: Place, cases: int, rounds: int, aim: str) -> Measured:
    """Seconds a life; every round starts from the same empty office, and a few lives warm it up."""
    start = prepared(place)
    rows = _recorded(place.copy(start), WARM_UP + cases)

    def ours() -> float:
        with opened(place.copy(start)) as store:
            office = office_in(store)
            _live(office, WARM_UP)
            return seconds(lambda: _live(office, cases))

    def floor() -> float:
        with closing(place.connect(place.copy(start))) as connection:
            write(place, connection, rows[: WARM_UP * ACTS])
            return seconds(lambda: write(place, connection, rows[WARM_UP * ACTS :]))

    name = f"a life of {ACTS} acts, {place.name}"
    return side_by_side(name, ours, floor, rounds=rounds, per_round=cases, aim=aim)


def _recorded(url: str, cases: int) -> list[Transaction]:
    """What those lives write."""
    with opened(url) as store, recording(store.engine) as transactions:
        _live(office_in(store), cases)
    assert len(transactions) == ACTS * cases
    return transactions


def _live(office: Office, cases: int) -> None:
    for _ in range(cases):
        office.live(LIFE)

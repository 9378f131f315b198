"""A sweep that finds three hundred newly lapsed terms among the terms of thirty thousand open cases.

An overdue reply is a query and costs a sweep nothing; what it writes is what else runs out.
"""

from contextlib import closing
from datetime import date
from typing import Any

from bench.many import multiply
from bench.measure import Measured, seconds, side_by_side
from bench.office import Step, morning, office_in, opened, prepared, step
from bench.places import Place
from bench.writes import Transaction, recording, write
from workflow.store import Store
from workflow.timers import sweep
from workflow.vocabulary import Action, Role

#: Every term of the lapsing cases ends on the day before.
TODAY = date(2026, 8, 13)
LAPSING: tuple[tuple[Step, ...], ...] = (
    # The office may no longer ask for clarification (art. 30).
    (step("2026-08-03", Action.REGISTER, Role.CLERK),),
    # The applicant has not clarified: a term lapses, a person will decide.
    (
        step("2026-07-21", Action.REGISTER, Role.CLERK),
        step("2026-07-22", Action.REQUEST_CLARIFICATION, Role.CLERK, items=["请明确地块名称"]),
    ),
    # A third party is silent (art. 32): the sweep closes the consultation by an event.
    (
        step("2026-07-21", Action.REGISTER, Role.CLERK),
        step("2026-07-21", Action.ACCEPT, Role.CLERK),
        step("2026-07-22", Action.CONSULT_THIRD_PARTY, Role.HANDLER, name="甲公司"),
    ),
)
QUIET = (
    step("2026-08-04", Action.REGISTER, Role.CLERK),
    step("2026-08-05", Action.ACCEPT, Role.CLERK),
)
WHICH = "SELECT DISTINCT case_id FROM terms WHERE due_on < '{}' AND status = 'running' AND name <> 'reply'"


def measure(place: Place, cases: int, lapsed: int, rounds: int, aim: str) -> Measured:
    """Seconds a sweep; the floor is one query for the cases, and what the sweep wrote, case by case."""
    start = crowded(place, cases, lapsed)
    rows = _recorded(place.copy(start), lapsed)

    def ours() -> float:
        with opened(place.copy(start)) as store:
            return seconds(lambda: _sweep(store))

    def floor() -> float:
        with closing(place.connect(place.copy(start))) as connection:
            return seconds(lambda: _bare(place, connection, rows))

    name = f"a sweep, {lapsed} lapsed of {cases}, {place.name}"
    return side_by_side(name, ours, floor, rounds=rounds, per_round=1, aim=aim)


def crowded(place: Place, cases: int, lapsed: int) -> str:
    """An installation with so many open cases, so many of them with a term that lapses today."""
    start = prepared(place)
    with opened(start) as store:
        office = office_in(store)
        share = lapsed // len(LAPSING)
        wanted = [(office.live(course), share) for course in LAPSING]
        multiply(store, [*wanted, (office.live(QUIET), cases - share * len(LAPSING))])
    return start


def _recorded(url: str, lapsed: int) -> list[Transaction]:
    with opened(url) as store, recording(store.engine) as transactions:
        _sweep(store)
    # In the last one it clears away what nobody needs any more.
    assert len(transactions) == lapsed + 1, (len(transactions), lapsed)
    return transactions


def _sweep(store: Store) -> None:
    with store.session() as session:
        swept = sweep(session, morning(TODAY))
    assert not swept.failed


def _bare(place: Place, connection: Any, rows: list[Transaction]) -> None:
    connection.execute(WHICH.format(TODAY)).fetchall()
    connection.commit()
    write(place, connection, rows)

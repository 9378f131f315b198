"""No page of the ledger reads all cases, however it is narrowed: an index leads to its rows."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select

from tests.office import FIRST_DAY, Office
from workflow.law.decisions import Decision
from workflow.queries import ledger
from workflow.queries.ledger import Filter, Place, Span
from workflow.queries.lights import Light
from workflow.queries.parts import parts
from workflow.tables import CASES
from workflow.vocabulary import Channel, State

DAYS = Span(date(2026, 1, 1), date(2026, 1, 31))
FILTERS = {
    "everything": Filter(),
    "a state": Filter(states=frozenset({State.PROCESSING})),
    "a light": Filter(light=Light.RED),
    "what is paused": Filter(light=Light.PAUSED),
    "a unit": Filter(unit="档案室"),
    "a handler": Filter(handler=7),
    "a channel": Filter(channel=Channel.FAX),
    "a decision": Filter(decision=Decision.DISCLOSED),
    "days of receipt": Filter(received=DAYS),
    "days of reply": Filter(concluded=DAYS),
    "words": Filter(words="征收 2026-0001"),
    "words and a state": Filter(words="征收", states=frozenset({State.PROCESSING})),
}


@pytest.mark.parametrize("agencies", [{1}, {1, 2, 3}], ids=["one agency", "several agencies"])
@pytest.mark.parametrize("what", FILTERS)
def test_a_page_is_led_to_by_an_index(office: Office, what: str, agencies: set[int]) -> None:
    plan = "\n".join(planned(office, FILTERS[what], frozenset(agencies)))

    assert "Seq Scan on cases" not in plan
    assert "Seq Scan on case_search" not in plan
    # Of several agencies SQLite walks the cases from the latest back; it must not sort them then.
    walks = "SCAN cases" in plan
    assert not walks or (len(agencies) > 1 and "TEMP B-TREE" not in plan), plan


def planned(office: Office, wanted: Filter, agencies: frozenset[int]) -> list[str]:
    """The database's plan for a page; PostgreSQL reads small tables whole, if it is not kept from it."""
    engine = office.store.engine
    with office.store.reading() as session:
        keys = ledger.keys_at(session, agencies, wanted, FIRST_DAY, Place(), 51)
        asked = str(keys.compile(engine, compile_kwargs={"literal_binds": True}))
        connection = session.connection()
        if engine.dialect.name == "sqlite":
            return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        return list(connection.exec_driver_sql(f"EXPLAIN {asked}").scalars())


ALONE = {
    name: filtered
    for name, filtered in FILTERS.items()
    if not filtered.words and name not in ("a light", "what is paused")
} | {
    "all conditions": Filter(
        states=frozenset({State.PROCESSING}), unit="档案室", channel=Channel.FAX, decision=Decision.DISCLOSED
    )
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL looks at the rows first.
@pytest.mark.parametrize("what", ALONE)
def test_of_one_agency_an_index_tells_the_page_by_itself(office: Office, what: str) -> None:
    plan = "\n".join(planned(office, ALONE[what], frozenset({1})))

    assert "COVERING INDEX" in plan, plan


def test_where_hardly_any_case_has_parts_they_are_still_found_by_an_index(office: Office) -> None:
    number = [office.register() for _ in range(20)][-1]
    engine, asked = office.store.engine, list[tuple[str, Any]]()
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    with office.store.reading() as session:
        row = session.execute(select(CASES).where(CASES.c.number == number)).one()

        @event.listens_for(engine, "before_cursor_execute")
        def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
            asked.append((statement, parameters))

        assert parts(session, row) == []
        event.remove(engine, "before_cursor_execute", hear)
        (statement, parameters) = asked[0]
        connection = session.connection()
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        how = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        plan = "\n".join(str(each) for each in connection.exec_driver_sql(f"{how} {statement}", parameters))

    assert "ix_cases_split_of_id" in plan
    assert "SCAN cases'" not in plan


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL looks at the rows first.
@pytest.mark.parametrize("light", [Light.RED, Light.BLUE, Light.GREEN])
def test_a_light_of_several_agencies_is_looked_for_among_the_open_cases_only(
    office: Office, light: Light
) -> None:
    plan = "\n".join(planned(office, Filter(light=light), frozenset({1, 2, 3})))

    assert "ix_cases_open_due" in plan

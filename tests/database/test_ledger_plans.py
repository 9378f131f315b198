"""No page of the ledger reads all cases, however it is narrowed: an index leads to its rows."""

from datetime import date

import pytest

from tests.office import FIRST_DAY, Office
from workflow.law.decisions import Decision
from workflow.queries import ledger
from workflow.queries.ledger import Filter, Span
from workflow.queries.lights import Light
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
        query, key = ledger.narrowed(session, ledger.rows_of(), agencies, wanted, FIRST_DAY)
        page = query.order_by(key.desc()).limit(51)
        asked = str(page.compile(engine, compile_kwargs={"literal_binds": True}))
        connection = session.connection()
        if engine.dialect.name == "sqlite":
            return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        return list(connection.exec_driver_sql(f"EXPLAIN {asked}").scalars())

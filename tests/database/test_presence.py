"""Who else has a case open: seen for a minute, written briefly, and never in anybody's way."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.office import FIRST_DAY, Office, morning
from workflow import timers
from workflow.presence import SEEN_FOR, WRITTEN_FOR, Present, is_noted, leave, note, others
from workflow.store import Store
from workflow.tables import CASES, PRESENCES
from workflow.vocabulary import Role, State

NOW = morning(FIRST_DAY)
SECOND = timedelta(seconds=1)


@pytest.fixture
def case(office: Office) -> int:
    number = office.case_at(State.PROCESSING)
    with office.store.reading() as session:
        return int(session.execute(select(CASES.c.id).where(CASES.c.number == number)).scalar_one())


@pytest.fixture
def wang(office: Office) -> int:
    return office.account("wang", Role.HANDLER, name="王某").id


@pytest.fixture
def li(office: Office) -> int:
    return office.account("li", Role.HEAD, name="李某").id


def seen(store: Store, case: int, user: int, form: str = "", seconds: int = 0) -> None:
    with store.briefly() as session:
        note(session, case, user, form, NOW + seconds * SECOND)


def told(store: Store, case: int, user: int, seconds: int = 0) -> list[Present]:
    with store.reading() as session:
        return others(session, case, user, NOW + seconds * SECOND)


def test_others_are_told_of_and_oneself_is_not(office: Office, case: int, wang: int, li: int) -> None:
    seen(office.store, case, wang)
    seen(office.store, case, li, "draft_reply")

    assert told(office.store, case, wang) == [Present("李某", "draft_reply")]
    assert told(office.store, case, li) == [Present("王某", "")]


def test_the_last_sign_counts(office: Office, case: int, wang: int, li: int) -> None:
    seen(office.store, case, wang, "extend")
    seen(office.store, case, wang, "", 20)

    assert told(office.store, case, li, 20) == [Present("王某", "")]


def test_after_a_minute_without_a_sign_nobody_is_told_of(
    office: Office, case: int, wang: int, li: int
) -> None:
    seen(office.store, case, wang)

    assert told(office.store, case, li, int(SEEN_FOR.total_seconds()) - 1) == [Present("王某", "")]
    assert told(office.store, case, li, int(SEEN_FOR.total_seconds())) == []


def test_who_leaves_is_told_of_no_more(office: Office, case: int, wang: int, li: int) -> None:
    seen(office.store, case, wang)
    seen(office.store, case, li)

    with office.store.briefly() as session:
        leave(session, case, wang, "")

    assert told(office.store, case, li) == []
    assert told(office.store, case, wang) == [Present("李某", "")]


def test_who_has_gone_on_to_a_form_of_the_case_stays(office: Office, case: int, wang: int, li: int) -> None:
    seen(office.store, case, wang, "extend")

    with office.store.briefly() as session:
        leave(session, case, wang, "")

    assert told(office.store, case, li) == [Present("王某", "extend")]


@pytest.mark.parametrize(("form", "after", "noted"), [("", 0, True), ("", 10, False), ("extend", 0, False)])
def test_what_was_written_a_moment_ago_need_not_be_written_again(
    office: Office, case: int, wang: int, form: str, after: int, noted: bool
) -> None:
    seen(office.store, case, wang)

    with office.store.reading() as session:
        assert is_noted(session, case, wang, form, NOW + after * SECOND) is noted
    assert WRITTEN_FOR.total_seconds() == 10


def test_a_sweep_forgets_them(office: Office, case: int, wang: int, li: int) -> None:
    seen(office.store, case, wang)
    seen(office.store, case, li, "", 30)

    with office.store.session() as session:
        timers.sweep(session, NOW + SEEN_FOR + SECOND)

    with office.store.reading() as session:
        assert session.execute(select(PRESENCES.c.user_id)).scalars().all() == [li]


def test_what_is_brief_gives_up_while_somebody_is_at_the_case(office: Office, case: int, wang: int) -> None:
    """On SQLite any writer is in the way, on PostgreSQL who holds the row."""
    store, done = office.store, threading.Event()
    outcome: list[BaseException | None] = []

    def try_briefly() -> None:
        try:
            seen(store, case, wang)
            outcome.append(None)
        except OperationalError as error:
            outcome.append(error)
        finally:
            done.set()

    with store.transaction() as writing:
        writing.execute(select(CASES.c.id).where(CASES.c.id == case).with_for_update())
        visitor = threading.Thread(target=try_briefly)
        visitor.start()
        assert done.wait(timeout=30)
    visitor.join()

    assert isinstance(outcome[0], OperationalError)
    seen(store, case, wang)  # And afterwards the same connection waits, and works, as ever.


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_was_brief_once_waits_again_in_an_act(office: Office, case: int, wang: int) -> None:
    seen(office.store, case, wang)

    with office.store.transaction() as session:
        session.execute(select(CASES.c.id))
        waits = session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    with office.store.briefly() as session:
        session.execute(select(CASES.c.id))
        brief = session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar_one()

    assert (brief, waits) == (50, 10_000)

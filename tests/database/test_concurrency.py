"""Several processes at once: no number twice, no act lost, one winner (H34, H36, H40)."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import processes
from tests.database.test_audit import breaks
from tests.office import FIRST_DAY, Office, application, morning
from workflow.commands import parse, perform, submit
from workflow.commands.bodies import Submit
from workflow.commands.intake import NUMBER_SERIES
from workflow.engine import Actor
from workflow.errors import BadInput, Stale
from workflow.tables import CASES, COUNTERS, EVENTS, LETTERS
from workflow.vocabulary import Action, Role, State

APPLICANT = Actor(Role.APPLICANT)
PROCESSES, EACH = 8, 50


def test_h34_eight_processes_lose_no_registration_and_repeat_no_number(
    office: Office, database_url: str
) -> None:
    code = office.agency.code
    work = [(database_url, code, f"第{n}进程", EACH, FIRST_DAY) for n in range(PROCESSES)]

    given = processes.together(processes.register_many, work)

    numbers = [number for each in given for number in each]
    assert sorted(numbers) == [f"{code}-2026-{n:04d}" for n in range(1, PROCESSES * EACH + 1)]
    with office.store.reading() as session:
        rows = session.execute(select(CASES.c.number, CASES.c.applicant_name)).all()
        receipts = session.execute(select(LETTERS.c.number)).scalars().all()
        series = select(COUNTERS.c.value).where(COUNTERS.c.series == NUMBER_SERIES)
        assert session.execute(series).scalar_one() == PROCESSES * EACH
    # Nobody's application stands under another's number (the trap of H34).
    told = {number: f"第{n}进程-{i}" for n, each in enumerate(given) for i, number in enumerate(each)}
    assert {row.number: row.applicant_name for row in rows} == told
    assert len(set(receipts)) == len(receipts) == PROCESSES * EACH
    assert breaks(office.store) == []


def test_h40_of_two_clerks_acting_on_one_version_exactly_one_wins(office: Office, database_url: str) -> None:
    for turn in range(5):
        number = office.register(on=FIRST_DAY)
        asked = (Action.REQUEST_CLARIFICATION, {"items": ["请明确年份"]})
        work: list[tuple[Any, ...]] = [
            (database_url, number, Action.ACCEPT, {"unit": "信息科"}, 1, FIRST_DAY),
            (database_url, number, *asked, 1, FIRST_DAY),
        ]

        outcomes = processes.together(processes.act, work)

        assert sorted(outcomes) == ["Stale", "done"], f"turn {turn}"
        with office.store.reading() as session:
            row = session.execute(select(CASES).where(CASES.c.number == number)).one()
        won = State.PROCESSING if outcomes[0] == "done" else State.AWAITING_CLARIFICATION
        assert (row.state, row.version) == (won, 2)
    assert breaks(office.store) == []


def test_h40_who_names_no_version_is_refused_or_stale_but_overwrites_nothing(
    office: Office, database_url: str
) -> None:
    number = office.register()
    work: list[tuple[Any, ...]] = [(database_url, number, Action.ACCEPT, {}, None, FIRST_DAY)] * 4

    outcomes = processes.together(processes.act, work)

    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "Stale", "Refused"}
    with office.store.reading() as session:
        assert session.execute(select(func.count()).select_from(EVENTS)).scalar_one() == 2
    assert breaks(office.store) == []


def test_a_stale_act_leaves_no_trace(office: Office) -> None:
    number = office.register()
    office.do(number, Action.ACCEPT, FIRST_DAY)
    before = counted(office)

    outcome = processes.act(
        office.store.engine.url.render_as_string(hide_password=False),
        number,
        Action.ASSIGN,
        {"unit": "测绘科"},
        1,
        FIRST_DAY,
    )

    assert outcome == "Stale"
    assert counted(office) == before


def counted(office: Office) -> dict[str, int]:
    """How many rows each table has."""
    with office.store.reading() as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (CASES, EVENTS, LETTERS, COUNTERS)
        }


def test_h36_the_same_key_sent_in_parallel_makes_one_application(office: Office, database_url: str) -> None:
    for turn in range(3):
        work = [(database_url, office.agency.code, f"key-{turn}", FIRST_DAY)] * 4

        answers = processes.together(processes.submit_with_key, work)

        assert len(set(answers)) == 1
        with office.store.reading() as session:
            assert session.execute(select(func.count()).select_from(CASES)).scalar_one() == turn + 1
    assert breaks(office.store) == []


def test_parts_split_off_in_parallel_get_different_numbers(office: Office, database_url: str) -> None:
    first = office.register()
    work = [(database_url, office.agency.code, first, FIRST_DAY + timedelta(days=1))] * 4

    numbers = processes.together(processes.split_off, work)

    assert sorted(numbers) == [f"{first}-{n}" for n in range(2, 6)]


def test_h36_a_copy_that_arrives_while_the_first_is_being_written_waits_for_it(office: Office) -> None:
    first, copy = parse(Action.SUBMIT, application()), parse(Action.SUBMIT, application())
    assert isinstance(first, Submit)
    assert isinstance(copy, Submit)

    with ThreadPoolExecutor() as threads, office.store.transaction() as session:
        made = submit(session, office.agency, first, by=APPLICANT, at=morning(FIRST_DAY), key="k")
        again = threads.submit(office.submit, key="k")
        assert not wait([again], timeout=0.3).done

    assert again.result().file.row.number == made.file.row.number
    assert again.result().tracking_code == made.tracking_code


def test_h40_an_act_on_a_case_that_is_being_changed_waits_and_is_stale(office: Office) -> None:
    number = office.register()
    clerk = office.staff(Role.CLERK)

    with ThreadPoolExecutor() as threads, office.store.transaction() as session:
        perform(session, number, Action.ACCEPT, {}, by=clerk, at=morning(FIRST_DAY), version=1)
        second = threads.submit(
            office.do, number, Action.REQUEST_CLARIFICATION, FIRST_DAY, version=1, items=["年份"]
        )
        assert not wait([second], timeout=0.3).done

    with pytest.raises(Stale, match="已被他人更新"):
        second.result()


def test_the_same_key_for_another_text_or_another_agency_is_refused(office: Office) -> None:
    office.submit(key="k")

    with pytest.raises(BadInput, match="Idempotency-Key"):
        office.submit(key="k", request={"title": "另一件", "description": "另一件"})
    with pytest.raises(BadInput, match="Idempotency-Key"):
        office.other().submit(key="k")

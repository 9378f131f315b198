"""Numbers of cases and letters: one series per agency, year and kind, none left out, none reset."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.database.test_timers import at_midnight
from tests.office import FIRST_DAY, Office
from workflow.tables import COUNTERS, LETTERS
from workflow.vocabulary import Action, State

NEW_YEAR = date(2027, 1, 1)


def letter_numbers(office: Office) -> list[str]:
    """The letters of this agency, in the order in which they were issued."""
    query = select(LETTERS.c.number).where(LETTERS.c.agency_id == office.agency.id).order_by(LETTERS.c.id)
    with office.store.reading() as session:
        return list(session.execute(query).scalars())


def test_every_agency_counts_for_itself(office: Office) -> None:
    other = office.other()

    numbers = [office.register(), other.register(), office.register(), other.register()]

    one, two = office.agency.code, other.agency.code
    assert numbers == [f"{one}-2026-0001", f"{two}-2026-0001", f"{one}-2026-0002", f"{two}-2026-0002"]


@pytest.mark.parametrize(
    ("second", "number"),
    [
        pytest.param(-1, "2026-0002", id="2026-12-31 周四 23:59:59"),
        pytest.param(0, "2027-0001", id="2027-01-01 周五 00:00, still 2026 in UTC"),
        pytest.param(8 * 3600, "2027-0001", id="2027-01-01 周五 08:00, when the year begins in UTC"),
    ],
)
def test_h35_the_new_year_begins_at_one_without_any_job(office: Office, second: int, number: str) -> None:
    office.register(on=date(2026, 12, 31))

    made = office.submit(at=at_midnight(NEW_YEAR, second))

    assert made.file.row.number == f"{office.agency.code}-{number}"


def test_h35_what_is_entered_later_for_the_old_year_goes_on_with_its_numbers(office: Office) -> None:
    office.register(on=date(2026, 12, 31))
    office.register(on=NEW_YEAR)

    late = office.register(on=date(2026, 12, 31))

    assert late == f"{office.agency.code}-2026-0002"
    assert office.register(on=NEW_YEAR) == f"{office.agency.code}-2027-0002"


def test_each_kind_of_letter_has_its_series_and_decisions_share_one(office: Office) -> None:
    for _ in range(2):
        office.case_at(State.AWAITING_CLARIFICATION)
        office.case_at(State.CONCLUDED)
    withdrawn = office.case_at(State.PROCESSING)
    office.do(withdrawn, Action.WITHDRAW, FIRST_DAY + timedelta(days=9))

    head = office.agency.letter_code
    numbers = letter_numbers(office)
    assert [n for n in numbers if "补" in n] == [f"{head}公开补〔2026〕{n}号" for n in (1, 2)]
    assert [n for n in numbers if "告" in n] == [f"{head}公开告〔2026〕{n}号" for n in (1, 2, 3)]
    # Each of the five came by internet: a receipt, and a confirmation of the day of receipt.
    assert [n for n in numbers if "收" in n] == [f"{head}公开收〔2026〕{n}号" for n in range(1, 11)]


def test_letters_of_a_case_that_goes_on_in_the_new_year_are_numbered_in_it(office: Office) -> None:
    number = office.register(on=date(2026, 12, 30))

    office.do(number, Action.REQUEST_CLARIFICATION, NEW_YEAR + timedelta(days=3), items=["请明确年份"])

    assert letter_numbers(office)[-1].endswith("补〔2027〕1号")


def test_nothing_ever_sets_a_series_back(office: Office) -> None:
    for on in (date(2026, 12, 31), NEW_YEAR, date(2026, 12, 31), NEW_YEAR):
        office.register(on=on)

    with office.store.reading() as session:
        rows = session.execute(select(COUNTERS.c.year, COUNTERS.c.series, COUNTERS.c.value)).all()
    assert sorted(map(tuple, rows)) == [
        (2026, "收", 2),
        (2026, "登记", 2),
        (2027, "收", 2),
        (2027, "登记", 2),
    ]

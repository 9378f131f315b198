"""文书登记簿: every number stands in its place, with its letter or with what is missing."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.database.behind import execute
from tests.database.test_number_formats import PLAIN, change, why
from tests.office import FIRST_DAY, Office
from workflow import agencies
from workflow.commands.numbers import explain, go_on_from
from workflow.numberformat import SHARED
from workflow.numbering import Series
from workflow.queries import letter_register
from workflow.queries.dispatch import Dispatch
from workflow.queries.gaps import Gap, gaps
from workflow.queries.letter_register import Line, Page, Standing
from workflow.vocabulary import Action, Method, Role, State

DAY = timedelta(days=1)


def series_of(office: Office, name: str, year: int = 2026) -> Series:
    return Series(office.agency.id or 0, year, name)


def page(office: Office, name: str, *, year: int = 2026, **more: Any) -> Page:
    with office.store.reading() as session:
        return letter_register.page(session, series_of(office, name, year), **more)


def told(found: Page) -> list[int | tuple[int, int, str]]:
    """The running numbers as they stand, gaps with their first, last and reason."""
    return [
        line.n
        if isinstance(line, Line)
        else (line.first, line.last, line.explanation.reason if line.explanation else "")
        for line in found.lines
    ]


def lost(office: Office, *numbers: int, series: str = "收") -> None:
    """Somebody deletes letters behind the program's back."""
    for n in numbers:
        assert execute(office.store, "DELETE FROM letters WHERE series = :s AND n = :n", s=series, n=n) == 1


def test_letters_stand_latest_first_with_their_case_and_kind(office: Office) -> None:
    cases = [office.register(on=FIRST_DAY + n * DAY) for n in range(3)]

    lines = page(office, "收").lines

    assert [line.case_number for line in lines if isinstance(line, Line)] == cases[::-1]
    first = lines[-1]
    assert isinstance(first, Line)
    assert (first.n, first.kind, first.on) == (1, "receipt", FIRST_DAY)
    assert first.number == f"{office.agency.letter_code}公开收〔2026〕1号"


def test_each_year_and_each_group_has_its_own_register(office: Office) -> None:
    office.case_at(State.AWAITING_CLARIFICATION)
    office.register(on=date(2027, 1, 4))
    office.other().register()

    assert told(page(office, "收")) == [2, 1]
    assert told(page(office, "补")) == [1]
    assert told(page(office, "告")) == []
    assert told(page(office, "收", year=2027)) == [1]
    with office.store.reading() as session:
        assert letter_register.years(session, office.agency.id or 0) == [2027, 2026]


def test_numbers_without_a_letter_stand_in_their_place(office: Office) -> None:
    for _ in range(8):
        office.register()

    lost(office, 1, 4, 5, 8)

    assert told(page(office, "收")) == [(8, 8, ""), 7, 6, (4, 5, ""), 3, 2, (1, 1, "")]


def test_a_counter_whose_letters_are_all_gone_is_one_gap(office: Office) -> None:
    office.register()

    lost(office, 1)

    assert told(page(office, "收")) == [(1, 1, "")]


def test_explanations_cut_a_gap_and_the_latest_counts(office: Office) -> None:
    paper, spoilt, torn = why(office), why(office, "印制错误"), why(office, "撕毁")
    series = series_of(office, "收")
    with office.store.transaction() as session:
        go_on_from(session, series, 11, paper)
        explain(session, series, 3, 5, spoilt)
        explain(session, series, 5, 6, torn)
    office.register()

    reason = paper.reason
    assert told(page(office, "收")) == [
        11,
        (7, 10, reason),
        (5, 6, "撕毁"),
        (3, 4, "印制错误"),
        (1, 2, reason),
    ]
    with office.store.reading() as session:
        (first, *_more) = gaps(session, office.agency.id or 0, 2026)["收"]
    assert first.explanation is not None
    assert (first.explanation.by, first.explanation.on) == (Role.ADMIN.zh, FIRST_DAY)


def test_an_explanation_that_reaches_beyond_a_gap_explains_what_is_missing(office: Office) -> None:
    said = why(office)
    with office.store.transaction() as session:
        go_on_from(session, series_of(office, "收"), 4, said)
    for _ in range(3):
        office.register()
    lost(office, 5)

    assert told(page(office, "收")) == [6, (5, 5, ""), 4, (1, 3, said.reason)]


def test_the_register_turns_page_by_page_and_loses_no_gap_between(office: Office) -> None:
    for _ in range(10):
        office.register()
    lost(office, 4, 7, 10)

    turns, below = [], None
    while True:
        found = page(office, "收", size=2, below=below)
        turns.append(told(found))
        below = found.cursor
        if below is None:
            break

    assert turns == [[(10, 10, ""), 9, 8], [(7, 7, ""), 6, 5], [(4, 4, ""), 3, 2], [1]]


def test_what_is_missing_is_counted_for_each_counter(office: Office) -> None:
    said = why(office)
    with office.store.transaction() as session:
        go_on_from(session, series_of(office, "收"), 4, said)
    for _ in range(3):
        office.register()
    lost(office, 5)

    with office.store.reading() as session:
        agency = agencies.by_id(session, office.agency.id or 0)
        found = {each.series: each for each in letter_register.standings(session, agency, 2026)}

    assert found["收"] == Standing("收", last=6, letters=2, missing=4, unexplained=1)
    assert found["告"] == Standing("告", last=0, letters=0, missing=0, unexplained=0)
    assert "登记" not in found


def test_after_a_change_of_the_format_both_counters_are_in_the_register(office: Office) -> None:
    office.register()
    change(office, number_format=PLAIN)
    office.register()

    with office.store.reading() as session:
        agency = agencies.by_id(session, office.agency.id or 0)
        found = [each.series for each in letter_register.standings(session, agency, 2026)]

    assert found == ["收", SHARED]
    assert told(page(office, "收")) == [1]
    assert told(page(office, SHARED)) == [1]


# --- How letters went, and what has become of them ---------------------------------------------------------


def line(office: Office, name: str) -> Line:
    """The latest letter of that group."""
    found = page(office, name).lines[0]
    assert isinstance(found, Line)
    return found


def test_a_letter_by_post_is_served_when_the_proof_says_so(office: Office) -> None:
    number = office.case_at(State.APPROVED)
    office.do(number, Action.ISSUE_REPLY, FIRST_DAY + 9 * DAY, method="registered_post")
    assert line(office, "告").dispatch == Dispatch(Method.REGISTERED_POST)

    back: dict[str, Any] = {
        "served_on": "2026-07-12",
        "method": "registered_post",
        "tracking_no": "EMS1",
        "returned": True,
    }
    office.do(number, Action.RECORD_SERVICE, FIRST_DAY + 12 * DAY, **back)
    assert line(office, "告").dispatch == Dispatch(Method.REGISTERED_POST, returned=True)

    office.do(number, Action.RECORD_SERVICE, FIRST_DAY + 20 * DAY, method="fax", served_on="2026-07-20")
    assert line(office, "告").dispatch == Dispatch(Method.FAX, date(2026, 7, 20))


@pytest.mark.parametrize(
    ("facts", "dispatch"),
    [
        ({}, Dispatch()),
        ({"method": "registered_post"}, Dispatch(Method.REGISTERED_POST)),
        (
            {"method": "in_person", "served_on": "2026-07-03"},
            Dispatch(Method.IN_PERSON, date(2026, 7, 3)),
        ),
    ],
)
def test_a_notice_goes_as_its_act_says(office: Office, facts: dict[str, Any], dispatch: Dispatch) -> None:
    number = office.register()

    office.do(number, Action.REQUEST_CLARIFICATION, FIRST_DAY + 2 * DAY, items=["年份"], **facts)

    assert line(office, "补").dispatch == dispatch


def test_what_is_handed_over_is_served_as_it_is_issued(office: Office) -> None:
    office.case_at(State.CONCLUDED)
    assert line(office, "告").dispatch == Dispatch(Method.IN_PERSON, FIRST_DAY + 5 * DAY)

    number = office.register(on=FIRST_DAY + 6 * DAY)
    office.do(
        number, Action.REPLY_ON_THE_SPOT, FIRST_DAY + 6 * DAY, decision="already_public", reasons="已公布。"
    )
    assert line(office, "告").dispatch == Dispatch(Method.IN_PERSON, FIRST_DAY + 6 * DAY)


def test_a_letter_of_a_voided_case_is_struck_out_and_keeps_its_number(office: Office) -> None:
    office.case_at(State.VOIDED)

    assert line(office, "收").fate.void
    assert line(office, "收").dispatch == Dispatch()


def test_a_gap_counts_its_numbers() -> None:
    assert Gap(3, 5, None).count == 3

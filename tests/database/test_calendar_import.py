"""A holiday notice that is loaded while cases are open (H5, H10): the cases follow, and say so."""

from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests import processes
from tests.database import behind
from tests.database.test_audit import breaks
from tests.office import FIRST_DAY, Office, morning
from tests.program import mingda
from workflow import calendars, timers
from workflow.law.workdays import BadCalendar
from workflow.store import Store
from workflow.tables import CALENDAR_YEARS, CASES, EVENTS, TERMS
from workflow.timers import Swept
from workflow.vocabulary import OPEN_STATES, Action, State, TermName

#: The day on which the notice is loaded.
NOW = morning(date(2026, 7, 15))
CLOSED = frozenset(State) - OPEN_STATES


def packaged(year: int) -> str:
    """A year's file as the product brings it."""
    return (resources.files("workflow.law") / "calendar" / f"{year}.toml").read_text(encoding="utf-8")


#: The State Council gives Monday 2026-07-20 off, without a make-up day.
CHANGED = packaged(2026).replace("[off]", '[off]\n2026-07-20 = "抗洪救灾"')
#: The notice for 2027 is out: Monday 2027-01-04 is off too, made up for on Sunday 2027-01-10.
OFFICIAL_2027 = (
    packaged(2027)
    .replace('status = "provisional"', 'status = "official"')
    .replace('notice = ""', 'notice = "国办发明电〔2026〕9号"')
    .replace("[off]", '[off]\n2027-01-04 = "元旦"')
    + '\n[workdays]\n2027-01-10 = "元旦"\n'
)


def load(store: Store, text: str) -> Swept:
    """Import a notice and recompute, as `mingda calendar import` does."""
    with store.transaction() as session:
        calendars.import_year(session, text, "notice.toml", NOW)
    with store.session() as session:
        return timers.recompute(session, NOW)


def row(store: Store, number: str) -> dict[str, Any]:
    """A case as it is stored."""
    with store.reading() as session:
        return session.execute(select(CASES).where(CASES.c.number == number)).one()._asdict()


def recalculations(store: Store) -> dict[str, list[dict[str, str]]]:
    """What the history says about moved dates, by case."""
    query = select(CASES.c.number, EVENTS.c.facts).join(CASES, CASES.c.id == EVENTS.c.case_id)
    found: dict[str, list[dict[str, str]]] = {}
    with store.reading() as session:
        for number, facts in session.execute(
            query.where(EVENTS.c.action == Action.RECALCULATE).order_by(EVENTS.c.id)
        ):
            found.setdefault(number, []).append(facts)
    return found


def test_h10_a_change_in_the_middle_of_the_year_moves_every_open_case_and_no_other(office: Office) -> None:
    numbers = {state: office.case_at(state) for state in State}
    before = {state: row(office.store, number) for state, number in numbers.items()}

    swept = load(office.store, CHANGED)

    open_numbers = [numbers[state] for state in State if state in OPEN_STATES]
    assert swept.failed == {}
    assert sorted(swept.changed) == sorted(open_numbers)
    assert set(recalculations(office.store)) == set(open_numbers)
    for state in OPEN_STATES:
        now = row(office.store, numbers[state])
        assert now["due_on"] == following_workday(before[state]["due_on"]), state
        assert now["version"] == before[state]["version"] + 1
    for state in CLOSED:
        assert row(office.store, numbers[state]) == before[state]
    assert breaks(office.store) == []


def following_workday(day: object) -> date:
    """The next weekday: there is no holiday in these weeks."""
    assert isinstance(day, date)
    return day + timedelta(days=1 if day.weekday() < 4 else 3)


def test_the_history_tells_from_which_day_to_which(office: Office) -> None:
    number = office.case_at(State.SCREENING)  # 2026-07-01 + 20 working days: Wednesday 29 July.

    load(office.store, CHANGED)

    assert recalculations(office.store) == {number: [{"from": "2026-07-29", "to": "2026-07-30"}]}


def test_a_second_import_changes_nothing(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    load(office.store, CHANGED)
    before = row(office.store, number)

    again = load(office.store, CHANGED)

    assert again == Swept([], {})
    assert row(office.store, number) == before
    with office.store.reading() as session:
        assert len(session.execute(select(CALENDAR_YEARS)).all()) == 1


def test_the_same_notice_written_otherwise_changes_nothing(office: Office) -> None:
    with office.store.transaction() as session:
        commented = "# As published on the web site.\n" + packaged(2026)
        assert calendars.import_year(session, commented, "2026.toml", NOW) is None


def test_a_change_that_is_taken_back_gives_the_old_dates(office: Office) -> None:
    number = office.case_at(State.PROCESSING)

    load(office.store, CHANGED)
    load(office.store, packaged(2026))

    moved = recalculations(office.store)[number]
    assert [each["to"] for each in moved] == ["2026-07-30", "2026-07-29"]
    assert row(office.store, number)["due_on"] == date(2026, 7, 29)


def test_the_other_terms_of_a_case_move_too(office: Office) -> None:
    number = office.case_at(State.CONSULTING)  # Asked on Friday 3 July: until Friday 24 July.

    load(office.store, CHANGED)

    with office.store.reading() as session:
        query = select(TERMS.c.due_on).where(TERMS.c.name == TermName.THIRD_PARTY_OPINION)
        assert session.execute(query).scalar_one() == date(2026, 7, 27)
    assert row(office.store, number)["excluded_workdays"] == 15


def test_the_notice_for_next_year_makes_provisional_dates_final(office: Office) -> None:
    moving = office.register(on=date(2026, 12, 10))  # 2027-01-08 by the guess.
    staying = office.register(on=date(2026, 12, 16))  # 2027-01-14: the make-up day makes up for it.
    assert [row(office.store, each)["provisional"] for each in (moving, staying)] == [True, True]

    with office.store.transaction() as session:
        calendars.import_year(session, OFFICIAL_2027, "2027.toml", morning(date(2026, 12, 20)))
    with office.store.session() as session:
        swept = timers.recompute(session, morning(date(2026, 12, 20)))

    assert swept.changed == [moving]
    assert recalculations(office.store) == {moving: [{"from": "2027-01-08", "to": "2027-01-10"}]}
    assert [row(office.store, each)["provisional"] for each in (moving, staying)] == [False, False]
    assert breaks(office.store) == []


def test_h5_another_process_that_is_running_sees_the_new_calendar(office: Office, database_url: str) -> None:
    ours, theirs = processes.CONTEXT.Pipe()
    process = processes.CONTEXT.Process(target=processes.count_on, args=(database_url, theirs))
    process.start()
    ours.send(FIRST_DAY)
    before = ours.recv()

    with office.store.transaction() as session:
        calendars.import_year(session, CHANGED, "2026.toml", NOW)

    ours.send(FIRST_DAY)
    after = ours.recv()
    ours.send(None)
    process.join()
    assert (before, after) == (date(2026, 7, 29), date(2026, 7, 30))


def test_h5_a_calendar_that_is_not_committed_is_seen_by_nobody(office: Office) -> None:
    with office.store.session() as session:
        calendars.import_year(session, CHANGED, "2026.toml", NOW)
        session.rollback()
        assert not session.calendar.why(date(2026, 7, 20))


def test_an_act_between_import_and_recomputation_is_right_too(office: Office) -> None:
    number = office.register()
    with office.store.transaction() as session:
        calendars.import_year(session, CHANGED, "2026.toml", NOW)

    file = office.do(number, Action.EXTEND, date(2026, 7, 15), workdays=5, reason="案情复杂")

    assert [event.action for event in file.log.events] == [
        Action.REGISTER,
        Action.RECALCULATE,
        Action.EXTEND,
    ]
    assert row(office.store, number)["due_on"] == date(2026, 8, 6)
    with office.store.session() as session:
        assert timers.recompute(session, NOW).changed == []
    assert breaks(office.store) == []


def test_a_case_registered_after_the_import_rests_on_the_new_calendar(office: Office) -> None:
    load(office.store, CHANGED)

    number = office.register()

    assert row(office.store, number)["due_on"] == date(2026, 7, 30)
    assert recalculations(office.store) == {}


def altered(old: str, new: str) -> str:
    """The file for 2026 with a slip in it."""
    assert old in packaged(2026)
    return packaged(2026).replace(old, new)


#: What is wrong with a file, the line that is named, and what is said about it.
FAULTY = {
    "not TOML at all": ("year = 2026\nnotice 国办", 2, "不是有效的 TOML"),
    "no year": ('notice = "国办发明电〔2025〕7号"\n', 1, "缺少年份"),
    "the year as a text": ('year = "2026"\n', 1, "缺少年份"),
    "no notice number": ("year = 2026\n[off]\n", 1, "缺少放假通知的文号"),
    "an unknown key": (altered("[off]", "[holidays]\n[off]"), 6, "没有“holidays”"),
    "a day that does not exist": (altered("2026-04-06", "2026-04-31"), 21, "2026-04-31"),
    "a malformed day": (altered("2026-04-06 =", '"2026-4-6" ='), 21, "2026-4-6"),
    "a day of another year": (altered("2026-04-06", "2025-04-06"), 21, "不在2026年"),
    "a day off without a name": (altered('2026-04-06 = "清明节"', '2026-04-06 = ""'), 21, "缺少节日名称"),
    "a day twice": (altered("2026-04-06", "2026-04-05"), 21, "不是有效的 TOML"),
    "off and made up for": (altered("2026-02-14", "2026-02-15"), 43, "既列为放假又列为上班"),
    "a make-up day on a weekday": (altered("2026-02-14", "2026-02-13"), 43, "不能列为调休上班"),
    "a statutory day not off": (altered('2026-10-01 = "国庆节"', ""), 6, "法定节假日"),
    "no day off": ('year = 2026\nnotice = "国办"\n', 1, "没有列出任何放假日"),
    "an official year taken back": (altered('"official"', '"provisional"'), 1, "已有正式的放假通知"),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_file_is_refused_with_its_line_and_changes_nothing(office: Office, fault: str) -> None:
    number = office.register()
    before, (text, line, said) = row(office.store, number), FAULTY[fault]

    with pytest.raises(BadCalendar, match=said) as caught:
        load(office.store, text)

    assert (caught.value.source, caught.value.line) == ("notice.toml", line)
    assert row(office.store, number) == before
    with office.store.reading() as session:
        assert session.execute(select(CALENDAR_YEARS)).all() == []


def test_the_command_imports_recomputes_and_says_what_moved(
    office: Office, environment: dict[str, str], tmp_path: Path
) -> None:
    number = office.register()
    file = tmp_path / "2026.toml"
    file.write_text(CHANGED, encoding="utf-8")

    done = mingda("calendar", "import", file, "--json", env=environment)
    again = mingda("calendar", "import", file, env=environment)

    assert (done.status, again.status) == (0, 0)
    assert done.document == {"year": 2026, "loaded": True, "recomputed": [number], "failed": {}}
    assert "已经导入" in again.out


def test_the_command_refuses_a_faulty_file_naming_file_and_line(
    office: Office, environment: dict[str, str], tmp_path: Path
) -> None:
    office.register()
    file = tmp_path / "bad.toml"
    file.write_text(packaged(2026).replace("2026-04-06", "2026-04-31"), encoding="utf-8")

    done = mingda("calendar", "import", file, "--json", env=environment)

    assert done.status == 2
    assert done.document["error"]["where"] == f"{file} 第21行"
    assert f"{file} 第21行" in done.err
    with office.store.reading() as session:
        assert session.execute(select(CALENDAR_YEARS)).all() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_says_which_case_could_not_follow(
    office: Office, environment: dict[str, str], tmp_path: Path
) -> None:
    bad, good = office.case_at(State.SCREENING), office.case_at(State.SCREENING)
    behind.change(office.store, bad, 1, facts={"channel": "by pigeon"})
    file = tmp_path / "2026.toml"
    file.write_text(CHANGED, encoding="utf-8")

    done = mingda("calendar", "import", file, "--json", env=environment)

    assert done.status == 1
    assert (done.document["recomputed"], done.document["failed"]) == ([good], {bad: "ValueError"})

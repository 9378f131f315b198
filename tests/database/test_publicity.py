"""转主动公开 (art. 44): what was disclosed to one and then to all, as the window notes it."""

from datetime import date, timedelta

import pytest

from tests.office import FIRST_DAY, Office, morning
from workflow import publicity
from workflow.casefile import open_file
from workflow.errors import BadInput, Forbidden, NotFound, Refused
from workflow.publicity import MadePublic
from workflow.vocabulary import Action, Role, State

TODAY = FIRST_DAY + timedelta(days=60)
PLACE = "市政府门户网站 > 政府信息公开 > 征地信息"


def mark(office: Office, number: str, on: date = TODAY, place: str = PLACE, role: Role = Role.CLERK) -> None:
    by = office.staff(role)
    with office.store.transaction() as session:
        file = open_file(session, number)
        publicity.mark(session, file, on, place, by=by, today=TODAY, at=morning(TODAY))


def noted(office: Office, number: str) -> MadePublic | None:
    with office.store.reading() as session:
        return publicity.made_public(session, open_file(session, number).id)


@pytest.mark.parametrize("state", [State.CONCLUDED, State.ARCHIVED])
def test_it_is_noted_with_day_place_and_person_and_moves_nothing(office: Office, state: State) -> None:
    number = office.case_at(state)
    with office.store.reading() as session:
        before = open_file(session, number).version

    mark(office, number)

    assert noted(office, number) == MadePublic(TODAY, PLACE, Role.CLERK.zh, morning(TODAY))
    with office.store.reading() as session:
        assert open_file(session, number).version == before


def test_noted_again_it_is_put_right_and_can_be_taken_back(office: Office) -> None:
    number, other = office.case_at(State.CONCLUDED), office.case_at(State.CONCLUDED)
    mark(office, number)
    mark(office, other)

    mark(office, number, TODAY - timedelta(days=1), "https://www.example.gov.cn/1.html")

    told, clerk = noted(office, number), office.staff(Role.CLERK)
    assert told is not None
    assert (told.on, told.address) == (TODAY - timedelta(days=1), "https://www.example.gov.cn/1.html")
    with office.store.transaction() as session:
        publicity.unmark(session, open_file(session, number), by=clerk)
    assert noted(office, number) is None
    assert noted(office, other) is not None
    with office.store.transaction() as session, pytest.raises(NotFound):
        publicity.unmark(session, open_file(session, number), by=clerk)


@pytest.mark.parametrize("role", [Role.HANDLER, Role.LEGAL, Role.HEAD, Role.SUPERVISOR, Role.ADMIN])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_but_the_window_notes_it_or_takes_it_back(office: Office, role: Role) -> None:
    number = office.case_at(State.CONCLUDED)

    with pytest.raises(Forbidden):
        mark(office, number, role=role)

    mark(office, number)
    by = office.staff(role)
    with office.store.transaction() as session, pytest.raises(Forbidden):
        publicity.unmark(session, open_file(session, number), by=by)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PROCESSING, State.APPROVED, State.VOIDED])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_before_the_reply_there_is_nothing_to_note(office: Office, state: State) -> None:
    number = office.case_at(state)

    with pytest.raises(Refused, match="第四十四条"):
        mark(office, number)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_not_disclosed_cannot_have_been_made_public(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.WITHDRAW, FIRST_DAY + timedelta(days=5))

    with pytest.raises(Refused, match="予以公开或者部分公开"):
        mark(office, number)


@pytest.mark.parametrize(
    ("on", "place", "field", "why"),
    [
        (TODAY + timedelta(days=1), PLACE, "on", "晚于今天"),
        (FIRST_DAY - timedelta(days=1), PLACE, "on", "早于收到申请"),
        (TODAY, "", "place", "请填写公开的网址"),
        (TODAY, "长" * 301, "place", "不超过300字"),
        (TODAY, "坏\x00字", "place", "无法保存的字符"),
    ],
    ids=["to come", "before the application", "nowhere", "too long", "unstorable"],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_day_and_place_are_judged(office: Office, on: date, place: str, field: str, why: str) -> None:
    number = office.case_at(State.CONCLUDED)

    with pytest.raises(BadInput, match=why) as fault:
        mark(office, number, on, place)

    assert [name for name, _message in fault.value.details] == [field]
    assert noted(office, number) is None


@pytest.mark.parametrize("on", [TODAY, FIRST_DAY + timedelta(days=1)], ids=["today", "day of receipt"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_first_and_the_last_day_are_taken(office: Office, on: date) -> None:
    number = office.case_at(State.CONCLUDED)

    mark(office, number, on)

    told = noted(office, number)
    assert told is not None
    assert told.on == on

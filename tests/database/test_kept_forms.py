"""Forms left half filled in: for their owner alone, encrypted, and not for ever."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.office import FIRST_DAY, Office, morning
from workflow import timers
from workflow.keptforms import (
    KEPT_FOR,
    REGISTRATIONS,
    Kept,
    KeptForm,
    drop,
    keep,
    kept,
    kept_form,
    kept_registrations,
    place_of,
)
from workflow.store import Store
from workflow.tables import CASES, KEPT_FORMS, USERS
from workflow.vocabulary import Action, Role, State

NOW = morning(FIRST_DAY)
TYPED = {"decision": ["disclosed"], "reasons": ["写了一半的理由"]}


@pytest.fixture
def number(office: Office) -> str:
    return office.case_at(State.PROCESSING)


@pytest.fixture
def handler(office: Office) -> int:
    return office.account("chengban", Role.HANDLER, name="王某").id


def case_id(store: Store, number: str) -> int:
    with store.reading() as session:
        return int(session.execute(select(CASES.c.id).where(CASES.c.number == number)).scalar_one())


def left(store: Store, number: str, user: int, at: datetime = NOW, **typed: list[str]) -> str:
    """The form of a draft as that person leaves it; gives its place."""
    found = case_id(store, number)
    place = place_of(found, Action.DRAFT_REPLY)
    with store.transaction() as session:
        keep(session, user, place, typed or TYPED, at, case_id=found, version=3)
    return place


def registration(store: Store, user: int, key: str, at: datetime = NOW, **typed: list[str]) -> None:
    with store.transaction() as session:
        keep(session, user, f"register/{key}", typed, at)


def listed(store: Store, user: int, agencies: frozenset[int]) -> list[Kept]:
    with store.reading() as session:
        return kept(session, user, agencies)


def found_in(store: Store, user: int, place: str) -> KeptForm | None:
    with store.reading() as session:
        return kept_form(session, user, place)


def remaining(store: Store) -> list[tuple[int, str]]:
    """Everything that is kept, whosever it is."""
    with store.reading() as session:
        return [(row.user_id, row.place) for row in session.execute(select(KEPT_FORMS))]


def test_a_form_comes_back_as_it_was_left_last(office: Office, number: str, handler: int) -> None:
    left(office.store, number, handler, reasons=["初稿"])
    later = NOW + timedelta(minutes=5)

    place = left(office.store, number, handler, later)

    assert found_in(office.store, handler, place) == KeptForm(place, TYPED, later, 3)


def test_nobody_else_sees_it(office: Office, number: str, handler: int) -> None:
    place = left(office.store, number, handler)
    colleague = office.account("fazhi", Role.LEGAL, Role.HANDLER).id

    assert found_in(office.store, colleague, place) is None
    assert listed(office.store, colleague, frozenset({office.agency.id or 0})) == []


def test_what_was_typed_cannot_be_read_in_the_database(office: Office, number: str, handler: int) -> None:
    left(office.store, number, handler)

    with office.store.reading() as session:
        (body,) = session.execute(select(KEPT_FORMS.c.body)).scalars()

    assert "写了一半" not in bytes(body).decode(errors="ignore")
    assert b"disclosed" not in bytes(body)


def test_the_desk_is_told_what_lies_there_the_latest_first(office: Office, number: str, handler: int) -> None:
    left(office.store, number, handler)
    later = NOW + timedelta(hours=1)
    registration(office.store, handler, "k1", later, **{"request.title": ["某地块方案"]})
    registration(office.store, handler, "k2", later + timedelta(hours=1))

    found = listed(office.store, handler, frozenset({office.agency.id or 0}))

    assert [(each.number, each.title, each.action, each.address) for each in found] == [
        (None, "（未填写信息名称）", Action.REGISTER, "/cases/new?kept=k2"),
        (None, "某地块方案", Action.REGISTER, "/cases/new?kept=k1"),
        (number, "某地块征收补偿方案", Action.DRAFT_REPLY, f"/cases/{number}/actions/draft_reply"),
    ]
    assert found[2].at == NOW


def test_of_a_case_that_is_out_of_reach_nothing_is_listed(office: Office, number: str, handler: int) -> None:
    left(office.store, number, handler)
    elsewhere = office.other().agency.id or 0

    assert listed(office.store, handler, frozenset({elsewhere})) == []


def test_each_record_has_a_correction_of_its_own(office: Office, number: str, handler: int) -> None:
    found = case_id(office.store, number)
    place = place_of(found, Action.RECTIFY, 2)
    with office.store.transaction() as session:
        keep(session, handler, place, {"reason": ["错了"]}, NOW, case_id=found, version=3)

    (line,) = listed(office.store, handler, frozenset({office.agency.id or 0}))

    assert line.address == f"/cases/{number}/actions/rectify?event=2"
    assert found_in(office.store, handler, place_of(found, Action.RECTIFY, 3)) is None


def test_a_form_is_dropped_alone(office: Office, number: str, handler: int) -> None:
    place = left(office.store, number, handler)
    registration(office.store, handler, "k1")

    with office.store.transaction() as session:
        drop(session, handler, place)

    with office.store.reading() as session:
        assert [each.place for each in kept_registrations(session, handler)] == ["register/k1"]
        assert kept_form(session, handler, place) is None


def test_of_many_begun_registrations_the_oldest_makes_room(office: Office, handler: int) -> None:
    for n in range(REGISTRATIONS + 2):
        registration(office.store, handler, f"k{n:02}", NOW + timedelta(minutes=n))

    with office.store.reading() as session:
        found = [each.place for each in kept_registrations(session, handler)]

    assert found == [f"register/k{n:02}" for n in range(REGISTRATIONS + 1, 1, -1)]


def test_a_sweep_forgets_what_has_waited_thirty_days(office: Office, number: str, handler: int) -> None:
    left(office.store, number, handler, NOW)
    registration(office.store, handler, "k1", NOW + timedelta(seconds=1))

    with office.store.session() as session:
        timers.sweep(session, NOW + KEPT_FOR + timedelta(seconds=1))

    assert [place for _user, place in remaining(office.store)] == ["register/k1"]


def test_a_sweep_forgets_what_belongs_to_somebody_who_has_left(
    office: Office, number: str, handler: int
) -> None:
    place = left(office.store, number, handler)
    colleague = office.account("chengban2", Role.HANDLER).id
    left(office.store, number, colleague)
    with office.store.transaction() as session:
        session.execute(update(USERS).where(USERS.c.id == handler).values(active=False))

    with office.store.session() as session:
        timers.sweep(session, NOW)

    assert remaining(office.store) == [(colleague, place)]

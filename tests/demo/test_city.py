"""The demo city holds everything that a visitor may want to see."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select

from api.accounts import User, load, look_up, matches
from api.demo.city import (
    DESK,
    EITHER_GOVERNMENT,
    EITHER_JUSTICE,
    GOVERNMENT,
    OFFICES,
    Office,
    accounts,
    handler_of,
)
from api.demo.making import tracks
from api.demo.stories import stories
from tests.demo.conftest import PASSWORD, TODAY, MadeCity, noon
from workflow.commands.bodies import BODIES
from workflow.commands.office import OfficeSettings, as_entered
from workflow.law.decisions import Decision
from workflow.numberformat import SHARED
from workflow.queries.desk import desk
from workflow.queries.gaps import gaps
from workflow.queries.letter_register import years
from workflow.queries.lights import Light
from workflow.queries.reasons import Owner, Reason
from workflow.queries.supervision import Overview, overview
from workflow.store import Session
from workflow.tables import AGENCIES, CASES, EVENTS, LETTERS, USERS, Agency
from workflow.vocabulary import Action, ApplicantKind, Channel, Role, State, Word


def _values(session: Session, column: ColumnElement[Any]) -> Counter[Any]:
    return Counter(session.execute(select(column)).scalars())


def _user(session: Session, login: str) -> User:
    return load(session, session.execute(select(USERS.c.id).where(USERS.c.login == login)).scalar_one())


def _supervised(session: Session) -> Overview:
    return overview(session, _user(session, "duban").agencies, TODAY)


# --- Offices and staff --------------------------------------------------------------------------------


def test_there_are_a_government_ten_departments_and_two_towns(session: Session) -> None:
    assert _values(session, AGENCIES.c.kind) == {"government": 1, "department": 10, "town": 2}


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.name)
def test_an_applicant_is_told_the_right_body_and_court(office: Office) -> None:
    body = {
        "ZYZF": "烟台市人民政府",  # 复议法 24-1(二)
        "ZYSF": EITHER_JUSTICE,  # 复议法 28
        "ZYHJ": EITHER_GOVERNMENT,  # 复议法 24, an outpost of the upper city's department
    }
    assert office.reconsideration_body == body.get(office.code, "招远市人民政府")
    # 行诉法 15: the intermediate court, where a county-level government is sued.
    assert office.court == ("烟台市中级人民法院" if office is GOVERNMENT else "招远市人民法院")


def test_no_telephone_number_can_be_real(session: Session) -> None:
    for phone in session.execute(select(AGENCIES.c.phone)).scalars():
        assert phone.startswith("0535-0"), "no local number begins with a zero"


def test_every_office_is_set_up_as_its_own_form_would_take_it(session: Session) -> None:
    for row in session.execute(select(AGENCIES)):
        entered = {name: text or None for name, text in as_entered(Agency(**row._mapping)).items()}
        assert OfficeSettings.model_validate(entered).letter_code == row.letter_code


def test_every_number_of_every_office_bears_a_letter(session: Session) -> None:
    for row in session.execute(select(AGENCIES)):
        for year in years(session, row.id):
            assert gaps(session, row.id, year) == {}
    shared = select(LETTERS.c.n).join(AGENCIES).where(AGENCIES.c.number_format.is_not(None))
    assert session.execute(shared.where(LETTERS.c.series == SHARED)).first() is not None


def test_the_supervisor_sees_every_office(session: Session) -> None:
    assert len(_user(session, "duban").agencies) == len(OFFICES)


def test_the_whole_staff_logs_in_with_the_one_password(session: Session) -> None:
    known = {account.login: look_up(session, account.login, noon(TODAY)) for account in accounts()}
    assert len(known) == len(OFFICES) * len(DESK) + 2
    assert len({each.password_hash for each in known.values()}) == 1, "hashed once, for speed"
    assert matches(known["chuangkou-zrzy"], PASSWORD)
    assert all(each.user_id for each in known.values())


def test_every_role_of_the_staff_is_there(session: Session) -> None:
    roles = {role for account in accounts() for role in _user(session, account.login).roles}
    assert roles == set(Role) - {Role.APPLICANT, Role.SYSTEM}


# --- Applications -------------------------------------------------------------------------------------


def test_some_hundred_applications_ask_for_different_things() -> None:
    assert 100 <= len(stories()) < 200
    assert len({story.title for story in stories()}) == len(stories())
    assert {story.agency for story in stories()} == {office.code for office in OFFICES}


def test_every_state_is_there(session: Session) -> None:
    assert set(_values(session, CASES.c.state)) == set(State)


def test_every_decision_is_there(session: Session) -> None:
    assert set(_values(session, CASES.c.decision)) - {None} == set(Decision)


def test_every_act_of_the_office_was_done(session: Session) -> None:
    assert set(_values(session, EVENTS.c.action)) >= set(BODIES)


@pytest.mark.parametrize(
    ("column", "words"),
    [(CASES.c.channel, Channel), (CASES.c.applicant_kind, ApplicantKind)],
    ids=["channels", "applicants"],
)
def test_every_channel_and_kind_of_applicant_is_there(
    session: Session, column: ColumnElement[Any], words: type[Word]
) -> None:
    assert set(_values(session, column)) == set(words)


def test_the_timers_have_closed_consultations_of_both_kinds(session: Session) -> None:
    """Art. 34: silence is consent; art. 32: the agency decides."""
    query = select(EVENTS.c.facts).where(
        EVENTS.c.role == Role.SYSTEM, EVENTS.c.action == Action.RECORD_OPINION
    )
    deemed = [facts.get("consents") for facts in session.execute(query).scalars()]
    assert True in deemed
    assert None in deemed


def test_some_fees_are_by_piece_and_some_by_page(session: Session) -> None:
    query = select(EVENTS.c.facts).where(EVENTS.c.action == Action.ASSESS_FEE)
    assert {facts["basis"] for facts in session.execute(query).scalars()} == {"per_piece", "per_page"}


def test_a_split_application_shares_number_and_receipt_day(city: MadeCity, session: Session) -> None:
    first = city.numbers["split"]
    query = select(CASES.c.number, CASES.c.received_on).where(CASES.c.number.startswith(first))
    rows = session.execute(query.order_by(CASES.c.number)).all()
    assert [row.number for row in rows] == [first, f"{first}-2"]
    assert rows[0].received_on == rows[1].received_on


def test_the_register_of_the_year_before_is_there(session: Session) -> None:
    """Six of its 96 rows cannot be taken; what is closed was filed, what was open has been answered."""
    owner = select(AGENCIES.c.id).where(AGENCIES.c.name == "招远市自然资源和规划局").scalar_subquery()
    query = select(CASES.c.state).where(CASES.c.intake_number.is_not(None), CASES.c.agency_id == owner)
    assert Counter(session.execute(query).scalars()) == {State.ARCHIVED: 89, State.CONCLUDED: 1}


def test_some_dates_are_provisional_while_next_years_notice_is_missing(session: Session) -> None:
    assert _values(session, CASES.c.provisional)[True] > 0


# --- What each of them finds on the desk ----------------------------------------------------------------


@pytest.mark.parametrize("role", DESK)
def test_everybody_in_every_office_has_work(session: Session, role: Role) -> None:
    idle = [
        account.login
        for account in accounts()
        if account.role is role and not _piles(session, account.login, role)
    ]
    assert idle == []


def _piles(session: Session, login: str, role: Role) -> list[Any]:
    user = _user(session, login)
    return list(desk(session, user.agency_id, Owner(user.id, frozenset({role})), TODAY).groups)


def test_something_was_handed_back_asked_after_and_left_to_a_substitute(session: Session) -> None:
    asked = {login: _reasons(session, login) for login in ("chuangkou-zrzy", "chengban-zrzy")}
    assert Reason.HANDED_BACK in asked["chuangkou-zrzy"]
    assert Reason.REMINDED in asked["chengban-zrzy"]
    substitute = load(session, _user(session, "chuangkou-sj").id, TODAY)
    assert [each.name for each in substitute.absent] == [handler_of("ZYSJ")]


def _reasons(session: Session, login: str) -> set[Reason]:
    user = _user(session, login)
    return set(desk(session, user.agency_id, Owner(user.id, user.own), TODAY).reasons)


def test_the_supervisor_finds_overdue_soon_due_and_paused_cases(session: Session) -> None:
    found = _supervised(session)
    assert len(found.standings) == len(OFFICES)
    assert sum(task.overdue for task in found.tasks) >= 5
    assert sum(task.paused for task in found.tasks) >= 5
    lights = {task.light for task in found.tasks if not task.overdue}
    assert lights >= {Light.RED, Light.ORANGE, Light.YELLOW, Light.PAUSED}


def test_an_applicant_can_follow_an_application(session: Session) -> None:
    for track in tracks(session):
        query = select(CASES.c.tracking_digest).where(CASES.c.number == track.number)
        assert session.execute(query).scalar_one() == session.seal.tracking_digest(track.tracking_code)
    assert {track.state for track in tracks(session)} == {
        State.AWAITING_CLARIFICATION,
        State.PROCESSING,
        State.CONCLUDED,
    }

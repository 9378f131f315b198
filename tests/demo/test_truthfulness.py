"""The demo city went through the real commands, in the order of time, and is about nobody."""

import json
import re
from datetime import datetime
from itertools import pairwise

import pytest
from sqlalchemy import select
from stdnum.cn import uscc

from api.demo.applicants import Directory, id_number
from api.demo.marks import made_on
from api.demo.plots import PLOTS
from api.demo.stories import stories
from tests.demo.conftest import TODAY, MadeCity, noon
from workflow import audit
from workflow.commands import LEGAL_ZONE, legal_day
from workflow.commands.intake import is_citizen_number
from workflow.store import Session
from workflow.tables import CASES, EVENTS, OUTBOX
from workflow.vocabulary import ApplicantKind, Role

#: What a story says about those who do not work here: none of it belongs into the log.
PRIVATE = ("third_party", "consulted_agency", "clarification", "justification", "withdrawal")


def test_the_register_is_as_it_was_written(session: Session) -> None:
    assert [fault for fault in audit.verify(session) if fault] == []


def test_the_database_is_marked_as_a_demo_of_that_day(session: Session) -> None:
    assert made_on(session) == TODAY


def test_nothing_happened_after_the_making(session: Session) -> None:
    assert max(session.execute(select(EVENTS.c.at)).scalars()) <= noon(TODAY)


def test_the_staff_worked_on_working_days_within_office_hours(session: Session) -> None:
    query = select(EVENTS.c.at).where(EVENTS.c.role.not_in([Role.SYSTEM, Role.APPLICANT]))
    for at in session.execute(query).scalars():
        moment: datetime = at.astimezone(LEGAL_ZONE)
        assert session.calendar.is_workday(legal_day(at))
        assert 8 <= moment.hour < 18, moment


def test_numbers_ascend_with_the_days(session: Session) -> None:
    query = select(CASES.c.number, CASES.c.created_at).where(CASES.c.split_of_id.is_(None))
    rows = session.execute(query.order_by(CASES.c.agency_id, CASES.c.number)).all()
    for earlier, later in pairwise(rows):
        if earlier.number.split("-")[0] == later.number.split("-")[0]:
            assert earlier.created_at <= later.created_at, later.number


def test_every_plot_is_told_and_every_story_has_one() -> None:
    assert {story.plot for story in stories()} == set(PLOTS)


def test_log_and_messages_hold_nothing_that_people_wrote(session: Session) -> None:
    told = {str(text) for story in stories() for name, text in story.texts.items() if name in PRIVATE}
    told |= {text for story in stories() for text in (story.applicant, story.title, story.description)}
    facts = session.execute(select(EVENTS.c.facts)).scalars()
    log = "\n".join([json.dumps(each, ensure_ascii=False) for each in facts])
    log += "\n".join(session.execute(select(OUTBOX.c.key)).scalars())
    assert [text for text in told if text in log] == []
    assert not re.search(r"\d{15}|1380000\d{4}|example\.com", log)


def test_people_are_a_century_old_and_their_papers_check_out() -> None:
    people = Directory()
    for story in stories():
        applicant = people.applicant(story.applicant, story.kind, story.channel)
        number = applicant["id_number"]
        assert applicant["contact"]["phone"].startswith("1380000")
        if story.kind is ApplicantKind.NATURAL_PERSON:
            assert is_citizen_number(number)
            assert 1919 <= int(number[6:10]) <= 1926
        else:
            assert uscc.is_valid(number)


def test_the_same_name_is_the_same_person() -> None:
    people = Directory()
    kinds = {story.applicant: story for story in stories()}
    first = {name: people.applicant(name, s.kind, s.channel)["id_number"] for name, s in kinds.items()}
    again = {name: people.applicant(name, s.kind, s.channel)["id_number"] for name, s in kinds.items()}
    assert first == again
    assert len(set(first.values())) == len(first)


@pytest.mark.parametrize("kind", ApplicantKind)
def test_no_two_numbers_are_alike(kind: ApplicantKind) -> None:
    assert len({id_number(n, kind) for n in range(1, 150)}) == 149


def test_the_disk_is_waited_for_again_after_the_making(city: MadeCity) -> None:
    with city.store.session() as session:
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2

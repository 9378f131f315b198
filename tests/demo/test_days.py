"""On whatever day the city is made, its stories come to the same point, and it is told the same way again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from api.demo.city import found_city
from api.demo.player import Stage, let_time_pass, play
from api.demo.register import NUMBER
from api.demo.stories import Story, scenes, stories
from tests.demo.conftest import TODAY, MadeCity, noon
from workflow import audit
from workflow.law import workdays
from workflow.queries.tasks import lines, read
from workflow.store import Store
from workflow.tables import AGENCIES
from workflow.vocabulary import State

DAYS = (
    (date(2026, 11, 22), "Sunday"),
    (date(2027, 1, 1), "New Year's Day"),
    (date(2026, 10, 8), "day after the National Day holiday"),
    (date(2026, 2, 24), "day after the Spring Festival"),
    (date(2027, 12, 28), "late in the last year of the packaged calendar"),
)
Outcome = tuple[State, bool, bool, bool]


def one_of_each_plot() -> list[Story]:
    """A share of the stories in which every plot occurs, with those that others refer to."""
    own = [story for story in stories() if NUMBER not in story.texts]
    shown = {story.plot: story for story in own}
    named = [story for story in own if "name" in story.texts]
    return sorted({story.no: story for story in [*shown.values(), *named]}.values(), key=lambda s: s.no)


def outcomes(store: Store, numbers: dict[str, str], told: Sequence[Story], today: date) -> dict[str, Outcome]:
    """How each story stands: state, overdue, due within a week, paused."""
    with store.reading() as session:
        everywhere = frozenset(session.execute(select(AGENCIES.c.id)).scalars())
        tasks = {task.number: task for task in read(session, lines(everywhere), today)}
    found = {story.title: tasks[numbers[str(story.no)]] for story in told}
    return {
        title: (task.state, task.overdue, task.workdays_left in range(1, 6), task.paused)
        for title, task in found.items()
    }


def make(store: Store, told: Sequence[Story], at: datetime) -> dict[str, str]:
    """A city of those stories only."""
    with store.transaction() as session:
        stage = Stage(store, found_city(session, "nobody logs in"), session.calendar, at)
    play(stage, scenes(told, stage.calendar, at), lambda: None)
    let_time_pass(stage, stage.today)
    return stage.numbers


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("day", "why"), DAYS, ids=[f"{day}-{why}" for day, why in DAYS])
def test_the_stories_stand_alike_on_any_day(city: MadeCity, store: Store, day: date, why: str) -> None:
    told = one_of_each_plot()
    numbers = make(store, told, noon(day))
    assert outcomes(store, numbers, told, day) == outcomes(city.store, city.numbers, told, TODAY), why
    with store.reading() as session:
        assert [fault for fault in audit.verify(session) if fault] == []


def test_the_city_is_made_on_both_databases_right_after_midnight(city: MadeCity, store: Store) -> None:
    told = one_of_each_plot()
    numbers = make(store, told, noon(TODAY) - timedelta(hours=11, minutes=50))
    assert outcomes(store, numbers, told, TODAY) == outcomes(city.store, city.numbers, told, TODAY)


def test_the_same_day_is_told_in_the_same_moments() -> None:
    first, again = (scenes(stories(), workdays.packaged(), noon(TODAY)) for _ in range(2))
    assert [(scene.at, scene.no) for scene in first] == [(scene.at, scene.no) for scene in again]

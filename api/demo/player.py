"""Plays the stories through the real commands under a simulated clock, with a sweep after each midnight."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from api.demo.applicants import Directory
from api.demo.city import GOVERNMENT, City
from api.demo.guiding import answer_questions
from api.demo.steps import Step
from api.demo.stories import Scene, Story, Telling
from workflow.commands import LEGAL_ZONE, legal_day, parse, parse_new, perform, register_new, submit
from workflow.commands.bodies import Submit
from workflow.engine import Actor
from workflow.law.workdays import Calendar
from workflow.lifecycle import ROLES
from workflow.store import Session, Store
from workflow.timers import sweep
from workflow.vocabulary import Action, Channel, Role

#: What was drafted lately shows how its handler came to the decision.
GUIDED_FOR = timedelta(days=20)
#: Right after midnight, as the ticker of a running installation does.
AFTER_MIDNIGHT = time(0, 0, 5)


@dataclass(slots=True)
class Stage:
    """The demo city while it is played: its people, its calendar, and its cases so far."""

    store: Store
    city: City
    calendar: Calendar
    #: The moment at which the city is to stand as it is told.
    now: datetime
    people: Directory = field(default_factory=Directory)
    #: The number of a story's case, by its place and by the name that other stories use.
    numbers: dict[str, str] = field(default_factory=dict)
    #: The day that the timers have come to.
    reached: date | None = None

    @property
    def today(self) -> date:
        """The day of `now`."""
        return legal_day(self.now)


def play(stage: Stage, scenes: Iterable[Scene], done: Callable[[], None]) -> None:
    """Play scenes in the order of time; between two days the timers do what they would have done."""
    for scene in scenes:
        let_time_pass(stage, legal_day(scene.at))
        with stage.store.transaction() as session:
            _act(session, stage, scene)
        done()


def let_time_pass(stage: Stage, until: date) -> None:
    """Sweep right after each midnight up to a day."""
    day = stage.reached or until
    while day < until:
        day += timedelta(days=1)
        with stage.store.session() as session:
            sweep(session, datetime.combine(day, AFTER_MIDNIGHT, LEGAL_ZONE))
    stage.reached = day


def _act(session: Session, stage: Stage, scene: Scene) -> None:
    story, step = scene.story, scene.step
    body = Telling(story, stage.calendar, stage.today, stage.numbers).body(step)
    number = stage.numbers.get(str(story.no))
    if number is None:
        number = _open(session, stage, scene, body)
        stage.numbers |= {str(story.no): number, story.texts.get("name", str(story.no)): number}
    else:
        by = _actor(stage, story, step)
        if step.action is Action.DRAFT_REPLY and stage.today - legal_day(scene.at) < GUIDED_FOR:
            answer_questions(session, number, body, by, scene.at)
        perform(session, number, step.action, body, by=by, at=scene.at)


def _open(session: Session, stage: Stage, scene: Scene, body: dict[str, Any]) -> str:
    """The application comes in: through the portal, or over the counter into the register."""
    story, step = scene.story, scene.step
    telling = Telling(story, stage.calendar, stage.today, stage.numbers)
    request = {"title": telling.text(story.title), "description": telling.text(story.description)}
    entered = {
        "channel": story.channel.value,
        "applicant": stage.people.applicant(story.applicant, story.kind, story.channel),
        "request": request | ({"form": story.form} if story.form else {}),
        **body,
    }
    agency, by = stage.city.agencies[story.agency], _actor(stage, story, step)
    if step.action is Action.SUBMIT:
        parsed = parse(Action.SUBMIT, entered)
        assert isinstance(parsed, Submit)
        key = submission_key(story) if story.channel is Channel.ONLINE else None
        made = submit(session, agency, parsed, by=by, at=scene.at, key=key)
    else:
        made = register_new(session, agency, parse_new(entered), by=by, at=scene.at)
    return str(made.file.row.number)


def submission_key(story: Story) -> str:
    """The Idempotency-Key of an online application: from it the tracking code can be told again."""
    return f"demo-{story.no}"


def _actor(stage: Stage, story: Story, step: Step) -> Actor:
    """Online the applicant acts; else the first role that may, of the agency or, supervising, of the city."""
    roles = (step.by,) if step.by else ROLES[step.action]
    if Role.APPLICANT in roles:
        return Actor(Role.APPLICANT) if story.channel is Channel.ONLINE else _staff(stage, story, Role.CLERK)
    return _staff(stage, story, roles[0])


def _staff(stage: Stage, story: Story, role: Role) -> Actor:
    office = GOVERNMENT.code if role is Role.SUPERVISOR else story.agency
    return stage.city.actors[office, role]

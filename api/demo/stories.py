"""The stories of the demo city, read from stories/*.toml, and the moments at which they happen."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from api.demo.city import handler_of
from api.demo.plots import PLOTS
from api.demo.steps import Day, Other, Step, Told
from workflow.commands import LEGAL_ZONE, legal_day
from workflow.law.workdays import Calendar
from workflow.vocabulary import Action, ApplicantKind, Channel, Method

#: What a story always says; everything else is a text that its plot asks for.
FRAME = ("plot", "start", "agency", "channel", "applicant", "kind", "title", "description", "form")
#: By these channels an application lies there before both sides confirm its receipt (art. 31).
CONFIRMED_AFTER = {Channel.ONLINE: 1, Channel.ORDINARY_POST: 1, Channel.FAX: 0}
#: How the office answers what came by a channel.
ANSWERS_BY = {
    Channel.IN_PERSON: Method.IN_PERSON,
    Channel.REGISTERED_POST: Method.REGISTERED_POST,
    Channel.ORDINARY_POST: Method.REGISTERED_POST,
    Channel.ONLINE: Method.ONLINE,
    Channel.FAX: Method.REGISTERED_POST,
}
#: Office hours as spans of minutes since midnight, the lunch break left out.
MORNING, AFTERNOON = range(8 * 60 + 35, 11 * 60 + 50), range(13 * 60 + 35, 17 * 60 + 20)
OFFICE_HOURS = (*MORNING, *AFTERNOON)
#: Applicants write whenever they find the time.
WAKING_HOURS = range(6 * 60 + 40, 8 * 60 + 30)


@dataclass(frozen=True, slots=True)
class Story:
    """One application: who asked whom for what, which plot it follows, and what people wrote in it."""

    no: int
    plot: str
    #: The day of receipt, in working days from today; negative, as it lies in the past.
    start: int
    agency: str
    channel: Channel
    applicant: str
    kind: ApplicantKind
    title: str
    description: str
    form: str | None
    texts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Scene:
    """One step of a story at its moment; scenes of all stories are played in the order of time."""

    at: datetime
    no: int
    place: int
    story: Story = field(compare=False)
    step: Step = field(compare=False)


@cache
def stories() -> tuple[Story, ...]:
    """All stories, in the order of their files."""
    folder = resources.files("api.demo") / "stories"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    told = [each for file in files for each in tomllib.loads(file.read_text(encoding="utf-8"))["story"]]
    return tuple(_story(no, each) for no, each in enumerate(told, start=1))


def _story(no: int, told: Mapping[str, Any]) -> Story:
    channel = Channel(told["channel"])
    method = ANSWERS_BY[channel]
    known = {
        "method": method.value,
        "handler": handler_of(told["agency"]),
        "receipt_no": f"鲁财票演示{no:06d}",
    }
    if method is Method.REGISTERED_POST:
        known["tracking_no"] = f"YS{no:09d}CN"
    return Story(
        no,
        told["plot"],
        told["start"],
        told["agency"],
        channel,
        told["applicant"],
        ApplicantKind(told.get("kind", ApplicantKind.NATURAL_PERSON)),
        told["title"],
        told["description"],
        told.get("form"),
        known | {name: text for name, text in told.items() if name not in FRAME},
    )


# --- When it happens ----------------------------------------------------------------------------------------


def scenes(of: Iterable[Story], calendar: Calendar, now: datetime) -> list[Scene]:
    """Every step of the stories at its moment, in the order of time; none lies after `now`."""
    today = legal_day(now)
    return sorted(
        Scene(min(at, now), story.no, place, story, step)
        for story in of
        for place, (step, at) in enumerate(_moments(story, calendar, today))
        if legal_day(at) <= today
    )


def steps_of(story: Story) -> list[Step]:
    """The steps of a story's plot, with the arrival before the receipt where its channel has one."""
    plot = [step for step in PLOTS[story.plot] if not _proves_itself(story, step)]
    first = plot[0]
    if first.action is Action.REGISTER and story.channel in CONFIRMED_AFTER:
        plot.insert(0, Step(first.day - CONFIRMED_AFTER[story.channel], Action.SUBMIT, {}))
    if first.action is Action.REGISTER and story.channel is Channel.REGISTERED_POST:
        plot[0] = Step(first.day, first.action, {"received_on": Day(first.day), **first.body})
    return plot


def _proves_itself(story: Story, step: Step) -> bool:
    """A reply handed over in person needs no proof of service."""
    by = step.body.get("method")
    return (
        step.action is Action.RECORD_SERVICE
        and isinstance(by, Told)
        and story.texts[by.name] == Method.IN_PERSON
    )


def _moments(story: Story, calendar: Calendar, today: date) -> Iterator[tuple[Step, datetime]]:
    """Minutes within office hours, drawn once for each story and ascending within a day."""
    draw, steps = Random(story.title), steps_of(story)
    minutes: dict[int, Iterator[int]] = {}
    for step in steps:
        if step.day not in minutes:
            count = sum(other.day == step.day for other in steps)
            minutes[step.day] = iter(sorted(draw.sample(OFFICE_HOURS, count)))
        minute = next(minutes[step.day])
        if step.action is Action.SUBMIT and story.channel is Channel.ONLINE:
            minute = draw.choice(WAKING_HOURS)
        yield step, _moment(day_of(story, step.day, calendar, today), minute)


def _moment(day: date, minute: int) -> datetime:
    return (datetime.combine(day, time(), LEGAL_ZONE) + timedelta(minutes=minute)).astimezone(UTC)


def day_of(story: Story, number: int, calendar: Calendar, today: date) -> date:
    """The day so many working days after the story's receipt."""
    return calendar.add_workdays(today, story.start + number)


# --- What is said -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as it is told on a day: its days in the calendar, and the numbers of the cases so far."""

    story: Story
    calendar: Calendar
    today: date
    numbers: Mapping[str, str]

    def body(self, step: Step) -> dict[str, Any]:
        """The body of the act, with its days, texts and numbers filled in."""
        filled = {name: self._fill(value) for name, value in step.body.items()}
        return {name: value for name, value in filled.items() if value is not None}

    def text(self, text: str) -> str:
        """A text with the years put in, as they stood when the application was received."""
        year = day_of(self.story, 0, self.calendar, self.today).year
        return (
            text.replace("{今年}", str(year))
            .replace("{去年}", str(year - 1))
            .replace("{前年}", str(year - 2))
        )

    def _fill(self, value: Any) -> Any:
        match value:
            case Day(number):
                return day_of(self.story, number, self.calendar, self.today).isoformat()
            case Told(name, optional):
                texts = self.story.texts
                return self._fill(texts.get(name) if optional else texts[name])
            case Other():
                return self.numbers[self.story.texts["other"]]
            case dict():
                return {name: self._fill(inner) for name, inner in value.items()}
            case list():
                return [self._fill(inner) for inner in value]
            case str():
                return self.text(value)
        return value

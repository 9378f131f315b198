"""Whatever an act does, its trial told: over the scenarios and over lives drawn at random."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import letters
from tests.office import KEY, Office, morning, opened_office
from tests.story import AGENCY
from tests.workflow.retold import retold
from tests.workflow.test_lives_in_the_engine import FIRST_DAYS, lived
from workflow.casefile import CaseFile, open_file
from workflow.commands import parse, parse_new, perform, register_new, submit
from workflow.commands.bodies import Submit
from workflow.engine import Actor
from workflow.errors import Refused
from workflow.history import History
from workflow.migrations.schema import statements
from workflow.queries.effect import Tried, tried
from workflow.scenario import Step, read
from workflow.sealing import Seal
from workflow.store import Session, Store, open_engine
from workflow.vocabulary import Action, Role

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.json"))


@contextmanager
def an_office() -> Iterator[Office]:
    """An office in the working memory, soon there and soon gone."""
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        for statement in statements("sqlite"):
            connection.exec_driver_sql(statement)
    yield opened_office(Store(engine, Seal(KEY), letters.issue))
    engine.dispose()


def course(h: History) -> dict[str, Any]:
    """A course without the numbers of letters: a trial takes none."""
    return {
        "state": h.state,
        "due": h.due,
        "conservative": h.conservative_due_on,
        "clock": h.clock,
        "terms": h.terms,
        "consultations": h.consultations,
        "fees": h.fees,
        "draft": h.draft,
        "decision": (h.decision, h.concluded_on, h.first_decision),
        "letters": {seq: tuple(ref.kind for ref in refs) for seq, refs in h.letters.items()},
        "final": h.final_letters,
        "remedies": h.remedies,
        "warnings": h.warnings,
        "overdue when paused": h.overdue_when_paused,
    }


def told(outcome: Tried | Refused) -> object:
    """What a trial told."""
    if isinstance(outcome, Refused):
        return outcome.as_dict()
    event = outcome.event
    return course(outcome.after), event.action, event.facts, [letter.kind for letter in event.letters]


def done(outcome: CaseFile | Refused) -> object:
    """What the deed did."""
    if isinstance(outcome, Refused):
        return outcome.as_dict()
    event = outcome.log.events[-1]
    return course(outcome.history), event.action, event.facts, [letter.kind for letter in event.letters]


def try_and_do(session: Session, number: str, step: Step, body: Mapping[str, Any], by: Actor) -> bool:
    """Try an act, do it, and compare; gives whether it was done."""
    at = _at(step)
    trial: Tried | Refused
    deed: CaseFile | Refused
    try:
        trial = tried(session, open_file(session, number), step.action, body, by=by, at=at)
    except Refused as refused:
        trial = refused
    session.rollback()
    try:
        deed = perform(session, number, step.action, body, by=by, at=at, simulated=True)
        session.commit()
    except Refused as refused:
        deed = refused
        session.rollback()

    assert told(trial) == done(deed), step
    return isinstance(deed, CaseFile)


def _at(step: Step) -> datetime:
    return morning(step.on) + timedelta(seconds=step.index)


def play(office: Office, document: Mapping[str, Any]) -> int:
    """Play a scenario, trying every act before it is done; gives how many were done."""
    _name, steps, _as_of = read(document)
    numbers: dict[str, str] = {}
    count = 0
    with office.store.session() as session:
        for step in steps:
            by = office.staff(step.role, step.person)
            body = {"on": step.on.isoformat(), **step.body}
            named = ("split_of", "duplicate_of")
            body |= {name: numbers.get(body[name], body[name]) for name in named if name in body}
            if step.case in numbers:
                count += try_and_do(session, numbers[step.case], step, body, by)
            else:
                numbers[step.case] = _begun(session, office, step, body, by)
    return count


def _begun(session: Session, office: Office, step: Step, body: Mapping[str, Any], by: Actor) -> str:
    """An application comes."""
    if step.action is Action.SUBMIT:
        parsed = parse(Action.SUBMIT, body)
        assert isinstance(parsed, Submit)
        made = submit(session, office.agency, parsed, by=by, at=_at(step), simulated=True)
    else:
        made = register_new(session, office.agency, parse_new(body), by=by, at=_at(step), simulated=True)
    session.commit()
    return str(made.file.row.number)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_in_every_scenario_the_trial_tells_what_the_deed_does(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    _name, steps, _as_of = read(document)
    acts = sum(not step.refusal_expected for step in steps) - len({step.case for step in steps})

    with an_office() as office:
        count = play(office, document)

    assert count == acts


# As for the lives themselves: a failing one is told as it is.
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(FIRST_DAYS, st.integers(3, 25), st.data())
def test_in_every_life_the_trial_tells_what_the_deed_does(
    start: date, acts: int, data: st.DataObject
) -> None:
    walk, _today = lived(start, acts, data.draw)

    with an_office() as office:
        count = play(office, {"agency": AGENCY, "events": retold(walk.log)})

    assert count == sum(event.role is not Role.SYSTEM for event in walk.log) - 1

"""Random lives once more, through the real engine: what the database tells is what the pure course is."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.story import play
from tests.workflow.lives import CORRECTED, changes_of, correctable, facts_of
from tests.workflow.retold import party, retold
from tests.workflow.walk import Walk
from workflow.errors import Refused
from workflow.vocabulary import Action, Role

NOT_RETOLD = {Action.IMPORTED, Action.RECALCULATE, Action.RECTIFY}
RARE = {Action.WITHDRAW, Action.VOID, Action.ESCALATE, Action.ASSIGN}
FIRST_DAYS = st.dates(date(2025, 11, 1), date(2026, 10, 31))
Draw = Callable[[st.SearchStrategy[Any]], Any]


def _attempt(act: Callable[[], object]) -> None:
    try:
        act()
    except Refused:
        return


def _lives(walk: Walk, today: date, draw: Draw) -> None:
    """One act that a button offers, or a correction."""
    offered = [
        (Action(action), role)
        for role in Role
        if role is not Role.SYSTEM
        for action in walk.may(role, today)
        if action not in NOT_RETOLD
    ]
    if draw(st.integers(0, 5)):
        offered = [each for each in offered if each[0] not in RARE] or offered
    if not offered or not draw(st.integers(0, 8)):
        _corrects(walk, today, draw)
        return
    action, role = draw(st.sampled_from(offered))
    facts = facts_of(action, walk, today, draw) | ({"before": 0} if action is Action.ASSESS_FEE else {})
    if facts.get("basis") == "per_page":
        del facts["before"]
    if "issued" in facts:
        facts |= walk.letter(facts["letter"])  # A scenario names the latest letter of a kind.
    _attempt(lambda: walk.do(action, today, by=role, **facts))


def _corrects(walk: Walk, today: date, draw: Draw) -> None:
    event = draw(st.sampled_from(correctable(walk)))
    if event.action in CORRECTED and draw(st.booleans()):
        changes = changes_of(event, walk, draw)
        changes.pop("party", None)
        if changes:
            _attempt(lambda: walk.rectify(today, event.seq, **changes))
    elif event.seq > 1:
        _attempt(lambda: walk.rectify(today, event.seq, void=True))


def lived(start: date, acts: int, draw: Draw) -> tuple[Walk, date]:
    """A case that came on that day, and so many acts later; and the day that it is by then."""
    walk, today = Walk(), start
    first = draw(st.sampled_from([Action.SUBMIT, Action.REGISTER]))
    walk.do(first, today, **facts_of(first, walk, today, draw))
    for _act in range(acts):
        _lives(walk, today, draw)
        today += timedelta(days=draw(st.integers(0, 12)))
        walk.pass_days(today)
    return walk, today


# A life through the database takes a while: a failing one is told as it is, not made shorter.
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(FIRST_DAYS, st.integers(3, 25), st.data())
def test_the_engine_tells_what_the_pure_course_is(start: date, acts: int, data: st.DataObject) -> None:
    walk, today = lived(start, acts, data.draw)
    assume(len(walk.log) > 2)

    case = play(retold(walk.log), as_of=today.isoformat())

    h = walk.h
    assert (case["state"], case["decision"]) == (h.state, h.decision)
    assert case["due_on"] == (h.due_on and h.due_on.isoformat())
    assert case["received_on"] == (h.received_on and h.received_on.isoformat())
    assert case["excluded_workdays"] == (h.due.excluded if h.due else 0)
    assert case["overdue"] == h.is_overdue(today)
    assert case["terms"] == [
        {
            "term": term.name,
            "party": party(term.party) if term.party else None,
            "runs_from": term.runs_from.isoformat(),
            "due_on": term.due_on.isoformat(),
            "status": term.status,
        }
        for term in h.terms
    ]
    assert [event["action"] for event in case["events"]] == [event.action for event in walk.log]

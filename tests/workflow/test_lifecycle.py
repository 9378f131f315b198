"""The one table of transitions: sound as a graph, lawful in every row, and the only way (H61)."""

import pytest

from tests.workflow.walk import AT, CALENDAR, PEOPLE, Walk, day
from workflow.errors import Forbidden, Refused
from workflow.history import NEW, Event, History
from workflow.law.statute import ARTICLES
from workflow.lifecycle import ROLES, ROWS, TRANSITIONS, machine, move
from workflow.vocabulary import OPEN_STATES, Action, Role, State


def _reachable(start: State | None) -> set[State]:
    """The states that one comes to from there."""
    found: set[State] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for row in TRANSITIONS:
            if here in row.sources and row.target is not None and row.target not in found:
                found.add(row.target)
                waiting.append(row.target)
    return found


def test_every_state_can_be_reached_and_every_open_one_can_be_archived() -> None:
    assert _reachable(None) == set(State)
    assert [state for state in OPEN_STATES if State.ARCHIVED not in _reachable(state)] == []
    assert _reachable(State.SUBMITTED) >= {State.CONCLUDED, State.VOIDED}


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_somebody_can_always_take_an_open_case_out_of_its_state(state: State) -> None:
    """Not by withdrawal or voiding, which end it, but onwards."""
    exits = {
        row.action
        for row in TRANSITIONS
        if state in row.sources and row.target not in (None, state, State.VOIDED)
    } - {Action.WITHDRAW, Action.IMPORTED}

    walk = AT[state]()
    may = {action for role in Role if role is not Role.SYSTEM for action in walk.may(role, 60)}

    assert exits
    assert may & {action.value for action in exits}, "on the sixtieth day, with every term lapsed"


def test_every_transition_cites_an_article_and_names_its_roles() -> None:
    assert [row for row in TRANSITIONS if row.article not in ARTICLES] == []
    assert [row for row in TRANSITIONS if not row.roles or not row.sources] == []


def test_every_act_stands_in_the_table_with_the_same_roles_in_each_of_its_rows() -> None:
    assert {row.action for row in TRANSITIONS} == set(Action)
    assert [row for row in TRANSITIONS if row.roles != ROLES[row.action]] == []


def test_where_an_act_leads_to_several_places_only_the_last_row_is_unconditional() -> None:
    open_ended = [
        (place, action)
        for (place, action), rows in ROWS.items()
        if any(row.when is None for row in rows[:-1])
    ]

    assert open_ended == []


def test_the_machine_has_no_other_way_than_the_table() -> None:
    ways = {
        (source, event.name, transition.dest)
        for event in machine().events.values()
        for source, transitions in event.transitions.items()
        for transition in transitions
    }

    told = {
        (source.value if source else NEW, row.action.value, row.target.value if row.target else None)
        for row in TRANSITIONS
        for source in row.sources
    }
    assert {(source, name, dest if dest != source else None) for source, name, dest in ways} == {
        (source, name, dest if dest != source else None) for source, name, dest in told
    }


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", [None, *State])
def test_h61_what_the_table_does_not_name_is_refused_for_every_role(state: State | None, role: Role) -> None:
    walk = AT[state]() if state else Walk()
    here = walk.h.state

    for action in Action:
        if (state, action) in ROWS and role in ROLES[action]:
            continue
        event = Event(len(walk.log) + 1, day(9), action, role, {}, PEOPLE[role])
        with pytest.raises(Refused) as refused:
            move(walk.h, event, CALENDAR)

        assert (refused.value.action, refused.value.state) == (action, here)
        assert refused.value.article in ARTICLES
        assert action.zh in refused.value.message
        assert "《" in refused.value.message
        assert isinstance(refused.value, Forbidden) == (role not in ROLES[action])
        assert walk.h.state is here


def test_nobody_starts_a_case_but_by_submission_registration_or_import() -> None:
    starts = {action for (source, action) in ROWS if source is None}

    assert starts == {Action.SUBMIT, Action.REGISTER, Action.IMPORTED}
    assert History().place == NEW

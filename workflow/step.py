"""One act at the end of a log, and the course after it: what is done and what is only tried pass here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from workflow.effects.consultation import lapsed_consultations
from workflow.history import Event, History, LetterRef
from workflow.law.workdays import Calendar
from workflow.lifecycle import fold, move, retrace
from workflow.vocabulary import Action, Role


def step(log: Sequence[Event], h: History, event: Event, calendar: Calendar) -> tuple[History, Event, str]:
    """Do an act: the course after it, the event as it is recorded, and its article; raises Refused.

    `h` is the course that `log` tells, and is used up.
    """
    article = move(h, event, calendar)
    if event.action is Action.RECTIFY:
        h, event = _replayed(log, event, calendar)
    elif event.action is Action.IMPORTED and log:
        # What the ledger says now takes the place of what it said before.
        h = fold([*log, event], calendar)
    return h, event, article


def _replayed(log: Sequence[Event], event: Event, calendar: Calendar) -> tuple[History, Event]:
    """Walk the corrected log under all rules; timer events that no longer hold are struck out with it."""
    earlier = [replace(each, simulated=event.simulated) for each in log]
    _course, dropped = retrace([*earlier, event], calendar)
    if dropped:
        event = replace(event, facts={**event.facts, "dropped": dropped})
    h = fold([*log, event], calendar)
    h.pass_to(event.on)
    return h, event


def sent(
    log: Sequence[Event], h: History, event: Event, letters: tuple[LetterRef, ...], calendar: Calendar
) -> tuple[History, Event]:
    """The course and the event once the act's letters are written."""
    event = replace(event, letters=letters)
    if letters and event.action is Action.RECTIFY:
        # What was sent again has to be served anew.
        return fold([*log, event], calendar, event.on), event
    if letters:
        h.letters[event.seq], h.letters_on[event.seq] = letters, event.on
    return h, event


def passed(log: Sequence[Event], day: date, calendar: Calendar) -> tuple[list[Event], History]:
    """The log and the course once the timer has done what it owes the case by `day`."""
    events, h = list(log), fold(log, calendar)
    for facts in lapsed_consultations(h, day):
        event = Event(len(events) + 1, max(day, h.last_on), Action.RECORD_OPINION, Role.SYSTEM, facts)
        move(h, event, calendar)
        events.append(event)
    h.pass_to(day)
    return events, h

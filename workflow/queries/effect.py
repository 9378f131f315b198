"""What an act would do to a case, by the same look-ups, rules and effects that do it; nothing is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from workflow import agencies
from workflow.casefile import CaseFile, parties
from workflow.clock import legal_day
from workflow.commands import day_of, parse, prepared
from workflow.correspondence import letters_of
from workflow.engine import Act, Actor, event_of
from workflow.history import LIVE, Event, History, LetterRef, Term
from workflow.law.decisions import Decision
from workflow.law.workdays import Calendar
from workflow.log import Log
from workflow.queries.describe import explain
from workflow.queries.lights import Light, light, words
from workflow.reissuing import letters_again
from workflow.step import passed, sent, step
from workflow.store import Session
from workflow.vocabulary import Action, State, TermName, TermStatus


@dataclass(frozen=True, slots=True)
class Tried:
    """The course of a case before an act and after it, and the event that the act would write."""

    before: History
    after: History
    event: Event
    article: str
    #: The act itself, with what people wrote in it.
    act: Act


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands on a day."""

    state: State
    due_on: date | None
    provisional: bool
    conservative_due_on: date | None
    open: bool
    paused: bool
    overdue: bool
    workdays_left: int | None

    @property
    def light(self) -> Light:
        """The colour for the time that is left."""
        return light(-1 if self.overdue and not self.paused else self.workdays_left, paused=self.paused)

    @property
    def time_left(self) -> str:
        """The time that is left, in words; nothing once there is a decision."""
        if not self.open and self.state is not State.SUBMITTED:
            return ""
        return words(self.workdays_left, paused=self.paused, overdue=self.overdue)


@dataclass(frozen=True, slots=True)
class Period:
    """A term that an act opens, moves or ends."""

    name: TermName
    party: str | None
    due_on: date
    status: TermStatus
    #: How it stood before the act; None: the act opens it.
    was: TermStatus | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act would change, for people to read before they do it."""

    before: Standing
    after: Standing
    #: By how many working days the due date moves; None: there is none before, or none after.
    moved: int | None
    periods: tuple[Period, ...]
    #: The kinds of the letters that it sends, in their order.
    letters: tuple[str, ...]
    #: The decision that it gives the case.
    decision: Decision | None
    #: The fee that it charges, in yuan.
    fee_yuan: int | None
    warnings: tuple[str, ...]
    #: Why the reply is due on the new day; empty if the day and what it rests on stay.
    explain: tuple[str, ...]
    article: str

    @property
    def touches_the_clock(self) -> bool:
        """Whether the reply term, or any other, is not what it was."""
        one, other = (replace(each, state=State.SCREENING) for each in (self.before, self.after))
        return one != other or bool(self.periods) or bool(self.explain)


def tried(
    session: Session, file: CaseFile, action: Action, data: Mapping[str, Any], *, by: Actor, at: datetime
) -> Tried:
    """Try an act on the log as the timer would leave it; raises what doing it would, and changes nothing."""
    body = parse(action, data)
    on, calendar = day_of(body, at), session.calendar
    act = prepared(session, file, action, body, by=by, on=on, at=at)
    log, before = passed(file.log.events, on, calendar)
    _log, probe = passed(file.log.events, on, calendar)
    after, event, article = step(log, probe, event_of(act, len(log) + 1), calendar)
    letters = _letters(session, replace(file, log=Log(log, file.log.last_hash), history=after), event, act)
    after, event = sent(log, after, event, letters, calendar)
    return Tried(before, after, event, article, act)


def _letters(session: Session, file: CaseFile, event: Event, act: Act) -> tuple[LetterRef, ...]:
    """The letters that it would send, without numbers: none is taken for a trial."""
    kinds = [each.kind for each in letters_of(file.history, event)]
    if not kinds and "reissues" in event.facts:
        agency = agencies.by_id(session, file.row.agency_id)
        again = letters_again(session, file, event, agency, texts=act.texts, sets=act.sets)
        kinds = [each.sent.kind for each in again]
    return tuple(LetterRef(kind, "") for kind in kinds)


def effect(
    session: Session, file: CaseFile, action: Action, data: Mapping[str, Any], *, by: Actor, at: datetime
) -> Effect:
    """The same told: states, dates, terms, letters, warnings; raises BadInput, NotFound or Refused."""
    found, calendar, today = tried(session, file, action, data, by=by, at=at), session.calendar, legal_day(at)
    h, before, after = found.after, *(_standing(h, today, calendar) for h in (found.before, found.after))
    names = parties(session, file) | _named(found.act)
    return Effect(
        before=before,
        after=after,
        moved=_moved(before, after, calendar),
        periods=tuple(_periods(found.before, h, names)),
        letters=tuple(letter.kind for letter in found.event.letters),
        decision=h.decision if h.decision is not found.before.decision else None,
        fee_yuan=h.fees[-1].amount_yuan if len(h.fees) > len(found.before.fees) else None,
        warnings=tuple(warning for warning in h.warnings if warning not in found.before.warnings),
        explain=_explained(found.before, h, calendar),
        article=found.article,
    )


def _standing(h: History, today: date, calendar: Calendar) -> Standing:
    assert h.state is not None
    return Standing(
        state=h.state,
        due_on=h.due_on if h.is_open else None,
        provisional=bool(h.is_open and h.due and h.due.provisional),
        conservative_due_on=h.conservative_due_on if h.is_open else None,
        open=h.is_open,
        paused=h.is_paused,
        overdue=h.is_overdue(today),
        workdays_left=h.workdays_left(today, calendar),
    )


def _moved(before: Standing, after: Standing, calendar: Calendar) -> int | None:
    if before.due_on is None or after.due_on is None:
        return None
    return calendar.workdays_between(before.due_on, after.due_on)


def _named(act: Act) -> dict[int, str]:
    """The party that the act names first."""
    return {act.facts["party"]: act.texts["name"]} if "party" in act.facts and "name" in act.texts else {}


def _periods(before: History, after: History, names: Mapping[int, str]) -> Iterator[Period]:
    """The terms that open, move or end; the reply term is told by the due date, unless it ends."""
    old = {(term.name, term.no): term for term in before.terms}
    for term in after.terms:
        was = old.get((term.name, term.no))
        if not _differs(was, term) or (term.name is TermName.REPLY and term.status in LIVE):
            continue
        party = names.get(term.party) if term.party is not None else None
        yield Period(term.name, party, term.due_on, term.status, was.status if was else None)


def _differs(was: Term | None, now: Term) -> bool:
    if was is None:
        return now.status in LIVE
    return (was.status, was.due_on) != (now.status, now.due_on)


def _explained(before: History, after: History, calendar: Calendar) -> tuple[str, ...]:
    if not after.is_open:
        return ()
    lines = tuple(explain(after, calendar))
    return lines if lines != tuple(explain(before, calendar)) else ()

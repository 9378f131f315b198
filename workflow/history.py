"""What the log of a case says: its state, clock, terms, consultations, fees and decision, as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from workflow import clock as reply_clock
from workflow.clock import Cause, Clock, Due
from workflow.law import terms as law
from workflow.law.decisions import Decision
from workflow.law.workdays import Calendar
from workflow.records import Consultation, Draft, Fee, FinalLetter, Notice, Remedy
from workflow.vocabulary import OPEN_STATES, PAUSED_STATES, Action, Channel, Role, State, TermName, TermStatus

LIVE = frozenset({TermStatus.RUNNING, TermStatus.PAUSED, TermStatus.AWAITED})
#: The party that a ledger consulted: it does not say whom.
UNNAMED = 0
#: The fact that names for whom somebody acted as their substitute.
STANDING_FOR = "for"
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LetterRef:
    """A letter as the log knows it: what kind, under which number."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Event:
    """One act on a case; `facts` hold codes, dates and numbers, never what a person wrote."""

    seq: int
    on: date
    action: Action
    role: Role
    facts: Facts = field(default_factory=dict)
    person: int | None = None
    letters: tuple[LetterRef, ...] = ()
    simulated: bool = False

    @property
    def people(self) -> frozenset[int]:
        """Who did it, and for whom: before a rule that asks for another person, both count as one."""
        both = (self.person, self.facts.get(STANDING_FOR))
        return frozenset(each for each in both if each is not None)

    def day(self, name: str, default: date | None = None) -> date | None:
        """The fact `name` as a date."""
        value = self.facts.get(name)
        return date.fromisoformat(value) if value else default

    def on_or(self, name: str) -> date:
        """The fact `name` as a date, else the day of the act."""
        value = self.facts.get(name)
        return date.fromisoformat(value) if value else self.on


@dataclass(frozen=True, slots=True)
class Term:
    """A period with its last day; (name, no) is its identity within the case."""

    name: TermName
    no: int
    article: str
    runs_from: date
    due_on: date
    status: TermStatus
    #: The event whose letter starts the period; proof of its service gives the first day.
    event: int
    party: int | None = None


@dataclass(slots=True)
class History:
    """The course of one case up to a day, folded from its events (lifecycle.fold)."""

    state: State | None = None
    last_on: date = date.min
    last_seq: int = 0
    channel: Channel | None = None
    submitted_on: date | None = None
    received_on: date | None = None
    clock: Clock | None = None
    runs: list[Clock] = field(default_factory=list)
    due: Due | None = None
    conservative_due_on: date | None = None
    overdue_when_paused: bool = False
    terms: list[Term] = field(default_factory=list)
    clarification: Notice | None = None
    clarified: bool = False
    justification: Notice | None = None
    consultations: list[Consultation] = field(default_factory=list)
    conferences: list[int] = field(default_factory=list)
    open_conference: int | None = None
    fees: list[Fee] = field(default_factory=list)
    draft: Draft | None = None
    decision: Decision | None = None
    concluded_on: date | None = None
    first_decision: Decision | None = None
    first_concluded_on: date | None = None
    letters: dict[int, tuple[LetterRef, ...]] = field(default_factory=dict)
    letters_on: dict[int, date] = field(default_factory=dict)
    #: Corrections by the act whose letters they send again.
    reissued: dict[int, int] = field(default_factory=dict)
    final_letters: list[FinalLetter] = field(default_factory=list)
    #: The day on which each letter arrived for the first time, by its number.
    served: dict[str, date] = field(default_factory=dict)
    remedies: list[Remedy] = field(default_factory=list)
    #: The event that last opened the case again: remedies before it were against an earlier reply.
    reopened: int = 0
    retention: str | None = None
    imported: bool = False
    #: Somebody has acted on the case since it was imported: a ledger can no longer change it.
    taken_over: bool = False
    warnings: list[str] = field(default_factory=list)
    #: What `due` was computed from: most acts leave all of it as it was.
    _reckoned: tuple[Any, ...] = field(default=(), repr=False, compare=False)

    # --- What can be asked of it -----------------------------------------------------------------

    @property
    def place(self) -> str:
        """The state under the name that the state machine knows."""
        return self.state.value if self.state else NEW

    @place.setter
    def place(self, value: str) -> None:
        self.state = State(value)

    @property
    def is_open(self) -> bool:
        """Registered, and without a final decision."""
        return self.state in OPEN_STATES

    @property
    def is_paused(self) -> bool:
        """The reply term rests until the applicant answers or pays."""
        return self.state in PAUSED_STATES

    @property
    def due_on(self) -> date | None:
        """The last day for the reply; while paused, as it stood."""
        return self.due.due_on if self.due else None

    def is_overdue(self, day: date) -> bool:
        """Overdue from 00:00 of the day after `due_on`; while paused, only if it was so before."""
        if not self.is_open or self.due is None:
            return False
        return self.overdue_when_paused if self.is_paused else day > self.due.due_on

    def workdays_left(self, day: date, calendar: Calendar) -> int | None:
        """Working days after `day` up to the due date; negative when overdue, None when not running."""
        if not self.is_open or self.is_paused or self.due is None:
            return None
        return calendar.workdays_between(day, self.due.due_on)

    def term(self, name: TermName, event: int | None = None) -> Term | None:
        """The latest term of that name (opened by that event)."""
        found = (t for t in reversed(self.terms) if t.name is name and event in (None, t.event))
        return next(found, None)

    def open_consultations(self) -> Iterator[Consultation]:
        """Those whose opinion is still awaited, oldest first."""
        return (c for c in self.consultations if c.open)

    def sent(self, event: int, kind: str) -> tuple[LetterRef, date] | None:
        """The letter of that kind that an act sent, as last corrected, and its day."""
        again = [correction for correction, first in self.reissued.items() if first == event]
        for place in (*reversed(again), event):
            for letter in self.letters.get(place, ()):
                if letter.kind == kind:
                    return letter, self.letters_on[place]
        return None

    def objections(self) -> list[Consultation]:
        """Third parties who object (art. 32); of several opinions of one party the last counts."""
        asked = (c for c in self.consultations if c.answered and c.name is TermName.THIRD_PARTY_OPINION)
        last = {c.party: c for c in asked}
        return [c for _party, c in sorted(last.items()) if c.consents is False]

    def standing_fee(self) -> Fee | None:
        """The fee that was notified and neither cancelled nor returned."""
        return next((fee for fee in reversed(self.fees) if fee.standing and not fee.returned), None)

    # --- What effects do to it ----------------------------------------------------------------------

    def warn(self, text: str) -> None:
        """Note what the office should see, once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def open_term(self, name: TermName, event: Event, due_on: date, article: str, **more: Any) -> int:
        """Add a term and return its place in the list."""
        no = 1 + sum(term.name is name for term in self.terms)
        runs_from = more.pop("runs_from", event.on)
        status = more.pop("status", TermStatus.RUNNING)
        self.terms.append(Term(name, no, article, runs_from, due_on, status, event.seq, **more))
        return len(self.terms) - 1

    def set_term(self, index: int, **changes: Any) -> None:
        """Replace a term by one that differs in `changes`."""
        self.terms[index] = replace(self.terms[index], **changes)

    def close_terms(self, status: TermStatus, *names: TermName) -> None:
        """End every live term of those names (of all names, if none is given)."""
        for index, term in enumerate(self.terms):
            if term.status in LIVE and (not names or term.name in names):
                self.set_term(index, status=status)

    def start_clock(self, start: date, cause: Cause, event: Event, fixed: date | None = None) -> None:
        """Let the reply term run from `start`; what an earlier run had gathered is cleared."""
        if self.clock is not None:
            self.runs.append(self.clock)
        self.clock = Clock(start, cause, fixed=fixed)
        self.overdue_when_paused = False
        for index, term in enumerate(self.terms):
            if term.name is TermName.REPLY:
                self.set_term(index, runs_from=start, status=TermStatus.RUNNING, article=cause.value)
                return
        self.open_term(TermName.REPLY, event, start, law.REPLY.article, runs_from=start)

    def pause_clock(self, day: date) -> None:
        """Hold the reply term as it stands (arts. 30, 109号6)."""
        self.overdue_when_paused = self.due is not None and day > self.due.due_on
        for index, term in enumerate(self.terms):
            if term.name is TermName.REPLY:
                self.set_term(index, status=TermStatus.PAUSED)

    def resume_clock(self) -> None:
        """Go on as if the pause had not been: the clock itself was never touched."""
        self.overdue_when_paused = False
        for index, term in enumerate(self.terms):
            if term.name is TermName.REPLY:
                self.set_term(index, status=TermStatus.RUNNING)

    def end_consultations(self) -> None:
        """The case has ended: no opinion is awaited any more."""
        for i, asked in enumerate(self.consultations):
            if asked.open:
                self.consultations[i] = replace(asked, ended=True)

    def decide(self, decision: Decision, day: date) -> None:
        """Give the case its decision; the first one is what the annual report counts."""
        self.decision, self.concluded_on = decision, day
        if self.first_decision is None:
            self.first_decision, self.first_concluded_on = decision, day

    def reckon(self, calendar: Calendar) -> None:
        """Compute the due date anew from the clock and the consultations of its run."""
        if self.clock is None or self._basis(calendar) == self._reckoned:
            return
        self._reckon(calendar)
        self._reckoned = self._basis(calendar)

    def _basis(self, calendar: Calendar) -> tuple[Any, ...]:
        return calendar, self.clock, len(self.runs), tuple(self.consultations), tuple(self.terms)

    def _reckon(self, calendar: Calendar) -> None:
        assert self.clock is not None
        if self.consultations:
            pauses = tuple(self._pause(c) for c in self.consultations if self._counts(c))
            if pauses != self.clock.pauses:
                self.clock = replace(self.clock, pauses=pauses)
        self.due = reply_clock.due(self.clock, calendar)
        for index, term in enumerate(self.terms):
            if term.name is TermName.REPLY and term.due_on != self.due.due_on:
                self.set_term(index, due_on=self.due.due_on)

    def _counts(self, consultation: Consultation) -> bool:
        return consultation.counts and not consultation.cancelled and consultation.run == len(self.runs)

    def _pause(self, asked: Consultation) -> reply_clock.Pause:
        last_day = self.terms[asked.term].due_on
        answered = asked.closed if asked.answered else None
        return reply_clock.Pause(
            asked.sent, min(answered or last_day, last_day), projected=asked.closed is None
        )

    def pass_to(self, day: date) -> None:
        """Mark what lapsed before `day`; an open consultation's term lapses when the timer closes it."""
        open_terms = {asked.term for asked in self.open_consultations()}
        for index, term in enumerate(self.terms):
            running = term.status is TermStatus.RUNNING and term.name is not TermName.REPLY
            if running and term.due_on < day and index not in open_terms:
                self.set_term(index, status=TermStatus.LAPSED)


#: The machine's name for a case that does not exist yet.
NEW = "new"

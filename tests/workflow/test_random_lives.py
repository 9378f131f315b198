"""Random lives: whatever happens to a case, its state, dates and terms follow from its log and the law."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.workflow.lives import CORRECTED, changes_of, correctable, facts_of
from tests.workflow.recount import recount
from tests.workflow.walk import CALENDAR, Walk
from workflow import clock
from workflow.errors import Refused
from workflow.lifecycle import ROLES, fold
from workflow.vocabulary import Action, Role, State, TermName, TermStatus

A = Action
AFTER_THE_REPLY = {TermName.RECONSIDERATION, TermName.LITIGATION}
ALIVE = (TermStatus.RUNNING, TermStatus.PAUSED, TermStatus.AWAITED)
#: Acts that belong together, so that a life can be long in one part and short in another.
INTAKE = (
    A.REGISTER,
    A.REQUEST_CLARIFICATION,
    A.RECEIVE_CLARIFICATION,
    A.REQUEST_JUSTIFICATION,
    A.RECEIVE_JUSTIFICATION,
    A.JUDGE_JUSTIFICATION,
    A.ACCEPT,
    A.ASSIGN,
)
CONSULTATION = (
    A.CONSULT_THIRD_PARTY,
    A.CONSULT_AGENCY,
    A.RECORD_OPINION,
    A.RECORD_SERVICE,
    A.OPEN_CONFERENCE,
    A.CLOSE_CONFERENCE,
    A.EXTEND,
)
FEE = (A.ASSESS_FEE, A.RECORD_PAYMENT, A.CANCEL_FEE)
REPLY = (A.DRAFT_REPLY, A.RETURN_DRAFT, A.PASS_REVIEW, A.APPROVE, A.ISSUE_REPLY, A.ACCEPT)
AFTERWARDS = (A.RECORD_SERVICE, A.RECORD_REMEDY, A.REOPEN, A.ARCHIVE, A.CONFIRM_ABANDONMENT, A.ESCALATE)
ENDS = (A.WITHDRAW, A.VOID, A.REPLY_ON_THE_SPOT)


class Life(RuleBasedStateMachine):
    """One case, from its arrival on."""

    def __init__(self) -> None:
        super().__init__()
        self.walk = Walk()
        self.today = date.min

    @initialize(start=st.dates(date(2025, 11, 1), date(2026, 10, 31)), data=st.data())
    def arrives(self, start: date, data: st.DataObject) -> None:
        """Submitted, or registered from nothing."""
        self.today = start
        action = data.draw(st.sampled_from([Action.SUBMIT, Action.REGISTER]))
        self._try(action, ROLES[action][0], facts_of(action, self.walk, start, data.draw))

    @rule(data=st.data())
    def the_application_is_examined(self, data: st.DataObject) -> None:
        """Registration, clarification, justification."""
        self._do_one_of(INTAKE, data)

    @rule(data=st.data())
    def others_are_consulted(self, data: st.DataObject) -> None:
        """Third parties, agencies, conferences, more time."""
        self._do_one_of(CONSULTATION, data)

    @rule(data=st.data())
    def a_fee_is_asked_for(self, data: st.DataObject) -> None:
        """Assessed, paid, cancelled."""
        self._do_one_of(FEE, data)

    @rule(data=st.data(), acts=st.integers(1, 5))
    def a_reply_is_made(self, data: st.DataObject, acts: int) -> None:
        """Drafted, reviewed, signed, sent, or part of it."""
        for _act in range(acts):
            self._do_one_of(REPLY, data)

    @rule(data=st.data())
    def the_file_goes_on(self, data: st.DataObject) -> None:
        """Service, remedies, archive, reopening."""
        self._do_one_of(AFTERWARDS, data)

    @precondition(lambda self: len(self.walk.log) > 4)
    @rule(data=st.data())
    def it_ends_early(self, data: st.DataObject) -> None:
        """Withdrawn, voided, answered on the spot."""
        self._do_one_of(ENDS, data)

    def _do_one_of(self, acts: Sequence[Action], data: st.DataObject) -> None:
        """An act that a button offers; what is written into the form may still be refused."""
        offered = [
            (Action(action), role)
            for role in Role
            if role is not Role.SYSTEM
            for action in self.walk.may(role, self.today)
            if action in acts
        ]
        if offered:
            action, role = data.draw(st.sampled_from(offered))
            self._try(action, role, facts_of(action, self.walk, self.today, data.draw))

    @precondition(lambda self: self.walk.log)
    @rule(data=st.data(), action=st.sampled_from(Action), role=st.sampled_from(Role))
    def somebody_tries_what_no_button_offers(self, data: st.DataObject, action: Action, role: Role) -> None:
        """It is refused, whatever is written into it (H61)."""
        if action in self.walk.may(role, self.today):
            return
        facts = facts_of(action, self.walk, self.today, data.draw)
        refused = not self._try(action, role, facts | {"channel": "online"})

        assert refused, (action, role, facts)

    @precondition(lambda self: self.walk.log)
    @rule(days=st.integers(1, 25))
    def time_passes(self, days: int) -> None:
        """The timer does its work, once however often it looks."""
        self.today += timedelta(days=days)
        self.walk.sweep(self.today)
        once = deepcopy(self.walk)

        self.walk.sweep(self.today)

        assert self.walk == once

    @precondition(lambda self: self.walk.log)
    @rule(data=st.data())
    def a_record_is_corrected(self, data: st.DataObject) -> None:
        """Refused, or replayed; nothing in between."""
        event = data.draw(st.sampled_from(correctable(self.walk)))
        changes: dict[str, Any] = {}
        if event.action in CORRECTED:
            changes = changes_of(event, self.walk, data.draw)
        change: bool = bool(changes) and data.draw(st.booleans())
        if change:
            self._attempt(lambda: self.walk.rectify(self.today, event.seq, **changes))
        elif event.seq > 1:
            self._attempt(lambda: self.walk.rectify(self.today, event.seq, void=True))
        self.walk.sweep(self.today)

    def _try(self, action: Action, role: Role, facts: dict[str, Any]) -> bool:
        """Whether the act went through; a refusal leaves everything as it was."""
        self.walk.sweep(self.today)
        done = self._attempt(lambda: self.walk.do(action, self.today, by=role, **facts))
        self.walk.h.pass_to(self.today)
        return done

    def _attempt(self, act: Callable[[], object]) -> bool:
        before = deepcopy(self.walk)
        try:
            act()
        except Refused as refusal:
            refused = refusal
        else:
            return True
        assert self.walk == before
        assert refused.article
        assert "《" in refused.message
        return False

    @invariant()
    def the_course_is_what_its_log_replays_to(self) -> None:
        """State, dates, terms, warnings, all of it."""
        assert fold(self.walk.log, CALENDAR, as_of=self.today) == self.walk.h

    @invariant()
    def the_due_date_is_what_a_recount_by_hand_gives(self) -> None:
        """So is the number of days that were left out."""
        due = self.walk.h.due
        told = (due.due_on, due.excluded) if due else (None, 0)

        assert told == recount(self.walk.log, CALENDAR.is_workday)

    @invariant()
    def an_open_case_always_waits_for_something(self) -> None:
        """A case without a living term would be forgotten; one that has ended waits for nothing."""
        h = self.walk.h
        assert not h.is_open or any(term.status in ALIVE for term in h.terms)
        assert not any(c.open for c in h.consultations) or h.state is State.CONSULTING
        if h.state in (State.VOIDED, State.CONCLUDED, State.ARCHIVED):
            assert {term.name for term in h.terms if term.status in ALIVE} <= AFTER_THE_REPLY

    @invariant()
    def the_reply_term_runs_rests_or_is_over_with_the_state(self) -> None:
        """There is one, from registration on."""
        h = self.walk.h
        statuses = [term.status for term in h.terms if term.name is TermName.REPLY]
        assert len(statuses) == bool(h.received_on)
        if statuses and h.is_open:
            assert statuses == [TermStatus.PAUSED if h.is_paused else TermStatus.RUNNING]
        elif statuses:
            assert statuses[0] in (TermStatus.MET, TermStatus.CANCELLED)

    @invariant()
    def the_due_date_can_be_explained(self) -> None:
        """Every line cites an article, and the last day stands in it."""
        h = self.walk.h
        if h.clock and h.due:
            lines = clock.explain(h.clock, CALENDAR)
            assert all("《" in line for line in lines)
            assert any(clock.day_zh(h.due.due_on) in line for line in lines)


TestRandomLives = Life.TestCase
TestRandomLives.settings = settings(
    max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)

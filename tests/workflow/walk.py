"""A case walked through the pure life cycle: what the engine does, without its database and its texts."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from workflow.correspondence import letters_of
from workflow.effects.consultation import lapsed_consultations
from workflow.history import Event, History, LetterRef
from workflow.law.workdays import packaged
from workflow.lifecycle import ROLES, allowed, fold, move, retrace
from workflow.vocabulary import Action, Role, State

CALENDAR = packaged()
FIRST_DAY = date(2026, 7, 1)  # A Wednesday; no holiday before 25 September.
#: One person of each role; the drafter is the handler.
PEOPLE = {role: n for n, role in enumerate(Role, start=1)}


def day(n: int) -> date:
    """The n-th civil day after the first."""
    return FIRST_DAY + timedelta(days=n)


A = Action


@dataclass
class Walk:
    """A case and its log; every act is judged as in life, and refused as in life."""

    h: History = field(default_factory=History)
    log: list[Event] = field(default_factory=list)

    def event(
        self,
        action: Action,
        on: date | int,
        *,
        by: Role | None = None,
        person: int | None = None,
        **facts: Any,
    ) -> Event:
        """The next event, not yet done; days are told as dates or counted from the first day."""
        role = by or ROLES[action][0]
        told = {name: str(value) if isinstance(value, date) else value for name, value in facts.items()}
        who = person or PEOPLE[role]
        return Event(len(self.log) + 1, day(on) if isinstance(on, int) else on, action, role, told, who)

    def do(self, action: Action, on: date | int, **more: Any) -> "Walk":
        """Do one act, and send its letters; raises Refused."""
        self.take(self.event(action, on, **more))
        return self

    def take(self, event: Event) -> None:
        """Let this event happen."""
        move(self.h, event, CALENDAR)
        letters = tuple(
            LetterRef(each.kind, f"{each.kind}-{event.seq}") for each in letters_of(self.h, event)
        )
        if letters:
            self.h.letters[event.seq], self.h.letters_on[event.seq] = letters, event.on
        self.log.append(replace(event, letters=letters))

    def served(self, kind: str, on: date | int, **facts: Any) -> "Walk":
        """Record the service of the latest letter of that kind."""
        return self.do(Action.RECORD_SERVICE, on, **self.letter(kind), **facts)

    def letter(self, kind: str) -> dict[str, Any]:
        """The facts that name the latest letter of that kind."""
        issued = max(e.seq for e in self.log for letter in e.letters if letter.kind == kind)
        return {"letter": kind, "issued": issued, "number": f"{kind}-{issued}"}

    def rectify(self, on: date | int, event: int, *, void: bool = False, **changes: Any) -> "Walk":
        """Strike an event out or change its facts (a None takes one away), and replay the log; or Refused."""
        facts: dict[str, Any] = {"event": event, "void": True} if void else {"event": event}
        if changes:
            facts["changes"] = {n: str(v) if isinstance(v, date) else v for n, v in changes.items()}
        act = self.event(A.RECTIFY, on, **facts)
        _course, dropped = retrace([*self.log, act], CALENDAR)
        if dropped:
            act = replace(act, facts={**act.facts, "dropped": dropped})
        self.log.append(act)
        self.h = fold(self.log, CALENDAR, as_of=act.on)
        return self

    def sweep(self, on: date | int) -> "Walk":
        """What the timer does on a day: close lapsed consultations, mark lapsed terms."""
        today = day(on) if isinstance(on, int) else on
        for facts in lapsed_consultations(self.h, today):
            self.do(Action.RECORD_OPINION, max(today, self.h.last_on), by=Role.SYSTEM, **facts)
        self.h.pass_to(today)
        return self

    def pass_days(self, until: date) -> None:
        """The timer looks every day, as it does in a scenario."""
        today = self.h.last_on
        while today <= until:
            self.sweep(today)
            today += timedelta(days=1)

    def may(self, role: Role, on: date | int, person: int | None = None) -> list[str]:
        """What somebody of that role may do on that day."""
        today = day(on) if isinstance(on, int) else on
        return [action.value for action in allowed(self.h, role, person or PEOPLE[role], today, CALENDAR)]


def submitted() -> Walk:
    """An application that came online on the first day."""
    return Walk().do(A.SUBMIT, 0, channel="online")


def registered() -> Walk:
    """A paper application that was registered on the first day: due on Wednesday 2026-07-29."""
    return Walk().do(A.REGISTER, 0, channel="in_person")


def accepted() -> Walk:
    """The same, with the handling unit since the second day."""
    return registered().do(A.ACCEPT, 1)


def clarifying(**facts: Any) -> Walk:
    """Asked on the third day to clarify within 15 working days: until 2026-07-24."""
    return registered().do(A.REQUEST_CLARIFICATION, 2, **({"items_count": 1, "within_workdays": 15} | facts))


def justifying(**facts: Any) -> Walk:
    """Asked on the third day for reasons within 10 working days: until 2026-07-17."""
    return registered().do(A.REQUEST_JUSTIFICATION, 2, **({"within_workdays": 10} | facts))


def consulting(**facts: Any) -> Walk:
    """A third party was asked on Monday 2026-07-06: until 2026-07-27."""
    return accepted().do(A.CONSULT_THIRD_PARTY, 5, **({"party": 1} | facts))


def charged(**facts: Any) -> Walk:
    """A fee of 380 yuan was notified on the third day: payable until 2026-07-31."""
    return registered().do(A.ASSESS_FEE, 2, **({"basis": "per_page", "pages": 68} | facts))


def drafted(decision: str = "disclosed", walk: Walk | None = None, on: int = 6, **facts: Any) -> Walk:
    """A draft went into review on Tuesday 2026-07-07."""
    return (walk or accepted()).do(A.DRAFT_REPLY, on, decision=decision, **facts)


def signed(decision: str = "disclosed", walk: Walk | None = None, on: int = 6, **facts: Any) -> Walk:
    """The same, reviewed and signed."""
    return drafted(decision, walk, on, **facts).do(A.PASS_REVIEW, on).do(A.APPROVE, on)


def issued(decision: str = "disclosed", method: str = "in_person", **facts: Any) -> Walk:
    """The same, sent on Wednesday 2026-07-08."""
    return signed(decision, **facts).do(A.ISSUE_REPLY, 7, method=method)


def archived() -> Walk:
    """Given by hand, and in the archive."""
    return issued().do(A.ARCHIVE, 8, retention=30)


def voided() -> Walk:
    """Registered by mistake."""
    return registered().do(A.VOID, 1)


#: A plain case in each state.
AT = {
    State.SUBMITTED: submitted,
    State.SCREENING: registered,
    State.AWAITING_CLARIFICATION: clarifying,
    State.AWAITING_JUSTIFICATION: justifying,
    State.PROCESSING: accepted,
    State.CONSULTING: consulting,
    State.AWAITING_PAYMENT: charged,
    State.LEGAL_REVIEW: drafted,
    State.APPROVAL: lambda: drafted().do(A.PASS_REVIEW, 6),
    State.APPROVED: signed,
    State.CONCLUDED: issued,
    State.ARCHIVED: archived,
    State.VOIDED: voided,
}

"""The due date counted once more, one day at a time, from the events alone.

Nothing of the clock is used here: only which days are working days, and the words of the contract.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from workflow.history import Event
from workflow.vocabulary import BY_POST, Action, Channel

ONE = timedelta(days=1)
CONSULTED = {
    Action.CONSULT_THIRD_PARTY: ("third_party_consultation",),
    Action.CONSULT_AGENCY: ("agency_consultation", "secrecy_review_request"),
}
ENDS = frozenset({Action.WITHDRAW, Action.VOID, Action.CONFIRM_ABANDONMENT, Action.ISSUE_REPLY})


@dataclass
class Asked:
    """One consultation: when it was sent, its last day, and what became of it."""

    event: int
    party: int
    kinds: tuple[str, ...]
    sent: date
    last: date
    run: int
    counts: bool
    awaited: bool
    answered: date | None = None
    in_time: bool = False
    timed_out: bool = False
    returned: bool = False
    proved: bool = False
    over: bool = False

    @property
    def waiting(self) -> bool:
        """Whether its opinion is still awaited."""
        return not (self.answered or self.timed_out or self.returned or self.over)


@dataclass
class Count:
    """A count in progress."""

    works: Callable[[date], bool]
    start: date | None = None
    fixed: date | None = None
    extension: int = 0
    run: int = 0
    submitted: date | None = None
    asked: list[Asked] = field(default_factory=list)

    def after(self, day: date, n: int) -> date:
        """The n-th working day after that day."""
        while n:
            day += ONE
            n -= self.works(day)
        return day

    def excluded(self) -> int:
        """Working days on which an opinion was awaited, each once."""
        days = set()
        for one in self.asked:
            if one.counts and not one.returned and one.run == self.run:
                day = one.sent + ONE
                while day <= min(one.answered or one.last, one.last):
                    days.add(day)
                    day += ONE
        return sum(map(self.works, days))

    def due(self) -> date | None:
        """The last day for the reply."""
        if self.start is None or self.fixed is not None:
            return self.fixed
        return self.after(self.start, 20 + self.extension + self.excluded())

    def restart(self, start: date, fixed: date | None = None) -> None:
        """Whatever came last counts, and clears what was before."""
        self.start, self.fixed, self.extension, self.run = start, fixed, 0, self.run + 1

    def see(self, e: Event) -> None:
        """Take one event in."""
        if e.action in CONSULTED:
            self._ask(e, e.day("served_on"))
        elif e.action in SEEN:
            SEEN[e.action](self, e)
        if e.action in ENDS:
            for one in self.asked:
                one.over = one.over or one.waiting

    def submit(self, e: Event) -> None:
        """At the counter, that is the day of receipt."""
        if e.facts["channel"] == Channel.IN_PERSON:
            self.submitted = e.on

    def set(self, e: Event) -> None:
        """A day that is set replaces what is counted."""
        if reply_by := e.day("reply_by"):
            self.restart(e.on, fixed=reply_by)

    def extend(self, e: Event) -> None:
        """So many more."""
        self.extension = e.facts["workdays"]

    def _ask(self, e: Event, served: date | None) -> None:
        due = self.due()
        counts = self.fixed is None and due is not None and e.on <= due
        last = self.after(served or e.on, 15)
        awaited = served is None and e.facts.get("method") in BY_POST
        party, kinds = e.facts["party"], CONSULTED[e.action]
        self.asked.append(Asked(e.seq, party, kinds, e.on, last, self.run, counts, awaited))

    def hear(self, e: Event) -> None:
        """An opinion, or the timer in its stead."""
        on = e.day("received_on") or e.on
        same = [one for one in self.asked if one.party == e.facts["party"]]
        if e.facts.get("deemed"):
            next(one for one in same if one.event == e.facts["asked"]).timed_out = True
            return
        waiting = [one for one in same if one.waiting]
        closed = [one for one in same if one.timed_out and not one.answered and not one.returned]
        one = (waiting or closed or same[-1:])[0]
        one.answered = on
        one.in_time = not one.returned and (one.awaited or on <= one.last)

    def serve(self, e: Event) -> None:
        """Proof that a letter arrived for the first time, or came back."""
        published = e.day("published_on")
        on = e.day("served_on") or (published + 30 * ONE if published else e.on)
        for one in self.asked:
            if one.event != e.facts["issued"] or e.facts["letter"] not in one.kinds:
                continue
            again, one.proved = one.proved, one.proved or not e.facts.get("returned")
            if one.returned or one.over:
                continue
            if not e.facts.get("returned"):
                one.last, one.awaited = (one.last if again else self.after(on, 15)), False
            elif not one.in_time:
                one.returned = True


SEEN: dict[Action, Callable[[Count, Event], None]] = {
    Action.SUBMIT: Count.submit,
    Action.REGISTER: lambda count, e: count.restart(e.day("received_on") or count.submitted or e.on),
    Action.RECEIVE_CLARIFICATION: lambda count, e: count.restart(e.day("received_on") or e.on),
    Action.RECORD_PAYMENT: lambda count, e: count.restart(e.day("paid_on") or e.on),
    Action.JUDGE_JUSTIFICATION: Count.set,
    Action.REOPEN: Count.set,
    Action.EXTEND: Count.extend,
    Action.RECORD_OPINION: Count.hear,
    Action.RECORD_SERVICE: Count.serve,
}


def recount(log: Sequence[Event], works: Callable[[date], bool]) -> tuple[date | None, int]:
    """The due date and the working days left out, as the log stands corrected."""
    count = Count(works)
    for event in as_corrected(log):
        count.see(event)
    return count.due(), 0 if count.fixed or count.start is None else count.excluded()


def as_corrected(log: Sequence[Event]) -> list[Event]:
    """The events without those struck out, with what was changed."""
    struck = {n for e in log if e.action is Action.RECTIFY for n in e.facts.get("dropped", ())}
    struck |= {e.facts["event"] for e in log if e.action is Action.RECTIFY and e.facts.get("void")}
    standing = []
    for event in log:
        facts, on = dict(event.facts), event.on
        for later in log:
            if later.action is Action.RECTIFY and later.facts["event"] == event.seq:
                facts |= later.facts.get("changes", {})
        if facts.pop("on", None):
            raise AssertionError("the walks change no day of an act")
        facts = {name: value for name, value in facts.items() if value is not None}
        if event.seq not in struck:
            standing.append(replace(event, on=on, facts=facts))
    return standing

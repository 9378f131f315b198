"""The due date of a clock with two overlapping pauses and an extension, against the arithmetic in it."""

from datetime import date

from bench.measure import Measured, seconds, side_by_side
from workflow.clock import Cause, Clock, Pause, due
from workflow.law.terms import REPLY
from workflow.law.workdays import Calendar, packaged

START, EXTENSION = date(2026, 7, 1), 10
PAUSES = (Pause(date(2026, 7, 8), date(2026, 7, 22)), Pause(date(2026, 7, 15), date(2026, 8, 5)))
CLOCK = Clock(START, Cause.RECEIPT, PAUSES, EXTENSION)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def measure(times: int, rounds: int) -> Measured:
    """Microseconds a due date; the floor looks up four places in two lists, and knows the union."""
    calendar = packaged()
    bare = _Lists(calendar)
    assert bare.due_on() == due(CLOCK, calendar).due_on

    def ours() -> None:
        for _ in range(times):
            due(CLOCK, calendar)

    def floor() -> None:
        for _ in range(times):
            bare.due_on()

    return side_by_side(
        "due date, two pauses and an extension",
        lambda: seconds(ours),
        lambda: seconds(floor),
        rounds=rounds,
        per_round=times,
        aim="≤ 5 µs",
    )


class _Lists:
    """The working days of a year as two lists: how many until a day, and which is the n-th."""

    def __init__(self, calendar: Calendar) -> None:
        self.first = FIRST.toordinal()
        days = [date.fromordinal(n) for n in range(self.first, LAST.toordinal() + 1)]
        self.days = [day for day in days if calendar.is_workday(day)]
        self.rank = [calendar.workdays_between(FIRST, day) + calendar.is_workday(FIRST) for day in days]

    def due_on(self) -> date:
        """The same due date, with the union of the two pauses known beforehand."""
        rank, first = self.rank, self.first
        sent, closed = PAUSES[0].sent, PAUSES[1].closed
        excluded = rank[closed.toordinal() - first] - rank[sent.toordinal() - first]
        return self.days[rank[START.toordinal() - first] + REPLY.count + EXTENSION + excluded - 1]

"""Timing side by side: our code and its floor take turns, so that a busy machine slows both."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

#: Runs something that was prepared beforehand; gives the seconds of the part that counts.
Run = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: what one piece of work takes, and what the floor takes for it, in seconds."""

    name: str
    ours: float
    floor: float
    ratio: float
    aim: str


def side_by_side(name: str, ours: Run, floor: Run, *, rounds: int, per_round: int, aim: str) -> Measured:
    """Let both take turns; the ratio is the median of the rounds' ratios, not that of the medians."""
    pairs = [(ours() / per_round, floor() / per_round) for _ in range(rounds)]
    return Measured(
        name,
        median(mine for mine, _bare in pairs),
        median(bare for _mine, bare in pairs),
        median(mine / bare for mine, bare in pairs),
        aim,
    )


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes; what earlier work left to collect is collected before."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def shown(seconds: float) -> str:
    """Seconds in the unit in which they are read easily."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.2f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"

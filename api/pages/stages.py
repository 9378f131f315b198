"""The five stages of art. 45 (登记、审核、办理、答复、归档), and where a case stands in them."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.history import History
from workflow.vocabulary import State

STAGES: tuple[tuple[str, frozenset[State]], ...] = (
    ("登记", frozenset({State.SUBMITTED})),
    (
        "审核",
        frozenset({State.SCREENING, State.AWAITING_CLARIFICATION, State.AWAITING_JUSTIFICATION}),
    ),
    ("办理", frozenset({State.PROCESSING, State.CONSULTING, State.AWAITING_PAYMENT})),
    ("答复", frozenset({State.LEGAL_REVIEW, State.APPROVAL, State.APPROVED})),
    ("归档", frozenset({State.CONCLUDED})),
)


class Progress(StrEnum):
    """Whether a stage lies behind, is the present one, or is still to come."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five with its progress."""

    zh: str
    progress: Progress


def stages(h: History) -> list[Stage]:
    """The five in their order; an archived case has them all behind it, a voided one none."""
    now = next((n for n, (_zh, states) in enumerate(STAGES) if h.state in states), None)
    if now is None:
        now = len(STAGES) if h.state is State.ARCHIVED else -1
    return [Stage(zh, _progress(n, now)) for n, (zh, _states) in enumerate(STAGES)]


def _progress(n: int, now: int) -> Progress:
    if n == now:
        return Progress.NOW
    return Progress.DONE if n < now else Progress.AHEAD

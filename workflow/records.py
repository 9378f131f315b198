"""What the log of a case tells of single matters: what was asked, charged, drafted, decided and appealed."""

from dataclasses import dataclass
from datetime import date

from workflow.law.decisions import CORRECTION, DECISIONS, Decision
from workflow.vocabulary import TermName


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that asks for something, and what came of it."""

    event: int
    sent: date
    returned: bool = False
    received: date | None = None
    reasonable: bool | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """A third party (art. 32) or agency (arts. 11, 17, 34) asked for its opinion."""

    event: int
    name: TermName
    party: int
    article: str
    sent: date
    term: int
    run: int
    counts: bool
    closed: date | None = None
    by_timer: bool = False
    answered: bool = False
    #: The opinion came after the timer had closed it: recorded, and of no consequence.
    late: bool = False
    #: The letter came back: nothing was asked, and no time is left out for it.
    cancelled: bool = False
    #: The case ended before the opinion came.
    ended: bool = False
    consents: bool | None = None
    reasonable: bool | None = None
    #: The act that recorded the opinion, and the day it came, late or not.
    opinion: int | None = None
    received: date | None = None

    @property
    def open(self) -> bool:
        """Whether the opinion is still awaited."""
        return self.closed is None and not self.cancelled and not self.ended


@dataclass(frozen=True, slots=True)
class Fee:
    """An assessment; frozen once notified (109号 art. 6)."""

    event: int
    basis: str | None
    count: int | None
    amount_yuan: int
    steps: tuple[str, ...]
    notified_on: date | None
    term: int | None
    paid_on: date | None = None
    cancelled: bool = False
    returned: bool = False
    #: Taken over from a ledger, which does not tell the day of the notice: `notified_on` is the earliest.
    undated: bool = False
    receipt_no: str | None = None

    @property
    def standing(self) -> bool:
        """Whether an amount was notified and still stands."""
        return self.notified_on is not None and not self.cancelled


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply as it goes through review and signature."""

    event: int
    decision: Decision
    grounds: tuple[str, ...]
    #: Who drafted it, and whom they stood for.
    people: frozenset[int]
    #: Of an application to correct a record (art. 41): made, refused or transferred.
    correction: str | None = None

    @property
    def letter_kind(self) -> str:
        """The kind of letter that it becomes."""
        return CORRECTION if self.correction else DECISIONS[self.decision].letter_kind

    @property
    def article(self) -> str:
        """What it rests on."""
        return "41" if self.correction else DECISIONS[self.decision].article


@dataclass(frozen=True, slots=True)
class FinalLetter:
    """A letter that ends the case for the applicant, and the proof that it arrived."""

    event: int
    kind: str
    served: date | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A reconsideration or suit against the reply, and its outcome."""

    event: int
    kind: str
    #: None when a ledger told of it, which has no days for remedies.
    filed_on: date | None
    outcome: str | None = None
    decided_on: date | None = None
    #: Who decides (复议机关, 法院), and under which number.
    body: str | None = None
    case_no: str | None = None

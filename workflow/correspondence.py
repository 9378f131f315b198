"""Which letters an act sends, and what their writer is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from workflow.history import Event, History
from workflow.law.decisions import DECISIONS
from workflow.law.workdays import Calendar
from workflow.tables import Agency
from workflow.vocabulary import Action, Channel


class Addressee(StrEnum):
    """To whom a kind of letter goes."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    AGENCY = "agency"
    DEPARTMENT = "department"


#: Kinds that go to somebody else than the applicant; only what is the applicant's own is ever shown to them.
ADDRESSED_ELSEWHERE = {
    "third_party_consultation": Addressee.THIRD_PARTY,
    "agency_consultation": Addressee.AGENCY,
}
#: 文号 groups: one running number per agency, group and year; decisions share 告.
SERIES = {
    "receipt": "收",
    "receipt_confirmation": "收",
    "clarification_notice": "补",
    "justification_notice": "询",
    "extension_notice": "延",
    "deferral_notice": "延",
    "third_party_consultation": "征",
    "agency_consultation": "函",
    "fee_notice": "费",
}
DECISION_SERIES = "告"
#: Every kind of letter that an act can send, with its addressee.
ADDRESSEES: dict[str, Addressee] = {
    kind: ADDRESSED_ELSEWHERE.get(kind, Addressee.APPLICANT)
    for kind in (*SERIES, *(rule.letter_kind for rule in DECISIONS.values()))
}
APPLICANTS = frozenset(kind for kind, to in ADDRESSEES.items() if to is Addressee.APPLICANT)

#: Letters of the act itself; decisions and receipts are told apart below.
SENT_BY: dict[Action, str] = {
    Action.REQUEST_CLARIFICATION: "clarification_notice",
    Action.REQUEST_JUSTIFICATION: "justification_notice",
    Action.EXTEND: "extension_notice",
    Action.CONSULT_THIRD_PARTY: "third_party_consultation",
    Action.CONSULT_AGENCY: "agency_consultation",
}
#: Receipts by these channels rest on the confirmation of both sides (art. 31).
CONFIRMED_CHANNELS = frozenset({Channel.ONLINE, Channel.FAX, Channel.ORDINARY_POST})


@dataclass(frozen=True, slots=True)
class OwnText:
    """A kind's text as an office words it, and which of its versions that is."""

    version: int
    source: str


@dataclass(frozen=True)
class LetterOrder:
    """Everything a letter may say, as data; the writer reads no database and no clock."""

    kind: str
    number: str
    on: date
    agency: Agency
    case: Mapping[str, Any]
    history: History
    event: Event
    calendar: Calendar
    #: What the clerk or handler wrote in this act, and in the draft that it issues.
    texts: Mapping[str, Any] = field(default_factory=dict)
    draft: Mapping[str, Any] = field(default_factory=dict)
    #: Name of the consulted party by its number in the case.
    parties: Mapping[int, str] = field(default_factory=dict)
    #: By which anybody who holds the letter can verify it; none: it cannot be verified.
    code: str = ""
    #: The public address of the installation, where it is done; none: it has none.
    public_url: str = ""
    #: The kind's text as the office words it; None: the standard text.
    own_text: OwnText | None = None


@dataclass(frozen=True)
class WrittenLetter:
    """A letter ready to be frozen: which template, from which context, and the text."""

    template: str
    context: Mapping[str, Any]
    html: str


IssueLetter = Callable[[LetterOrder], WrittenLetter]


def letters_of(h: History, e: Event) -> list[str]:
    """The kinds of letters that this act sends; `h` is the course after the act."""
    if e.action is Action.REGISTER:
        confirmed = ["receipt_confirmation"] if h.channel in CONFIRMED_CHANNELS else []
        return ["receipt", *confirmed]
    if e.action is Action.JUDGE_JUSTIFICATION:
        return ["deferral_notice"] if e.facts.get("reply_by") else []
    if e.action is Action.ASSESS_FEE:
        return ["fee_notice"] if h.fees[-1].amount_yuan else []
    if e.action is Action.WITHDRAW and h.received_on is None:
        return []
    if e.action in CONCLUDING and h.decision:
        return [DECISIONS[h.decision].letter_kind]
    return [SENT_BY[e.action]] if e.action in SENT_BY else []


CONCLUDING = frozenset(
    {Action.ISSUE_REPLY, Action.REPLY_ON_THE_SPOT, Action.CONFIRM_ABANDONMENT, Action.WITHDRAW}
)


def series_of(kind: str) -> str:
    """The group of numbers that a kind of letter belongs to."""
    return SERIES.get(kind, DECISION_SERIES)

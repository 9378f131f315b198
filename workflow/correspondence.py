"""Which letters an act sends, and what their writer is told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflow.history import Event, History
from workflow.law.decisions import CORRECTION, DECISIONS, PUBLIC_INTEREST
from workflow.law.workdays import Calendar
from workflow.tables import Agency
from workflow.vocabulary import Action, Channel, Word


class Addressee(Word):
    """To whom a kind of letter goes."""

    APPLICANT = "applicant", "申请人"
    THIRD_PARTY = "third_party", "第三方"
    AGENCY = "agency", "其他机关"
    DEPARTMENT = "department", "协办单位"


#: Kinds that go to somebody else than the applicant; only what is the applicant's own is ever shown to them.
ADDRESSED_ELSEWHERE = {
    "third_party_consultation": Addressee.THIRD_PARTY,
    "third_party_reply_form": Addressee.THIRD_PARTY,
    "third_party_disclosure_notice": Addressee.THIRD_PARTY,
    "agency_consultation": Addressee.AGENCY,
    "secrecy_review_request": Addressee.AGENCY,
    "conference_invitation": Addressee.AGENCY,
    "assistance_request": Addressee.DEPARTMENT,
}
#: 文号 groups: one running number per agency, group and year; decisions, to whomever, share 告.
DECISION_SERIES = "告"
SERIES = {
    "receipt": "收",
    "receipt_confirmation": "收",
    "clarification_notice": "补",
    "justification_notice": "询",
    "extension_notice": "延",
    "deferral_notice": "延",
    "third_party_consultation": "征",
    "third_party_reply_form": "征",
    "consultation_notice": "征告",
    "agency_consultation": "函",
    "secrecy_review_request": "审",
    "assistance_request": "协",
    "conference_invitation": "会",
    "fee_notice": "费",
    "third_party_disclosure_notice": DECISION_SERIES,
    "correction_decision": DECISION_SERIES,
}
#: What goes out as a part of another letter bears its number with a suffix, and takes none of its own.
ENCLOSED = {"third_party_reply_form": ("third_party_consultation", "-回执")}
#: Kinds that end a case for its applicant: a case has one decision at a time.
DECISION_KINDS = frozenset(rule.letter_kind for rule in DECISIONS.values()) | {CORRECTION}
#: Every kind of letter that an act can send, with its addressee.
ADDRESSEES: dict[str, Addressee] = {
    kind: ADDRESSED_ELSEWHERE.get(kind, Addressee.APPLICANT) for kind in (*SERIES, *sorted(DECISION_KINDS))
}
APPLICANTS = frozenset(kind for kind, to in ADDRESSEES.items() if to is Addressee.APPLICANT)


@dataclass(frozen=True, slots=True)
class OwnText:
    """A kind's text as an office words it, and which of its versions that is."""

    version: int
    source: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A letter that went out before."""

    kind: str
    number: str
    on: date


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
    #: Which of the consulted parties it addresses; none: somebody else.
    party: int | None = None
    #: What the clerk or handler wrote in this act, and in the draft that it issues.
    texts: Mapping[str, Any] = field(default_factory=dict)
    draft: Mapping[str, Any] = field(default_factory=dict)
    #: Name of the consulted party by its number in the case.
    parties: Mapping[int, str] = field(default_factory=dict)
    #: The letter that it corrects and takes the place of; none: it is the first of its kind about its act.
    corrects: Earlier | None = None
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


def told(
    case: Mapping[str, Any],
    h: History,
    e: Event,
    texts: Mapping[int, Mapping[str, Any]],
    parties: Mapping[int, str],
) -> dict[str, Any]:
    """What the letters of an act are told of it; `texts` is what was written, by act."""
    issued = e.action is Action.ISSUE_REPLY and h.draft
    return {
        "case": case,
        "history": h,
        "event": e,
        "texts": texts.get(e.seq, {}),
        "draft": texts.get(issued.event, {}) if issued else {},
        "parties": parties,
    }


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that an act sends: its kind, and to which of the consulted parties if to one of them."""

    kind: str
    party: int | None = None


def letters_of(h: History, e: Event) -> list[Sent]:
    """The letters that this act sends, in their order; `h` is the course after the act."""
    return [Sent(kind, party) for kind in _kinds(h, e) for party in _parties(h, e, kind)]


def _kinds(h: History, e: Event) -> Iterator[str]:
    yield from _final(h, e)
    for kind in SENT_BY.get(e.action, ()):
        if kind not in ONLY_WHEN or ONLY_WHEN[kind](h, e):
            yield kind


def _final(h: History, e: Event) -> Iterator[str]:
    """The letter that ends the case; who withdraws before it was registered gets none."""
    if e.action is Action.ISSUE_REPLY and h.draft:
        yield h.draft.letter_kind
    elif e.action in CONCLUDING and h.decision and h.received_on:
        yield DECISIONS[h.decision].letter_kind


CONCLUDING = frozenset({Action.REPLY_ON_THE_SPOT, Action.CONFIRM_ABANDONMENT, Action.WITHDRAW})
#: Beside the letter that ends the case: every kind that an act may send.
SENT_BY: dict[Action, tuple[str, ...]] = {
    Action.REGISTER: ("receipt", "receipt_confirmation"),
    Action.REQUEST_CLARIFICATION: ("clarification_notice",),
    Action.REQUEST_JUSTIFICATION: ("justification_notice",),
    Action.JUDGE_JUSTIFICATION: ("deferral_notice",),
    Action.ACCEPT: ("assistance_request",),
    Action.ASSIGN: ("assistance_request",),
    Action.CONSULT_THIRD_PARTY: ("consultation_notice", "third_party_consultation", "third_party_reply_form"),
    Action.CONSULT_AGENCY: ("consultation_notice", "agency_consultation", "secrecy_review_request"),
    Action.OPEN_CONFERENCE: ("conference_invitation",),
    Action.ASSESS_FEE: ("fee_notice",),
    Action.EXTEND: ("extension_notice",),
    Action.ISSUE_REPLY: ("third_party_disclosure_notice",),
}
#: Receipts by these channels rest on the confirmation of both sides (art. 31).
CONFIRMED_CHANNELS = frozenset({Channel.ONLINE, Channel.FAX, Channel.ORDINARY_POST})
#: On what it depends whether the act sends that kind.
ONLY_WHEN: dict[str, Callable[[History, Event], bool]] = {
    "receipt_confirmation": lambda h, e: h.channel in CONFIRMED_CHANNELS,
    "deferral_notice": lambda h, e: bool(e.facts.get("reply_by")),
    "assistance_request": lambda h, e: bool(e.facts.get("assistance")),
    "agency_consultation": lambda h, e: not _of_secrecy(e),
    "secrecy_review_request": lambda h, e: _of_secrecy(e),
    "fee_notice": lambda h, e: bool(h.fees[-1].amount_yuan),
    "third_party_disclosure_notice": lambda h, e: bool(h.draft and PUBLIC_INTEREST in h.draft.grounds),
}


def _of_secrecy(e: Event) -> bool:
    """Art. 17: whether it may be disclosed at all is for somebody else to determine."""
    return e.facts.get("under") == 17


def _parties(h: History, e: Event, kind: str) -> list[int | None]:
    """To whom of the consulted the kind goes; anybody else is named by the kind itself."""
    if kind == "third_party_disclosure_notice":
        return [asked.party for asked in h.objections()]
    to_party = ADDRESSEES[kind] in (Addressee.THIRD_PARTY, Addressee.AGENCY)
    return [e.facts.get("party") if to_party else None]


def series_of(kind: str) -> str:
    """The group of numbers that a kind of letter belongs to."""
    return SERIES.get(kind, DECISION_SERIES)

"""The words in which plots are told: acts on days after the receipt, and sequences that many plots share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow.vocabulary import Action as A
from workflow.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a plot; its body may hold days, texts of the story, or the number of another case."""

    day: int
    action: A
    body: Mapping[str, Any]
    #: Where the first role that may do it is not meant.
    by: Role | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """The day that lies so many working days after the receipt."""

    number: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the story says under this name."""

    name: str
    optional: bool = False


class Other:
    """The number of the other case that the story names."""


#: How the office answers this applicant; a letter in the post has a tracking number.
ANSWERING, TRACKED = Told("method"), Told("tracking_no", optional=True)
POST = "registered_post"
Steps = tuple[Step, ...]


def step(day: int, action: A, **body: Any) -> Step:
    """One act, on the day so many working days after the receipt."""
    return Step(day, action, body)


# --- What many plots share --------------------------------------------------------------------------------


def assigned(day: int) -> Steps:
    """To the unit that handles it, and there to a person."""
    return (step(day, A.ASSIGN, unit=Told("unit"), handler=Told("handler")),)


def accepted(day: int = 1) -> Steps:
    """Into the hands of the office."""
    return step(day, A.ACCEPT, unit=Told("unit")), *assigned(day)


def drafted(day: int, which: str = "") -> Steps:
    """The draft, as the story words it."""
    names = ("grounds", "attachments", "evidence")
    more = {name: Told(which + name, optional=True) for name in names}
    wanted = {"decision": Told(which + "decision"), "reasons": Told(which + "reasons")}
    return (step(day, A.DRAFT_REPLY, **wanted, **more),)


def reviewed(day: int, signed_on: int | None = None) -> Steps:
    """Passed by the legal reviewer, and signed by the head, the same day or later."""
    comment = Told("review", optional=True)
    return step(day, A.PASS_REVIEW, comment=comment), step(signed_on or day, A.APPROVE)


def signed(day: int, which: str = "") -> Steps:
    """Drafted, reviewed, signed: three days."""
    return *drafted(day, which), *reviewed(day + 1, day + 2)


def issued(day: int) -> Steps:
    """The reply goes out, by the way in which the office answers this applicant."""
    return (step(day, A.ISSUE_REPLY, method=ANSWERING),)


def sent(day: int, which: str = "") -> Steps:
    """Signed, and sent on the day of the signature."""
    return *signed(day, which), *issued(day + 2)


def served(day: int, method: Any = ANSWERING) -> Steps:
    """The reply arrived; what was handed over in person proves itself (stories.py leaves it out)."""
    return (step(day, A.RECORD_SERVICE, served_on=Day(day), method=method, tracking_no=TRACKED),)


def archived(day: int, retention: int | str = 30) -> Steps:
    """The file is closed."""
    return (step(day, A.ARCHIVE, retention=retention),)


def filed(day: int) -> Steps:
    """Served, and archived a week later."""
    return *served(day), *archived(day + 5)


def clarification(day: int, **how: Any) -> Step:
    """Art. 30: asked for the points that the story lists."""
    return step(day, A.REQUEST_CLARIFICATION, items=Told("items"), **how)


def clarified(day: int) -> Step:
    """The applicant's answer."""
    return step(day, A.RECEIVE_CLARIFICATION, text=Told("clarification"))


def opinion(day: int, consents: bool, reasonable: bool | None = None) -> Step:
    """What the third party says."""
    judged = {} if reasonable is None else {"reasonable": reasonable}
    return step(day, A.RECORD_OPINION, name=Told("third_party"), consents=consents, **judged)


RECEIVED = (step(0, A.REGISTER),)
HANDLED = (*RECEIVED, *accepted())
ASK_THIRD = {"name": Told("third_party")}
ASK_AGENCY = {"name": Told("consulted_agency")}
CONFER = {"participants": Told("participants"), "question": Told("question")}
BY_PAGE = {"basis": "per_page", "pages": Told("pages")}
BY_PIECE = {"basis": "per_piece", "pieces": Told("pieces")}
RECEIPT = Told("receipt_no")
DECIDED_BY = {"body": Told("remedy_body"), "case_no": Told("remedy_no")}


def reconsidered(filed_on: int, decided_on: int, outcome: str) -> Steps:
    """Art. 51: the applicant turned to the reconsideration body, and it decided."""
    filing = {"kind": "reconsideration", "filed_on": Day(filed_on), **DECIDED_BY}
    decision = {"outcome": outcome, "decided_on": Day(decided_on)}
    return (
        step(filed_on + 1, A.RECORD_REMEDY, **filing),
        step(decided_on + 1, A.RECORD_REMEDY, **filing, **decision),
    )

"""Whom a letter addresses and under which title, and how it keeps from others who asks."""

import re
from datetime import date

from letters.kinds import KINDS
from letters.wording import day, visible
from workflow.correspondence import APPLICANTS, ENCLOSED, LetterOrder
from workflow.law.decisions import CORRECTION
from workflow.vocabulary import Action, ApplicantKind

#: ID numbers, telephone numbers and addresses of mail, however they are spaced, also in full width.
PERSONAL = re.compile(
    r"(?<!\d)(?:\d[ -]?){17}[\dXxＸｘ](?!\d)"
    r"|(?<!\d)[1１][ -]?[3-9３-９](?:[ -]?\d){9}(?!\d)"
    r"|(?<!\d)[(（]?[0０]\d{2,3}[)）]?[ －-]?\d{7,8}(?!\d)"
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
MASKED = "×××"


def title_of(order: LetterOrder) -> str:
    """The title; a correction is named by what became of it."""
    if order.kind == CORRECTION and order.history.draft:
        return CORRECTIONS[order.history.draft.correction or "refused"]
    return KINDS[order.kind].zh


CORRECTIONS = {
    "made": "政府信息更正决定书",
    "refused": "政府信息不予更正告知书",
    "transferred": "政府信息更正申请转送告知书",
}


def salutation_of(order: LetterOrder) -> str:
    """Whom the letter addresses; a form is returned to the office itself."""
    if order.kind in APPLICANTS:
        return str(order.case["applicant_name"])
    if order.kind in ENCLOSED:
        return order.agency.name
    if order.party is not None:
        return order.parties[order.party]
    if order.event.action is Action.OPEN_CONFERENCE:
        return "、".join(order.texts["participants"])
    return str(visible(order.event.facts["unit"]))


def you_of(order: LetterOrder) -> str:
    """How the applicant is addressed."""
    return "您" if order.case["applicant_kind"] == ApplicantKind.NATURAL_PERSON else "你单位"


def asked_about(order: LetterOrder) -> str:
    """What is asked for, without a word about who asks; a name of one letter is in many words, and stays."""
    return masked(order, str(order.case["title"]))


def masked(order: LetterOrder, text: str) -> str:
    """A text without the applicant's name and without numbers by which a person is found."""
    return without_person(text, str(order.case["applicant_name"]))


def without_person(text: str, name: str) -> str:
    """A text without that name and without numbers by which a person is found."""
    return PERSONAL.sub(MASKED, text.replace(name, "申请人") if len(name) > 1 else text)


def named(kind: str, number: str, on: date) -> dict[str, str]:
    """Another letter as this one names it."""
    return {"title": KINDS[kind].zh, "number": number, "on": day(on)}

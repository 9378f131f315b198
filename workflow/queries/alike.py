"""What was asked for before: by the same person, or in the same words; shown to the office and never refused.

A repeat is answered by referring to the first reply (art. 36(6)); somebody who asks very often may be asked
for reasons (art. 35), and pays by the piece (art. 42).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from workflow.casefile import CaseFile
from workflow.law.decisions import Decision
from workflow.sealing import normal
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import State

SHOWN = 5
#: So many of the agency's latest cases are compared word by word, up to so many characters of each.
COMPARED = 500
LENGTH = 300
#: Two requests are near when the shorter one shares that part of its pairs of signs with the other.
NEAR = 0.8
#: Fewer pairs say too little to compare by.
FEWEST = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what, as it is compared: of the person the keyed digests only."""

    agency_id: int
    id_index: str | None
    person_index: str | None
    request_digest: str | None
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case of the agency: of the same person, or one that asks for the same."""

    number: str
    title: str
    on: date | None
    state: State
    decision: Decision | None
    same_person: bool
    same_request: bool
    near: bool = False


def alike(session: Session, file: CaseFile) -> list[Alike]:
    """The latest other cases of the agency with the same text, from anybody."""
    row = file.row
    asked = Asked(row.agency_id, row.id_index, row.person_index, row.request_digest)
    same = CASES.c.request_digest == row.request_digest
    return [_told(each, asked) for each in _latest(session, asked, same, CASES.c.id != file.id)]


def earlier(session: Session, asked: Asked) -> list[Alike]:
    """What an application resembles while it is registered: in the same or near words, or of the person."""
    found: dict[str, Alike] = {}
    if asked.request_digest:
        _add(found, asked, _latest(session, asked, CASES.c.request_digest == asked.request_digest))
    for column, index in ((CASES.c.id_index, asked.id_index), (CASES.c.person_index, asked.person_index)):
        if index:
            rows = _latest(session, asked, column == index)
            _add(found, asked, [row for row in rows if _same_person(row, asked)])
    _add(found, asked, _near(session, asked), near=True)
    return sorted(found.values(), key=lambda each: (not each.same_request, not each.near))


def _add(found: dict[str, Alike], asked: Asked, rows: Iterable[Row[Any]], *, near: bool = False) -> None:
    for row in rows:
        told = _told(row, asked, near=near)
        if row.number not in found or (near and not told.same_request):
            found[row.number] = told


def _told(row: Row[Any], asked: Asked, *, near: bool = False) -> Alike:
    return Alike(
        row.number,
        row.title,
        row.received_on or row.submitted_on,
        row.state,
        row.decision,
        _same_person(row, asked),
        row.request_digest == asked.request_digest,
        near,
    )


def _cases(asked: Asked, *where: ColumnElement[bool]) -> Select[Any]:
    columns = ("number", "title", "received_on", "submitted_on", "state", "decision")
    compared = ("id_index", "person_index", "request_digest")
    return select(*(CASES.c[name] for name in (*columns, *compared))).where(
        CASES.c.agency_id == asked.agency_id, CASES.c.state != State.VOIDED, *where
    )


def _latest(session: Session, asked: Asked, *where: ColumnElement[bool]) -> list[Row[Any]]:
    query = _cases(asked, *where).order_by(CASES.c.id.desc()).limit(SHOWN)
    return list(session.execute(query))


def _near(session: Session, asked: Asked) -> list[Row[Any]]:
    """Those of the agency's latest cases whose words are nearest."""
    wanted = _pairs(asked.title, asked.description)
    if len(wanted) < FEWEST:
        return []
    words = func.substr(CASES.c.description, 1, LENGTH).label("words")
    query = _cases(asked).add_columns(words).order_by(CASES.c.received_on.desc(), CASES.c.id.desc())
    rows = session.execute(query.limit(COMPARED))
    scored = [(_shared(wanted, _pairs(row.title, row.words)), row) for row in rows]
    best = sorted((each for each in scored if each[0] >= NEAR), key=lambda each: -each[0])
    return [row for _score, row in best[:SHOWN]]


def _pairs(title: str, description: str) -> frozenset[str]:
    """The pairs of neighbouring signs of a request: Chinese has no words to compare by."""
    text = normal(f"{title} {description}"[:LENGTH])
    return frozenset(map("".join, pairwise(text)))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of the smaller that the other has too; a request may be told in full or in short."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= FEWEST else 0.0


def _same_person(a: Row[Any], b: Asked) -> bool:
    """By their papers where both have given them, else by name and contact."""
    return bool(a.id_index == b.id_index if a.id_index and b.id_index else a.person_index == b.person_index)

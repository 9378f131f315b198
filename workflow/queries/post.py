"""The post of a day: what an agency has issued, to whom, how it goes, and where to."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from workflow.casefile import open_file, parties
from workflow.commands.intake import CONTACT_PLACE
from workflow.correspondence import APPLICANTS
from workflow.numbering import GROUPS
from workflow.queries import describe
from workflow.queries.dispatch import dispatches, enclosing
from workflow.queries.letters import frozen_text
from workflow.store import Session
from workflow.tables import CASES, LETTERS
from workflow.vocabulary import BY_POST, Method

#: Texts are read in parts: a long day has hundreds of them.
AT_ONCE = 50
_TEXTS = ("case_id", "number", "html", "sha256")


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter on its way: to whom, and how as far as that is said."""

    id: int
    number: str
    kind: str
    case_number: str
    to: str
    method: Method | None
    #: Where it goes by post; empty, if the applicant has not said, or it is somebody else's.
    address: str = ""
    phone: str = ""
    #: It goes in the envelope of the letter whose number it bears.
    enclosed: bool = False

    @property
    def posted(self) -> bool:
        """Whether it needs an envelope."""
        return self.method in BY_POST and not self.enclosed


def of_day(session: Session, agency_id: int, on: date, only: Collection[int] = ()) -> list[Piece]:
    """The agency's letters of that day in the order of their numbers; of them those in `only`, if any are."""
    columns = (LETTERS.c[name] for name in ("id", "number", "series", "n", "kind"))
    query = (
        select(*columns, CASES.c.number.label("case_number"))
        .join(CASES, CASES.c.id == LETTERS.c.case_id)
        .where(LETTERS.c.agency_id == agency_id, LETTERS.c.on_date == on)
    )
    rows = session.execute(query.order_by(LETTERS.c.id)).all()
    wanted = [row for row in _in_order(rows) if not only or row.id in only]
    cases = {number: _Sender(session, number) for number in {row.case_number for row in wanted}}
    return [cases[row.case_number].piece(row) for row in wanted]


def _in_order(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """By group and running number; an enclosure follows its letter."""
    order = {group: place for place, group in enumerate(GROUPS)}
    places = {row.number: (order.get(row.series, len(order)), row.n) for row in rows if row.n}

    def place(row: Row[Any]) -> tuple[tuple[int, int], int]:
        return places.get(enclosing(row.kind, row.number), (len(order), 0)), row.id

    return sorted(rows, key=place)


class _Sender:
    """One case: what is read of it once for all of its letters."""

    def __init__(self, session: Session, number: str) -> None:
        self.file = file = open_file(session, number)
        self.dispatches = dispatches(file)
        listed = describe.letters(session, file, parties(session, file))
        self.names = {each["id"]: each["to"] for each in listed}
        contact = session.seal.decrypt_json(file.row.contact, CONTACT_PLACE) if file.row.contact else {}
        self.address, self.phone = reached(contact)

    def piece(self, row: Row[Any]) -> Piece:
        applicants = row.kind in APPLICANTS
        number = enclosing(row.kind, row.number)
        sent = self.dispatches.get(number)
        method = sent.method if sent else None
        return Piece(
            id=row.id,
            number=row.number,
            kind=row.kind,
            case_number=self.file.row.number,
            to=self.names[row.id],
            method=method or (Method(self.file.row.channel) if applicants else None),
            address=self.address if applicants else "",
            phone=self.phone if applicants else "",
            enclosed=number != row.number,
        )


def reached(contact: Mapping[str, str]) -> tuple[str, str]:
    """Address and telephone of an applicant; what was noted as one line is told by its characters."""
    line = contact.get("text", "")
    if "@" in line:
        line = ""
    noted = (line, "") if re.search(r"[^\W\d_]", line) else ("", line)
    return contact.get("address") or noted[0], contact.get("phone") or noted[1]


def texts(session: Session, pieces: Sequence[Piece]) -> Iterator[str]:
    """The frozen text of each, in their order, few at a time."""
    columns = [LETTERS.c.id, *(LETTERS.c[name] for name in _TEXTS)]
    for start in range(0, len(pieces), AT_ONCE):
        ids = [piece.id for piece in pieces[start : start + AT_ONCE]]
        rows = {row.id: row for row in session.execute(select(*columns).where(LETTERS.c.id.in_(ids)))}
        yield from (frozen_text(session, rows[letter_id]) for letter_id in ids)

"""The letters of many cases as one PDF: the chosen kinds in the order of the cases, and what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.accounts import User
from api.bulk import Pick
from api.clock import today
from api.letterfile import documents
from api.pages.bulk_report import Line
from letters.document import Document
from letters.pdf import Press
from workflow.errors import Incomplete, NotFound
from workflow.queries import printing
from workflow.store import Session, Store

#: So many letters go into one file: more would take the browser's patience, and the printer's.
MOST_LETTERS = 300
NOTHING = "没有所选的文书"


@dataclass(slots=True)
class Collected:
    """The letters that are printed, and what is said of each case."""

    read: list[Document] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def collected(
    store: Store,
    press: Press,
    user: User,
    picks: Sequence[Pick],
    titles: dict[str, str],
    kinds: Sequence[str],
    *,
    unserved: bool,
) -> Collected:
    """The letters of these cases, case by case, and why others are left out."""
    found = Collected()
    for pick in picks:
        with store.reading() as session:
            against = _case(session, press, user, pick, kinds, found, unserved=unserved)
        found.lines.append(Line(number=pick.number, title=titles.get(pick.number, ""), against=against))
    return found


def _case(
    session: Session,
    press: Press,
    user: User,
    pick: Pick,
    kinds: Sequence[str],
    found: Collected,
    *,
    unserved: bool,
) -> str:
    """Add the letters of a case; gives what is said against those that are left out."""
    before, left = len(found.read), []
    try:
        for each in printing.letters(session, user.agency_id, pick.number, kinds, unserved=unserved):
            if each.against:
                left.append(f"{each.number}{each.against}")
            elif len(found.read) >= MOST_LETTERS:
                left.append(f"{each.number}超出一次打印的{MOST_LETTERS}件")
            else:
                found.read += documents(press, [each.html])
    except (Incomplete, NotFound) as error:
        left.append(str(error))
    nothing = NOTHING if len(found.read) == before and not left else ""
    return "；".join(left) or nothing


def joined(press: Press, read: Sequence[Document]) -> bytes:
    """One PDF for both sides of the paper."""
    return press.pdf(read, on=today())

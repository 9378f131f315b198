"""The letters of several cases, to be printed together: which kinds there are, and which of them stand."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from workflow.casefile import open_file
from workflow.correspondence import DECISION_KINDS
from workflow.queries.dispatch import dispatches, enclosing
from workflow.queries.fates import fates
from workflow.queries.letters import frozen_text
from workflow.store import Session
from workflow.tables import CASES, LETTERS


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter that is to be printed; or why it is not."""

    number: str
    html: str = ""
    against: str = ""


def kinds(session: Session, agency_id: int, numbers: Collection[str]) -> dict[str, int]:
    """How many letters of each kind these cases of the agency have; the decisions first."""
    query = (
        select(LETTERS.c.kind, func.count().label("letters"))
        .join(CASES, CASES.c.id == LETTERS.c.case_id)
        .where(CASES.c.agency_id == agency_id, CASES.c.number.in_(numbers))
        .group_by(LETTERS.c.kind)
    )
    found = {row.kind: int(row.letters) for row in session.execute(query)}
    return {kind: found[kind] for kind in sorted(found, key=lambda kind: (kind not in DECISION_KINDS, kind))}


def letters(
    session: Session, agency_id: int, number: str, wanted: Collection[str], *, unserved: bool
) -> Iterator[Printed]:
    """A case's letters of those kinds, oldest first; raises NotFound, or Incomplete where one was changed."""
    file = open_file(session, number, agencies=frozenset({agency_id}))
    ways, became = dispatches(file), fates(session, file)
    query = select(LETTERS).where(LETTERS.c.case_id == file.id, LETTERS.c.kind.in_(wanted))
    for row in session.execute(query.order_by(LETTERS.c.id)).all():
        fate, way = became[row.number], ways.get(enclosing(row.kind, row.number))
        if fate.void:
            yield Printed(row.number, against="已作废")
        elif fate.replaced_by:
            yield Printed(row.number, against=f"已由{fate.replaced_by}替代")
        elif unserved and way and way.served_on:
            yield Printed(row.number, against=f"已于{way.served_on}送达")
        else:
            yield Printed(row.number, html=frozen_text(session, row))


def usual(found: Sequence[str]) -> list[str]:
    """What is printed unless something else is chosen: the decisions."""
    return [kind for kind in found if kind in DECISION_KINDS]

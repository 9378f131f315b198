"""What the register knows already of the numbers in a ledger: whose they are, and what was imported."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import and_, select

from workflow.ledger.rows import Row, number_of
from workflow.log import SEALED_PLACE
from workflow.store import Session
from workflow.tables import CASES, EVENTS, SEALED, Agency
from workflow.vocabulary import Action

T = TypeVar("T")
#: So many numbers are asked for in one question.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """A case that a ledger brought: what its latest import said; no texts once they were erased."""

    number: str
    facts: Mapping[str, Any]
    texts: Mapping[str, Any] | None


def imported_before(session: Session, agency: Agency, rows: Collection[Row]) -> dict[str, Imported]:
    """The cases of these rows that the agency's ledgers brought earlier, by the number in the ledger."""
    query = select(CASES.c.id, CASES.c.number, CASES.c.intake_number)
    found = session.execute(query.where(CASES.c.agency_id == agency.id, CASES.c.intake_number.is_not(None)))
    wanted = {row.number for row in rows}
    cases = {case.id: case for case in found if number_of(case.intake_number) in wanted}
    known: dict[str, Imported] = {}
    for some in _batches(list(cases)):
        for case_id, facts, body in session.execute(_imports(some)):
            case = cases[case_id]
            texts = json.loads(session.seal.decrypt(body, SEALED_PLACE)) if body is not None else None
            known[number_of(case.intake_number)] = Imported(case.number, facts, texts)
    return known


def _imports(case_ids: Sequence[int]) -> Any:
    """The `imported` events of the cases with their texts, the latest of each case last."""
    beside = and_(SEALED.c.case_id == EVENTS.c.case_id, SEALED.c.seq == EVENTS.c.seq)
    return (
        select(EVENTS.c.case_id, EVENTS.c.facts, SEALED.c.body)
        .join(SEALED, beside, isouter=True)
        .where(EVENTS.c.case_id.in_(case_ids), EVENTS.c.action == Action.IMPORTED)
        .order_by(EVENTS.c.case_id, EVENTS.c.seq)
    )


def holders(session: Session, numbers: Collection[str]) -> dict[str, int]:
    """Which agency has each of the numbers that are given already."""
    taken: dict[str, int] = {}
    for some in _batches(sorted(numbers)):
        query = select(CASES.c.number, CASES.c.agency_id).where(CASES.c.number.in_(some))
        taken.update((number, agency_id) for number, agency_id in session.execute(query))
    return taken


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def said(facts: Mapping[str, Any], texts: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a row says, by the fields of the columns, to compare two tellings of one application."""
    fields = {name: value for name, value in facts.items() if name != "warnings"}
    if texts is not None:
        fields |= texts["applicant"] | {"content": texts["request"]["description"]}
        fields |= {"remarks": texts["remarks"]} if "remarks" in texts else {}
    return fields

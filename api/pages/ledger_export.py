"""The ledger exported: exactly what is seen (same filter, same columns, same order), all its pages."""

from collections.abc import Iterator, Sequence
from typing import Literal

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from api.clock import today
from api.deps import StaffDep, StoreDep
from api.download import sent, written
from api.pages import ledger_filter
from api.pages.ledger import View, check_reader, chosen, view_of
from api.pages.ledger_columns import Cell
from api.pages.ledger_files import FORMS
from workflow.errors import BadInput
from workflow.queries import ledger
from workflow.queries.ledger import Filter, Place
from workflow.queries.ledger_lines import lines
from workflow.queries.offices import offices
from workflow.store import Session

router = APIRouter(prefix="/ledger")
log = structlog.get_logger("ledger")

#: So many cases go into one file: more would keep the database's connection for minutes.
LARGEST = 100_000
AT_ONCE = 500


@router.get("/export.{form}")
def export_ledger(
    request: Request, form: Literal["xlsx", "csv"], store: StoreDep, signed: StaffDep
) -> StreamingResponse:
    """Everything that the page's filter finds, in its columns; raises BadInput when it is too much."""
    check_reader(signed.user)
    view = view_of(request)
    wanted, faults = ledger_filter.read(view.said)
    if faults:
        raise BadInput("filter", "；".join(faults))
    with store.reading() as session:
        within = chosen(offices(session, signed.user.agencies), view.said.get("agency", ""))
        count = ledger.count(session, within, wanted, today(), most=LARGEST + 1)
        if count > LARGEST:
            raise BadInput("filter", f"一次最多导出{LARGEST}件，请按收到日期等条件分次导出")
        rows = _cells(session, within, wanted, view)
        file = written(lambda target: FORMS[form][0](target, view.columns, rows))
    log.info("ledger_exported", agency=signed.user.agency, by=signed.user.login, form=form, cases=count)
    name = f"台账{today()}（{count}件）.{form}"
    return sent(file, name, FORMS[form][1], plain=f"ledger.{form}")


def _cells(session: Session, within: frozenset[int], wanted: Filter, view: View) -> Iterator[Sequence[Cell]]:
    """The cells of all pages, of one moment."""
    place: Place | None = Place()
    before = 0
    while place is not None:
        page = ledger.page(session, within, wanted, today(), place, size=AT_ONCE)
        for line in lines(session, page.rows, today(), before=before):
            yield [column.cell(line) for column in view.columns]
        place, before = page.older, before + len(page.rows)

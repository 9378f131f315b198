"""The ledger exported: exactly what is seen (same filter, same columns, same order), all its pages."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Literal
from urllib.parse import quote

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from api.clock import today
from api.deps import StaffDep, StoreDep
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
IN_MEMORY, CHUNK = 2_000_000, 65_536


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
        file = _written(form, view, _cells(session, within, wanted, view))
    log.info("ledger_exported", agency=signed.user.agency, by=signed.user.login, form=form, cases=count)
    return _response(file, f"台账{today()}（{count}件）.{form}", form)


def _written(form: str, view: View, rows: Iterator[Sequence[Cell]]) -> IO[bytes]:
    """The file, in memory as long as it is small; nothing of it stays when writing fails."""
    write, _media_type = FORMS[form]
    with ExitStack() as undo:
        file = undo.enter_context(SpooledTemporaryFile(IN_MEMORY))
        write(file, view.columns, rows)
        file.seek(0)
        undo.pop_all()
    return file


def _cells(session: Session, within: frozenset[int], wanted: Filter, view: View) -> Iterator[Sequence[Cell]]:
    """The cells of all pages, of one moment."""
    place: Place | None = Place()
    while place is not None:
        page = ledger.page(session, within, wanted, today(), place, size=AT_ONCE)
        for line in lines(session, page.rows, today()):
            yield [column.cell(line) for column in view.columns]
        place = page.older


def _response(file: IO[bytes], name: str, form: str) -> StreamingResponse:
    disposition = f"attachment; filename=ledger.{form}; filename*=UTF-8''{quote(name, safe='')}"
    return StreamingResponse(
        iter(lambda: file.read(CHUNK), b""),
        media_type=FORMS[form][1],
        headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"},
        background=BackgroundTask(file.close),
    )

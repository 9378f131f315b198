"""The whole file of a case on one clean page for A4."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.accounts import User
from api.clock import now
from api.deps import StaffDep, StoreDep
from api.pages.casefile.content import content
from api.pages.rendering import page
from workflow.casefile import CaseFile, open_file
from workflow.store import Session

router = APIRouter()


@router.get("/cases/{number}/print")
def show_print(
    request: Request, number: str, store: StoreDep, signed: StaffDep, notes: str = ""
) -> HTMLResponse:
    """Everything, applicants masked as on the screen; notes only when they are asked for."""
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        told = printed(session, signed.user, file, with_notes=bool(notes))
    return page(request, "case_print.html", user=signed.user, printed_at=now(), **told)


def printed(session: Session, user: User, file: CaseFile, *, with_notes: bool) -> dict[str, Any]:
    """What the print shows."""
    return content(session, user, file) | {"with_notes": with_notes}

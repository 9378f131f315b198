"""The page itself: where a case stands, until when and why, what was done, what can be done."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.accounts import User
from api.clock import today
from api.deps import StaffDep, StoreDep
from api.pages import flash, masking, stages
from api.pages.attachments import files
from api.pages.casefile.beside import beside
from api.pages.casefile.forms import Sent
from api.pages.casefile.offered import acts, further_part
from api.pages.casefile.record import record
from api.pages.months import months
from api.pages.rendering import staff_page
from api.pages.slip import slip, spoken
from api.sessions import SignedIn
from workflow.casefile import CaseFile, open_file
from workflow.queries.alike import alike
from workflow.queries.describe import describe
from workflow.queries.fates import fates
from workflow.queries.tasks import line
from workflow.store import Session, Store

router = APIRouter()


@router.get("/cases/{number}")
def show_case(request: Request, number: str, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """Everything that the office knows of a case, within the reader's agencies."""
    said = flash.said(request, store, number)
    response = case_page(request, store, signed, number, said)
    if said:
        flash.forget(response, number)
    return response


def case_page(
    request: Request,
    store: Store,
    signed: SignedIn,
    number: str,
    said: dict[str, Any] | None = None,
    *,
    sent: Sent | None = None,
    status: int = 200,
) -> HTMLResponse:
    """The page; `sent` is a form on it that could not be taken, shown again as it was typed."""
    said = said or {}
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        content = _content(session, signed.user, file)
        if said.get("code"):
            content["slip"] = slip(request, session, file.row, said["code"], oral=spoken(file))
    return staff_page(request, signed, "case.html", status=status, said=said, sent=sent or Sent(), **content)


def _content(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    case = describe(session, file, today())
    return {
        "row": file.row,
        "case": case,
        "fates": fates(session, file),
        "task": line(session, file.row.number, user.agencies, today()),
        "stages": stages.stages(file.history),
        "months": months(file.history, session.calendar),
        "papers": masking.papers(session, file.row),
        "contacts": masking.contacts(session, file.row),
        "alike": alike(session, file),
        **further_part(session, user, file),
        **files(session, user, file),
        **acts(session, user, file),
        **record(session, file),
        **beside(session, user, file),
    }

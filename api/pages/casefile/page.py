"""The page itself: where a case stands, until when and why, what was done, what can be done."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.accounts import User
from api.deps import StaffDep, StoreDep
from api.pages import flash, stages
from api.pages.casefile.content import content
from api.pages.casefile.forms import Sent
from api.pages.casefile.offered import acts, further_part, may_export
from api.pages.guidecard import guide_card
from api.pages.months import months
from api.pages.rendering import staff_page
from api.pages.scans import offered
from api.pages.slip import slip, spoken
from api.pages.together import attend
from api.sessions import SignedIn
from workflow.casefile import CaseFile, open_file
from workflow.queries.alike import alike
from workflow.store import Session, Store

router = APIRouter()


#: Of a long history the page shows so many of the latest acts; the rest when it is asked for.
LATEST = 30


@router.get("/cases/{number}")
def show_case(
    request: Request, number: str, store: StoreDep, signed: StaffDep, course: str = ""
) -> HTMLResponse:
    """Everything that the office knows of a case, within the reader's agencies."""
    said = flash.said(request, store, number)
    response = case_page(request, store, signed, number, said, whole_course=course == "all")
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
    whole_course: bool = False,
) -> HTMLResponse:
    """The page; `sent` is a form on it that could not be taken, shown again as it was typed."""
    said = said or {}
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        told = _content(session, signed.user, file, latest=None if whole_course else LATEST)
        told |= offered(session, request.app.state.settings, signed.user)
        if said.get("code"):
            told["slip"] = slip(request, session, file.row, said["code"], oral=spoken(file))
    told["present"] = attend(store, signed.user, file.id)
    return staff_page(request, signed, "case.html", status=status, said=said, sent=sent or Sent(), **told)


def _content(session: Session, user: User, file: CaseFile, *, latest: int | None) -> dict[str, Any]:
    told = content(session, user, file, latest=latest)
    return told | {
        "stages": stages.stages(file.history),
        "months": months(file.history, session.calendar),
        "alike": alike(session, file),
        "split_of": further_part(user, file, told["parts"]),
        "may_export": may_export(user, file),
        **acts(session, user, file),
        **guide_card(session, user, file),
    }

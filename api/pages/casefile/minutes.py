"""会商纪要: the minutes of one conference on a sheet of their own, to be signed by who took part."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from api.accounts import User
from api.clock import today
from api.deps import LARGEST_KEY, StaffDep, StoreDep
from api.pages.rendering import page
from letters.addressing import without_person
from workflow.casefile import CaseFile, open_file
from workflow.queries.conferences import conference
from workflow.queries.tasks import line
from workflow.queries.timeline import timeline
from workflow.store import Session

router = APIRouter()
No = Annotated[int, Path(le=LARGEST_KEY)]


@router.get("/cases/{number}/conferences/{no}")
def show_minutes(request: Request, number: str, no: No, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """The minutes of the n-th conference of a case, within the reader's agencies."""
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        told = minutes(session, signed.user, file, no)
    return page(request, "minutes.html", **told)


def minutes(session: Session, user: User, file: CaseFile, no: int) -> dict[str, Any]:
    """What the sheet shows; as in the letter of invitation, nothing of it tells who asks (arts. 11, 34)."""
    name = str(file.row.applicant_name)
    return {
        "row": file.row,
        "task": line(session, file.row.number, user.agencies, today()),
        "each": conference(session, file, timeline(session, file), no),
        "hidden": lambda text: without_person(text, name),
    }

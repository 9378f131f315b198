"""The desk: what waits for the person who is signed in, most urgent first."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.clock import today
from api.deps import StaffDep, StoreDep
from api.pages.rendering import staff_page
from workflow.queries import desk, supervision
from workflow.queries.lights import SOON
from workflow.vocabulary import Role

router = APIRouter()


@router.get("/desk")
def show_desk(request: Request, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """The agency's counts, and the piles of this person's roles."""
    user, day = signed.user, today()
    with store.reading() as session:
        piles = desk.desk(session, user.agency_id, user.roles, user.id, day)
        standing = supervision.standing_of(session, user.agency_id, day)
    clerk = Role.CLERK in user.roles
    return staff_page(
        request, signed, "desk.html", piles=piles, standing=standing, soon=SOON, may_register=clerk
    )

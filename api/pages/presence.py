"""The signs by which a browser says that the page of a case is still open, or is left."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.accounts import User
from api.deps import FormDep, StaffDep, StoreDep
from api.pages.acts import check_token
from api.pages.rendering import staff_page
from api.pages.together import attend, best_effort
from workflow.presence import case_within, leave
from workflow.store import Store

router = APIRouter(prefix="/cases/{number}/presence")


@router.post("")
def stay(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """The page is still open; gives who else is there."""
    check_token(typed, signed)
    present = attend(store, signed.user, _case(store, signed.user, number), "".join(typed.get("filling", ())))
    return staff_page(request, signed, "_present.html", present=present)


@router.post("/leave")
def go(number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """The page is closed, as far as the browser says so."""
    check_token(typed, signed)
    case_id, form = _case(store, signed.user, number), "".join(typed.get("filling", ()))
    best_effort(store, lambda session: leave(session, case_id, signed.user.id, form))
    return Response(status_code=204)


def _case(store: Store, user: User, number: str) -> int:
    with store.reading() as session:
        return case_within(session, number, user.agencies)

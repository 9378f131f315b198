"""Saved views of the ledger: a filter and columns under a name, for oneself or for the agency."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Path
from fastapi.responses import RedirectResponse

from api.clock import now
from api.deps import LARGEST_KEY, FormDep, StaffDep, StoreDep
from api.pages import ledger_filter
from api.pages.acts import check_token
from api.pages.ledger import View, check_reader
from api.pages.ledger_columns import chosen
from workflow.commands.ledger_views import remove_view, save_view

router = APIRouter(prefix="/ledger/views")
ViewId = Annotated[int, Path(le=LARGEST_KEY)]


@router.post("")
def keep(typed: FormDep, store: StoreDep, signed: StaffDep) -> RedirectResponse:
    """Keep the view that the page shows, and go on with it."""
    check_reader(signed.user)
    check_token(typed, signed)
    view = view_in("".join(typed.get("view", ())))
    with store.transaction() as session:
        save_view(
            session,
            agency_id=signed.user.agency_id,
            user_id=signed.user.id,
            name="".join(typed.get("name", ())),
            query=view.query,
            shared="shared" in typed,
            at=now(),
        )
    return RedirectResponse(view(), 303)


@router.post("/{view_id}/remove")
def remove(view_id: ViewId, typed: FormDep, store: StoreDep, signed: StaffDep) -> RedirectResponse:
    """Take one's own view away."""
    check_token(typed, signed)
    with store.transaction() as session:
        remove_view(session, view_id, signed.user.id)
    return RedirectResponse("/ledger", 303)


def view_in(query: str) -> View:
    """The view in such an address; what is not part of a view is left out."""
    params = dict(parse_qsl(query))
    return View(ledger_filter.asked(params), chosen(params.get("columns", "")))

"""Keeping a form by itself while it is typed, or by its button; and forgetting it."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.clock import now
from api.deps import FormDep, StaffDep, StoreDep
from api.pages.actform import ActForm, form_of
from api.pages.acts import check_token
from api.pages.flash import case_path
from api.pages.keeping import forget_form, keep_form
from api.pages.numbers import number_in
from api.pages.rendering import staff_page
from api.pages.way_back import FROM, way_back

router = APIRouter(prefix="/cases/{number}/actions/{word}")


@router.post("/keep")
def keep(
    request: Request, number: str, word: str, typed: FormDep, store: StoreDep, signed: StaffDep
) -> Response:
    """Keep the form as it is filled in: a script is told when; without one, the form comes back as kept."""
    form, at = form_of(store, signed.user, number, word, number_in(typed, "event")), now()
    check_token(typed, signed)
    kept = keep_form(store, signed.user, form, typed, at)
    if "hx-request" in request.headers:
        return staff_page(request, signed, "_kept.html", at=at if kept else None)
    return _back(request, form, number)


@router.post("/forget")
def forget(
    request: Request, number: str, word: str, typed: FormDep, store: StoreDep, signed: StaffDep
) -> Response:
    """Begin anew; or leave the form, if that is what was asked."""
    form = form_of(store, signed.user, number, word, number_in(typed, "event"))
    check_token(typed, signed)
    forget_form(store, signed.user, form)
    if typed.get("to") == ["case"]:
        return RedirectResponse(way_back(request) or case_path(number), 303)
    return _back(request, form, number, **({"guide": "true"} if typed.get("guide") else {}))


def _back(request: Request, form: ActForm, number: str, **more: str) -> RedirectResponse:
    """To the form again, with the way back to where its reader came from."""
    asked = {"event": str(form.target.event.seq)} if form.target else {}
    asked |= more | ({FROM: way_back(request)} if way_back(request) else {})
    query = f"?{urlencode(asked)}" if asked else ""
    return RedirectResponse(f"{case_path(number)}/actions/{form.action}{query}", 303)

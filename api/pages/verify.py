"""Verifying a letter by number and code: whether it was issued, when, by whom, and which file is genuine."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import ratelimit
from api.deps import FormDep, StoreDep
from api.letterpage import title_of
from api.pages.rendering import page
from letters.kinds import KINDS
from workflow.errors import NotFound
from workflow.verification import genuine

router = APIRouter(prefix="/verify")


@router.get("")
def show_form(request: Request) -> HTMLResponse:
    """The form for number and code; a QR code fills it from behind the `#`."""
    return page(request, "verify.html", number="", fault="")


@router.post("")
def show_letter(request: Request, typed: FormDep, store: StoreDep) -> HTMLResponse:
    """What anybody may know of the letter, or the form again: a wrong number and a wrong code look alike."""
    ratelimit.spend(request, ratelimit.VERIFICATION, "verify")
    number, code = ("".join(typed.get(name, ())).strip() for name in ("number", "code"))
    try:
        with store.reading() as session:
            found = genuine(session, number, code)
    except NotFound as unknown:
        return page(request, "verify.html", status=404, number=number, fault=str(unknown))
    title, to = title_of(found.letter), KINDS[found.letter.kind].addressee.zh
    return page(request, "verified.html", found=found, title=title, to=to)

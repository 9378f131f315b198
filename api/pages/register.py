"""Registering what came on paper or to the counter (art. 31); the tracking code is shown once."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import acting
from api.accounts import User
from api.clock import now
from api.deps import FormDep, StaffDep, StoreDep
from api.errors import Rejected, told
from api.forms import Typed, fields_of, read
from api.pages import application, flash
from api.pages.acts import check_token
from api.pages.hints import FIELDS, OF_ACT
from api.pages.rendering import staff_page
from api.sessions import SignedIn
from workflow import agencies
from workflow.commands import parse_new, register_new
from workflow.commands.bodies import RegisterNew
from workflow.errors import BadInput, Incomplete, NotFound, Refused
from workflow.history import History
from workflow.lifecycle import check_place
from workflow.store import Store
from workflow.vocabulary import Action

router = APIRouter()

QUESTIONS = application.prepared(fields_of(RegisterNew))
HINTS = application.HINTS | FIELDS | {"received_on": OF_ACT[Action.REGISTER, "received_on"]}


@router.get("/cases/new")
def show_registration(request: Request, signed: StaffDep) -> HTMLResponse:
    """The form."""
    _check_role(signed.user)
    return _show(request, signed, None, application.new_key())


@router.post("/cases/new")
def register(request: Request, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Register, and on to the case."""
    _check_role(signed.user)
    key = "".join(typed.get("key", ())) or application.new_key()
    try:
        check_token(typed, signed)
        number, code = _registered(store, signed.user, typed, key)
    except BadInput as error:
        return _show(request, signed, typed, key, status=422, faults=list(error.details))
    except (NotFound, Refused, Rejected, Incomplete) as error:
        return _show(request, signed, typed, key, status=told(error)[0], faults=[("", str(error))])
    return flash.to_case(request, store, number, text=f"已登记，编号 {number}", code=code)


def _check_role(user: User) -> None:
    """Registering is the clerk's; raises Forbidden."""
    check_place(History(), Action.REGISTER, acting.actor(user, Action.REGISTER).role)


def _registered(store: Store, user: User, typed: Typed, key: str) -> tuple[str, str]:
    """The number and the tracking code; the same form sent twice gives the same."""
    body, by, at = parse_new(read(QUESTIONS, typed)), acting.actor(user, Action.REGISTER), now()
    with store.transaction() as session:
        agency = agencies.by_id(session, user.agency_id)
        made = register_new(session, agency, body, by=by, at=at, key=f"{user.id}:{key}")
    return made.file.row.number, made.tracking_code


def _show(
    request: Request,
    signed: SignedIn,
    typed: Typed | None,
    key: str,
    *,
    status: int = 200,
    faults: list[tuple[str, str]] | None = None,
) -> HTMLResponse:
    told_to: dict[str, Any] = application.grouped(QUESTIONS, typed, faults or ())
    return staff_page(request, signed, "register.html", status=status, key=key, hints=HINTS, **told_to)

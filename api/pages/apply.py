"""Applying online (arts. 27–29): the three groups of questions, and once the number and the code."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from api import ratelimit
from api.deps import FormDep, StoreDep
from api.forms import Typed, fields_of, read
from api.pages import application
from api.pages.rendering import page
from api.pages.slip import slip
from api.routes.applications import apply
from workflow.commands.bodies import Submit
from workflow.commands.intake import Submitted
from workflow.commands.parsing import faults as faults_of
from workflow.errors import BadInput, NotFound
from workflow.queries.offices import offices
from workflow.store import Store
from workflow.vocabulary import Channel

router = APIRouter()

#: The channel is this page, and the day is today.
QUESTIONS = application.prepared(fields_of(Submit), leave_out=("on", "channel"))
Faults = list[tuple[str, str]]


@router.get("/apply")
def show_application(request: Request, store: StoreDep, agency: str = "") -> HTMLResponse:
    """The form, for an agency if one is named."""
    return _show(request, store, None, agency, application.new_key())


@router.post("/apply")
def send_application(request: Request, typed: FormDep, store: StoreDep) -> HTMLResponse:
    """Take the application in; sent twice, it is the same one."""
    ratelimit.spend(request, ratelimit.SUBMISSIONS, "apply")
    agency, key = ("".join(typed.get(name, ())) for name in ("agency", "key"))
    key = key or application.new_key()
    data = {**read(QUESTIONS, typed), "channel": Channel.ONLINE.value}
    try:
        made = apply(store, data, agency, key)
    except ValidationError as error:
        return _show(request, store, typed, agency, key, faults_of(error.errors()))
    except NotFound:
        return _show(request, store, typed, agency, key, [("agency", "请选择受理机关")])
    except BadInput as error:
        return _show(request, store, typed, agency, key, _repeated(error))
    return _made(request, store, made)


def _repeated(error: BadInput) -> Faults:
    """A form that was sent, and then sent again with other words."""
    if error.where != "Idempotency-Key":
        return list(error.details)
    message = "这份申请表已经提交过，内容不同的申请请另开一张新的申请表填写"
    return [("", message)]


def _show(
    request: Request, store: Store, typed: Typed | None, agency: str, key: str, faults: Faults | None = None
) -> HTMLResponse:
    with store.reading() as session:
        agencies = offices(session)
    told: dict[str, Any] = application.grouped(QUESTIONS, typed, faults or ())
    wrong = next((message for place, message in faults or () if place == "agency"), "")
    told |= {"agencies": agencies, "agency": agency, "agency_wrong": wrong, "key": key}
    told |= {"hints": application.HINTS, "autocomplete": application.AUTOCOMPLETE}
    return page(request, "apply.html", status=422 if faults else 200, **told)


def _made(request: Request, store: Store, made: Submitted) -> HTMLResponse:
    """The number and the code; sending the form again shows the same."""
    with store.reading() as session:
        told = slip(request, session, made.file.row, made.tracking_code)
    return page(request, "applied.html", status=201, slip=told)

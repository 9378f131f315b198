"""Following an application with number and code; the code is posted, never in an address."""

from collections.abc import Iterable
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import ratelimit
from api.deps import FormDep, LetterId, MakersDep, StoreDep
from api.errors import told
from api.forms import Entry, Field, Typed, entries, fields_of, read
from api.letterpage import letter_page
from api.pages.rendering import page
from api.routes.applications import act_as_applicant, open_own, own_pdf, status_of
from workflow.commands.bodies import BODIES
from workflow.errors import BadInput, NotFound, Refused, Stale
from workflow.queries.letters import letter
from workflow.queries.tracking import OWN_ACTS
from workflow.store import Store
from workflow.vocabulary import Action

router = APIRouter(prefix="/track")

#: The questions of an answer, in words for applicants; days are the system's.
TITLES = {
    Action.RECEIVE_CLARIFICATION: "补正的内容",
    Action.RECEIVE_JUSTIFICATION: "申请的理由",
    Action.WITHDRAW: "撤回原因（可以不填）",
}
DONE = {
    Action.RECEIVE_CLARIFICATION: "补正材料已经送达，答复期限自今天起重新计算",
    Action.RECEIVE_JUSTIFICATION: "理由说明已经送达",
    Action.WITHDRAW: "申请已经撤回",
}
DAYS = frozenset({"on", "received_on"})


@router.get("")
def show_form(request: Request) -> HTMLResponse:
    """The form for number and code."""
    return page(request, "track.html", number="", fault="")


@router.post("")
def show_status(request: Request, typed: FormDep, store: StoreDep) -> HTMLResponse:
    """Where the application stands."""
    return _status(request, store, typed)


@router.post("/letters/{letter_id}.pdf")
def save_letter(
    request: Request, letter_id: LetterId, typed: FormDep, store: StoreDep, makers: MakersDep
) -> Response:
    """A letter addressed to the applicant as PDF, to be saved."""
    ratelimit.spend(request, ratelimit.TRACKING, "track")
    number, code = _credentials(typed)
    return own_pdf(store, makers, number, code, letter_id)


@router.post("/letters/{letter_id:int}")
def show_letter(request: Request, letter_id: LetterId, typed: FormDep, store: StoreDep) -> HTMLResponse:
    """The same as a page that prints."""
    ratelimit.spend(request, ratelimit.TRACKING, "track")
    number, code = _credentials(typed)
    with store.reading() as session:
        file = open_own(session, number, code)
        return HTMLResponse(letter_page(letter(session, file.id, letter_id, applicants_own=True)))


@router.post("/actions/{word}")
def act(request: Request, word: str, typed: FormDep, store: StoreDep) -> HTMLResponse:
    """Answer or withdraw; withdrawing asks once more."""
    action = next((each for each in OWN_ACTS if each == word), None)
    if action is None:
        raise NotFound("没有这项操作")
    if action is Action.WITHDRAW and not typed.get("confirmed"):
        return _status(request, store, typed, confirming=True)
    ratelimit.spend(request, ratelimit.TRACKING, "track")
    number, code = _credentials(typed)
    try:
        act_as_applicant(store, number, code, action, read(_questions(action), typed))
    except (BadInput, Refused, Stale) as error:
        return _status(request, store, typed, action=action, error=error)
    return _status(request, store, typed, done=DONE[action])


def _credentials(typed: Typed) -> tuple[str, str]:
    number, code = ("".join(typed.get(name, ())).strip() for name in ("number", "code"))
    return number, code


def _status(
    request: Request,
    store: Store,
    typed: Typed,
    *,
    action: Action | None = None,
    error: BadInput | Refused | Stale | None = None,
    confirming: bool = False,
    done: str = "",
) -> HTMLResponse:
    """The state of the application, or the form again: a wrong number and a wrong code look alike."""
    ratelimit.spend(request, ratelimit.TRACKING, "track")
    number, code = _credentials(typed)
    try:
        with store.reading() as session:
            status = status_of(session, open_own(session, number, code))
    except NotFound as unknown:
        return page(request, "track.html", status=404, number=number, fault=str(unknown))
    asked = {each: _asked(each, typed if each is action else None, error) for each in status["actions"]}
    refusal = "" if error is None or isinstance(error, BadInput) else str(error)
    said = {"done": done, "refusal": refusal, "confirming": confirming and Action.WITHDRAW in asked}
    answer = told(error)[0] if error else 200
    return page(request, "tracked.html", status=answer, case=status, code=code, asked=asked, **said)


def _questions(action: Action) -> tuple[Field, ...]:
    fields = (field for field in fields_of(BODIES[action]) if field.name not in DAYS)
    return tuple(replace(field, title=TITLES[action]) for field in fields)


def _asked(action: Action, typed: Typed | None, error: Exception | None) -> list[Entry]:
    faults: Iterable[tuple[str, str]] = error.details if typed and isinstance(error, BadInput) else ()
    asked, _general = entries(_questions(action), typed, faults)
    return asked

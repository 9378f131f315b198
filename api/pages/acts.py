"""One form per act: asked in place or on a page of its own, judged by the domain, nothing typed is lost."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import acting
from api.deps import FormDep, StaffDep, StoreDep
from api.errors import Rejected, told
from api.forms import Typed
from api.pages import correction, flash
from api.pages.actform import ActForm, form_of
from api.pages.course import told as told_course
from api.pages.draft import gaps, prefilled
from api.pages.effect import foreseen
from api.pages.rendering import staff_page
from api.pages.way_back import way_back
from api.sessions import SignedIn, same_token
from workflow.casefile import open_file, parties
from workflow.errors import BadInput, Incomplete, Refused, Stale
from workflow.lifecycle import check_place
from workflow.queries.timeline import timeline
from workflow.store import Store
from workflow.vocabulary import Action

router = APIRouter()

OUTDATED = "页面停留过久，安全凭证已更换。请核对内容后再次提交。"


@router.get("/cases/{number}/actions/{word}")
def show_form(
    request: Request,
    number: str,
    word: str,
    store: StoreDep,
    signed: StaffDep,
    event: int | None = None,
    guide: bool = False,
) -> HTMLResponse:
    """The form of an act that has its place here; of a correction, first the choice of the record."""
    form = form_of(store, signed.user, number, word, event)
    check_place(form.file.history, form.action, acting.actor(signed.user, form.action).role)
    if form.action is Action.RECTIFY and event is None:
        return _choose(request, store, signed, form)
    typed: Typed | None = None if form.target or event is None else {"event": [str(event)]}
    if guide and form.action is Action.DRAFT_REPLY:
        typed = prefilled(store, signed.user, number)
    return _show(request, store, signed, form, typed, form.file.version)


@router.post("/cases/{number}/actions/{word}/effect")
def try_out(
    request: Request, number: str, word: str, typed: FormDep, store: StoreDep, signed: StaffDep
) -> HTMLResponse:
    """What the act would do as the form is filled in: for a script that alone, else with the form."""
    form = form_of(store, signed.user, number, word, _number(typed, "event"))
    version = _number(typed, "version") or form.file.version
    if "hx-request" not in request.headers:
        return _show(request, store, signed, form, typed, version)
    with store.reading() as session:
        told = foreseen(session, signed.user, form, typed)
    return staff_page(request, signed, "_effect.html", form=form, foreseen=told, version=version)


@router.post("/cases/{number}/actions/{word}")
def do(
    request: Request, number: str, word: str, typed: FormDep, store: StoreDep, signed: StaffDep
) -> Response:
    """Do the act, and back to the case; or the form again with what was typed and what is wrong."""
    form = form_of(store, signed.user, number, word, _number(typed, "event"))
    seen = _number(typed, "version")
    try:
        check_token(typed, signed)
        data = form.data(typed)
        acting.act(store, signed.user, number, form.action, data, seen or 0)
    except Stale as error:
        return _stale(request, store, signed, form, typed, error)
    except (BadInput, Refused, Rejected, Incomplete) as error:
        return _again(request, store, signed, form, typed, error)
    left = gaps(data) if form.action is Action.DRAFT_REPLY else []
    return done(request, store, number, text=f"已完成：{form.action.zh}", left=left)


def done(request: Request, store: Store, number: str, **said: Any) -> Response:
    """Back to the desk, if that is where one came from, else to the case; and there it is said."""
    back = way_back(request)
    if back:
        return flash.to_desk(request, store, back, number=number, **said)
    return flash.to_case(request, store, number, **said)


def check_token(typed: Typed, signed: SignedIn) -> None:
    """A form of ours carries the token of its session; raises Rejected."""
    if not same_token("".join(typed.get("csrf", ())), signed.csrf):
        raise Rejected(403, "csrf", OUTDATED)


def _number(typed: Typed, name: str) -> int | None:
    text = "".join(typed.get(name, ()))
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _show(
    request: Request,
    store: Store,
    signed: SignedIn,
    form: ActForm,
    typed: Typed | None,
    version: int,
    *,
    status: int = 200,
    faults: list[tuple[str, str]] | None = None,
    **more: Any,
) -> HTMLResponse:
    said: dict[str, Any] = {"refusal": "", "since": None} | more
    with store.reading() as session:
        said["foreseen"] = foreseen(session, signed.user, form, typed)
    asked = form.asked(typed, faults or ())
    return staff_page(request, signed, "act.html", status=status, form=form, version=version, **asked, **said)


def _again(
    request: Request,
    store: Store,
    signed: SignedIn,
    form: ActForm,
    typed: Typed,
    error: BadInput | Refused | Rejected | Incomplete,
) -> HTMLResponse:
    """The form with its faults: beside the fields where they are known, else above."""
    version = _number(typed, "version") or form.file.version
    status, _content = told(error)
    if isinstance(error, BadInput):
        faults = form.faults(error)
        return _show(request, store, signed, form, typed, version, status=status, faults=faults)
    return _show(request, store, signed, form, typed, version, status=status, refusal=str(error))


def _stale(
    request: Request, store: Store, signed: SignedIn, form: ActForm, typed: Typed, error: Stale
) -> HTMLResponse:
    """What has changed since the form was opened, and the form again on the case as it is now."""
    with store.reading() as session:
        file = open_file(session, form.file.row.number, agencies=signed.user.agencies)
        names = parties(session, file)
        since = told_course(timeline(session, file, after=error.expected), names)
        possible = form.action in acting.permitted(session, signed.user, file)
    said: dict[str, Any] = {"refusal": str(error), "since": since, "possible": possible}
    return _show(request, store, signed, form, typed, file.version, status=409, **said)


def _choose(request: Request, store: Store, signed: SignedIn, form: ActForm) -> HTMLResponse:
    """Which record is to be corrected."""
    with store.reading() as session:
        file = open_file(session, form.file.row.number, agencies=signed.user.agencies)
        chosen = {event.seq for event in correction.correctable(file)}
        entries = [entry for entry in timeline(session, file) if entry.seq in chosen]
    return staff_page(request, signed, "rectify.html", form=form, entries=entries)

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
from api.pages.draft import gaps, prefilled
from api.pages.effect import foreseen
from api.pages.keeping import kept_of
from api.pages.numbers import number_in
from api.pages.rendering import staff_page
from api.pages.together import attend
from api.pages.versions import versions
from api.pages.way_back import way_back
from api.sessions import SignedIn, same_token
from workflow.casefile import open_file
from workflow.errors import BadInput, Incomplete, Refused, Stale
from workflow.keptforms import KeptForm
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
    kept = kept_of(store, signed.user, form)
    if kept:
        return _go_on(request, store, signed, form, kept)
    check_place(form.file.history, form.action, acting.actor(signed.user, form.action).role)
    if form.action is Action.RECTIFY and event is None:
        return _choose(request, store, signed, form)
    typed: Typed | None = None if form.target or event is None else {"event": [str(event)]}
    if guide and form.action is Action.DRAFT_REPLY:
        typed = prefilled(store, signed.user, number)
    return _show(request, store, signed, form, typed, form.file.version)


def _go_on(request: Request, store: Store, signed: SignedIn, form: ActForm, kept: KeptForm) -> HTMLResponse:
    """The form as it was left; beside it, what has happened to the case since."""
    said: dict[str, Any] = {"kept": kept}
    if kept.version != form.file.version:
        said |= _compared(store, signed, form, kept.typed, kept.version or 0)
    return _show(request, store, signed, form, kept.typed, form.file.version, **said)


@router.post("/cases/{number}/actions/{word}/effect")
def try_out(
    request: Request, number: str, word: str, typed: FormDep, store: StoreDep, signed: StaffDep
) -> HTMLResponse:
    """What the act would do as the form is filled in: for a script that alone, else with the form."""
    form = form_of(store, signed.user, number, word, number_in(typed, "event"))
    version = number_in(typed, "version") or form.file.version
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
    form = form_of(store, signed.user, number, word, number_in(typed, "event"))
    seen = number_in(typed, "version")
    try:
        check_token(typed, signed)
        data = form.data(typed)
        acting.act(store, signed.user, number, form.action, data, seen or 0)
    except Stale as error:
        form = form_of(store, signed.user, number, word, number_in(typed, "event"))
        return _stale(request, store, signed, form, typed, error)
    except (BadInput, Refused, Rejected, Incomplete) as error:
        return _again(request, store, signed, form, typed, error)
    left = gaps(data) if form.action is Action.DRAFT_REPLY else []
    handover = form.action is Action.ASSIGN
    return done(request, store, number, text=f"已完成：{form.action.zh}", left=left, handover=handover)


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
    said: dict[str, Any] = {"refusal": "", "both": None, "possible": True, "kept": None} | more
    with store.reading() as session:
        said["foreseen"] = foreseen(session, signed.user, form, typed)
    said["present"] = attend(store, signed.user, form.file.id, form.action)
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
    version = number_in(typed, "version") or form.file.version
    status, _content = told(error)
    if isinstance(error, BadInput):
        faults = form.faults(error)
        return _show(request, store, signed, form, typed, version, status=status, faults=faults)
    return _show(request, store, signed, form, typed, version, status=status, refusal=str(error))


def _stale(
    request: Request, store: Store, signed: SignedIn, form: ActForm, typed: Typed, error: Stale
) -> HTMLResponse:
    """Both versions of the case side by side, and the form again on the case as it is now."""
    said = _compared(store, signed, form, typed, error.expected) | {"refusal": str(error)}
    return _show(request, store, signed, form, typed, form.file.version, status=409, **said)


def _compared(store: Store, signed: SignedIn, form: ActForm, typed: Typed, seen: int) -> dict[str, Any]:
    """What the form was filled in upon, beside the case as it is; and whether the act is possible still."""
    with store.reading() as session:
        entries = form.asked(typed)["entries"]
        both = versions(session, form.file, form, entries, min(seen, form.file.version))
        possible = form.action in acting.permitted(session, signed.user, form.file)
    return {"both": both, "possible": possible}


def _choose(request: Request, store: Store, signed: SignedIn, form: ActForm) -> HTMLResponse:
    """Which record is to be corrected."""
    with store.reading() as session:
        file = open_file(session, form.file.row.number, agencies=signed.user.agencies)
        chosen = {event.seq for event in correction.correctable(file)}
        entries = [entry for entry in timeline(session, file) if entry.seq in chosen]
    return staff_page(request, signed, "rectify.html", form=form, entries=entries)

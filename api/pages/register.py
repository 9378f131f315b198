"""Registering what came on paper or to the counter (art. 31); the tracking code is shown once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import acting
from api.accounts import User
from api.clock import now, today
from api.deps import FormDep, SettingsDep, StaffDep, StoreDep
from api.errors import Rejected, told
from api.forms import Typed, fields_of, read
from api.pages import application, flash
from api.pages.acts import check_token
from api.pages.attachments import MOST_REASONS, Uploaded, UploadedDep
from api.pages.attachments import told as files_told
from api.pages.beside import beside, completed, first_part
from api.pages.hints import FIELDS, OF_ACT
from api.pages.rendering import staff_page
from api.pages.scans import offered
from api.scanning import put_away, taken
from api.sessions import SignedIn
from api.settings import Settings
from workflow import agencies
from workflow.attachments import LARGEST, Category, attach
from workflow.commands import parse_new, register_new
from workflow.commands.bodies import RegisterNew
from workflow.errors import BadInput, Incomplete, NotFound, Refused
from workflow.history import History
from workflow.keptforms import REGISTRATION, KeptForm, drop, keep, kept_registrations
from workflow.lifecycle import check_place
from workflow.store import Session, Store
from workflow.vocabulary import Action, Channel

router = APIRouter()

QUESTIONS = application.prepared(fields_of(RegisterNew))
HINTS = application.HINTS | FIELDS | {"received_on": OF_ACT[Action.REGISTER, "received_on"]}
Faults = list[tuple[str, str]]
#: What makes two sendings of one form one application, and names the form while it is kept.
KEY = re.compile(r"[\w-]{1,80}", re.ASCII)


@router.get("/cases/new")
def show_registration(
    request: Request,
    store: StoreDep,
    signed: StaffDep,
    split_of: str = "",
    kept: str = "",
    blank: bool = False,
) -> Response:
    """The form as it was left last, or blank; of a further part it begins with the applicant of the first."""
    _check_role(signed.user)
    with store.reading() as session:
        part = first_part(session, signed.user, split_of).typed if split_of else None
        begun = kept_registrations(session, signed.user.id)
    chosen = None if blank or split_of else _chosen(begun, kept)
    if chosen is None:
        return _show(request, store, signed, part, application.new_key(), others=begun)
    others = [each for each in begun if each is not chosen]
    return _show(request, store, signed, chosen.typed, chosen.key, kept=chosen, others=others)


@router.post("/cases/new/preview")
def look_ahead(request: Request, signed: StaffDep, typed: FormDep, store: StoreDep) -> Response:
    """The form again, with what follows from what was typed; nothing is registered."""
    _check_role(signed.user)
    check_token(typed, signed)
    return _show(request, store, signed, typed, _key(typed))


@router.post("/cases/new/keep")
def keep_begun(request: Request, signed: StaffDep, typed: FormDep, store: StoreDep) -> Response:
    """Keep the form as it is filled in; files stay with the browser."""
    _check_role(signed.user)
    check_token(typed, signed)
    said = {field.name: list(typed[field.name]) for field in QUESTIONS if any(typed.get(field.name, ()))}
    key, at = _key(typed), now()
    with store.transaction() as session:
        if said:
            keep(session, signed.user.id, REGISTRATION + key, said, at)
        else:
            drop(session, signed.user.id, REGISTRATION + key)
    if "hx-request" in request.headers:
        return staff_page(request, signed, "_kept.html", at=at if said else None)
    return RedirectResponse(f"/cases/new?kept={key}" if said else "/cases/new", 303)


@router.post("/cases/new/forget")
def forget_begun(signed: StaffDep, typed: FormDep, store: StoreDep) -> Response:
    """Begin anew."""
    check_token(typed, signed)
    with store.transaction() as session:
        drop(session, signed.user.id, REGISTRATION + _key(typed))
    return RedirectResponse("/cases/new?blank=true", 303)


@router.post("/cases/new")
def register(
    request: Request, signed: StaffDep, store: StoreDep, settings: SettingsDep, sent: UploadedDep
) -> Response:
    """Register with the files that came along, and on to the case."""
    _check_role(signed.user)
    typed, key = sent.typed, _key(sent.typed)
    try:
        check_token(typed, signed)
        registered = _registered(store, settings, signed.user, sent, key)
    except BadInput as error:
        faults = [*error.details, *_lost(sent)]
        return _show(request, store, signed, typed, key, status=422, faults=faults)
    except (NotFound, Refused, Rejected, Incomplete) as error:
        status, faults = told(error)[0], [("", str(error)), *_lost(sent)]
        return _show(request, store, signed, typed, key, status=status, faults=faults)
    said = {"text": registered.text, "code": registered.code, "left": registered.left[:MOST_REASONS]}
    return flash.to_case(request, store, registered.number, **said)


def _chosen(begun: Sequence[KeptForm], key: str) -> KeptForm | None:
    """The one that is asked for; if none is, the one that was left last."""
    return next((each for each in begun if each.place == REGISTRATION + key or not key), None)


def _lost(sent: Uploaded) -> Faults:
    """A browser chooses no file by itself."""
    return [("", "附件没有保存，请重新选择后一并提交")] if sent.files else []


def _check_role(user: User) -> None:
    """Registering is the clerk's; raises Forbidden."""
    check_place(History(), Action.REGISTER, acting.actor(user, Action.REGISTER).role)


def _key(typed: Typed) -> str:
    key = "".join(typed.get("key", ()))
    return key if KEY.fullmatch(key) else application.new_key()


def _data(session: Session, user: User, typed: Typed | None) -> dict[str, Any]:
    """What was typed, as the domain takes it; only who came in person can have spoken."""
    data = read(QUESTIONS, typed or {})
    if data.get("channel") != Channel.IN_PERSON:
        data.pop("oral", None)
    return completed(session, user, data)


@dataclass(frozen=True, slots=True)
class Registered:
    """What is said of an application once it is registered, its code only then."""

    number: str
    code: str
    text: str
    left: list[str]


def _registered(store: Store, settings: Settings, user: User, sent: Uploaded, key: str) -> Registered:
    """The application with its files in one transaction; the same form sent twice gives the same."""
    with store.reading() as session:
        body = parse_new(_data(session, user, sent.typed))
    by, at, keys = acting.actor(user, Action.REGISTER), now(), sent.typed.get("scan", [])
    with taken(store, settings, user, keys) as scanned:
        with store.transaction() as session:
            agency = agencies.by_id(session, user.agency_id)
            made = register_new(session, agency, body, by=by, at=at, key=f"{user.id}:{key}")
            files, category = [*sent.files, *scanned.uploads], Category.APPLICATION
            kept, left = attach(session, settings.uploads, made.file, files, category, by=user.id, at=at)
            drop(session, user.id, REGISTRATION + key)
        left += [*scanned.left, *put_away(store, user, made.file.id, scanned)]
    number = made.file.row.number
    text = f"已登记，编号 {number}" + (f"；{files_told(kept, left)}" if sent.files or keys else "")
    return Registered(number, made.tracking_code, text, left)


def _show(
    request: Request,
    store: Store,
    signed: SignedIn,
    typed: Typed | None,
    key: str,
    *,
    status: int = 200,
    faults: Faults | None = None,
    kept: KeptForm | None = None,
    others: Sequence[KeptForm] = (),
) -> HTMLResponse:
    content: dict[str, Any] = application.grouped(QUESTIONS, typed, faults or ())
    content["asked"] = {entry.field.name: entry for entry in content["entries"]}
    with store.reading() as session:
        data = _data(session, signed.user, typed)
        content["beside"] = beside(session, signed.user, data, today())
        content["first"] = _first(session, signed.user, data)
        ticked = typed.get("scan", ()) if typed else ()
        content |= offered(session, request.app.state.settings, signed.user, ticked)
    content |= {"key": key, "hints": HINTS, "largest_file": LARGEST // 1_000_000}
    content |= {"kept": kept, "others": others}
    return staff_page(request, signed, "register.html", status=status, **content)


def _first(session: Session, user: User, data: dict[str, Any]) -> Any:
    """The first part that the form names, if there is one."""
    try:
        return first_part(session, user, data["split_of"]) if data.get("split_of") else None
    except (BadInput, NotFound):
        return None

"""The office's own settings: how it numbers its letters, how it is reached, and where its replies lead."""

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from api.clock import now, today
from api.deps import FormDep, PressDep, StaffDep, StoreDep
from api.errors import Rejected
from api.forms import Typed, entries, fields_of, read
from api.pages.acts import check_token
from api.pages.groups import TITLES
from api.pages.rendering import staff_page
from api.sessions import SignedIn
from letters.fonts import Fonts
from letters.remedy import remedy_of
from workflow import agencies, numberformat
from workflow.commands.office import OfficeSettings, as_entered, change_settings
from workflow.commands.parsing import faults as faults_of
from workflow.errors import BadInput
from workflow.law.authorities import authorities_of
from workflow.law.remedies import Remedy
from workflow.numbering import upcoming
from workflow.store import Session, Store
from workflow.tables import Agency
from workflow.vocabulary import Role

router = APIRouter(prefix="/admin/office")
log = structlog.get_logger()

FIELDS = fields_of(OfficeSettings)
#: What the settings were when the form was made.
SEEN = "seen."
Faults = list[tuple[str, str]]


@router.get("")
def show_office(request: Request, store: StoreDep, signed: StaffDep, saved: str = "") -> HTMLResponse:
    """The settings as they are, and what letters say by them."""
    check_admin(signed)
    return _show(request, store, signed, None, saved=saved == "1")


@router.post("/preview")
def preview(
    request: Request, typed: FormDep, store: StoreDep, press: PressDep, signed: StaffDep
) -> HTMLResponse:
    """What letters would say by what was typed; nothing is kept."""
    check_admin(signed)
    check_token(typed, signed)
    _wanted, faults = _read(typed, press.fonts)
    return _show(request, store, signed, typed, faults=faults)


@router.post("")
def change(request: Request, typed: FormDep, store: StoreDep, press: PressDep, signed: StaffDep) -> Response:
    """Keep the settings; or the form again with what was typed and what is wrong."""
    check_admin(signed)
    check_token(typed, signed)
    wanted, faults = _read(typed, press.fonts)
    if wanted is None:
        return _show(request, store, signed, typed, status=422, faults=faults)
    try:
        moved = _change(store, signed, typed, wanted)
    except BadInput as error:
        return _show(request, store, signed, typed, status=422, faults=list(error.details))
    if moved:
        return _show(request, store, signed, typed, status=409, moved=moved)
    return RedirectResponse("/admin/office?saved=1", 303)


def check_admin(signed: SignedIn) -> None:
    """An office is set up by its own administrator; raises Rejected."""
    if Role.ADMIN not in signed.user.roles:
        raise Rejected(403, "forbidden", "机关设置由本机关的系统管理员办理")


def _read(typed: Typed, fonts: Fonts) -> tuple[OfficeSettings | None, Faults]:
    """The settings that were typed, or what is wrong with them: also what no font of the letters can draw."""
    data = read(FIELDS, typed)
    missing = {name: fonts.missing(str(text)) for name, text in data.items()}
    undrawn = [(name, f"没有字体可以显示“{'、'.join(chars)}”") for name, chars in missing.items() if chars]
    try:
        wanted = OfficeSettings.model_validate(data)
    except ValidationError as error:
        return None, faults_of(error.errors()) + undrawn
    return (None, undrawn) if undrawn else (wanted, [])


def _change(store: Store, signed: SignedIn, typed: Typed, wanted: OfficeSettings) -> dict[str, str]:
    """Gives what somebody else has changed since the form was made: then nothing is done."""
    user, names = signed.user, [field.name for field in FIELDS]
    seen = {name: "".join(typed.get(f"{SEEN}{name}", ())) for name in names}
    with store.transaction() as session:
        moved = change_settings(session, user.agency_id, seen, wanted, by=user.id, at=now())
    if not moved:
        entered = {name: getattr(wanted, name) or "" for name in names}
        changed = {name: [seen[name], entered[name]] for name in names if seen[name] != entered[name]}
        log.info("office_changed", agency=user.agency, by=user.login, changed=changed)
    return moved


def _show(
    request: Request,
    store: Store,
    signed: SignedIn,
    typed: Typed | None,
    *,
    status: int = 200,
    faults: Iterable[tuple[str, str]] = (),
    moved: Mapping[str, str] | None = None,
    saved: bool = False,
) -> HTMLResponse:
    with store.reading() as session:
        agency = agencies.by_id(session, signed.user.agency_id)
        stands = as_entered(agency)
        shown, general = entries(FIELDS, typed or {name: [text] for name, text in stands.items()}, faults)
        told: dict[str, Any] = _letters_say(session, agency, typed)
    told |= {"entries": shown, "general": general, "moved": moved or {}, "saved": saved}
    told |= {"agency": agency, "stands": stands, "by_law": authorities_of(agency.name, agency.kind)}
    told |= {"titles": TITLES, "standard": numberformat.STANDARD, "fields": numberformat.FIELDS}
    return staff_page(request, signed, "office.html", status=status, **told)


def _letters_say(session: Session, agency: Agency, typed: Typed | None) -> dict[str, Any]:
    """What letters would say by what was typed, or by what stands where that cannot be read."""
    try:
        wanted = OfficeSettings.model_validate(read(FIELDS, typed)) if typed is not None else None
    except ValidationError:
        return {"unreadable": True}
    values = wanted.model_dump() if wanted else {}
    after = Agency(**(agency.model_dump() | values)) if wanted else agency
    remedies = remedy_of(Remedy.R1, after, you="您", letter="本答复书", online=True)
    numbers = upcoming(session, agency, today().year, after if wanted else None)
    return {"unreadable": False, "says": after, "numbers": numbers, "remedies": remedies}

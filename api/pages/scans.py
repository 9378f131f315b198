"""The scanner's folder on the pages: what lies there, and a look at it."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.accounts import User
from api.clock import now
from api.deps import SettingsDep, StaffDep, StoreDep
from api.letterfile import any_response
from api.pages.attachments import SAVED, VIEWER
from api.pages.rendering import page
from api.pages.textview import moment
from api.scanning import folder
from api.settings import Settings
from workflow import scans
from workflow.attachments import checked
from workflow.errors import NotFound
from workflow.store import Session

router = APIRouter(prefix="/scans")


def offered(session: Session, settings: Settings, user: User, ticked: Sequence[str] = ()) -> dict[str, Any]:
    """What can be chosen, for the page; what was ticked before is ticked again."""
    own = folder(session, settings, user)
    return {
        "scanner": own is not None,
        "scans": scans.waiting(own, now()),
        "scans_ticked": ticked,
        "scanned_at": moment,
    }


@router.get("")
def show_list(request: Request, store: StoreDep, settings: SettingsDep, signed: StaffDep) -> HTMLResponse:
    """The list alone, as it is now: a form asks for it while it is filled in."""
    with store.reading() as session:
        told = offered(session, settings, signed.user, request.query_params.getlist("scan"))
    return page(request, "_scan_list.html", **told)


@router.get("/{key}")
def show(key: str, store: StoreDep, settings: SettingsDep, signed: StaffDep) -> Response:
    """A file as it lies there, judged by its content; what no browser shows is saved."""
    with store.reading() as session:
        found = scans.look(folder(session, settings, signed.user), key, now())
    if found is None:
        raise NotFound(scans.GONE)
    kind = checked(found.name, found.content)
    response = any_response(found.name, kind.media, found.content, plain="scan", inline=kind.shown)
    response.headers.update(VIEWER if kind.shown else SAVED)
    return response

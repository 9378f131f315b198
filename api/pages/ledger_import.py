"""A ledger brought in by hand: looked at first, every problem beside its row, and then just that imported."""

from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.accounts import User
from api.clock import now
from api.deps import FormDep, SettingsDep, StaffDep, StoreDep
from api.errors import Rejected
from api.letterfile import any_response
from api.pages.acts import check_token
from api.pages.attachments import UploadedDep
from api.pages.ledger import IMPORTERS
from api.pages.ledger_files import FORMS
from api.pages.ledger_filter import number
from api.pages.ledger_seen import SHOWN, Done, Seen, seen
from api.pages.rendering import staff_page
from api.sessions import SignedIn
from api.settings import Settings
from workflow import agencies, aside
from workflow.attachments import Upload, plain_name
from workflow.clock import legal_day
from workflow.errors import BadInput, Incomplete
from workflow.ledger.columns import COLUMNS, PROBLEM
from workflow.ledger.importing import BadRows, Outdated
from workflow.ledger.leftover import leftover
from workflow.ledger.outlook import look_ahead
from workflow.ledger.rows import Reading, read_rows
from workflow.ledger.sheet import sheet_of
from workflow.ledger.taking import take_in
from workflow.store import Store

router = APIRouter(prefix="/ledger/import")
log = structlog.get_logger("ledger")

LARGEST_FILE, MOST_ROWS, PAGE = 20_000_000, 5_000, 50
FILE, SEEN = "file", "seen"


def _check(user: User) -> None:
    """The register is brought in by who keeps it."""
    if user.roles.isdisjoint(IMPORTERS):
        raise Rejected(403, "forbidden", "台账由本机关的窗口经办或者负责人导入")


def _whose(user: User) -> str:
    return f"{user.agency_id} {user.id}"


# --- The file ---------------------------------------------------------------------------------------------


@router.get("")
def show_form(request: Request, signed: StaffDep) -> HTMLResponse:
    """Which file it is."""
    _check(signed.user)
    return _form(request, signed)


def _form(request: Request, signed: SignedIn, fault: str = "", status: int = 200) -> HTMLResponse:
    told = {"fault": fault, "known": COLUMNS, "most": MOST_ROWS, "largest": LARGEST_FILE // 1_000_000}
    return staff_page(request, signed, "ledger_import.html", status=status, **told)


@router.post("")
def look(
    request: Request, store: StoreDep, settings: SettingsDep, signed: StaffDep, sent: UploadedDep
) -> Response:
    """Read the file, lay it aside with what would come of it, and show that; nothing is imported."""
    _check(signed.user)
    try:
        check_token(sent.typed, signed)
        upload = _one(sent.files)
        found = _looked(store, signed.user, _reading(upload))
    except (BadInput, Rejected) as error:
        return _form(request, signed, error.message, 422 if isinstance(error, BadInput) else error.status)
    key = aside.new_key()
    content = plain_name(upload.name).encode() + b"\0" + upload.content
    aside.lay(store.seal, settings.aside, key, FILE, content, whose=_whose(signed.user))
    _lay(store, settings, signed.user, key, found)
    return RedirectResponse(f"/ledger/import/{key}", 303)


def _one(files: list[Upload]) -> Upload:
    if len(files) != 1:
        raise BadInput("", "请选择一个台账文件" if not files else "一次只能导入一个文件")
    if len(files[0].content) > LARGEST_FILE:
        raise BadInput("", f"文件超过{LARGEST_FILE // 1_000_000}MB，请分成几个文件")
    return files[0]


def _reading(upload: Upload) -> Reading:
    sheet = sheet_of(plain_name(upload.name), upload.content, most=MOST_ROWS)
    return read_rows(sheet, legal_day(now()))


def _looked(store: Store, user: User, reading: Reading) -> Seen:
    with store.reading() as session:
        return seen(reading, look_ahead(session, reading, agencies.by_id(session, user.agency_id), now()))


# --- What lies aside ----------------------------------------------------------------------------------------


def _lay(store: Store, settings: Settings, user: User, key: str, found: Seen) -> None:
    content = found.model_dump_json().encode()
    aside.lay(store.seal, settings.aside, key, SEEN, content, whose=_whose(user))


def _laid(store: Store, settings: Settings, user: User, key: str) -> Seen:
    content = aside.take(store.seal, settings.aside, key, SEEN, whose=_whose(user))
    return Seen.model_validate_json(content)


def _file(store: Store, settings: Settings, user: User, key: str) -> Upload:
    content = aside.take(store.seal, settings.aside, key, FILE, whose=_whose(user))
    name, _nul, rest = content.partition(b"\0")
    return Upload(name.decode(), rest)


# --- Looking at it ---------------------------------------------------------------------------------------


@router.get("/{key}")
def show(
    request: Request, key: str, store: StoreDep, settings: SettingsDep, signed: StaffDep
) -> HTMLResponse:
    """The rows with their problems, page by page; after the import, what came of it."""
    _check(signed.user)
    return _show(request, signed, key, _laid(store, settings, signed.user, key))


def _show(
    request: Request, signed: SignedIn, key: str, found: Seen, *, fault: str = "", status: int = 200
) -> HTMLResponse:
    wanted = request.query_params.get("show", "")
    usual = "problems" if found.count("problems") else "all"
    show = wanted if wanted in SHOWN else usual
    rows = found.shown(show)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(number(request.query_params.get("page", "")) or 1, pages)
    told: dict[str, Any] = {"key": key, "seen": found, "show": show, "choices": SHOWN, "fault": fault}
    told |= {"rows": rows[(page - 1) * PAGE : page * PAGE], "page": page, "pages": pages}
    return staff_page(request, signed, "ledger_preview.html", status=status, **told)


@router.get("/{key}/bad.xlsx")
def bad_rows(key: str, store: StoreDep, settings: SettingsDep, signed: StaffDep) -> Response:
    """The rows that cannot be taken, each with its problems, to be mended and imported."""
    _check(signed.user)
    found = _laid(store, settings, signed.user, key)
    if not found.faults:
        raise BadInput("", "没有不能导入的行")
    reading = _reading(_file(store, settings, signed.user, key))
    content = leftover(reading, found.faults, title=PROBLEM)
    log.info("bad_rows_saved", agency=signed.user.agency, by=signed.user.login, rows=len(found.faults))
    name = f"{found.name.rpartition('.')[0]}-问题行（{len(found.faults)}行）.xlsx"
    return any_response(name, FORMS["xlsx"][1], content, plain="bad.xlsx", inline=False)


@router.post("/{key}")
def bring_in(
    request: Request, key: str, typed: FormDep, store: StoreDep, settings: SettingsDep, signed: StaffDep
) -> Response:
    """Import just what was shown, or show what has become of it meanwhile."""
    _check(signed.user)
    user, found = signed.user, _laid(store, settings, signed.user, key)
    if found.done:
        return RedirectResponse(f"/ledger/import/{key}", 303)
    try:
        check_token(typed, signed)
        _taken(store, settings, user, key, found, typed)
    except BadRows:
        told = f"有{len(found.faults)}行不能导入，没有写入任何内容。请改正后换一个文件，或者跳过这些行。"
        return _show(request, signed, key, found, fault=told, status=422)
    except Outdated as error:
        again = _looked(store, user, _reading(_file(store, settings, user, key)))
        _lay(store, settings, user, key, again)
        return _show(request, signed, key, again, fault=f"{error}。以下是最新的预览。", status=409)
    except (Incomplete, Rejected) as error:
        status = error.status if isinstance(error, Rejected) else 409
        return _show(request, signed, key, found, fault=str(error), status=status)
    return RedirectResponse(f"/ledger/import/{key}", 303)


def _taken(
    store: Store, settings: Settings, user: User, key: str, found: Seen, typed: dict[str, list[str]]
) -> None:
    reading = _reading(_file(store, settings, user, key))
    with store.reading() as session:
        agency = agencies.by_id(session, user.agency_id).code
    digest, skip = "".join(typed.get("digest", ())), "skip" in typed
    report, _kept = take_in(store, settings.data, reading, agency, at=now(), skip_bad=skip, seen=digest)
    numbers = {"imported": report.imported, "updated": report.updated, "unchanged": report.unchanged}
    found.done = Done(**numbers, left=len(report.faults))
    _lay(store, settings, user, key, found)
    log.info("ledger_imported", agency=user.agency, by=user.login, left=len(report.faults), **numbers)


@router.post("/{key}/drop")
def drop(
    key: str, typed: FormDep, settings: SettingsDep, store: StoreDep, signed: StaffDep
) -> RedirectResponse:
    """Take another file instead."""
    _check(signed.user)
    check_token(typed, signed)
    _laid(store, settings, signed.user, key)
    aside.drop(settings.aside, key)
    return RedirectResponse("/ledger/import", 303)

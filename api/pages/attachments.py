"""The files of a case: brought by its agency's staff, listed with their hashes, shown or saved, removed."""

import re
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import unquote_to_bytes

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from api.accounts import User
from api.clock import now
from api.deps import LARGEST_KEY, FormDep, SettingsDep, StaffDep, StoreDep
from api.letterfile import any_response
from api.pages import flash
from api.pages.acts import check_token
from api.pages.textview import moment
from api.scanning import put_away, taken
from workflow import attachments
from workflow.attachments import Attachment, Category, Upload
from workflow.casefile import CaseFile, open_file
from workflow.errors import BadInput, Refused
from workflow.store import Session

router = APIRouter()

PATH = "/cases/{number}/attachments"
MOST_FILES = 50
#: So many reasons fit into what is said once after the upload.
MOST_REASONS = 5
#: What a server that serves nothing else may have rendered: no script, no address, no frame of another.
VIEWER = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
        "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAVED = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Seq = Annotated[int, Path(le=LARGEST_KEY)]


@dataclass(slots=True)
class Uploaded:
    """A form with files, each under its own name and read to its end."""

    typed: dict[str, list[str]] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)


async def uploaded(request: Request) -> AsyncIterator[Uploaded]:
    """What such a form sent; a file that nobody chose is none."""
    sent = Uploaded()
    async with request.form(max_files=MOST_FILES) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                called = name_of(value)
                if called:
                    sent.files.append(Upload(called, await value.read()))
            else:
                sent.typed.setdefault(name, []).append(value)
    yield sent


UploadedDep = Annotated[Uploaded, Depends(uploaded)]


def name_of(file: UploadFile) -> str:
    """The name as it was meant: in UTF-8, after RFC 5987, or in GB18030 as old programs send it."""
    told = re.search(r"filename\*=([\w-]+)'[^']*'([^;\s]+)", file.headers.get("content-disposition", ""))
    if told:
        try:
            return unquote_to_bytes(told[2]).decode(told[1])
        except (LookupError, UnicodeDecodeError):
            pass  # The plain name beside it is better than none.
    name = file.filename or ""
    try:
        return name.encode("latin-1").decode("gb18030")  # What is no UTF-8 was read as Latin-1.
    except UnicodeError:
        return name


@router.post(PATH)
def upload(
    request: Request,
    number: str,
    store: StoreDep,
    signed: StaffDep,
    settings: SettingsDep,
    sent: UploadedDep,
) -> Response:
    """Keep what can be kept, and tell of each of the others why not."""
    check_token(sent.typed, signed)
    category, keys = _category(sent.typed.get("category", ())), sent.typed.get("scan", [])
    if not sent.files and not keys:
        raise BadInput("", "请先选择要添加的文件")
    with taken(store, settings, signed.user, keys) as scanned:
        with store.transaction() as session:
            file = opened(session, signed.user, number)
            uploads = [*sent.files, *scanned.uploads]
            kept, left = attachments.attach(
                session, settings.uploads, file, uploads, category, by=signed.user.id, at=now()
            )
        left += [*scanned.left, *put_away(store, signed.user, file.id, scanned)]
    if not kept:
        raise BadInput("", left[0] if len(left) == 1 else "文件都没有保存", [("", each) for each in left])
    return flash.to_case(request, store, number, text=told(kept, left), left=left[:MOST_REASONS])


def told(kept: Sequence[str], left: Sequence[str]) -> str:
    """What is said once after an upload."""
    return f"已添加{len(kept)}个附件" + (f"，{len(left)}个没有保存" if left else "")


def _category(said: Iterable[str]) -> Category:
    word = "".join(said)
    if word not in {each.value for each in Category}:
        raise BadInput("", "请选择附件的类别")
    return Category(word)


@router.get(PATH + "/{seq}")
def save(number: str, seq: Seq, store: StoreDep, signed: StaffDep, settings: SettingsDep) -> Response:
    """The file, to be saved under its name."""
    with store.reading() as session:
        found = attachments.attachment(session, opened(session, signed.user, number).id, seq)
    content = attachments.content_of(store.seal, settings.uploads, found)
    response = any_response(found.name, found.type.media, content, plain="attachment", inline=False)
    response.headers.update(SAVED)
    return response


@router.get(PATH + "/{seq}/view")
def view(number: str, seq: Seq, store: StoreDep, signed: StaffDep, settings: SettingsDep) -> Response:
    """A PDF or a picture, to be looked at; anything else is only saved."""
    with store.reading() as session:
        found = attachments.attachment(session, opened(session, signed.user, number).id, seq)
    if not found.type.shown:
        raise BadInput("", f"{found.type.zh}不能在浏览器中查看，请下载")
    content = attachments.content_of(store.seal, settings.uploads, found)
    response = any_response(found.name, found.type.media, content, plain="attachment", inline=True)
    response.headers.update(VIEWER)
    return response


@router.post(PATH + "/{seq}/remove")
def remove(
    request: Request, number: str, seq: Seq, typed: FormDep, store: StoreDep, signed: StaffDep
) -> Response:
    """Take a file out of the list; who did so stays to be read."""
    check_token(typed, signed)
    with store.transaction() as session:
        file = opened(session, signed.user, number)
        name = attachments.remove(session, file.id, seq, by=signed.user.id, at=now())
    return flash.to_case(request, store, number, text=f"已移除附件：{name}")


def opened(session: Session, user: User, number: str) -> CaseFile:
    """A case of the own agency: files are for nobody else; raises NotFound."""
    return open_file(session, number, agencies=frozenset({user.agency_id}))


# --- On the page of the case -----------------------------------------------------------------------------


def files(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    """The files of a case for its page; to others than the agency's staff not even their names."""
    if file.row.agency_id != user.agency_id:
        return {"files": None}
    found = attachments.attachments(session, file.id)
    try:
        attachments.check_open(file)
        closed = ""
    except Refused as refusal:
        closed = str(refusal)
    return {
        "files": [each for each in found if each.removed_at is None and _latest(each, found)],
        "earlier_files": [each for each in found if each.removed_at is None and not _latest(each, found)],
        "removed_files": [each for each in found if each.removed_at is not None],
        "files_closed": closed,
        "categories": list(Category),
        "moment": moment,
        "largest_file": attachments.LARGEST // 1_000_000,
    }


def _latest(one: Attachment, found: Iterable[Attachment]) -> bool:
    """Whether no later version of the same name is there."""
    return not any(
        each.name == one.name and each.version > one.version and each.removed_at is None for each in found
    )

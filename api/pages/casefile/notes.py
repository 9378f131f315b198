"""Notes on a case: anybody of its agency's staff writes one, and strikes their own."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from api.clock import now
from api.deps import LARGEST_KEY, FormDep, StaffDep, StoreDep
from api.pages.casefile.forms import typed_in
from api.pages.casefile.taking import take
from workflow import memos
from workflow.casefile import CaseFile
from workflow.memos import MemoKind
from workflow.store import Session

router = APIRouter(prefix="/cases/{number}/notes")
MemoId = Annotated[int, Path(le=LARGEST_KEY)]


@router.post("")
def write(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Keep a note with who wrote it and when."""

    def do(session: Session, file: CaseFile) -> str:
        memos.add(session, file, MemoKind.NOTE, typed_in(typed, "note"), by=signed.user.id, at=now())
        return "已添加备注"

    return take(request, store, signed, number, typed, form="note", do=do)


@router.post("/{memo_id}/strike")
def strike(
    request: Request, number: str, memo_id: MemoId, typed: FormDep, store: StoreDep, signed: StaffDep
) -> Response:
    """Strike one's own note; it stays to be read, as struck."""

    def do(session: Session, file: CaseFile) -> str:
        memos.strike(session, file, memo_id, by=signed.user.id, at=now())
        return "已划去备注"

    return take(request, store, signed, number, typed, form="strike", do=do)

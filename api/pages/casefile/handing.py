"""A case is handed back by its handler, stays with them after all, or its handler is reminded of it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.accounts import User
from api.acting import owner_of
from api.clock import now
from api.deps import FormDep, StaffDep, StoreDep
from api.pages.casefile.forms import typed_in
from api.pages.casefile.taking import own_file, take
from workflow.casefile import CaseFile, open_file
from workflow.commands import handing
from workflow.store import Session
from workflow.vocabulary import Role

router = APIRouter(prefix="/cases/{number}")


@router.post("/hand-back")
def hand_back(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """The handler gives the case back; the clerk and the head find it on their desks."""

    def do(session: Session, file: CaseFile) -> str:
        reason = typed_in(typed, "hand_back")
        handing.hand_back(session, file, reason, by=owner_of(signed.user, file.row.agency_id), at=now())
        return "已退回，等待转办"

    return take(request, store, signed, number, typed, form="hand_back", do=do)


@router.post("/stays")
def stays(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """What was handed back stays with its handler."""

    def do(session: Session, file: CaseFile) -> str:
        handing.stays(
            session, file, typed_in(typed, "reminder"), by=owner_of(signed.user, file.row.agency_id), at=now()
        )
        return "已答复承办人：仍由其办理"

    return take(request, store, signed, number, typed, form="stays", do=do)


@router.post("/remind")
def remind(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """The handler is reminded; supervisors remind those of all agencies below."""

    def do(session: Session, file: CaseFile) -> str:
        handing.remind(
            session, file, typed_in(typed, "reminder"), by=owner_of(signed.user, file.row.agency_id), at=now()
        )
        return "已提醒承办人"

    return take(request, store, signed, number, typed, form="remind", do=do, opened=_supervised)


def _supervised(session: Session, user: User, number: str) -> CaseFile:
    if Role.SUPERVISOR in user.own:
        return open_file(session, number, agencies=user.agencies)
    return own_file(session, user, number)


@router.post("/seen")
def seen(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """The handler has read the reminders."""

    def do(session: Session, file: CaseFile) -> str:
        handing.seen(session, file, by=owner_of(signed.user, file.row.agency_id), at=now())
        return "已标记为已阅"

    return take(request, store, signed, number, typed, form="seen", do=do)

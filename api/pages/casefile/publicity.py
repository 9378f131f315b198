"""转主动公开: the window notes since when and where what was disclosed is public (art. 44)."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.accounts import User
from api.clock import now, today
from api.deps import FormDep, StaffDep, StoreDep
from api.pages.casefile.forms import typed_in
from api.pages.casefile.taking import take
from workflow import publicity
from workflow.casefile import CaseFile
from workflow.engine import Actor
from workflow.errors import BadInput
from workflow.store import Session
from workflow.vocabulary import Role

router = APIRouter(prefix="/cases/{number}/made-public")


@router.post("")
def mark(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Note it, or put an earlier note right."""

    def do(session: Session, file: CaseFile) -> str:
        place = " ".join(typed_in(typed, "place").split())
        on = _day(typed_in(typed, "on"))
        publicity.mark(session, file, on, place, by=_clerk(signed.user), today=today(), at=now())
        return f"已登记：{on}转为主动公开"

    return take(request, store, signed, number, typed, form="public", do=do)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("on", "请填写公开的日期") from None


def _clerk(user: User) -> Actor:
    """The person as the window, if that is one of their roles."""
    role = Role.CLERK if Role.CLERK in user.roles else next(iter(sorted(user.roles)), Role.ADMIN)
    return Actor(role, user.id)


@router.post("/remove")
def unmark(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Take the note back."""

    def do(session: Session, file: CaseFile) -> str:
        publicity.unmark(session, file, by=_clerk(signed.user))
        return "已撤销转为主动公开的登记"

    return take(request, store, signed, number, typed, form="unpublic", do=do)

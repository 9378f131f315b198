"""Who is away, and who does their work meanwhile: set by oneself, or by the head and the administrator."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import select

from api.accounts import User
from api.clock import now, today
from api.deps import LARGEST_KEY, FormDep, StaffDep, StoreDep
from api.errors import Rejected, told
from api.forms import Choice, Field, Typed, entries
from api.pages.acts import check_token
from api.pages.rendering import staff_page
from api.sessions import SignedIn
from workflow import absences
from workflow.absences import MAY_SET
from workflow.errors import BadInput, Forbidden
from workflow.store import Session, Store
from workflow.tables import USERS

router = APIRouter(prefix="/absences")
AbsenceId = Annotated[int, Path(le=LARGEST_KEY)]

FIELDS = (
    Field("person", "请假人", "select", required=True),
    Field("substitute", "代办人", "select", required=True),
    Field("first", "开始日期", "date", required=True),
    Field("last", "结束日期", "date", required=True),
)
#: So long an absence that is over stays on the page.
TOLD_FOR = timedelta(days=90)


@router.get("")
def show_absences(request: Request, store: StoreDep, signed: StaffDep, said: str = "") -> HTMLResponse:
    """Who is or will be away, and the form for a further absence."""
    return _show(request, store, signed, None, said={"set": "已设置", "ended": "已销假"}.get(said, ""))


@router.post("")
def set_absence(request: Request, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Note an absence; or the form again with what was typed and what is wrong."""
    try:
        check_token(typed, signed)
        person, substitute, first, last = _read(typed, signed.user)
        with store.transaction() as session:
            absences.set_absence(
                session,
                signed.user.agency_id,
                person,
                substitute,
                first,
                last,
                by=signed.user.id,
                at=now(),
            )
    except (BadInput, Forbidden, Rejected) as error:
        faults = list(error.details) if isinstance(error, BadInput) else [("", str(error))]
        return _show(request, store, signed, typed, status=told(error)[0], faults=faults)
    return RedirectResponse("/absences?said=set", 303)


@router.post("/{absence_id}/end")
def end(absence_id: AbsenceId, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Somebody is back earlier, or stays after all."""
    check_token(typed, signed)
    with store.transaction() as session:
        absences.end(session, signed.user.agency_id, absence_id, by=signed.user.id, at=now())
    return RedirectResponse("/absences?said=ended", 303)


def _read(typed: Typed, user: User) -> tuple[int, int, date, date]:
    """Who, by whom, from when, until when; raises BadInput naming every fault."""
    texts = {field.name: "".join(typed.get(field.name, ())).strip() for field in FIELDS}
    if not _may_set(user):
        texts["person"] = str(user.id)
    faults = [(field.name, f"请填写{field.title}") for field in FIELDS if not texts[field.name]]
    keys, days = {name: _key(texts[name]) for name in texts}, {name: _day(texts[name]) for name in texts}
    unreadable = [name for name in ("first", "last") if texts[name] and days[name] is None]
    faults += [(name, f"“{texts[name]}”不是 YYYY-MM-DD 格式的有效日期") for name in unreadable]
    if faults:
        raise BadInput("absence", faults[0][1], faults)
    first, last = days["first"], days["last"]
    assert first is not None
    assert last is not None
    return keys["person"], keys["substitute"], first, last


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _may_set(user: User) -> bool:
    """Whether this person sends others on leave, too: in the own role, not in that of somebody away."""
    return not MAY_SET.isdisjoint(user.own)


def _show(
    request: Request,
    store: Store,
    signed: SignedIn,
    typed: Typed | None,
    *,
    status: int = 200,
    faults: Iterable[tuple[str, str]] = (),
    said: str = "",
) -> HTMLResponse:
    user, day = signed.user, today()
    with store.reading() as session:
        found = absences.absences(session, user.agency_id, day - TOLD_FOR)
        asked = _fields(user, _people(session, user.agency_id))
    begun = {"person": [str(user.id)], "first": [day.isoformat()]}
    shown, general = entries(asked, begun if typed is None else typed, faults)
    lists: dict[str, Any] = {
        "current": [each for each in found if each.ended_at is None and each.last >= day],
        "over": [each for each in found if each.ended_at is not None or each.last < day],
    }
    lists |= {"entries": shown, "general": general, "said": said, "may_set": _may_set(user)}
    return staff_page(request, signed, "absences.html", status=status, **lists)


def _fields(user: User, people: Mapping[int, str]) -> list[Field]:
    """The questions; others than oneself are offered to those who may send them on leave."""
    offered = tuple(Choice(str(key), name) for key, name in people.items())
    mine = tuple(each for each in offered if each.value == str(user.id))
    others = tuple(each for each in offered if _may_set(user) or each not in mine)
    choices = {"person": offered if _may_set(user) else mine, "substitute": others}
    return [replace(field, choices=choices.get(field.name, ())) for field in FIELDS]


def _people(session: Session, agency_id: int) -> dict[int, str]:
    query = select(USERS.c.id, USERS.c.name).where(USERS.c.agency_id == agency_id, USERS.c.active)
    return {row.id: row.name for row in session.execute(query.order_by(USERS.c.id))}

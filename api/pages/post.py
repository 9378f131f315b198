"""The letters of a day: printed as one PDF, and listed for their envelopes."""

from datetime import date
from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.clock import today
from api.deps import FormDep, PressDep, StaffDep, StoreDep
from api.envelopes import TYPE, envelopes
from api.errors import Rejected
from api.forms import Typed
from api.letterfile import any_response, documents, named_response
from api.pages.acts import check_token
from api.pages.letters import number
from api.pages.rendering import staff_page
from api.sessions import SignedIn
from workflow.documents import Form
from workflow.errors import BadInput, NotFound
from workflow.queries import post
from workflow.queries.post import Piece
from workflow.store import Session
from workflow.vocabulary import Role

router = APIRouter(prefix="/letters")
log = structlog.get_logger()


@router.get("/day")
def show_day(request: Request, store: StoreDep, signed: StaffDep, on: str = "") -> HTMLResponse:
    """What the agency has issued that day, to choose from."""
    _check_clerk(signed)
    day, fault = today(), ""
    try:
        day = _day(on)
    except BadInput as error:
        fault = error.message
    with store.reading() as session:
        pieces = post.of_day(session, signed.user.agency_id, day)
    told: dict[str, Any] = {"day": day, "pieces": pieces, "fault": fault}
    told |= {"posted": [each for each in pieces if each.posted]}
    return staff_page(request, signed, "letters_day.html", status=422 if fault else 200, **told)


@router.post("/day.pdf")
def print_day(typed: FormDep, store: StoreDep, press: PressDep, signed: StaffDep) -> Response:
    """The letters, or those that were chosen, as one PDF for both sides of the paper."""
    day = _asked(typed, signed)
    with store.reading() as session:
        pieces = _chosen(session, signed, day, typed)
        read = documents(press, post.texts(session, pieces))
    content = press.pdf(read, on=day)  # Setting takes its time: the database is left in peace.
    log.info("day_printed", agency=signed.user.agency, by=signed.user.login, on=str(day), letters=len(pieces))
    return named_response(f"{day}文书（{len(pieces)}件）.pdf", Form.PDF, content, inline=True)


@router.post("/day.xlsx")
def list_envelopes(typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Whom the letters go to by post, all or those chosen: the one place that tells whole addresses."""
    day = _asked(typed, signed)
    with store.reading() as session:
        pieces = [each for each in _chosen(session, signed, day, typed) if each.posted]
    log.info(
        "addresses_listed", agency=signed.user.agency, by=signed.user.login, on=str(day), letters=len(pieces)
    )
    name = f"{day}信封清单（{len(pieces)}件）.xlsx"
    return any_response(name, TYPE, envelopes(pieces), plain="envelopes.xlsx", inline=False)


def _asked(typed: Typed, signed: SignedIn) -> date:
    """The day of a form of ours, sent by who may."""
    _check_clerk(signed)
    check_token(typed, signed)
    return _day("".join(typed.get("on", ())))


def _check_clerk(signed: SignedIn) -> None:
    if Role.CLERK not in signed.user.roles:
        raise Rejected(403, "forbidden", "当日文书由本机关的窗口经办打印和邮寄")


def _day(text: str) -> date:
    """The day that is asked for, today if none is; raises BadInput."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else today()
    except ValueError:
        raise BadInput("on", f"“{text}”不是 YYYY-MM-DD 格式的有效日期") from None


def _chosen(session: Session, signed: SignedIn, day: date, typed: Typed) -> list[Piece]:
    """The letters whose boxes were ticked, all of the day if none was; raises NotFound."""
    ticked = {number(text) for text in typed.get("letter", ())}
    pieces = post.of_day(session, signed.user.agency_id, day, {each for each in ticked if each is not None})
    if not pieces or (ticked and len(pieces) != len(ticked)):
        raise NotFound(f"{day}没有所选的文书" if ticked else f"{day}没有发出文书")
    return pieces

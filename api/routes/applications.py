"""The applicant's side: apply, follow with number and code, answer, withdraw. No account is needed."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import Field

from api import ratelimit
from api.clock import now, today
from api.deps import LetterId, MakersDep, StoreDep
from api.errors import Rejected
from api.letterfile import TYPES, Makers, file_response
from api.letterpage import letter_page
from letters.kinds import KINDS
from workflow import agencies
from workflow.casefile import CaseFile, open_file
from workflow.commands import perform, submit
from workflow.commands.bodies import BODIES, Body, Submit
from workflow.commands.intake import Submitted
from workflow.documents import Form, document
from workflow.engine import Actor
from workflow.errors import BadInput, NotFound
from workflow.queries import tracking
from workflow.queries.fates import fates
from workflow.queries.letters import letter
from workflow.store import Session, Store
from workflow.vocabulary import Action, Channel, Role

router = APIRouter(prefix="/api/v1/applications", tags=["applications"])

APPLICANT = Actor(Role.APPLICANT)
#: A wrong number and a wrong code look alike.
UNKNOWN = "没有找到这件申请，请核对编号和查询码"

Authorization = Annotated[str | None, Header(description="Tracking <code>")]
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]


class Application(Submit):
    """An application to an agency, named or by its code."""

    agency: str = Field(title="受理机关", min_length=1)


def apply(store: Store, data: Mapping[str, Any], agency: str, key: str | None) -> Submitted:
    """Take an application in by internet; the same key gives the same number and code again."""
    body = Submit.model_validate(dict(data))
    if body.channel is not Channel.ONLINE:
        raise BadInput("channel", "通过互联网提交的申请，渠道应为 online（《条例》第三十一条）")
    if body.on is not None:
        raise BadInput("on", "提交日期由系统记录，不能填写")
    with store.transaction() as session:
        return submit(session, agencies.named(session, agency), body, by=APPLICANT, at=now(), key=key)


def open_own(session: Session, number: str, code: str) -> CaseFile:
    """The case of a number and its code; raises NotFound, saying no more than that they do not fit."""
    given = session.seal.tracking_digest(code)
    try:
        file = open_file(session, number)
    except NotFound:
        hmac.compare_digest(given, given)
        raise NotFound(UNKNOWN) from None
    if not hmac.compare_digest(file.row.tracking_digest or "", given):
        raise NotFound(UNKNOWN)
    return file


def act_as_applicant(store: Store, number: str, code: str, action: Action, data: Mapping[str, Any]) -> None:
    """Answer or withdraw: the day of the act is the day it arrives."""
    for name in ("on", "received_on"):
        if name in data:
            raise BadInput(name, "日期由系统记录，不能填写")
    with store.transaction() as session:
        file = open_own(session, number, code)
        perform(session, number, action, data, by=APPLICANT, at=now(), version=file.version)


def status_of(session: Session, file: CaseFile) -> dict[str, Any]:
    """The public status, the letters under their titles, with what has become of them."""
    status, fate = tracking.status(session, file, today()), fates(session, file)
    for each in status["letters"]:
        each |= {"title": KINDS[each["kind"]].zh, **asdict(fate[each["number"]])}
    return status


def own_pdf(store: Store, makers: Makers, number: str, code: str, letter_id: int) -> Response:
    """A letter addressed to the applicant, to be saved: a browser could not ask for it again by itself."""
    with store.reading() as session:
        file = open_own(session, number, code)
        found = letter(session, file.id, letter_id, applicants_own=True)
    content = document(store, found, Form.PDF, makers[Form.PDF], now())
    return file_response(found, Form.PDF, content, inline=False)


def code_in(authorization: str | None) -> str:
    """The code in an `Authorization: Tracking …` header; raises Rejected."""
    scheme, _space, code = (authorization or "").partition(" ")
    if scheme.lower() != "tracking" or not code.strip():
        raise Rejected(401, "no_code", "请在请求头 Authorization: Tracking <查询码> 中提供查询码")
    return code.strip()


@router.post("", status_code=201)
def submit_application(request: Request, body: Application, store: StoreDep, key: Key = None) -> JSONResponse:
    """Submit an application (art. 29); gives the number and the code that follow it."""
    ratelimit.spend(request, ratelimit.SUBMISSIONS, "apply")
    data = body.model_dump(mode="json", exclude_unset=True, exclude={"agency"})
    made = apply(store, data, body.agency, key)
    return JSONResponse({"number": made.file.row.number, "tracking_code": made.tracking_code}, 201)


@router.get("/{number}")
def read_application(
    request: Request, number: str, store: StoreDep, authorization: Authorization = None
) -> JSONResponse:
    """Where the application stands, as its applicant may see it."""
    ratelimit.spend(request, ratelimit.TRACKING, "track")
    code = code_in(authorization)
    with store.reading() as session:
        return JSONResponse(status_of(session, open_own(session, number, code)))


@router.get("/{number}/letters/{letter_id}.html")
def read_own_letter(
    request: Request,
    number: str,
    letter_id: LetterId,
    store: StoreDep,
    authorization: Authorization = None,
) -> HTMLResponse:
    """A letter addressed to the applicant."""
    ratelimit.spend(request, ratelimit.TRACKING, "track")
    code = code_in(authorization)
    with store.reading() as session:
        file = open_own(session, number, code)
        return HTMLResponse(letter_page(letter(session, file.id, letter_id, applicants_own=True)))


@router.get(
    "/{number}/letters/{letter_id}.pdf",
    response_class=Response,
    responses={200: {"content": {TYPES[Form.PDF]: {}}}},
)
def read_own_pdf(
    request: Request,
    number: str,
    letter_id: LetterId,
    store: StoreDep,
    makers: MakersDep,
    authorization: Authorization = None,
) -> Response:
    """The same as PDF."""
    ratelimit.spend(request, ratelimit.TRACKING, "track")
    return own_pdf(store, makers, number, code_in(authorization), letter_id)


def _route(action: Action, model: type[Body]) -> Callable[..., Response]:
    def act(
        request: Request, number: str, body: Body, store: StoreDep, authorization: Authorization = None
    ) -> JSONResponse:
        ratelimit.spend(request, ratelimit.TRACKING, "track")
        code = code_in(authorization)
        data = body.model_dump(mode="json", exclude_unset=True)
        act_as_applicant(store, number, code, action, data)
        return read_application(request, number, store, authorization)

    act.__name__ = f"applicant_{action.value}"
    act.__doc__ = model.__doc__
    act.__annotations__["body"] = model
    return act


for each in tracking.OWN_ACTS:
    router.post(f"/{{number}}/actions/{each.value}")(_route(each, BODIES[each]))

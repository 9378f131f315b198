"""What the office does to its register of letters: say why a number bears none, and go on from paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError

from api import forms
from api.clock import now, today
from api.deps import FormDep, StaffDep, StoreDep
from api.errors import Rejected
from api.forms import Choice, Typed
from api.pages.acts import check_token
from api.pages.groups import title_of
from api.pages.letters import may_explain, year_of
from api.pages.rendering import staff_page
from api.sessions import SignedIn
from workflow import agencies
from workflow.commands import numbers
from workflow.commands.fields import Line, field
from workflow.commands.parsing import faults as faults_of
from workflow.errors import BadInput
from workflow.numbering import Series, Why, counters_of, given
from workflow.store import Session, Store
from workflow.vocabulary import Role

router = APIRouter(prefix="/letters")
log = structlog.get_logger()

Number = Annotated[int, Field(strict=True, ge=1, le=numbers.LARGEST)]
Asked = TypeVar("Asked", bound=BaseModel)


class Explained(BaseModel):
    """Which numbers bear no letter, and why."""

    first: Number = field("起号")
    last: Number = field("止号")
    reason: Line = field("原因")


class FromPaper(BaseModel):
    """With which number a counter goes on, and why."""

    next_n: Number = field("下一件的序号")
    reason: Line = field("原因")


@dataclass(frozen=True, slots=True)
class Form:
    """A form about one counter: where it goes, and what it says."""

    action: str
    title: str
    says: str
    model: type[BaseModel]
    hints: Mapping[str, str]


GAPS = Form(
    "/letters/gaps",
    "说明空号原因",
    "说明记入文书登记簿，不能删除；同一序号再次说明的，以最后一次为准，原说明保留在数据库中。",
    Explained,
    {"reason": "例如：打印错误作废、启用系统前在纸质登记簿上使用。"},
)
PAPER = Form(
    "/letters/paper",
    "接续纸质登记",
    "本年启用系统以前已经在纸质登记簿上编过号的，从下一号接着编；中间的序号作为空号记入登记簿。"
    "只能向后调，不能调回。",
    FromPaper,
    {
        "next_n": "纸质登记簿最后一号加一。",
        "reason": "例如：1—37号在启用系统前的纸质登记簿上使用。",
    },
)


@router.get("/gaps")
def ask_why(
    request: Request, store: StoreDep, signed: StaffDep, first: str = "", last: str = ""
) -> HTMLResponse:
    """The form for numbers that bear no letter."""
    _check_clerk(signed)
    asked = request.query_params
    series = Series(signed.user.agency_id, year_of(asked.get("year", "")), asked.get("series", ""))
    return _show(request, store, signed, GAPS, series, {"first": [first], "last": [last]})


@router.post("/gaps")
def explain(request: Request, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Keep the explanation, and back to the register; or the form again."""
    _check_clerk(signed)
    check_token(typed, signed)
    series = _series(typed, signed, year_of("".join(typed.get("year", ()))))
    try:
        told = _read(Explained, typed)
        with store.transaction() as session:
            numbers.explain(session, series, told.first, told.last, _why(signed, told.reason))
    except BadInput as error:
        return _show(request, store, signed, GAPS, series, typed, error)
    log.info("gap_explained", agency=signed.user.agency, by=signed.user.login, series=series.name)
    return _to_register(series)


@router.get("/paper")
def ask_next(request: Request, store: StoreDep, signed: StaffDep, series: str = "") -> HTMLResponse:
    """The form for the number that this year's counter goes on with."""
    _check_admin(signed)
    return _show(request, store, signed, PAPER, Series(signed.user.agency_id, today().year, series), {})


@router.post("/paper")
def go_on(request: Request, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Move the counter on, and back to the register; or the form again."""
    _check_admin(signed)
    check_token(typed, signed)
    series = _series(typed, signed, today().year)
    try:
        told = _read(FromPaper, typed)
        with store.transaction() as session:
            numbers.go_on_from(session, series, told.next_n, _why(signed, told.reason))
    except BadInput as error:
        return _show(request, store, signed, PAPER, series, typed, error)
    log.info("counter_moved", agency=signed.user.agency, by=signed.user.login, series=series.name)
    return _to_register(series)


def _check_clerk(signed: SignedIn) -> None:
    if not may_explain(signed.user):
        raise Rejected(403, "forbidden", "空号的原因由本机关的窗口经办或系统管理员说明")


def _check_admin(signed: SignedIn) -> None:
    if Role.ADMIN not in signed.user.roles:
        raise Rejected(403, "forbidden", "接续纸质登记由本机关的系统管理员办理")


def _series(typed: Typed, signed: SignedIn, year: int) -> Series:
    return Series(signed.user.agency_id, year, "".join(typed.get("series", ())))


def _read(model: type[Asked], typed: Typed) -> Asked:
    try:
        return model.model_validate(forms.read(forms.fields_of(model), typed))
    except ValidationError as error:
        raise BadInput("", "", faults_of(error.errors())) from None


def _why(signed: SignedIn, reason: str) -> Why:
    return Why(reason, signed.user.id, now())


def _to_register(series: Series) -> RedirectResponse:
    return RedirectResponse(f"/letters?{urlencode({'year': series.year, 'series': series.name})}", 303)


def _show(
    request: Request,
    store: Store,
    signed: SignedIn,
    form: Form,
    series: Series,
    typed: Typed,
    error: BadInput | None = None,
) -> HTMLResponse:
    asked, general = forms.entries(forms.fields_of(form.model), typed, error.details if error else ())
    with store.reading() as session:
        choices = _counters(session, series)
    told: dict[str, Any] = {"form": form, "series": series, "entries": asked, "general": general}
    status = 422 if error else 200
    return staff_page(request, signed, "gap.html", status=status, choices=choices, **told)


def _counters(session: Session, series: Series) -> list[Choice]:
    """The counters to choose from: those in use, and that of the year that was asked about."""
    agency = agencies.by_id(session, series.agency_id)
    last = given(session, series.agency_id, series.year)
    names = dict.fromkeys([*counters_of(agency), *([series.name] if series.name in last else [])])
    return [Choice(name, _label(name, last.get(name, 0))) for name in names]


def _label(name: str, last: int) -> str:
    used = f"已使用到{last}号" if last else "尚未使用"
    return f"{name} · {title_of(name)}（{used}）"

"""The office's side: cases, acts, events, explanation, letters."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BeforeValidator

from api import acting
from api.clock import now, today
from api.deps import LARGEST_KEY, LetterId, MakersDep, StaffDep, StoreDep
from api.errors import Rejected
from api.letterfile import TYPES, file_response
from api.letterpage import letter_page
from api.overtaken import overtaken
from workflow import agencies
from workflow.casefile import open_file
from workflow.commands import register_new
from workflow.commands.bodies import BODIES, Body, RegisterNew
from workflow.documents import Form, document
from workflow.errors import NotFound, Stale
from workflow.history import History
from workflow.lifecycle import check_place
from workflow.queries import cases, describe, supervision
from workflow.queries.letters import letter
from workflow.queries.tasks import Task
from workflow.vocabulary import Action, State

router = APIRouter(prefix="/api/v1", tags=["cases"])

Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]
IfMatch = Annotated[str | None, Header(alias="If-Match", description="The version that the caller has seen.")]


def _said(value: object) -> object:
    """A question without an answer (`?unit=&state=`) is not asked."""
    if isinstance(value, list):
        return [each for each in value if each != ""]
    return None if value == "" else value


Said = BeforeValidator(_said)


@router.get("/cases")
def list_cases(
    store: StoreDep,
    signed: StaffDep,
    agency: str | None = None,
    state: Annotated[list[State] | None, Query(), Said] = None,
    unit: str = "",
    due_before: Annotated[date | None, Said] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    cursor: Annotated[int | None, Query(le=LARGEST_KEY), Said] = None,
) -> JSONResponse:
    """Cases within the caller's agencies, newest first; `next` is the cursor of the next page."""
    wanted = cases.Filter(state or (), unit, due_before, q)
    with store.reading() as session:
        chosen = signed.user.agencies
        if agency:
            chosen &= {agencies.named(session, agency).id or 0}
        found = cases.page(session, chosen, wanted, today(), cursor=cursor)
    return JSONResponse({"cases": [task_json(task) for task in found.tasks], "next": found.cursor})


def task_json(task: Task) -> dict[str, Any]:
    """A line of a list."""
    return {
        "number": task.number,
        "agency": task.agency,
        "title": task.title,
        "applicant": task.applicant,
        "state": task.state,
        "unit": task.unit,
        "handler": task.handler,
        "received_on": task.received_on.isoformat() if task.received_on else None,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "provisional": task.provisional,
        "paused": task.paused,
        "overdue": task.overdue,
        "workdays_left": task.workdays_left,
        "light": task.light,
        "version": task.version,
    }


class Registration(RegisterNew):
    """An application as the clerk registers it; the agency, if it is named, is the clerk's own."""

    agency: str | None = None


@router.post("/cases", status_code=201)
def register(body: Registration, store: StoreDep, signed: StaffDep, key: Key = None) -> JSONResponse:
    """Register an application that came on paper or was written down at the counter (art. 31)."""
    user, at = signed.user, now()
    by = acting.actor(user, Action.REGISTER)
    check_place(History(), Action.REGISTER, by.role)
    new = RegisterNew.model_validate(body.model_dump(exclude={"agency"}, exclude_unset=True))
    with store.transaction() as session:
        agency = agencies.by_id(session, user.agency_id)
        if body.agency not in (None, agency.name, agency.code):
            raise NotFound(f"您在{agency.name}任职，不能为“{body.agency}”登记")
        made = register_new(session, agency, new, by=by, at=at, key=key)
        content = acting.case_json(session, user, made.file)
    content["tracking_code"] = made.tracking_code
    return JSONResponse(content, 201, {"ETag": f'"{content["version"]}"'})


@router.get("/cases/{number}")
def read_case(number: str, store: StoreDep, signed: StaffDep) -> JSONResponse:
    """A case with its version and the acts that the caller may do now."""
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        content = acting.case_json(session, signed.user, file)
    return JSONResponse(content, headers={"ETag": f'"{content["version"]}"'})


@router.get("/cases/{number}/events")
def read_events(number: str, store: StoreDep, signed: StaffDep) -> JSONResponse:
    """The history, oldest first."""
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        return JSONResponse({"number": number, "events": describe.events(session, file)})


@router.get("/cases/{number}/explain")
def read_explanation(number: str, store: StoreDep, signed: StaffDep) -> JSONResponse:
    """Why the reply is due on that day, one line per step with its article."""
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        lines = describe.explain(file.history, session.calendar)
        due_on = file.history.due_on
    return JSONResponse(
        {"number": number, "due_on": due_on.isoformat() if due_on else None, "explain": lines}
    )


@router.get("/cases/{number}/letters/{letter_id}.html")
def read_letter(number: str, letter_id: LetterId, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """A letter as it was issued."""
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        return HTMLResponse(letter_page(letter(session, file.id, letter_id)))


def _file_route(form: Form) -> Callable[..., Response]:
    """The route of one form: PDF opens in the browser, Word is saved."""

    def read_file(
        number: str, letter_id: LetterId, store: StoreDep, signed: StaffDep, makers: MakersDep
    ) -> Response:
        with store.reading() as session:
            file = open_file(session, number, agencies=signed.user.agencies)
            found = letter(session, file.id, letter_id)
        content = document(store, found, form, makers[form], now())
        return file_response(found, form, content, inline=form is Form.PDF)

    read_file.__name__ = f"read_letter_{form}"
    read_file.__doc__ = f"A letter as {form.name}: made when it is first asked for, and kept."
    return read_file


for each_form in Form:
    router.get(
        f"/cases/{{number}}/letters/{{letter_id}}.{each_form}",
        response_class=Response,
        responses={200: {"content": {TYPES[each_form]: {}}}},
    )(_file_route(each_form))


@router.get("/overdue")
def read_overdue(store: StoreDep, signed: StaffDep) -> JSONResponse:
    """The overdue cases of the caller's agencies, longest first."""
    with store.reading() as session:
        found = supervision.overdue(session, signed.user.agencies, today())
    return JSONResponse({"cases": [task_json(task) for task in found]})


def version_of(if_match: str | None) -> int:
    """The version in an If-Match header, bare or quoted; raises Rejected."""
    if if_match is None:
        raise Rejected(428, "precondition_required", "缺少 If-Match：请带上您看到的版本号 version")
    found = re.fullmatch(r'(?:W/)?"?(\d{1,9})"?', if_match.strip())
    if found is None:
        raise Rejected(422, "bad_input", f"If-Match 应为版本号，而不是“{if_match}”")
    return int(found.group(1))


def _route(action: Action, model: type[Body]) -> Callable[..., Response]:
    """The route of one act: its body is the act's own model, so that the API describes it."""

    def act(
        number: str, body: Body, store: StoreDep, signed: StaffDep, if_match: IfMatch = None
    ) -> JSONResponse:
        version = version_of(if_match)
        data = body.model_dump(mode="json", exclude_unset=True)
        try:
            acting.act(store, signed.user, number, action, data, version)
        except Stale as error:
            return JSONResponse(overtaken(store, signed.user, number, action, error), 409)
        return read_case(number, store, signed)

    act.__name__ = action.value
    act.__doc__ = model.__doc__
    act.__annotations__["body"] = model
    return act


#: An application begins by its own routes.
for each, its_model in BODIES.items():
    if each is not Action.SUBMIT:
        router.post(f"/cases/{{number}}/actions/{each.value}")(_route(each, its_model))


@router.post("/cases/{number}/actions/{action}", include_in_schema=False)
def unknown_action(number: str, action: str, signed: StaffDep) -> None:
    """Whatever else is tried is no act of the procedure."""
    raise NotFound(f"没有名为“{action}”的办理动作")

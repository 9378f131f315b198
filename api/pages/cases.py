"""The list of cases: found by state, unit, last day and words, page by page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.clock import today
from api.deps import StaffDep, StoreDep
from api.pages.rendering import staff_page
from workflow.queries import cases
from workflow.queries.cases import Filter, Page
from workflow.queries.offices import Office, offices, units
from workflow.vocabulary import Role, State

router = APIRouter()

NAMES = ("q", "agency", "state", "unit", "due_before")
LONGEST_WORDS = 200


@router.get("/cases")
def show_cases(request: Request, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """What fits the filter, newest first."""
    asked = {name: request.query_params.get(name, "").strip() for name in NAMES}
    wanted, fault = _filter(asked)
    with store.reading() as session:
        agencies = offices(session, signed.user.agencies)
        chosen = _chosen(agencies, asked["agency"])
        cursor = _cursor(request.query_params.get("cursor", ""))
        found = cases.page(session, chosen, wanted, today(), cursor=cursor)
        told: dict[str, Any] = {"agencies": agencies, "units": units(session, chosen)}
    told |= {"wanted": wanted, "fault": fault, "found": found, "states": State, "agency": asked["agency"]}
    told |= {"may_register": Role.CLERK in signed.user.roles, "narrowed": any(asked.values())}
    return staff_page(request, signed, "cases.html", **told, **_turns(asked, found, cursor))


def _filter(asked: Mapping[str, str]) -> tuple[Filter, str]:
    """The filter, and what of it cannot be read."""
    states = [state for state in State if state == asked["state"]]
    words, due_before, fault = asked["q"][:LONGEST_WORDS], None, ""
    try:
        due_before = date.fromisoformat(asked["due_before"]) if asked["due_before"] else None
    except ValueError:
        fault = f"“{asked['due_before']}”不是 YYYY-MM-DD 格式的有效日期"
    if asked["state"] and not states:
        fault = f"没有“{asked['state']}”这个状态"
    return Filter(states, asked["unit"], due_before, words), fault


def _chosen(agencies: Iterable[Office], code: str) -> frozenset[int]:
    """One agency of those that the person may see, or all of them."""
    return frozenset(each.id for each in agencies if code in ("", each.code))


def _cursor(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _turns(asked: Mapping[str, str], found: Page, cursor: int | None) -> dict[str, Any]:
    """The addresses of the first and of the next page."""
    kept = {name: value for name, value in asked.items() if value}
    first = f"/cases?{urlencode(kept)}" if cursor is not None else None
    further = f"/cases?{urlencode({**kept, 'cursor': found.cursor})}" if found.cursor else None
    return {"first": first, "further": further}

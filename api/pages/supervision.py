"""Supervision: all agencies below, worst first, and the cases that need pressing (art. 47)."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.clock import today
from api.deps import StaffDep, StoreDep
from api.errors import Rejected
from api.pages.rendering import staff_page
from workflow.errors import NotFound
from workflow.queries.lights import SOON
from workflow.queries.supervision import Overview, Standing, overview
from workflow.vocabulary import Role

router = APIRouter()


@router.get("/supervision")
def show_supervision(
    request: Request, store: StoreDep, signed: StaffDep, agency: int | None = None
) -> HTMLResponse:
    """How the agencies stand today; of one of them, its cases."""
    if Role.SUPERVISOR not in signed.user.roles:
        raise Rejected(403, "forbidden", "督办页面由督办（上级主管部门）人员使用")
    with store.reading() as session:
        found = overview(session, signed.user.agencies, today(), only=agency)
    only = None if agency is None else _one(found, agency)
    total = only or _total(found.standings)
    told: dict[str, Any] = {"overview": found, "only": only, "total": total, "soon": SOON}
    return staff_page(request, signed, "supervision.html", **told)


def _one(found: Overview, agency: int) -> Standing:
    for standing in found.standings:
        if standing.agency_id == agency:
            return standing
    raise NotFound("没有这个机关，或不在您的督办范围内")


def _total(standings: Iterable[Standing]) -> Standing:
    """All agencies together: the sum of what the table shows."""
    each = list(standings)
    return Standing(
        agency_id=0,
        agency="",
        submitted=sum(s.submitted for s in each),
        open=sum(s.open for s in each),
        overdue=sum(s.overdue for s in each),
        soon=sum(s.soon for s in each),
        paused=sum(s.paused for s in each),
    )

"""The first page: what citizens can do here, how it goes, until when, and at which agencies."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.clock import today
from api.deps import StoreDep
from api.pages.rendering import page
from letters.wording import tariff_lines
from workflow.law import terms as law
from workflow.queries.offices import Office, offices

router = APIRouter()


@router.get("/")
def show_portal(request: Request, store: StoreDep) -> HTMLResponse:
    """The agencies, and when an application that is received today will be answered at the latest."""
    with store.reading() as session:
        agencies, calendar = offices(session), session.calendar
    answered_by = calendar.add_workdays(today(), law.REPLY.count)
    provisional = calendar.is_provisional(today(), answered_by)
    told: dict[str, Any] = {"answered_by": answered_by, "provisional": provisional, "city": _city(agencies)}
    return page(request, "portal.html", agencies=agencies, fees=_fees(), **told)


def _city(agencies: list[Office]) -> str:
    """The one government above all the others, if there is one."""
    above = [each for each in agencies if each.parent_id is None and each.kind == "government"]
    return above[0].name if len(above) == 1 else ""


def _fees() -> list[tuple[str, str, str, list[str]]]:
    """The tariff as the law has it (109号 arts. 4, 5)."""
    return [
        ("按件计费", "同一申请人一个自然月内", "109号4", tariff_lines("per_piece")),
        ("按量计费", "单件申请", "109号5", tariff_lines("per_page")),
    ]

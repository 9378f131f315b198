"""The desk: what waits for the person who is signed in, most urgent first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.acting import owner_of
from api.clock import today
from api.deps import StaffDep, StoreDep
from api.pages import flash
from api.pages.ledger_filter import GROUPS
from api.pages.rendering import staff_page
from api.pages.textview import moment
from api.pages.way_back import FROM, desk_address, view_of
from workflow import keptforms
from workflow.keptforms import Kept
from workflow.queries import desk, ledger, supervision
from workflow.queries.desk import Desk, Wanted
from workflow.queries.desk_lines import Line
from workflow.queries.lights import UP_TO, Light
from workflow.queries.reasons import ASSIGNABLE, Reason
from workflow.vocabulary import Role

router = APIRouter()

#: What a light means, in working days that are left.
MEANS: dict[Light, str] = {
    **{light: f"剩{days}日内" for days, light in UP_TO},
    Light.RED: f"剩{UP_TO[0][0]}日、逾期",
    Light.GREEN: f"多于{UP_TO[-1][0]}日",
}
SHORT = {
    Light.RED: "红",
    Light.ORANGE: "橙",
    Light.YELLOW: "黄",
    Light.BLUE: "蓝",
    Light.GREEN: "绿",
    Light.PAUSED: "暂停",
    Light.NONE: "未起算",
}


@router.get("/desk")
def show_desk(request: Request, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """What lies on this person's desk, as groups or as one list, narrowed to a light or a reason."""
    user, day = signed.user, today()
    view = view_of(request.query_params)
    with store.reading() as session:
        found = desk.desk(session, user.agency_id, owner_of(user), day, _wanted(view))
        kept = keptforms.kept(session, user.id, user.agencies)
        agency = frozenset({user.agency_id})
        own = ledger.totals(session, agency, ledger.Filter(states=GROUPS["open"][1]), day)
        standing = supervision.standing_of(session, user.agency_id, day)
    said = flash.said(request, store, flash.DESK)
    shown = {"view": None, "light": None, "reason": None} | view
    told: dict[str, Any] = {
        "found": found,
        "shown": shown,
        "kept": _kept(kept, shown, found),
        "own": own,
        "standing": standing,
    }
    told |= {"at": lambda **more: desk_address(_narrowed(view, more)), "moment": moment, "said": said}
    told |= {"came": _ways_back(found, view), "drafts": {each.number: each.address for each in kept}}
    told |= {"lights": Light, "means": MEANS, "short": SHORT, "handles": bool(user.roles - {Role.ADMIN})}
    told["may_register"] = Role.CLERK in user.roles
    told |= {"assignable": ASSIGNABLE if user.roles & {Role.CLERK, Role.HEAD} else frozenset()}
    response = staff_page(request, signed, "desk.html", **told)
    if said:
        flash.forget(response, flash.DESK)
    return response


def _wanted(view: Mapping[str, str]) -> Wanted:
    light, reason = view.get("light"), view.get("reason")
    return Wanted("view" in view, Light(light) if light else None, Reason(reason) if reason else None)


def _narrowed(view: Mapping[str, str], more: Mapping[str, str | None]) -> dict[str, str]:
    """The view with some of it changed; None takes a part away."""
    return {name: value for name, value in ({**view, **more}).items() if value}


def _kept(kept: Sequence[Kept], shown: Mapping[str, str | None], found: Desk) -> list[Kept]:
    """Forms left half filled in whose case has no line here; a desk that is narrowed otherwise has none."""
    if shown["light"] or shown["reason"] not in (None, Reason.KEPT):
        return []
    lying = {line.task.number for line in _in_order(found)}
    return [each for each in kept if each.number not in lying]


def _ways_back(found: Desk, view: Mapping[str, str]) -> dict[str, str]:
    """For each case the parameter that leads back to the line behind it: the one to go on with."""
    numbers = [line.task.number for line in _in_order(found)]
    following = [*numbers[1:], *numbers[-2:-1]]
    return {
        number: urlencode({FROM: desk_address(view, after)})
        for number, after in zip(numbers, [*following, ""], strict=False)
    }


def _in_order(found: Desk) -> Iterator[Line]:
    yield from found.listed
    for group in found.groups:
        yield from group.lines

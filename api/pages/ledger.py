"""The ledger (台账): every case in columns of one's choice, found by any conditions together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.accounts import User
from api.bulk import MOST, Pick, offered
from api.clock import today
from api.deps import StaffDep, StoreDep
from api.errors import Rejected
from api.pages import ledger_columns as columns
from api.pages import ledger_filter
from api.pages.ledger_columns import Column
from api.pages.ledger_filter import GROUPS, SPANS, number
from api.pages.rendering import staff_page
from workflow.errors import BadInput
from workflow.law.decisions import DECISIONS
from workflow.queries import ledger
from workflow.queries.ledger import PAGE, Page, Place, Totals
from workflow.queries.ledger_lines import Line, lines
from workflow.queries.ledger_views import saved_views
from workflow.queries.lights import Light
from workflow.queries.offices import Office, handlers_by_id, offices, units
from workflow.store import Session
from workflow.vocabulary import ApplicantKind, Channel, Role, State

router = APIRouter(prefix="/ledger")

IMPORTERS = frozenset({Role.CLERK, Role.HEAD})
READERS = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class View:
    """What an address asks for: a filter, and columns in their order."""

    said: dict[str, str]
    columns: tuple[Column, ...]
    #: Somebody is about to choose columns.
    arranging: bool = False

    @property
    def chosen_columns(self) -> str:
        """The columns as an address names them; empty, if they are the usual ones."""
        shown = tuple(column.name for column in self.columns)
        return "" if shown == columns.USUAL else ",".join(shown)

    @property
    def others(self) -> list[Column]:
        """The columns that are not shown."""
        return [column for column in columns.COLUMNS if column not in self.columns]

    @property
    def cleared(self) -> str:
        """The address of all cases in these columns."""
        return View({}, self.columns)()

    def __call__(self, path: str = "/ledger", **other: str) -> str:
        """The address of this view, with those parts instead; an empty one is left out."""
        query = self._query(**other)
        return f"{path}?{query}" if query else path

    @property
    def query(self) -> str:
        """What stands in the address of this view."""
        return self._query()

    def _query(self, **other: str) -> str:
        parts = {**self.said, "columns": self.chosen_columns, **other}
        return urlencode({name: text for name, text in parts.items() if text})

    def without(self, name: str) -> str:
        """The address without that column."""
        return self._with([column for column in self.columns if column.name != name])

    def earlier(self, place: int) -> str:
        """The address with the column at that place one further ahead."""
        order = list(self.columns)
        order[place - 1], order[place] = order[place], order[place - 1]
        return self._with(order)

    def including(self, column: Column) -> str:
        """The address with that column at the end."""
        return self._with([*self.columns, column])

    def _with(self, order: Sequence[Column]) -> str:
        return self(columns=",".join(column.name for column in order), arranging="1")


def check_reader(user: User) -> None:
    """The ledger is for those who handle cases, and for those who supervise them; raises Rejected."""
    if user.roles.isdisjoint(READERS):
        raise Rejected(403, "forbidden", "台账由办理申请的人员和督办人员使用")


def view_of(request: Request) -> View:
    """What the address of the request asks for."""
    params = request.query_params
    shown = columns.chosen(params.get("columns", ""))
    return View(ledger_filter.asked(params), shown, arranging="arranging" in params)


@router.get("")
def show_ledger(request: Request, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """The cases that the filter finds, latest first, in the chosen columns."""
    check_reader(signed.user)
    view = view_of(request)
    wanted, faults = ledger_filter.read(view.said)
    with store.reading() as session:
        agencies = offices(session, signed.user.agencies)
        within = chosen(agencies, view.said.get("agency", ""))
        told = _choices(session, agencies, within)
        told["views"] = saved_views(session, signed.user.agency_id, signed.user.id)
        if not faults:
            found = ledger.page(session, within, wanted, today(), _place(request))
            before = _before(request) if found.newer else 0
            shown = lines(session, found.rows, today(), before=before)
            told |= {
                "found": found,
                "lines": table(view, shown, signed.user),
                "before": before,
                "totals": _whole(found, shown),
            }
    told |= {"bulk": offered(signed.user), "most": MOST, "page_size": PAGE}
    told |= {
        "importing": not signed.user.roles.isdisjoint(IMPORTERS),
        "view": view,
        "faults": faults,
        "spans": SPANS,
        "columns": columns,
        "wanted": wanted,
    }
    return staff_page(request, signed, "ledger.html", **told)


@router.get("/totals")
def show_totals(request: Request, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """How many cases the filter finds: told apart, so that no page of them waits for the count."""
    check_reader(signed.user)
    view = view_of(request)
    wanted, faults = ledger_filter.read(view.said)
    if faults:
        raise BadInput("", "；".join(faults))
    with store.reading() as session:
        within = chosen(offices(session, signed.user.agencies), view.said.get("agency", ""))
        totals = ledger.totals(session, within, wanted, today())
    return staff_page(request, signed, "ledger_totals.html", view=view, totals=totals)


def _whole(found: Page, shown: Sequence[Line]) -> Totals | None:
    """The totals, if the page shows all there is."""
    if found.newer or found.older:
        return None
    return ledger.whole(found.rows, [line.task.light for line in shown])


def table(view: View, found: Sequence[Line], user: User) -> list[tuple[Any, list[columns.Cell], str]]:
    """Each case with its cells, and how a form sends it; nobody does anything to another agency's."""
    return [
        (
            line.task,
            [column.cell(line) for column in view.columns],
            str(Pick(line.row.number, line.row.version)) if line.row.agency_id == user.agency_id else "",
        )
        for line in found
    ]


def chosen(agencies: Sequence[Office], code: str) -> frozenset[int]:
    """One agency of those that the person may see, or all of them."""
    return frozenset(each.id for each in agencies if code in ("", each.code))


def _place(request: Request) -> Place:
    """Where the page lies; of two directions the first counts."""
    after, before = (number(request.query_params.get(name, "")) for name in ("after", "before"))
    return Place(after=after) if after is not None else Place(before=before)


def _before(request: Request) -> int | None:
    """How many cases stand before the page, if the way to it has counted them."""
    return number(request.query_params.get("nth", ""))


def _choices(session: Session, agencies: Sequence[Office], within: frozenset[int]) -> dict[str, Any]:
    """What can be chosen in the filter; units and handlers belong to one agency."""
    alone = len(within) == 1
    return {
        "agencies": [(each.code, each.name) for each in agencies],
        "states": State,
        "groups": GROUPS,
        "lights": Light,
        "channels": Channel,
        "kinds": ApplicantKind,
        "decided": [(decision.value, rule.zh) for decision, rule in DECISIONS.items()],
        "named": lambda words: [(word.value, word.zh) for word in words],
        "units": [(unit, unit) for unit in units(session, within)] if alone else [],
        "handlers": handlers_by_id(session, next(iter(within))) if alone else [],
    }

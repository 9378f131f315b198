"""The register of letters (文书登记簿): every number of a year with its letter, or why it bears none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.accounts import User
from api.clock import today
from api.deps import StaffDep, StoreDep
from api.pages.groups import title_of
from api.pages.rendering import staff_page
from workflow import agencies
from workflow.correspondence import DECISION_SERIES
from workflow.law.workdays import FIRST_YEAR, LAST_YEAR
from workflow.numbering import Series
from workflow.queries import letter_register
from workflow.queries.letter_register import Standing
from workflow.queries.offices import Office, offices
from workflow.vocabulary import Role

router = APIRouter(prefix="/letters")
LONGEST_KEY = 9


@router.get("")
def show_register(request: Request, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """The register of one counter, latest first; of the own agency, or of one below."""
    asked = {name: request.query_params.get(name, "").strip() for name in ("agency", "year", "series")}
    below = number(request.query_params.get("cursor", ""))
    with store.reading() as session:
        choice = offices(session, signed.user.agencies)
        office = _chosen(choice, asked["agency"], signed.user)
        year = year_of(asked["year"])
        agency = agencies.by_id(session, office.id)
        standings = letter_register.standings(session, agency, year)
        series = _series(standings, asked["series"])
        found = letter_register.page(session, Series(office.id, year, series), below=below)
        years = sorted({today().year, year, *letter_register.years(session, office.id)}, reverse=True)
    told: dict[str, Any] = {"offices": choice, "office": office, "year": year, "years": years}
    told |= {"standings": standings, "series": series, "found": found, "title_of": title_of}
    told |= {"unexplained": sum(each.unexplained for each in standings), "below": below}
    told |= {"link": Link(office.code, year, series)}
    told |= _may(signed.user if office.id == signed.user.agency_id else None)
    return staff_page(request, signed, "letters.html", **told)


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a register, from which others differ in a part."""

    agency: str
    year: int
    series: str

    def __call__(self, **other: object) -> str:
        """The address with those parts instead."""
        kept = {"agency": self.agency, "year": self.year, "series": self.series}
        return f"/letters?{urlencode(kept | other)}"


def _may(user: User | None) -> dict[str, bool]:
    """What somebody may do with the register on the page; nobody does anything to another agency's."""
    roles = user.roles if user else frozenset()
    return {
        "may_explain": user is not None and may_explain(user),
        "may_go_on": Role.ADMIN in roles,
        "may_post": Role.CLERK in roles,
    }


def may_explain(user: User) -> bool:
    """Who keeps the register: the window, and the administrator."""
    return bool(user.roles & {Role.CLERK, Role.ADMIN})


def _chosen(choice: Sequence[Office], code: str, user: User) -> Office:
    """The agency that was asked for, if it is within reach; else the person's own."""
    own = next(each for each in choice if each.id == user.agency_id)
    return next((each for each in choice if each.code == code), own)


def _series(standings: Sequence[Standing], asked: str) -> str:
    """The counter that was asked for; else that of the decisions, or the first that has given a number."""
    names = [each.series for each in standings]
    used = [each.series for each in standings if each.last]
    return next(name for name in (asked, DECISION_SERIES, *used, *names) if name in names)


def year_of(text: str) -> int:
    """A year of the calendar; this one, if it is none."""
    year = number(text)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else today().year


def number(text: str) -> int | None:
    """A number in an address, if it is one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None

"""What an applicant takes home: number and code, on paper, as a picture, or as a square for the telephone."""

from typing import Any
from urllib.parse import urlencode

import segno
from fastapi import Request

from workflow.casefile import CaseFile
from workflow.queries.offices import offices
from workflow.store import Session
from workflow.vocabulary import Action


def slip(request: Request, session: Session, row: Any, code: str, *, oral: bool = False) -> dict[str, Any]:
    """The slip of a case, for the template; who has spoken signs what was written down (art. 29)."""
    (agency,) = offices(session, frozenset({row.agency_id}))
    address = f"{_base(request)}/track"
    link = tracking_link(address, row.number, code)
    return {
        "agency": agency,
        "number": row.number,
        "title": row.title,
        "code": code,
        "address": address,
        "link": link,
        "qr": _square(link),
        "written_down": row.description if oral else "",
        "applicant": row.applicant_name,
    }


def spoken(file: CaseFile) -> bool:
    """Whether the application was made orally, and written down by the clerk."""
    return any(event.facts.get("oral") for event in file.log.events if event.action is Action.REGISTER)


def tracking_link(address: str, number: str, code: str) -> str:
    """Where the form fills itself; a browser never sends what stands behind the `#`."""
    return f"{address}#{urlencode({'number': number, 'code': code})}"


def _base(request: Request) -> str:
    """The address that the public knows, else the one that this request came to."""
    return request.app.state.settings.public_url or str(request.base_url).rstrip("/")


def _square(link: str) -> str:
    made = segno.make(link, error="m", micro=False)
    return str(made.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, title="查询进度的二维码"))

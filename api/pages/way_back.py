"""From where somebody came to a case: the desk, in which view and at which line; and the way back there."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Request

from workflow.queries.lights import Light
from workflow.queries.reasons import Reason

DESK = "/desk"
#: The parameter of an address that says where one came from.
FROM = "from"
#: In which ways the desk can be looked at; nothing else of a way back is believed.
VIEWS: Mapping[str, frozenset[str]] = {
    "view": frozenset({"list"}),
    "light": frozenset(Light),
    "reason": frozenset(Reason),
}
LINE = re.compile(r"n-[A-Za-z0-9-]{1,60}")


def view_of(params: Mapping[str, str]) -> dict[str, str]:
    """The view of the desk that an address asks for, without what makes no sense."""
    return {name: params[name] for name, known in VIEWS.items() if params.get(name) in known}


def desk_address(view: Mapping[str, str], line: str = "") -> str:
    """The address of the desk in a view, at the line of a case."""
    query = urlencode({name: view[name] for name in VIEWS if name in view})
    return DESK + (f"?{query}" if query else "") + (f"#n-{line}" if line else "")


def way_back(request: Request) -> str:
    """The page of ours from which the reader came, if the address names one; anything else is no way."""
    try:
        said = urlsplit(request.query_params.get(FROM, ""))
    except ValueError:
        return ""
    if said.scheme or said.netloc or said.path not in (DESK, DESK[1:]):
        return ""
    line = said.fragment.removeprefix("n-") if LINE.fullmatch(said.fragment) else ""
    return desk_address(view_of(dict(parse_qsl(said.query))), line)


def back_query(request: Request) -> str:
    """What an address carries on, so that the way back is not lost."""
    back = way_back(request)
    return f"?{urlencode({FROM: back})}" if back else ""

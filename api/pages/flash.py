"""What is said once after an act: carried to the case's page in a sealed cookie, gone when it was shown.

So the tracking code of a new case stands neither in an address nor in the database.
"""

import base64
from typing import Any
from urllib.parse import quote

from cryptography.exceptions import InvalidTag
from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from workflow.store import Store

COOKIE = "mingda_said"
PLACE = "cookie.said"
LASTS_S = 600
#: The desk's own place: no number of a case begins so.
DESK = "/desk"


def to_case(request: Request, store: Store, number: str, **said: Any) -> RedirectResponse:
    """On to the page of a case, where it is said."""
    return _to(request, store, case_path(number), case_path(number), number, said)


def to_desk(request: Request, store: Store, address: str, **said: Any) -> RedirectResponse:
    """Back to the desk, in the view and at the line that its address names, where it is said."""
    return _to(request, store, address, DESK, DESK, said)


def _to(
    request: Request, store: Store, address: str, path: str, place: str, said: dict[str, Any]
) -> RedirectResponse:
    response = RedirectResponse(address, 303)
    sealed = base64.urlsafe_b64encode(store.seal.encrypt_json(said, f"{PLACE}.{place}")).decode()
    response.set_cookie(
        COOKIE,
        sealed,
        max_age=LASTS_S,
        path=path,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def said(request: Request, store: Store, place: str) -> dict[str, Any]:
    """What is to be said on the page of this case, or on the desk; nothing, if the cookie was changed."""
    try:
        sealed = base64.urlsafe_b64decode(request.cookies.get(COOKIE, ""))
        found: dict[str, Any] = store.seal.decrypt_json(sealed, f"{PLACE}.{place}")
    except (InvalidTag, ValueError):
        return {}
    return found


def forget(response: Response, place: str) -> None:
    """It has been shown."""
    response.delete_cookie(COOKIE, path=DESK if place == DESK else case_path(place))


def case_path(number: str) -> str:
    """The address of a case's page."""
    return f"/cases/{quote(number, safe='')}"

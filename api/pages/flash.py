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


def to_case(request: Request, store: Store, number: str, **said: Any) -> RedirectResponse:
    """On to the page of a case, where it is said."""
    response = RedirectResponse(case_path(number), 303)
    sealed = base64.urlsafe_b64encode(store.seal.encrypt_json(said, f"{PLACE}.{number}")).decode()
    response.set_cookie(
        COOKIE,
        sealed,
        max_age=LASTS_S,
        path=case_path(number),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def said(request: Request, store: Store, number: str) -> dict[str, Any]:
    """What is to be said on the page of this case; nothing, if the cookie is another's or was changed."""
    try:
        sealed = base64.urlsafe_b64decode(request.cookies.get(COOKIE, ""))
        found: dict[str, Any] = store.seal.decrypt_json(sealed, f"{PLACE}.{number}")
    except (InvalidTag, ValueError):
        return {}
    return found


def forget(response: Response, number: str) -> None:
    """It has been shown."""
    response.delete_cookie(COOKIE, path=case_path(number))


def case_path(number: str) -> str:
    """The address of a case's page."""
    return f"/cases/{quote(number, safe='')}"

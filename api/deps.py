"""What routes ask for in their signatures: the installation, the person, the form."""

from typing import Annotated

from fastapi import Depends, Path, Request

from api import sessions
from api.clock import now
from api.errors import NotSignedIn
from api.letterfile import Makers
from api.sessions import SignedIn
from api.settings import Settings
from letters.pdf import Press
from workflow.store import Store


async def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def _press(request: Request) -> Press:
    press: Press = request.app.state.press
    return press


async def _makers(request: Request) -> Makers:
    makers: Makers = request.app.state.makers
    return makers


#: No key of a row is larger.
LARGEST_KEY = 2**31 - 1
LetterId = Annotated[int, Path(le=LARGEST_KEY)]
StoreDep = Annotated[Store, Depends(_store)]
SettingsDep = Annotated[Settings, Depends(_settings)]
PressDep = Annotated[Press, Depends(_press)]
MakersDep = Annotated[Makers, Depends(_makers)]


def _signed_in(request: Request, store: StoreDep) -> SignedIn:
    """The person behind the session cookie. The database session is closed before the route begins."""
    token = request.cookies.get(sessions.COOKIE)
    if token:
        with store.reading() as session:
            found = sessions.find(session, token, now())
        if found:
            return found
    raise NotSignedIn


StaffDep = Annotated[SignedIn, Depends(_signed_in)]


async def _form(request: Request) -> dict[str, list[str]]:
    """What a form sent, each name with all its values, in order; files are not taken."""
    form = await request.form()
    typed: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
    return typed


FormDep = Annotated[dict[str, list[str]], Depends(_form)]

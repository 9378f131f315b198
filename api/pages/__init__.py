"""The pages: server-rendered Chinese HTML that works without JavaScript and is livelier with it."""

from fastapi import FastAPI

from api.pages import login
from api.pages.rendering import error_page


def install(app: FastAPI) -> None:
    """Add the pages, and the page that tells an error."""
    app.state.error_page = error_page
    for router in (login.router,):
        app.include_router(router, include_in_schema=False)

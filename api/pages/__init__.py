"""The pages: server-rendered Chinese HTML that works without JavaScript and is livelier with it."""

from fastapi import FastAPI

from api.pages import (
    absences,
    acts,
    apply,
    attachments,
    casefile,
    cases,
    desk,
    gaps,
    guide,
    kept,
    ledger,
    ledger_bulk,
    ledger_export,
    ledger_import,
    ledger_views,
    letters,
    login,
    office,
    portal,
    post,
    presence,
    register,
    scans,
    supervision,
    texts,
    track,
    verify,
)
from api.pages.rendering import error_page

#: In this order: /cases/new is no number.
PAGES = (
    portal,
    apply,
    track,
    verify,
    login,
    desk,
    absences,
    cases,
    register,
    casefile,
    attachments,
    scans,
    acts,
    guide,
    kept,
    presence,
    supervision,
    ledger,
    ledger_bulk,
    ledger_export,
    ledger_import,
    ledger_views,
    gaps,
    letters,
    post,
    office,
    texts,
)


def install(app: FastAPI) -> None:
    """Add the pages, and the page that tells an error."""
    app.state.error_page = error_page
    for each in PAGES:
        app.include_router(each.router, include_in_schema=False)

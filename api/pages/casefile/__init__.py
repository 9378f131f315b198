"""The file of a case on one page, and what the office keeps beside it; every part has a module of its own."""

from fastapi import APIRouter

from api.pages.casefile import archive, handing, handover, links, minutes, notes, page, printed, publicity

PARTS = (page, handing, handover, notes, links, publicity, minutes, printed, archive)
router = APIRouter()
for each in PARTS:
    router.include_router(each.router)

"""Whether the process lives, and whether it can work."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.deps import StoreDep

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "The database cannot be reached."}})
def readyz(store: StoreDep) -> JSONResponse:
    """The database answers."""
    try:
        with store.reading() as session:
            session.execute(text("SELECT 1 FROM installation LIMIT 1")).all()
    except (DBAPIError, PoolTimeout):
        return JSONResponse({"status": "unavailable", "message": "数据库无法访问"}, 503)
    return JSONResponse({"status": "ok"})

"""The web application: one installation, its routes and pages, and the ticker beside them."""

import gc
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import anyio.to_thread
import structlog
from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

import letters
from api import errors, pages
from api.clock import now
from api.installation import THREADS, open_store
from api.letterfile import makers
from api.mail import deliver_waiting
from api.middleware import Guard
from api.routes import applications, cases, health, service
from api.settings import Settings, from_environment
from letters.fonts import Fonts
from letters.pdf import Press
from workflow import aside
from workflow.store import Store
from workflow.timers import start_ticking, sweep

log = structlog.get_logger()
HERE = Path(__file__).parent
LETTER_CSS = Path(letters.__file__).parent / "letter.css"


def create_app(store: Store, settings: Settings, *, ticking: bool = True) -> FastAPI:
    """The application on an open installation; `ticking` runs the timers in this process."""
    app = FastAPI(
        title="明答",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(store, settings, ticking=ticking),
    )
    app.state.store, app.state.settings = store, settings
    app.state.press = Press(Fonts(settings.fonts))
    app.state.makers = makers(app.state.press)
    app.add_middleware(Guard)
    errors.install(app)
    for router in (health.router, applications.router, cases.router, service.router):
        app.include_router(router)
    pages.install(app)
    app.add_api_route("/static/letter.css", _letter_css, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app


async def _letter_css() -> FileResponse:
    """The letters' style sheet stands with the letters."""
    return FileResponse(LETTER_CSS, media_type="text/css")


def from_environment_app() -> FastAPI:
    """The application of the installation that the environment names: what a server's worker starts."""
    settings = from_environment()
    app = create_app(open_store(settings), settings)
    spare_what_stays()
    return app


def spare_what_stays() -> None:
    """What is loaded by now stays: to look through it for garbage would hold up a request each time."""
    gc.collect()
    gc.freeze()


def _lifespan(
    store: Store, settings: Settings, *, ticking: bool
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # No more threads than connections: a thread that waits for one stalls those that hold one.
        limiter = anyio.to_thread.current_default_thread_limiter()
        limiter.total_tokens = THREADS[store.engine.dialect.name]
        stopping = threading.Event()
        scheduler = start_ticking(_tick(store, settings, stopping), now()) if ticking else None
        try:
            yield
        finally:
            stopping.set()
            if scheduler:
                scheduler.shutdown(wait=False)
            store.engine.dispose()

    return lifespan


class Stopping(Exception):
    """The server is told to end while a sweep is under way; the case at hand is committed already."""


def _tick(store: Store, settings: Settings, stopping: threading.Event) -> Callable[[], None]:
    def between_cases() -> None:
        if stopping.is_set():
            raise Stopping

    def tick() -> None:
        try:
            with store.session() as session:
                swept = sweep(session, now(), between_cases)
            if swept.changed or swept.failed:
                log.info("swept", changed=len(swept.changed), failed=len(swept.failed))
            deliver_waiting(store, settings, now())
            aside.clear(settings.aside, now())
        except Stopping:
            log.info("sweep_stopped")
        except Exception:
            log.exception("tick_failed")  # The database may be away; the next tick tries again.

    return tick

"""A real server, and real browsers before it."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

import letters
from api.clock import now
from api.demo import build
from tests.mailserver import free_port
from tests.office import KEY, PASSWORD
from workflow.sealing import Seal
from workflow.store import Store, open_engine

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
#: What lets Chromium run as root, without a screen, and without asking anything of the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: The browser's note of an answer that the test asked for.
ANSWERED = "Failed to load resource: the server responded with a status of 4"
START_S = 30


@pytest.fixture
def served(environment: dict[str, str]) -> Iterator[str]:
    """The address of a server on the test's own installation."""
    port = free_port()
    program = "from api.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            urlopen(f"{address}/healthz", timeout=1).close()
        except URLError:
            assert server.poll() is None, "the server has ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)
        else:
            return


@pytest.fixture(scope="session")
def city_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city as it stands now, which each test that lives in it gets a copy of."""
    path = tmp_path_factory.mktemp("city") / "mingda.db"
    shutil.copyfile(sqlite_template, path)
    store = Store(open_engine(f"sqlite:///{path}"), Seal(KEY), letters.issue)
    build(store, now(), password=PASSWORD)
    store.engine.dispose()
    return path


@pytest.fixture
def city(database_url: str, city_template: Path) -> str:
    """A database that holds the demo city; a test names it before the server that serves it."""
    shutil.copyfile(city_template, database_url.removeprefix("sqlite:///"))
    return database_url


@pytest.fixture
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    found = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where the pictures go: a folder that the environment names, else the test's own."""
    folder = Path(os.environ.get("MINGDA_SCREENSHOTS") or tmp_path / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Reader:
    """Somebody before a browser of their own: what the browser complains of is kept."""

    def __init__(self, context: BrowserContext, address: str, shots: Path) -> None:
        self.context, self.address, self.shots = context, address, shots
        self.complaints: list[str] = []
        self.page = self.watch(context.new_page())

    def watch(self, page: Page) -> Page:
        """Keep the complaints of a page: broken scripts, and what the content security policy stops."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(ANSWERED):
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """Go to an address."""
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, login: str, password: str) -> Page:
        """Sign in through the form."""
        page = self.open("/login")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()
        return page

    def shoot(self, name: str, *, whole: bool = True) -> None:
        """Take a picture of the page."""
        self.page.screenshot(path=self.shots / f"{name}.png", full_page=whole)

    def obstacles(self, *rules: str) -> list[str]:
        """What axe finds on the page that keeps people from using it, by all its rules or by those named."""
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = rules
        session = self.context.new_cdp_session(self.page)
        there = session.send("Runtime.evaluate", {"expression": "'axe' in window"})
        if not there["result"]["value"]:
            session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        run = f"axe.run(document, {json.dumps(options)}).then(JSON.stringify)"
        answer = session.send("Runtime.evaluate", {"expression": run, "awaitPromise": True})
        session.detach()
        violations: list[dict[str, Any]] = json.loads(answer["result"]["value"])["violations"]
        return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]


ReaderAs = Callable[..., Reader]


@pytest.fixture
def reader(browser: Browser, served: str, shots: Path) -> Iterator[ReaderAs]:
    """Opens browsers, with JavaScript or without, as wide as asked; none may have complained at the end."""
    readers: list[Reader] = []

    def opened(*, width: int = 1366, height: int = 768, **options: Any) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce", **options
        )
        readers.append(Reader(context, served, shots))
        return readers[-1]

    yield opened
    assert [complaint for each in readers for complaint in each.complaints] == []

"""Every page that a person can reach from their first one, in light and dark and on a telephone."""

import re
from collections import deque
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import func, select

from tests.browser.conftest import Reader, ReaderAs
from tests.office import PASSWORD
from workflow.store import Store
from workflow.tables import CASES
from workflow.vocabulary import State

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

#: Who goes where: the login, the first page, and cases in which states besides those that are met on the way.
WALKS: dict[str, tuple[str, str, tuple[State, ...]]] = {
    "an applicant": ("", "/", ()),
    "a clerk": (
        "chuangkou-zrzy",
        "/desk",
        (
            State.SUBMITTED,
            State.SCREENING,
            State.AWAITING_CLARIFICATION,
            State.AWAITING_PAYMENT,
            State.CONCLUDED,
            State.ARCHIVED,
        ),
    ),
    "a handler": ("chengban-zrzy", "/desk", (State.PROCESSING, State.CONSULTING)),
    "a reviewer": ("fazhi-zrzy", "/desk", (State.LEGAL_REVIEW,)),
    "a head": ("fuze-zrzy", "/desk", (State.APPROVAL, State.APPROVED)),
    "a supervisor": ("duban", "/supervision", (State.AWAITING_JUSTIFICATION, State.VOIDED)),
    "an administrator": ("guanli", "/admin/office", ()),
}
#: What a browser takes away instead of showing it, and what is no page of ours to judge: letters are a
#: document of their own.
ELSEWHERE = re.compile(r"^/(api|static)/|\.(pdf|docx|xlsx|csv|zip|png)$|/attachments/|/export|^/logout")


def kind_of(address: str) -> str:
    """The pages that differ only in what they are about are one kind."""
    path, _mark, query = address.partition("?")
    path = re.sub(r"/cases/(?!new\b)[^/]+", "/cases/*", path)
    path = re.sub(r"/admin/letters/[^/]+", "/admin/letters/*", path)
    return f"{re.sub('[0-9]+', '*', path)} {query.partition('=')[0]}".rstrip()


def links(page: Page) -> list[str]:
    """Where the page leads to, within the site."""
    found: list[str] = page.eval_on_selector_all(
        "a[href]",
        "all => all.map(a => new URL(a.href, location)).filter(u => u.origin === location.origin)"
        ".map(u => u.pathname + u.search)",
    )
    return [address for address in found if not ELSEWHERE.search(address.partition("?")[0])]


#: What the clerk's walk looks at for everybody of the office.
COMMON = re.compile(r"/(ledger|letters|cases$|cases\?)")
WALKS_ALL = ("an applicant", "a clerk", "a supervisor", "an administrator")


def pages(reader: Reader, first: list[str], passed_over: re.Pattern[str] | None) -> Iterator[str]:
    """Open one page of each kind, beginning with those."""
    waiting, met = deque(first), {kind_of(address) for address in first}
    while waiting:
        address = waiting.popleft()
        page = reader.open(address)
        yield address
        for each in links(page):
            if kind_of(each) not in met and not (passed_over and passed_over.match(each)):
                met.add(kind_of(each))
                waiting.append(each)


def cases_in(store: Store, states: tuple[State, ...], agency: str) -> list[str]:
    """A case of the agency in each of those states."""
    query = (
        select(func.max(CASES.c.number))
        .where(CASES.c.state.in_(states), CASES.c.number.like(f"{agency}-%"))
        .group_by(CASES.c.state)
    )
    with store.reading() as session:
        return [f"/cases/{number}" for number in session.execute(query).scalars()]


@pytest.mark.parametrize("who", WALKS)
def test_no_page_keeps_anybody_out(city: str, reader: ReaderAs, store: Store, who: str) -> None:
    login, home, states = WALKS[who]
    agency = "ZYZRZY" if login.endswith("zrzy") else "ZY%"
    walker = reader()
    if login:
        walker.sign_in(login, PASSWORD)
        walker.page.wait_for_load_state("networkidle")

    found, seen = [], []
    passed_over = None if who in WALKS_ALL else COMMON
    for address in pages(walker, [home, *cases_in(store, states, agency)], passed_over):
        seen.append(kind_of(address))
        page = walker.page
        found += [(address, each) for each in walker.obstacles()]
        page.emulate_media(color_scheme="dark")
        found += [(f"{address} in the dark", each) for each in walker.obstacles("color-contrast")]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((f"{address} on a telephone", "wider than the screen"))
        page.set_viewport_size({"width": 1366, "height": 768})

    assert found == []
    assert home in seen
    assert len(seen) >= len(states) + 4

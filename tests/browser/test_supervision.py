"""The supervisor's chart: drawn from the table, and nothing without it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from api.clock import today
from tests.browser.conftest import ReaderAs
from tests.office import PASSWORD, Office
from workflow.vocabulary import Role

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_agencies_are_drawn_above_their_table(reader: ReaderAs, office: Office, scheme: str) -> None:
    office.account("duban", Role.SUPERVISOR)
    office.register(today() - timedelta(days=60))
    supervisor = reader(color_scheme=scheme)
    page = supervisor.sign_in("duban", PASSWORD)

    expect(page.get_by_role("img", name="各机关在办申请的图示，数字见下表")).to_be_visible()
    drawn = page.locator("[data-chart] canvas").evaluate(
        "canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]"
        ".reduce((seen, each) => seen.add(each), new Set()).size"
    )
    assert drawn > 10  # shades: bars, words and lines
    assert supervisor.obstacles() == []


def test_without_scripts_or_without_cases_there_is_the_table_alone(reader: ReaderAs, office: Office) -> None:
    office.account("duban", Role.SUPERVISOR)

    nothing = reader().sign_in("duban", PASSWORD)
    expect(nothing.get_by_role("table", name="各机关办理情况")).to_be_visible()
    expect(nothing.locator("[data-chart]")).to_be_hidden()

    office.register(today() - timedelta(days=60))
    plain = reader(java_script_enabled=False).sign_in("duban", PASSWORD)
    expect(plain.get_by_role("table", name="各机关办理情况")).to_be_visible()
    expect(plain.locator("[data-chart]")).to_be_hidden()

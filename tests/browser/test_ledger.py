"""The ledger in a browser: narrowed, arranged and kept by hand, in light and dark, and without scripts."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from api.clock import now, today
from tests.browser.conftest import ReaderAs
from tests.office import PASSWORD, Office
from workflow.queries.ledger import PAGE
from workflow.vocabulary import Action, Role

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("font"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

FORMS: dict[str, dict[str, Any]] = {
    "as usual": {},
    "in the dark": {"color_scheme": "dark"},
    "without scripts": {"java_script_enabled": False},
    "on a telephone": {"width": 390, "height": 844},
}


@pytest.mark.parametrize("form", FORMS)
def test_a_clerk_narrows_arranges_and_keeps_the_ledger(reader: ReaderAs, office: Office, form: str) -> None:
    office.account("clerk", Role.CLERK, name="沈若溪")
    numbers = [office.register(today()) for _ in range(3)]
    office.do(numbers[1], Action.ACCEPT, today(), at=now(), unit="档案室")
    clerk = reader(**FORMS[form])
    clerk.sign_in("clerk", PASSWORD)
    clerk.page.get_by_role("link", name="台账").click()
    page = clerk.page
    assert page.locator("tbody tr").count() == 3

    page.get_by_text("更多条件").click()
    page.get_by_label("承办单位", exact=True).select_option("档案室")
    page.get_by_role("button", name="筛选").click()
    page.get_by_text("选择和排列列").click()
    page.get_by_role("link", name="申请人名称前移一列").click()
    page.get_by_role("link", name="去掉收到日期").click()
    page.get_by_text("保存为视图").click()
    page.get_by_label("视图名称").fill("档案室")
    page.get_by_role("button", name="保存").click()

    page.get_by_role("link", name="档案室", exact=True).click()
    assert page.locator("tbody th").all_inner_texts() == [numbers[1]]
    assert page.locator("thead th").all_inner_texts()[:3] == ["登记编号", "申请人名称", "信息名称"]
    seen = [text for text in page.locator("thead th").all_inner_texts() if text]
    with page.expect_download() as saving:
        page.get_by_role("link", name="导出 Excel").click()
    rows = list(load_workbook(BytesIO(saving.value.path().read_bytes())).worksheets[0].values)
    assert [row for row in rows if numbers[1] in row]
    assert seen in [[str(cell) for cell in row] for row in rows]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if form != "without scripts":
        assert clerk.obstacles() == []
    clerk.shoot(f"ledger-{form.replace(' ', '-')}")


@pytest.mark.parametrize("form", ["as usual", "without scripts"])
def test_what_does_not_fit_on_a_page_is_counted_apart(reader: ReaderAs, office: Office, form: str) -> None:
    office.account("clerk", Role.CLERK)
    for _ in range(PAGE + 1):
        office.register(today())
    clerk = reader(**FORMS[form])
    clerk.sign_in("clerk", PASSWORD)

    clerk.page.get_by_role("link", name="台账").click()
    if form == "without scripts":
        clerk.page.get_by_role("link", name="统计件数").click()

    totals = clerk.page.get_by_role("region", name="合计")
    totals.get_by_text(f"{PAGE + 1} 件").wait_for()
    if form == "as usual":
        assert clerk.obstacles() == []

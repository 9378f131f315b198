"""The pictures of the handbook and the README, taken in the demo city as the handbook tells it.

`make pictures` keeps them; as a test they go to a folder of the test's own.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

import api.demo
from api.clock import today
from tests.browser.conftest import Reader, ReaderAs
from tests.browser.hands import signed_in
from workflow.store import Store
from workflow.tables import CASES
from workflow.vocabulary import State

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.needs("font"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook"
OFFICE = "ZYZRZY"
REGISTER = Path(api.demo.__file__).with_name("ledger_2025.xlsx")


class Walk:
    """Somebody on the way through the demo city, who takes pictures of what is on the screen."""

    def __init__(self, reader: Reader, store: Store) -> None:
        self.reader, self.page, self.store = reader, reader.page, store
        self.taken: set[str] = set()

    def case(self, state: State) -> str:
        """The address of a case of the office in that state: the one with most to see."""
        query = (
            select(CASES.c.number)
            .where(CASES.c.state == state, CASES.c.number.like(f"{OFFICE}-%"))
            .order_by(CASES.c.extension_workdays.desc(), CASES.c.version.desc(), CASES.c.number)
            .limit(1)
        )
        with self.store.reading() as session:
            return f"/cases/{session.execute(query).scalar_one()}"

    def take(self, name: str, path: str = "") -> Page:
        """Open a page, if one is named, and take a picture of the screen."""
        if path:
            answer = self.page.goto(self.reader.address + path)
            assert answer is not None
            assert answer.ok, path
        self.page.wait_for_load_state("networkidle")
        self.reader.shoot(name, whole=False)
        self.taken.add(name)
        return self.page


def as_an_applicant(walk: Walk) -> None:
    walk.take("portal", "/")
    walk.take("apply", "/apply")


def as_a_clerk(walk: Walk) -> None:
    walk.take("clerk-desk", "/desk")
    page = walk.reader.open("/cases/new")
    page.get_by_label("邮寄", exact=False).check()
    page.get_by_label("签收日期").fill(today().isoformat())
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("姓名或名称").fill("王小明")
    page.get_by_label("证件号码").fill("370685192001010016")
    page.get_by_label("信息名称").fill("柳河村2025年第3批次征收土地补偿安置方案")
    expect(page.locator("#foreseen")).to_contain_text("答复截止")
    expect(page.locator("#earlier")).to_contain_text(OFFICE)
    page.evaluate("window.scrollTo(0, 0)")
    walk.take("clerk-register")
    page = walk.reader.open(walk.case(State.SCREENING))
    page.get_by_role("link", name="告知补正", exact=True).click()
    page.get_by_label("需要补正的事项").fill("请明确地块的位置")
    expect(page.locator("#act")).to_contain_text("办理后")
    walk.take("clerk-clarify")
    walk.take("ledger", "/ledger")
    page = walk.reader.open("/ledger/import")
    page.get_by_label("台账文件").set_input_files(REGISTER)
    page.get_by_role("button", name="上传并预览").click()
    walk.take("clerk-import")


def as_a_handler(walk: Walk) -> None:
    walk.take("handler-desk", "/desk")
    page = walk.take("case", walk.case(State.PROCESSING))
    page.locator("#term").evaluate("heading => heading.closest('section').scrollIntoView()")
    walk.take("case-why")
    walk.take("handler-guide", f"{walk.case(State.PROCESSING)}/guide")
    walk.take("handler-consulting", walk.case(State.CONSULTING))


def as_a_reviewer(walk: Walk) -> None:
    walk.take("legal-draft", walk.case(State.LEGAL_REVIEW))


def as_a_head(walk: Walk) -> None:
    page = walk.reader.open(walk.case(State.APPROVAL))
    page.get_by_role("link", name="延长答复期限", exact=True).click()
    page.get_by_label("延长理由").fill("档案较多，需要逐卷核对。")
    expect(page.locator("#act")).to_contain_text("办理后")
    walk.take("head-extend")
    walk.take("head-absences", "/absences")


def as_a_supervisor(walk: Walk) -> None:
    walk.take("supervision", "/supervision")


def as_an_administrator(walk: Walk) -> None:
    walk.take("admin-office", "/admin/office")
    walk.take("admin-letter", "/admin/letters/clarification_notice")


WALKS: dict[str, Callable[[Walk], None]] = {
    "": as_an_applicant,
    f"chuangkou-{OFFICE[2:].lower()}": as_a_clerk,
    f"chengban-{OFFICE[2:].lower()}": as_a_handler,
    f"fazhi-{OFFICE[2:].lower()}": as_a_reviewer,
    f"fuze-{OFFICE[2:].lower()}": as_a_head,
    "duban": as_a_supervisor,
    "guanli": as_an_administrator,
}


@pytest.mark.parametrize("login", WALKS, ids=lambda login: login or "applicant")
def test_the_pictures_of_the_handbook_can_be_taken(
    city: str, reader: ReaderAs, store: Store, login: str
) -> None:
    walk = Walk(signed_in(reader, login) if login else reader(), store)

    WALKS[login](walk)

    assert walk.taken
    assert walk.taken <= shown(), "a picture that no page shows"


def shown() -> set[str]:
    """The pictures that the handbook and the README show."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in (*HANDBOOK.glob("*.md"), HANDBOOK.parents[1] / "README.md")
    ]
    return {name for text in texts for name in re.findall(r"pictures/([\w-]+)\.png", text)}

"""Verifying a letter in a real browser: the square on it fills the form, a file is compared on the spot."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from api.clock import now, today
from letters.document import read
from letters.pdf import Press
from tests.browser.conftest import Reader, ReaderAs
from tests.database.test_documents import letters_of
from tests.database.test_verification import Codes, codes
from tests.office import PASSWORD, Office
from workflow.documents import Form, document
from workflow.queries.letters import StoredLetter
from workflow.vocabulary import Role, State

__all__ = ["codes"]

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("npm"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def number(office: Office, codes: Codes) -> str:
    """A case that has its reply."""
    assert not codes
    return office.case_today(State.CONCLUDED, today(), now())


@pytest.fixture
def reply(office: Office, number: str) -> StoredLetter:
    """The reply."""
    return letters_of(office, number)[-1]


@pytest.fixture
def pdf(office: Office, reply: StoredLetter, tmp_path: Path) -> Path:
    """The reply as PDF, as somebody has been given it."""
    content = document(
        office.store, reply, Form.PDF, lambda html, on: Press().pdf([read(html)], on=on), now()
    )
    path = tmp_path / "答复书.pdf"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desk", "phone"])
def test_the_square_fills_the_form_and_a_file_is_compared_without_being_sent(
    reader: ReaderAs, codes: Codes, reply: StoredLetter, pdf: Path, size: dict[str, int]
) -> None:
    citizen, width = reader(**size), size.get("width", 1366)
    page = citizen.open(f"/verify#{quote(reply.number)}/{codes[reply.number]}")

    expect(page).to_have_url(re.compile("/verify$"))
    expect(page.get_by_label("文号")).to_have_value(reply.number)
    expect(page.get_by_role("button", name="核验")).to_be_focused()
    looked_at(citizen, f"verify-filled-{width}")
    page.keyboard.press("Enter")

    expect(page.get_by_text("这件文书确由本系统发出")).to_be_visible()
    looked_at(citizen, f"verified-{width}")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    verdict = page.locator("#verdict")
    page.get_by_label("选择手中的 PDF 文件").set_input_files(pdf)
    expect(verdict).to_have_text(re.compile("^一致：“答复书.pdf”"))
    looked_at(citizen, f"verified-same-{width}")
    changed = pdf.with_name("改过.pdf")
    changed.write_bytes(pdf.read_bytes() + b"\n")
    page.get_by_label("选择手中的 PDF 文件").set_input_files(changed)
    expect(verdict).to_have_text(re.compile("^不一致：“改过.pdf”"))
    looked_at(citizen, f"verified-other-{width}")
    assert sent == []


def looked_at(reader: Reader, name: str) -> None:
    """Take a picture, and find nothing that keeps people out."""
    reader.shoot(name)
    assert (name, reader.obstacles()) == (name, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_wrong_code_shows_the_form_again(reader: ReaderAs, reply: StoredLetter, scheme: str) -> None:
    citizen = reader(color_scheme=scheme)
    page = citizen.open("/verify#100%/x")
    expect(page.get_by_label("文号")).to_have_value("100%")
    looked_at(citizen, f"verify-{scheme}")

    page.get_by_label("文号").fill(reply.number)
    page.get_by_label("核验码").fill("AAAA-AAAA-AAAA")
    page.get_by_role("button", name="核验").click()

    expect(page.get_by_role("alert")).to_contain_text("没有找到这件文书")
    expect(page.get_by_label("文号")).to_have_value(reply.number)
    looked_at(citizen, f"verify-unknown-{scheme}")


def test_without_javascript_one_types_and_compares_by_hand(
    reader: ReaderAs, codes: Codes, reply: StoredLetter, pdf: Path
) -> None:
    citizen = reader(java_script_enabled=False)
    page = citizen.open("/")
    page.get_by_role("link", name="核验文书真伪").click()
    page.get_by_label("文号").fill(reply.number.replace("〔", "[").replace("〕", "]"))
    page.get_by_label("核验码").fill(codes[reply.number].lower())
    page.get_by_role("button", name="核验").click()

    expect(page.get_by_text("sha256sum")).to_be_visible()
    expect(page.get_by_label("选择手中的 PDF 文件")).to_be_hidden()
    assert pdf.exists()
    citizen.shoot("verified-plain")


def test_the_case_leads_to_its_letters_as_page_pdf_and_word(
    reader: ReaderAs, number: str, reply: StoredLetter, office: Office
) -> None:
    office.account("chuangkou", Role.CLERK, name="沈若溪")
    clerk = reader()
    clerk.sign_in("chuangkou", PASSWORD)
    page = clerk.open(f"/cases/{number}")

    with clerk.context.expect_page() as opening:
        page.get_by_role("link", name=f"查看 政府信息予以公开答复书 {reply.number}").click()
    expect(opening.value.locator(".letter-number")).to_have_text(reply.number)
    opening.value.close()
    with page.expect_download() as saving:
        page.get_by_role("link", name=f"Word 政府信息予以公开答复书 {reply.number}").click()
    assert saving.value.suggested_filename == f"{reply.number} 政府信息予以公开答复书.docx"
    pdf = page.get_by_role("link", name=f"PDF 政府信息予以公开答复书 {reply.number}").get_attribute("href")
    answer = clerk.context.request.get(f"{clerk.address}{pdf}")
    assert answer.body().startswith(b"%PDF-")

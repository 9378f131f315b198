"""A letter as PDF and Word: to whom, under which name, and as it was first made."""

import io
from dataclasses import replace
from urllib.parse import unquote

import docx
import pypdfium2
import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select, update
from starlette.testclient import TestClient

from api.clock import now, today
from tests.api.conftest import SignIn
from tests.database.test_documents import gives, letters_of, never
from tests.office import Office
from workflow.commands.intake import Submitted
from workflow.documents import Form
from workflow.queries.letters import StoredLetter
from workflow.tables import LETTER_DOCUMENTS
from workflow.vocabulary import Action, Role, State

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def number(office: Office) -> str:
    """A case with letters to its applicant and to a third party."""
    return office.case_today(State.CONSULTING, today(), now())


def address(number: str, letter: StoredLetter, form: str = "pdf") -> str:
    return f"/api/v1/cases/{number}/letters/{letter.id}.{form}"


def name_of(response: Response) -> str:
    return unquote(response.headers["content-disposition"].split("filename*=UTF-8''")[1])


def test_a_clerk_reads_every_letter_of_a_case_as_pdf(sign_in: SignIn, number: str, office: Office) -> None:
    clerk, letters = sign_in(Role.CLERK), letters_of(office, number)

    answers = [clerk.get(address(number, letter)) for letter in letters]

    assert [letter.kind for letter in letters][-2:] == ["third_party_consultation", "third_party_reply_form"]
    for letter, answer in zip(letters, answers, strict=True):
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert letter.number in text_of(answer.content)
        assert name_of(answer).startswith(f"{letter.number} ")
        assert name_of(answer).endswith(".pdf")
        assert answer.headers["content-disposition"].startswith("inline; filename=letter.pdf;")


def text_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def test_word_is_saved_under_number_and_title(sign_in: SignIn, number: str, office: Office) -> None:
    receipt = letters_of(office, number)[0]

    answer = sign_in(Role.HANDLER).get(address(number, receipt, "docx"))

    assert (answer.status_code, answer.headers["content-type"]) == (200, WORD)
    assert answer.headers["content-disposition"].startswith("attachment; filename=letter.docx;")
    assert name_of(answer) == f"{receipt.number} 政府信息公开申请登记回执.docx"
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert any(receipt.number in text for text in paragraphs)


def test_a_browser_may_show_the_file_and_keeps_no_copy(sign_in: SignIn, number: str, office: Office) -> None:
    headers = sign_in(Role.CLERK).get(address(number, letters_of(office, number)[0])).headers

    assert headers["cache-control"] == "private, no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]


def test_a_file_is_shown_as_it_was_first_made_whatever_makes_them_now(
    sign_in: SignIn, number: str, office: Office, app: FastAPI
) -> None:
    clerk, receipt = sign_in(Role.CLERK), letters_of(office, number)[0]
    first = [clerk.get(address(number, receipt, form)).content for form in Form]

    app.state.makers = dict.fromkeys(Form, never)

    assert [clerk.get(address(number, receipt, form)).content for form in Form] == first


def test_files_are_for_the_people_of_the_agency(
    sign_in: SignIn, anybody: TestClient, number: str, office: Office
) -> None:
    receipt = letters_of(office, number)[0]
    stranger = sign_in(Role.CLERK, agency=office.other().agency)

    for form in Form:
        assert anybody.get(address(number, receipt, form)).status_code == 401
        assert stranger.get(address(number, receipt, form)).status_code == 404
    assert kept(office) == []


def kept(office: Office) -> list[str]:
    with office.store.reading() as session:
        return list(session.execute(select(LETTER_DOCUMENTS.c.form)).scalars())


def test_a_letter_that_is_not_there_has_no_file(sign_in: SignIn, number: str, office: Office) -> None:
    clerk, receipt = sign_in(Role.CLERK), letters_of(office, number)[0]
    other = office.register(today())

    assert clerk.get(address(other, receipt)).status_code == 404
    assert clerk.get(f"/api/v1/cases/{number}/letters/999.pdf").status_code == 404
    assert clerk.get(address(number, receipt, "txt")).status_code == 404
    assert clerk.get(f"/api/v1/cases/{number}/letters/x.pdf").status_code == 422


def test_a_file_that_was_tampered_with_is_not_shown_and_the_reader_told(
    sign_in: SignIn, number: str, office: Office
) -> None:
    clerk, receipt = sign_in(Role.CLERK), letters_of(office, number)[0]
    clerk.get(address(number, receipt))
    with office.store.transaction() as session:
        session.execute(update(LETTER_DOCUMENTS).values(sha256="0" * 64))

    for_a_program = clerk.get(address(number, receipt))
    for_a_person = clerk.get(address(number, receipt), headers={"Accept": "text/html"})

    assert for_a_program.status_code == for_a_person.status_code == 500
    assert receipt.number in for_a_program.json()["message"]
    assert "<html" in for_a_person.text


def test_a_text_that_cannot_be_laid_out_is_told_and_nothing_kept(sign_in: SignIn, office: Office) -> None:
    """As an office's own text once could be, before texts were checked."""
    write = office.store.issue_letter
    office.store.issue_letter = lambda order: replace(write(order), html="<article><marquee>x</marquee>")
    number = office.register(today())

    answer = sign_in(Role.CLERK).get(address(number, letters_of(office, number)[0]))

    assert answer.status_code == 500
    assert "无法排版" in answer.json()["message"]
    assert kept(office) == []


# --- The applicant --------------------------------------------------------------------------------------


@pytest.fixture
def made(office: Office) -> Submitted:
    """An application with letters to its applicant and to a third party."""
    made = office.submit(today())
    number = made.file.row.number
    office.do(number, Action.REGISTER, today(), at=now())
    office.do(number, Action.ACCEPT, today(), at=now())
    office.do(number, Action.CONSULT_THIRD_PARTY, today(), at=now(), name="甲公司")
    return made


def test_an_applicant_saves_the_own_letters_as_pdf_and_never_those_of_others(
    anybody: TestClient, made: Submitted, office: Office
) -> None:
    number, code = made.file.row.number, made.tracking_code

    answers = [
        anybody.get(
            f"/api/v1/applications/{number}/letters/{letter.id}.pdf",
            headers={"Authorization": f"Tracking {code}"},
        )
        for letter in letters_of(office, number)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 404]
    assert answers[0].headers["content-type"] == "application/pdf"
    assert answers[0].headers["content-disposition"].startswith("attachment;")
    assert kept(office) == ["pdf", "pdf", "pdf"]


def test_the_tracking_page_gives_the_same_file(
    anybody: TestClient, made: Submitted, office: Office, app: FastAPI
) -> None:
    app.state.makers = {Form.PDF: gives(b"%PDF-1")}
    number, code = made.file.row.number, made.tracking_code
    *own, others, _form = letters_of(office, number)
    typed = {"number": number, "code": code}
    page = anybody.post("/track", data=typed).text

    for letter in own:
        assert f'formaction="/track/letters/{letter.id}.pdf"' in page
        assert anybody.post(f"/track/letters/{letter.id}.pdf", data=typed).content == b"%PDF-1"
    assert f"/track/letters/{others.id}" not in page
    assert anybody.post(f"/track/letters/{others.id}.pdf", data=typed).status_code == 404
    wrong = typed | {"code": "AAAA-AAAA-AAAA"}
    assert anybody.post(f"/track/letters/{own[0].id}.pdf", data=wrong).status_code == 404


def test_an_applicant_never_gets_word(anybody: TestClient, made: Submitted, office: Office) -> None:
    number, code = made.file.row.number, made.tracking_code
    letter = letters_of(office, number)[0]
    headers = {"Authorization": f"Tracking {code}"}

    address = f"/api/v1/applications/{number}/letters/{letter.id}.docx"
    assert anybody.get(address, headers=headers).status_code == 404
    typed = {"number": number, "code": code}
    assert anybody.post(f"/track/letters/{letter.id}.docx", data=typed).status_code == 404
    assert kept(office) == []

"""送达回证 as PDF: blank before delivery, filled in after, and for the office alone."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from tests.api.conftest import SignIn
from tests.api.test_letter_files import text_of
from tests.database.test_documents import letters_of
from tests.office import FIRST_DAY, Office
from workflow.vocabulary import Action, Role, State

CONTACT = {"phone": "13800000000", "address": "招远市某路1号"}
APPLICANT = {"kind": "natural_person", "name": "张三", "contact": CONTACT}
SENT = FIRST_DAY + timedelta(days=5)


@pytest.fixture
def posted(office: Office) -> str:
    """A case whose reply was sent by post on Monday 2026-07-06."""
    number = office.case_at(State.APPROVED, applicant=APPLICANT)
    office.do(number, Action.ISSUE_REPLY, SENT, method="registered_post")
    return number


def address(office: Office, number: str, kind: str = "disclosed") -> str:
    (about,) = [letter for letter in letters_of(office, number) if letter.kind == kind]
    return f"/api/v1/cases/{number}/letters/{about.id}/service.pdf"


def read(client: TestClient, path: str) -> str:
    """The text of the form, without its blanks."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return "".join(text_of(answer.content).split())


def test_it_is_printed_blank_before_the_letter_is_delivered_and_filled_in_after(
    sign_in: SignIn, posted: str, office: Office
) -> None:
    clerk, path = sign_in(Role.CLERK), address(office, posted)

    before = read(clerk, path)
    office.do(
        posted,
        Action.RECORD_SERVICE,
        SENT + timedelta(days=3),
        served_on="2026-07-08",
        method="registered_post",
        tracking_no="XA12345678937",
        receiver="李四",
    )
    after = read(clerk, path)

    assert "受送达人张三送达地址招远市某路1号送达方式邮寄送达签收人签收时间" in before
    assert "拒收及见证" in before
    assert "签收人李四签收时间2026年7月8日凭证编号邮件编号XA12345678937" in after
    assert "申请复议期限至2026年9月7日届满（含当日）" in after


def test_it_is_named_by_the_letter_and_kept_nowhere(sign_in: SignIn, posted: str, office: Office) -> None:
    answer = sign_in(Role.HANDLER).get(address(office, posted))

    name = unquote(answer.headers["content-disposition"].split("filename*=UTF-8''")[1])
    (reply,) = [letter for letter in letters_of(office, posted) if letter.kind == "disclosed"]
    assert name == f"送达回证 {reply.number}.pdf"
    assert answer.headers["content-disposition"].startswith("inline;")
    assert answer.headers["cache-control"] == "private, no-store"


def test_that_an_address_was_printed_is_logged_without_the_address(
    sign_in: SignIn, posted: str, office: Office
) -> None:
    with capture_logs() as logs:
        sign_in(Role.CLERK).get(address(office, posted))

    (entry,) = [each for each in logs if each["event"] == "contact_printed"]
    assert entry["case"] == posted
    assert CONTACT["address"] not in str(logs)


def test_each_letter_on_the_page_of_a_case_leads_to_its_form(
    sign_in: SignIn, posted: str, office: Office
) -> None:
    page = sign_in(Role.CLERK).get(f"/cases/{posted}").text

    forms = {f'href="{address(office, posted, letter.kind)}"' for letter in letters_of(office, posted)}
    assert len(forms) == page.count("/service.pdf") == 3
    assert {form for form in forms if form not in page} == set()


def test_nobody_else_gets_it(sign_in: SignIn, anybody: TestClient, posted: str, office: Office) -> None:
    path = address(office, posted)
    stranger = sign_in(Role.CLERK, agency=office.other().agency)

    assert anybody.get(path).status_code == 401
    assert stranger.get(path).status_code == 404
    assert (
        sign_in(Role.CLERK).get(f"/api/v1/cases/{posted}/letters/2147483647/service.pdf").status_code == 404
    )

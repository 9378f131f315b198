"""Following an application: number and code, own letters, answers, withdrawal."""

from collections.abc import Iterator

import pytest
import structlog
from structlog.testing import LogCapture

from api import ratelimit
from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE
from tests.pages.visitor import Page, Visitor
from workflow.commands.intake import Submitted
from workflow.vocabulary import Action

pytestmark = SQLITE
LETTERS = "/track/letters/"


@pytest.fixture
def made(office: Office) -> Submitted:
    """An application of today, registered."""
    made = office.submit(today())
    office.do(made.file.row.number, Action.REGISTER, today(), at=now())
    return made


@pytest.fixture
def logged() -> Iterator[LogCapture]:
    """Everything that is logged."""
    capture, before = LogCapture(), structlog.get_config()["processors"]
    structlog.configure(processors=[capture])
    yield capture
    structlog.configure(processors=before)


def track(citizen: Visitor, number: str, code: str) -> Page:
    form = citizen.open("/track").form("/track")
    return citizen.send(form, {"number": number, "code": code})


def test_number_and_code_show_the_state_in_plain_words(citizen: Visitor, made: Submitted) -> None:
    page = track(citizen, made.file.row.number, made.tracking_code.lower())

    assert page.status == 200
    assert "您的申请已登记，正在审核" in page.text
    assert "这个日期怎样算出" in page.text
    assert "法定答复期限20个工作日" in page.text


def test_a_wrong_number_and_a_wrong_code_look_alike(citizen: Visitor, made: Submitted) -> None:
    number = made.file.row.number

    wrong_code = track(citizen, number, "AAAA-AAAA-AAAA")
    wrong_number = track(citizen, "NOBODY-1", made.tracking_code)

    assert (wrong_code.status, wrong_number.status) == (404, 404)
    assert wrong_code.html.replace(number, "") == wrong_number.html.replace("NOBODY-1", "")


def test_the_code_is_in_no_address_and_in_no_log(
    citizen: Visitor, made: Submitted, logged: LogCapture
) -> None:
    page = track(citizen, made.file.row.number, made.tracking_code)
    letter = next(form for form in page.forms if form.action.startswith(LETTERS))
    citizen.send(letter)

    addresses = [page.address, *page.links, *(form.action for form in page.forms)]
    assert made.tracking_code not in "".join(addresses)
    assert {form.method for form in page.forms} == {"post"}
    assert [entry["path"] for entry in logged.entries] == ["/track", "/track", letter.action]
    assert made.tracking_code not in str(logged.entries)


def test_own_letters_open_with_the_code_and_those_of_others_do_not(
    citizen: Visitor, made: Submitted, office: Office
) -> None:
    number = made.file.row.number
    office.do(number, Action.ACCEPT, today(), at=now())
    office.do(number, Action.CONSULT_THIRD_PARTY, today(), at=now(), name="甲公司")
    page = track(citizen, number, made.tracking_code)
    letters = [form for form in page.forms if form.action.startswith(LETTERS)]

    opened = [citizen.send(form) for form in letters]

    assert len(letters) == 3
    assert "登记回执" in opened[-1].text
    assert "甲公司" not in page.text
    last = max(int(form.action.removeprefix(LETTERS)) for form in letters)
    letters[0].action = f"{LETTERS}{last + 1}"
    assert citizen.send(letters[0]).status == 404


def test_a_letter_is_not_opened_with_a_wrong_code(citizen: Visitor, made: Submitted) -> None:
    page = track(citizen, made.file.row.number, made.tracking_code)
    letter = next(form for form in page.forms if form.action.startswith(LETTERS))

    assert citizen.send(letter, {"code": "AAAA-AAAA-AAAA"}).status == 404


def test_a_clarification_is_answered_online(citizen: Visitor, made: Submitted, office: Office) -> None:
    number = made.file.row.number
    office.do(number, Action.REQUEST_CLARIFICATION, today(), at=now(), items=["请写明地块"])
    asked = track(citizen, number, made.tracking_code)
    address = "/track/actions/receive_clarification"

    empty = citizen.send(asked.form(address), {"text": "   "})
    done = citizen.send(empty.form(address), {"text": "城东第三地块"})

    assert "答复期限暂停计算" in asked.text
    assert (empty.status, done.status) == (422, 200)
    assert "缺少此项" in empty.text
    assert "补正材料已经送达" in done.text
    assert address not in [form.action for form in done.forms]


def test_withdrawing_asks_once_more(citizen: Visitor, made: Submitted) -> None:
    address = "/track/actions/withdraw"
    page = track(citizen, made.file.row.number, made.tracking_code)

    sure = citizen.send(page.form(address))
    done = citizen.send(sure.form(address), {"reason": "已经找到"})

    assert "确定撤回这件申请吗" in sure.text
    assert "您的申请已登记，正在审核" in sure.text
    assert "申请已经撤回" in done.text
    assert "您的申请已办结" in done.text


def test_an_act_that_came_too_late_is_refused_and_shows_the_latest(
    citizen: Visitor, made: Submitted, office: Office
) -> None:
    number, address = made.file.row.number, "/track/actions/withdraw"
    sure = citizen.send(track(citizen, number, made.tracking_code).form(address))
    office.do(number, Action.REPLY_ON_THE_SPOT, today(), at=now(), decision="disclosed", reasons="予以公开")

    page = citizen.send(sure.form(address))

    assert page.status == 409
    assert "没有办理" in page.text
    assert "处理结果： 予以公开" in page.text


def test_what_is_no_act_of_an_applicant_is_not_found(citizen: Visitor, made: Submitted) -> None:
    page = track(citizen, made.file.row.number, made.tracking_code)
    form = page.form("/track/actions/withdraw")
    form.action = "/track/actions/accept"

    assert citizen.send(form).status == 404


def test_guessing_codes_is_slowed_down(citizen: Visitor, made: Submitted) -> None:
    form = citizen.open("/track").form("/track")
    for _ in range(ratelimit.TRACKING.amount):
        citizen.send(form, {"number": made.file.row.number, "code": "AAAA"})

    assert citizen.send(form, {"number": made.file.row.number, "code": "AAAA"}).status == 429

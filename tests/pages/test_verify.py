"""Verifying a letter: who holds it learns that it is genuine, and nobody learns whom it concerns."""

import hashlib
import re
from dataclasses import replace

import pytest

from api import ratelimit
from api.clock import now, today
from tests.database.test_documents import letters_of
from tests.database.test_verification import Codes, codes
from tests.office import Office
from tests.pages.conftest import SQLITE
from tests.pages.visitor import Page, Visitor
from tests.story import ZHANG
from workflow.correspondence import WrittenLetter
from workflow.documents import Form, document
from workflow.queries.letters import StoredLetter
from workflow.vocabulary import Action, State

__all__ = ["codes"]


@pytest.fixture
def number(office: Office, codes: Codes) -> str:
    """A case with letters to its applicant and to a third party."""
    assert not codes
    return office.case_today(State.CONSULTING, today(), now())


@pytest.fixture
def receipt(office: Office, number: str) -> StoredLetter:
    """A letter to the applicant."""
    return letters_of(office, number)[0]


def verify(citizen: Visitor, number: str, code: str) -> Page:
    return citizen.send(citizen.open("/verify").form("/verify"), {"number": number, "code": code})


def test_number_and_code_show_what_was_issued_when_and_by_whom(
    citizen: Visitor, codes: Codes, receipt: StoredLetter, office: Office
) -> None:
    typed = receipt.number.replace("〔", "[").replace("〕", "]")

    page = verify(citizen, typed, codes[receipt.number].lower())

    assert page.status == 200
    assert "没有被替代或者作废" in page.text
    assert f"文号 {receipt.number}" in page.text
    assert f"发文机关 {office.agency.name}" in page.text
    assert f"成文日期 {today().year}年{today().month}月{today().day}日" in page.text
    assert "收件人 申请人" in page.text
    assert hashlib.sha256(receipt.html.encode()).hexdigest() in page.text


def test_nothing_tells_whom_the_letter_concerns_or_what_it_says(
    citizen: Visitor, codes: Codes, number: str, office: Office
) -> None:
    pages = [verify(citizen, each.number, codes[each.number]) for each in letters_of(office, number)]

    assert {page.status for page in pages} == {200}
    assert "收件人 第三方" in pages[-1].text
    for page in pages:
        for secret in (ZHANG["name"], "甲公司", number, "征收", codes[next(iter(codes))]):
            assert secret not in page.html


def test_a_wrong_number_and_a_wrong_code_look_alike(
    citizen: Visitor, codes: Codes, receipt: StoredLetter
) -> None:
    wrong_code = verify(citizen, receipt.number, "3467-9ACD-EFGH")
    wrong_number = verify(citizen, "没有的〔2026〕1号", codes[receipt.number])

    assert (wrong_code.status, wrong_number.status) == (404, 404)
    assert "没有找到这件文书" in wrong_code.text
    assert wrong_code.html.replace(receipt.number, "") == wrong_number.html.replace("没有的〔2026〕1号", "")
    assert wrong_code.form("/verify").typed["number"] == [receipt.number]
    assert wrong_code.form("/verify").typed["code"] == [""]


def test_the_digest_of_the_pdf_and_how_to_compare_it_are_told_once_there_is_one(
    citizen: Visitor, codes: Codes, receipt: StoredLetter, office: Office
) -> None:
    without = verify(citizen, receipt.number, codes[receipt.number])
    pdf = document(office.store, receipt, Form.PDF, lambda _html, _on: b"made", now())
    with_one = verify(citizen, receipt.number, codes[receipt.number])

    assert "没有为这件文书生成过 PDF" in without.text
    assert "certutil" not in without.text
    assert hashlib.sha256(pdf).hexdigest() in with_one.text
    assert "certutil -hashfile" in with_one.text
    assert "sha256sum" in with_one.text


def test_a_letter_that_was_struck_out_or_replaced_is_told_with_the_one_in_its_place(
    citizen: Visitor, codes: Codes, office: Office
) -> None:
    number = office.case_today(State.AWAITING_CLARIFICATION, today(), now())
    notice = letters_of(office, number)[-1]
    office.do(number, Action.RECTIFY, today(), at=now(), event=3, void=True, reason="发错")
    void = verify(citizen, notice.number, codes[notice.number])
    office.do(number, Action.REQUEST_CLARIFICATION, today(), at=now(), items=["请明确年份"])
    again = letters_of(office, number)[-1]
    replaced = verify(citizen, notice.number, codes[notice.number])

    assert "已经作废" in void.text
    assert "请向发文机关核实" in void.text
    assert "已经作废" in replaced.text
    assert f"现行有效的是 {again.number}" in replaced.text
    assert "没有被替代或者作废" in verify(citizen, again.number, codes[again.number]).text


def test_a_decision_that_was_replaced_is_told_with_the_new_one(
    citizen: Visitor, codes: Codes, office: Office
) -> None:
    number = office.case_today(State.CONCLUDED, today(), now())
    first = letters_of(office, number)[-1]
    reply_by = today().replace(year=today().year + 1).isoformat()
    office.do(number, Action.REOPEN, today(), at=now(), reason="复议撤销", reply_by=reply_by)
    office.do(number, Action.WITHDRAW, today(), at=now())

    page = verify(citizen, first.number, codes[first.number])

    assert "已被新的文书替代" in page.text
    assert f"现行有效的是 {letters_of(office, number)[-1].number}" in page.text


@SQLITE
def test_a_letter_is_named_by_the_title_that_it_bears(citizen: Visitor, codes: Codes, office: Office) -> None:
    write = office.store.issue_letter
    retitled = ("政府信息公开申请登记回执", "补发的登记回执")
    office.store.issue_letter = lambda order: rewritten(write(order), *retitled)
    receipt = letters_of(office, office.register(today()))[0]

    assert "文书名称 补发的登记回执" in verify(citizen, receipt.number, codes[receipt.number]).text


def rewritten(letter: WrittenLetter, old: str, new: str) -> WrittenLetter:
    return replace(letter, html=letter.html.replace(old, new))


@SQLITE
def test_guessing_codes_is_slowed_down(citizen: Visitor, receipt: StoredLetter) -> None:
    form = citizen.open("/verify").form("/verify")
    for _ in range(ratelimit.VERIFICATION.amount):
        citizen.send(form, {"number": receipt.number, "code": "AAAA"})

    assert citizen.send(form, {"number": receipt.number, "code": "AAAA"}).status == 429


def test_every_public_page_leads_there_and_the_code_is_in_no_address(
    citizen: Visitor, codes: Codes, receipt: StoredLetter
) -> None:
    page = verify(citizen, receipt.number, codes[receipt.number])

    assert "/verify" in citizen.open("/").links
    assert {form.method for form in page.forms} <= {"post"}
    assert codes[receipt.number] not in page.html


@SQLITE
def test_what_is_typed_is_shown_as_text(citizen: Visitor) -> None:
    page = verify(citizen, "<script>alert(1)</script>", "x")

    assert re.findall("<script>", page.html) == []
    assert "&lt;script&gt;" in page.html

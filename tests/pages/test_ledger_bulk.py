"""Acts on many cases at once: each by itself, in the version that was seen, and reported one by one."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from api import bulk
from api.clock import now, today
from api.pages import ledger_bulk, ledger_print
from tests.database import behind
from tests.ledger.sheets import bring, row
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Form, Page, Visitor
from workflow.casefile import CaseFile, open_file
from workflow.vocabulary import Action, Role, State


def ticked(page: Page, *numbers: str) -> Form:
    """The form of the ledger with those cases ticked."""
    form = page.form("/ledger/bulk")
    picks = {pick.partition(".")[2]: pick for pick in form.choices["pick"]}
    form.typed["pick"] = [picks[number] for number in numbers]
    return form


def asked(visitor: Visitor, act: str, *numbers: str, query: str = "") -> Page:
    """Tick them in the ledger, and ask for the act."""
    form = ticked(visitor.open(f"/ledger?{query}"), *numbers)
    form.typed["act"] = [act]
    return visitor.send(form)


def done(visitor: Visitor, act: str, *numbers: str, **typed: str | Sequence[str]) -> Page:
    """Do it; the report."""
    return visitor.send(asked(visitor, act, *numbers).form(f"/ledger/bulk/{act}"), typed)


def file(office: Office, number: str) -> CaseFile:
    with office.store.reading() as session:
        return open_file(session, number)


def states(office: Office, *numbers: str) -> list[str]:
    return [str(file(office, number).row.state) for number in numbers]


def reported(page: Page) -> dict[str, tuple[str, str]]:
    """Result and reason by number."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", page.html, re.DOTALL)
    told = {}
    for head, cells in rows:
        found = [
            re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", cells, re.DOTALL)
        ]
        told[re.sub(r"<[^>]*>", "", head)] = (found[0], found[1])
    return told


def test_each_case_is_acted_on_by_itself_and_what_fails_says_why_with_its_article(
    visit_as: VisitAs, office: Office, case: CaseAt
) -> None:
    good, late, other = (office.register(today()) for _ in range(3))
    concluded = case(State.CONCLUDED)
    clerk = visit_as(Role.CLERK)
    page = asked(clerk, "accept", good, concluded, late, other)
    assert "1件现在不能转入办理" in page.text
    office.do(late, Action.ACCEPT, today(), at=now(), unit="征地科")

    report = clerk.send(page.form("/ledger/bulk/accept"), {"unit": "档案室"})

    told = reported(report)
    assert {number: result for number, (result, _why) in told.items()} == {
        good: "办成",
        concluded: "未办",
        late: "未办",
        other: "办成",
    }
    assert "《条例》第四十五条" in told[concluded][1]
    assert "已被他人更新" in told[late][1]
    assert states(office, good, concluded, late, other) == [
        "processing",
        "concluded",
        "processing",
        "processing",
    ]
    assert [file(office, number).row.unit for number in (good, late)] == ["档案室", "征地科"]
    assert file(office, good).log.events[-1].role is Role.CLERK


def test_only_what_was_not_done_is_tried_again_with_what_was_typed(visit_as: VisitAs, office: Office) -> None:
    first, second = office.register(today()), office.register(today())
    clerk = visit_as(Role.CLERK)
    page = asked(clerk, "assign", first, second)
    office.do(second, Action.ACCEPT, today(), at=now())
    report = clerk.send(page.form("/ledger/bulk/assign"), {"unit": "档案室", "reason": "科室调整"})
    assert "办成1件，未办1件" in report.text

    again = clerk.send(report.form("/ledger/bulk"))

    form = again.form("/ledger/bulk/assign")
    assert [pick.partition(".")[2] for pick in form.typed["pick"]] == [second]
    assert (form.typed["unit"], form.typed["reason"]) == (["档案室"], ["科室调整"])
    assert "1件全部办成" in clerk.send(form).text
    assert [file(office, number).row.unit for number in (first, second)] == ["档案室", "档案室"]


@SQLITE
def test_concluded_cases_are_archived_together(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    numbers = [case(State.CONCLUDED) for _ in range(3)]

    report = done(visit_as(Role.CLERK), "archive", *numbers, retention="permanent")

    assert "3件全部办成" in report.text
    assert states(office, *numbers) == ["archived"] * 3
    assert file(office, numbers[0]).log.events[-1].facts["retention"] == "permanent"


@SQLITE
def test_what_the_view_finds_is_chosen_as_a_whole_as_far_as_can_be_done_at_once(
    visit_as: VisitAs, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = office.other()
    other.register(today())
    numbers = [office.register(today()) for _ in range(52)]
    accepted = office.register(today())
    office.do(accepted, Action.ACCEPT, today(), at=now())
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/ledger?state=screening").form("/ledger/bulk")
    form.typed |= {"act": ["accept"], "all": ["1"]}

    page = clerk.send(form)

    picks = page.form("/ledger/bulk/accept").typed["pick"]
    assert {pick.partition(".")[2] for pick in picks} == set(numbers)
    monkeypatch.setattr(ledger_bulk, "MOST", 50)
    assert len(clerk.send(form).form("/ledger/bulk/accept").typed["pick"]) == 50


@SQLITE
def test_what_is_not_begun_in_time_is_left_and_said_to_be(
    visit_as: VisitAs, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.register(today())
    monkeypatch.setattr(ledger_bulk, "PATIENCE", timedelta())

    report = done(visit_as(Role.CLERK), "accept", number)

    assert reported(report)[number] == ("未办", bulk.OUT_OF_TIME)
    assert states(office, number) == ["screening"]


@SQLITE
def test_a_form_that_cannot_be_read_does_nothing_and_keeps_what_was_typed(
    visit_as: VisitAs, office: Office
) -> None:
    number, clerk = office.register(today()), visit_as(Role.CLERK)

    page = done(clerk, "assign", number, unit="", reason="科室调整")

    assert page.status == 422
    form = page.form("/ledger/bulk/assign")
    assert form.typed["reason"] == ["科室调整"]
    assert len(form.typed["pick"]) == 1
    assert len(file(office, number).log.events) == 1


@SQLITE
def test_nothing_ticked_is_told(visit_as: VisitAs, office: Office) -> None:
    office.register(today())

    page = asked(visit_as(Role.CLERK), "accept")

    assert page.status == 422
    assert "请先在台账中勾选申请件" in page.text


@SQLITE
def test_the_report_is_saved_as_it_is_read(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    good, bad = office.register(today()), case(State.ARCHIVED)
    clerk = visit_as(Role.CLERK)
    report = done(clerk, "accept", good, bad)

    text = clerk.client.get(f"{report.address}/report.csv").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(clerk.client.get(f"{report.address}/report.xlsx").content))

    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["登记编号", "信息名称", "事项", "结果", "原因"]
    assert {row[0]: row[3] for row in rows[1:]} == {good: "办成", bad: "未办"}
    saved = [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert saved == rows


# --- Who -----------------------------------------------------------------------------------------------


@SQLITE
@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.CLERK, ["accept", "assign", "archive", "print"]),
        (Role.HEAD, ["assign", "print"]),
        (Role.HANDLER, ["print"]),
        (Role.LEGAL, ["print"]),
        (Role.SUPERVISOR, []),
    ],
)
def test_everybody_is_offered_what_they_can_do(
    visit_as: VisitAs, office: Office, role: Role, names: list[str]
) -> None:
    number, visitor = office.register(today()), visit_as(role)
    page = visitor.open("/ledger")

    assert re.findall(r'<button[^>]*name="act" value="(\w+)"', page.html) == names
    csrf = page.form("/logout").typed["csrf"][0]
    for act in {"accept", "assign", "archive", "print"} - set(names):
        data = {"csrf": csrf, "pick": f"1.{number}", "unit": "档案室", "kind": "receipt"}
        assert visitor.client.post(f"/ledger/bulk/{act}", data=data).status_code == 403
        assert visitor.client.post("/ledger/bulk", data=data | {"act": act}).status_code == 403
    assert len(file(office, number).log.events) == 1


@SQLITE
def test_another_agencys_case_is_not_found_and_another_persons_report_neither(
    visit_as: VisitAs, office: Office
) -> None:
    own, foreign = office.register(today()), office.other().register(today())
    clerk, colleague = visit_as(Role.CLERK), visit_as(Role.CLERK)
    form = asked(clerk, "accept", own).form("/ledger/bulk/accept")
    form.typed["pick"] = [f"1.{foreign}", f"1.{own}", "x", "1.", f"1.{own}"]

    report = clerk.send(form)

    told = reported(report)
    assert list(told) == [foreign, own]
    assert "不在您的职责范围内" in told[foreign][1]
    assert told[own][0] == "办成"
    assert states(office, foreign) == ["screening"]
    for rest in ("", "/report.csv", "/letters.pdf"):
        assert colleague.client.get(report.address + rest).status_code == 404
    assert clerk.client.get(f"{report.address}/letters.pdf").status_code == 404


@SQLITE
def test_a_form_of_another_session_does_nothing(visit_as: VisitAs, office: Office) -> None:
    number, clerk = office.register(today()), visit_as(Role.CLERK)
    form = asked(clerk, "accept", number).form("/ledger/bulk/accept")

    page = clerk.send(form, {"csrf": "another", "unit": "档案室"})

    assert (page.status, "页面停留过久" in page.text) == (403, True)
    assert page.form("/ledger/bulk/accept").typed["unit"] == ["档案室"]
    assert states(office, number) == ["screening"]


@SQLITE
def test_one_case_that_breaks_stops_no_other(visit_as: VisitAs, office: Office) -> None:
    first, second = office.register(today()), office.register(today())
    clerk = visit_as(Role.CLERK)
    form = asked(clerk, "accept", first, second).form("/ledger/bulk/accept")
    behind.change(office.store, first, 1, facts={})

    told = reported(clerk.send(form))

    assert told[first] == ("未办", "系统内部错误，操作没有保存，请联系管理员")
    assert told[second][0] == "办成"


# --- Letters -------------------------------------------------------------------------------------------


def pages(clerk: Visitor, report: Page) -> list[str]:
    """The text of each page of the joined letters."""
    response = clerk.client.get(f"{report.address}/letters.pdf")
    assert response.headers["content-type"] == "application/pdf"
    with PdfDocument(response.content) as book:
        return [page.get_textpage().get_text_bounded() for page in book]


def test_the_replies_of_the_chosen_cases_are_joined_in_their_order(
    visit_as: VisitAs, office: Office, case: CaseAt
) -> None:
    first, open_one, second = case(State.CONCLUDED), office.register(today()), case(State.ARCHIVED)
    clerk = visit_as(Role.CLERK)

    report = done(clerk, "print", first, open_one, second)

    assert "已合并2件文书" in report.text
    replies = [
        letter.number
        for number in (first, second)
        for event in file(office, number).log.events
        for letter in event.letters
        if letter.kind == "disclosed"
    ]
    found = [number for text in pages(clerk, report) for number in replies if number in text]
    assert list(dict.fromkeys(found)) == replies
    assert reported(report)[open_one] == ("有未打印", ledger_print.NOTHING)


@SQLITE
def test_what_was_served_is_left_out_where_only_the_rest_is_wanted(
    visit_as: VisitAs, office: Office, case: CaseAt
) -> None:
    served, waiting = case(State.CONCLUDED), case(State.SCREENING)
    clerk = visit_as(Role.CLERK)
    kinds = asked(clerk, "print", served, waiting).form("/ledger/bulk/print").choices["kind"]

    report = done(clerk, "print", served, waiting, kind=kinds, unserved="1")

    told = reported(report)
    assert "送达" in told[served][1]
    assert told[waiting] == ("已打印", "")


@SQLITE
def test_what_was_replaced_or_struck_out_is_not_printed_again(visit_as: VisitAs, office: Office) -> None:
    voided = office.register(today())
    office.do(voided, Action.VOID, today(), at=now(), reason="重复登记")
    clerk = visit_as(Role.CLERK)

    report = done(clerk, "print", voided, kind=["receipt"])

    assert "已作废" in reported(report)[voided][1]
    assert "没有可以打印的文书" in report.text


@SQLITE
def test_more_letters_than_fit_are_left_out_and_said_to_be(
    visit_as: VisitAs, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_print, "MOST_LETTERS", 1)
    first, second = office.register(today()), office.register(today())

    report = done(visit_as(Role.CLERK), "print", first, second, kind=["receipt"])

    assert "已合并1件文书" in report.text
    assert "超出一次打印的1件" in reported(report)[second][1]


@SQLITE
def test_no_kind_chosen_and_no_letters_at_all_are_told(visit_as: VisitAs, office: Office) -> None:
    number = office.register(today())
    bring(office.store, row(), agency=office.agency.name, at=now())
    clerk = visit_as(Role.CLERK)

    page = done(clerk, "print", number, kind=[])

    assert page.status == 422
    assert "请选择要打印的文书" in page.text
    assert "选中的申请件没有文书" in asked(clerk, "print", "ZY2026-001").text

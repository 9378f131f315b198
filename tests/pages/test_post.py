"""The post of a day: what is listed, printed together, and addressed."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from httpx2 import Response
from openpyxl import load_workbook

from api.clock import now, today
from api.envelopes import COLUMNS
from letters.kinds import KINDS
from letters.pdf import AT_ONCE
from tests.letters.sheets import pages
from tests.office import FIRST_DAY, Office
from tests.pages.conftest import SQLITE, VisitAs
from tests.pages.visitor import Visitor
from workflow.queries.post import of_day, reached
from workflow.vocabulary import Action, Method, Role, State

DAY = "/letters/day"
HEAD = "招远市自然资源和规划局公开"
AT_HOME = {"address": "招远市望泉街12号院3号楼", "phone": "13900005678"}
SENT = ("receipt", "receipt_confirmation", "third_party_consultation", "consultation_notice")


def applicant(name: str, contact: Any = AT_HOME) -> dict[str, Any]:
    return {"kind": "natural_person", "name": name, "contact": contact}


def send(visitor: Visitor, file: str, on: date = FIRST_DAY, letters: list[int] | None = None) -> Response:
    """Send the form of that day to have that file made."""
    form = visitor.open(f"{DAY}?on={on}").form(f"{DAY}.pdf")
    ticked = [str(each) for each in letters or []]
    return visitor.client.post(f"{DAY}.{file}", data=form.typed | {"letter": ticked})


def starts(content: bytes) -> dict[str, int]:
    """On which page, counted from 1, each letter begins, by its number."""
    found: dict[str, int] = {}
    for place, text in enumerate(pages(content), start=1):
        number = re.search(r"公开[^〔]{1,2}〔\d{4}〕\d+号(-回执)?", text)
        if number and text.endswith("—1—"):
            found[number[0]] = place
    return found


def rows(content: bytes) -> list[list[str | None]]:
    """The cells of the workbook, its head first; none of them is a formula."""
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [list(row) for row in sheet.iter_rows()]
    assert {cell.data_type for row in cells for cell in row if cell.value is not None} == {"s"}
    assert {(cell.number_format, cell.quotePrefix) for row in cells for cell in row} == {("@", True)}
    return [[None if cell.value is None else str(cell.value) for cell in row] for row in cells]


# --- The list -------------------------------------------------------------------------------------------


def test_the_letters_of_a_day_stand_in_the_order_of_their_numbers(office: Office) -> None:
    first = office.register()
    office.register()
    office.register(on=FIRST_DAY + timedelta(days=1))
    office.other().register()
    office.do(first, Action.ACCEPT, FIRST_DAY)
    office.do(first, Action.CONSULT_THIRD_PARTY, FIRST_DAY, name="甲公司", method="registered_post")

    with office.store.reading() as session:
        pieces = of_day(session, office.agency.id or 0, FIRST_DAY)

    assert [piece.number.removeprefix(HEAD) for piece in pieces] == [
        "收〔2026〕1号",
        "收〔2026〕2号",
        "征〔2026〕1号",
        "征〔2026〕1号-回执",
        "征告〔2026〕1号",
    ]
    assert [piece.to for piece in pieces] == ["张三", "张三", "甲公司", "甲公司", "张三"]
    assert [(piece.method, piece.posted) for piece in pieces] == [
        (Method.IN_PERSON, False),
        (Method.IN_PERSON, False),
        (Method.REGISTERED_POST, True),
        (Method.REGISTERED_POST, False),
        (Method.IN_PERSON, False),
    ]


@pytest.mark.parametrize(
    ("channel", "facts", "method"),
    [
        ("ordinary_post", {}, Method.ORDINARY_POST),
        ("ordinary_post", {"method": "in_person"}, Method.IN_PERSON),
        ("fax", {"method": "registered_post"}, Method.REGISTERED_POST),
    ],
)
def test_a_letter_goes_as_its_act_says_else_as_the_application_came(
    office: Office, channel: str, facts: dict[str, Any], method: Method
) -> None:
    number = office.register(channel=channel)
    office.do(number, Action.REQUEST_CLARIFICATION, FIRST_DAY, items=["年份"], **facts)

    with office.store.reading() as session:
        pieces = of_day(session, office.agency.id or 0, FIRST_DAY)

    assert pieces[0].method == channel
    assert pieces[-1].method is method


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ({}, ("", "")),
        ({"address": "望泉街12号", "phone": "139", "email": "a@b.cn"}, ("望泉街12号", "139")),
        ({"text": "招远市望泉街12号"}, ("招远市望泉街12号", "")),
        ({"text": "0535-8200000"}, ("", "0535-8200000")),
        ({"text": "zhang@example.com"}, ("", "")),
    ],
)
def test_a_contact_of_one_line_is_told_by_its_characters(
    contact: dict[str, str], told: tuple[str, str]
) -> None:
    assert reached(contact) == told


@SQLITE
def test_the_page_lists_the_day_and_what_has_no_address(visit_as: VisitAs, office: Office) -> None:
    office.register(channel="registered_post", applicant=applicant("王小明"))
    number = office.register(channel="ordinary_post", applicant=applicant("赵六", "13800001234"))
    office.register(channel="in_person", applicant=applicant("钱七", None))

    page = visit_as(Role.CLERK).open(f"{DAY}?on={FIRST_DAY}")

    assert f"{FIRST_DAY}（周三）" in page.text
    assert "文书 4 其中邮寄3件" in page.text
    assert "2件邮寄的文书没有收件地址" in page.text
    assert page.html.count("未提供地址</span>") == 2
    assert f"/cases/{number}" in page.links
    assert "望泉街" not in page.text
    assert "13900005678" not in page.text


@SQLITE
def test_today_is_shown_if_no_day_is_asked_for(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)
    assert "这一天没有发出文书" in clerk.open(DAY).text

    office.register(today())

    assert f"{HEAD}收〔" in clerk.open(DAY).text
    odd = clerk.open(f"{DAY}?on=昨天")
    assert odd.status == 422
    assert "“昨天”不是 YYYY-MM-DD 格式的有效日期" in odd.text


# --- One PDF --------------------------------------------------------------------------------------------


@SQLITE
def test_each_letter_begins_on_the_right_with_page_one(visit_as: VisitAs, office: Office) -> None:
    for name in ("王小明", "赵六", "钱七"):
        office.register(applicant=applicant(name))

    made = send(visit_as(Role.CLERK), "pdf")

    assert made.status_code == 200
    assert made.headers["content-type"] == "application/pdf"
    assert "inline" in made.headers["content-disposition"]
    assert starts(made.content) == {f"公开收〔2026〕{n}号": 2 * n - 1 for n in (1, 2, 3)}
    assert "王小明" in pages(made.content)[0]
    assert "钱七" in pages(made.content)[4]


@SQLITE
def test_a_day_of_many_letters_is_set_in_parts_and_keeps_its_order(visit_as: VisitAs, office: Office) -> None:
    for _ in range(AT_ONCE + 2):
        office.register()

    made = send(visit_as(Role.CLERK), "pdf")

    assert starts(made.content) == {f"公开收〔2026〕{n}号": 2 * n - 1 for n in range(1, AT_ONCE + 3)}


@SQLITE
def test_the_letters_that_were_ticked_are_printed_alone(visit_as: VisitAs, office: Office) -> None:
    for _ in range(3):
        office.register()
    clerk = visit_as(Role.CLERK)
    ids = [int(each) for each in clerk.open(f"{DAY}?on={FIRST_DAY}").form(f"{DAY}.pdf").choices["letter"]]

    made = send(clerk, "pdf", letters=[ids[2], ids[0]])

    assert starts(made.content) == {"公开收〔2026〕1号": 1, "公开收〔2026〕3号": 3}


@SQLITE
@pytest.mark.parametrize("file", ["pdf", "xlsx"])
def test_letters_of_another_day_or_agency_are_not_found(visit_as: VisitAs, office: Office, file: str) -> None:
    office.register()
    office.register(on=FIRST_DAY + timedelta(days=1))
    clerk = visit_as(Role.CLERK)
    later = FIRST_DAY + timedelta(days=1)
    (other,) = clerk.open(f"{DAY}?on={later}").form(f"{DAY}.pdf").choices["letter"]

    assert send(clerk, file, letters=[int(other)]).status_code == 404
    form = clerk.open(f"{DAY}?on={FIRST_DAY}").form(f"{DAY}.pdf")
    nothing = form.typed | {"on": ["2026-01-01"]}
    assert clerk.client.post(f"{DAY}.{file}", data=nothing).status_code == 404
    assert clerk.client.post(f"{DAY}.{file}", data=form.typed | {"on": ["x"]}).status_code == 422


# --- The envelopes --------------------------------------------------------------------------------------


@SQLITE
def test_what_goes_by_post_is_listed_with_whole_addresses(visit_as: VisitAs, office: Office) -> None:
    office.register(channel="registered_post", applicant=applicant("王小明"))
    office.register(channel="in_person", applicant=applicant("钱七"))
    number = office.register(channel="ordinary_post", applicant=applicant("赵六", "13800001234"))
    office.do(number, Action.ACCEPT, FIRST_DAY)
    office.do(number, Action.CONSULT_THIRD_PARTY, FIRST_DAY, name="甲公司", method="registered_post")

    made = send(visit_as(Role.CLERK), "xlsx")

    assert made.status_code == 200
    assert "attachment" in made.headers["content-disposition"]
    head, *listed = rows(made.content)
    assert head == list(COLUMNS)
    receipt, confirmation, consultation, told = (KINDS[kind].zh for kind in SENT)
    phone = "13800001234"
    assert [row[1:7] for row in listed] == [
        ["王小明", *AT_HOME.values(), f"{HEAD}收〔2026〕1号", receipt, "邮寄（需签收）"],
        ["赵六", "未提供地址", phone, f"{HEAD}收〔2026〕3号", receipt, "平信"],
        ["赵六", "未提供地址", phone, f"{HEAD}收〔2026〕4号", confirmation, "平信"],
        ["甲公司", "未提供地址", None, f"{HEAD}征〔2026〕1号", consultation, "邮寄（需签收）"],
        ["赵六", "未提供地址", phone, f"{HEAD}征告〔2026〕1号", told, "平信"],
    ]
    assert [row[0] for row in listed] == ["1", "2", "3", "4", "5"]
    assert {row[7] for row in listed} == {None}


@SQLITE
@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://a.b")', "+1-2", "-1+1", "@SUM(A1)", "\t=1+1", "王\x07明", "{=1}"]
)
def test_a_name_that_reads_like_a_formula_stays_a_name(visit_as: VisitAs, office: Office, name: str) -> None:
    contact = {"address": f"{name}街1号", "phone": "=1"}
    office.register(channel="registered_post", applicant=applicant(name, contact))

    _head, row = rows(send(visit_as(Role.CLERK), "xlsx").content)

    plain = name.replace("\x07", "").strip()
    assert row[1] == plain
    assert row[2] == f"{name}街1号".replace("\x07", "")
    assert row[3] == "=1"


# --- Who may ----------------------------------------------------------------------------------------------


@SQLITE
@pytest.mark.parametrize("role", [Role.HANDLER, Role.LEGAL, Role.HEAD, Role.SUPERVISOR, Role.ADMIN])
def test_only_the_window_prints_and_learns_addresses(visit_as: VisitAs, office: Office, role: Role) -> None:
    office.register()
    form = visit_as(Role.CLERK).open(f"{DAY}?on={FIRST_DAY}").form(f"{DAY}.pdf")
    visitor = visit_as(role)

    assert visitor.open(DAY).status == 403
    for file in ("pdf", "xlsx"):
        assert visitor.client.post(f"{DAY}.{file}", data=form.typed).status_code == 403
    assert DAY not in visitor.open("/letters").links


@SQLITE
def test_a_form_without_the_sessions_token_prints_nothing(visit_as: VisitAs, office: Office) -> None:
    office.register()
    clerk = visit_as(Role.CLERK)

    for file in ("pdf", "xlsx"):
        assert clerk.client.post(f"{DAY}.{file}", data={"on": str(FIRST_DAY)}).status_code == 403


@SQLITE
def test_what_was_printed_and_whose_addresses_were_read_is_noted(
    visit_as: VisitAs, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.register(channel="registered_post", applicant=applicant("王小明"))
    clerk = visit_as(Role.CLERK)

    for file in ("pdf", "xlsx"):
        assert send(clerk, file).status_code == 200

    noted = capsys.readouterr().out
    assert "day_printed" in noted
    assert "addresses_listed" in noted
    assert "王小明" not in noted
    assert "望泉街" not in noted


@SQLITE
def test_letters_issued_in_the_running_program_are_found_at_once(visit_as: VisitAs, office: Office) -> None:
    office.case_today(State.CONCLUDED, today(), now())

    assert f"{HEAD}告〔" in visit_as(Role.CLERK).open(DAY).text

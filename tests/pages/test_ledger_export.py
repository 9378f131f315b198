"""The exported ledger: the very cells of the page, of all its pages, safe to open."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from api.clock import today
from api.pages import ledger_export
from api.pages.ledger_columns import BY_NAME
from tests.ledger.sheets import ID_NUMBER, PHONE
from tests.office import Office
from tests.pages.conftest import SQLITE, VisitAs
from tests.pages.test_ledger import cells, numbers
from workflow.vocabulary import Action, Role, State

ASKED = "state=screening&columns=number,received_on,title,excluded_workdays,name"


def rows_of_csv(client: TestClient, query: str = "") -> list[list[str]]:
    """The rows of the exported text, header and all."""
    response = client.get(f"/ledger/export.csv?{query}")
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(client: TestClient, query: str = "") -> list[list[object]]:
    """The rows of the exported workbook, header and all."""
    response = client.get(f"/ledger/export.xlsx?{query}")
    assert response.status_code == 200
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
    return [[cell.value for cell in row] for row in sheet]


def test_all_pages_are_exported_in_the_order_and_the_columns_of_the_page(
    visit_as: VisitAs, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_export, "AT_ONCE", 2)
    for _ in range(5):
        office.register(today())
    office.submit(today())
    clerk = visit_as(Role.CLERK)
    page = clerk.open(f"/ledger?{ASKED}")

    head, *text = rows_of_csv(clerk.client, ASKED)
    _head, *book = rows_of_xlsx(clerk.client, ASKED)

    assert head == ["登记编号", "收到日期", "信息名称", "停表工作日", "申请人名称"]
    assert [row[0] for row in text] == [row[0] for row in book] == numbers(page)
    assert text[0] == list(cells(page).values())
    midnight = datetime.combine(today(), datetime.min.time())
    assert book[0][1:] == [midnight, "某地块征收补偿方案", None, "张三"]


@SQLITE
def test_every_cell_is_the_one_of_the_page(visit_as: VisitAs, office: Office) -> None:
    number = office.case_at(State.ARCHIVED)
    clerk, query = visit_as(Role.CLERK), f"q={number}&columns={','.join(BY_NAME)}"

    head, row = rows_of_csv(clerk.client, query)

    shown = cells(clerk.open(f"/ledger?{query}"))
    assert {title: "".join(cell.split()) for title, cell in zip(head, row, strict=True)} | {
        "剩余时间": "—"
    } == shown


@SQLITE
@pytest.mark.parametrize("title", ["=1+2", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://x.cn")'])
def test_what_an_applicant_wrote_is_never_a_formula(visit_as: VisitAs, office: Office, title: str) -> None:
    office.register(today(), request={"title": title, "description": '甲\n乙，“丙”,"丁"'})
    clerk = visit_as(Role.CLERK)

    text = rows_of_csv(clerk.client, "columns=title,content")
    book = rows_of_xlsx(clerk.client, "columns=title,content")

    assert text[1][1:] == [f"'{title}", '甲\n乙，“丙”,"丁"']
    assert book[1][1] == title


@SQLITE
def test_papers_and_contacts_are_masked_as_on_the_page(visit_as: VisitAs, office: Office) -> None:
    person = {"kind": "natural_person", "name": "张三", "id_number": ID_NUMBER, "contact": PHONE}
    office.register(today(), applicant=person)

    _head, row = rows_of_csv(visit_as(Role.CLERK).client, "columns=number,id_number,contact")

    assert row[1:] == ["370685********0013", "138****1234"]


@SQLITE
def test_a_file_says_what_it_is_and_when(visit_as: VisitAs, office: Office) -> None:
    office.register(today())

    headers = visit_as(Role.CLERK).client.get("/ledger/export.csv").headers

    assert "filename=ledger.csv" in headers["content-disposition"]
    assert str(today()) in headers["content-disposition"]
    assert headers["cache-control"] == "private, no-store"


@SQLITE
def test_too_much_for_one_file_is_refused_with_what_to_do(
    visit_as: VisitAs, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_export, "LARGEST", 1)
    clerk = visit_as(Role.CLERK)
    office.register(today())
    assert len(rows_of_csv(clerk.client)) == 2

    office.register(today())

    page = clerk.open("/ledger/export.xlsx")
    assert page.status == 422
    assert "一次最多导出1件" in page.text


@SQLITE
def test_only_readers_export_and_only_what_can_be_read(visit_as: VisitAs, office: Office) -> None:
    other = office.other()
    other.register(date(2026, 7, 1))

    assert visit_as(Role.ADMIN).client.get("/ledger/export.csv").status_code == 403
    assert visit_as(Role.CLERK).client.get("/ledger/export.csv?light=pink").status_code == 422
    assert len(rows_of_csv(visit_as(Role.CLERK).client, f"agency={other.agency.code}")) == 1


@SQLITE
def test_the_page_leads_to_its_export(visit_as: VisitAs, office: Office) -> None:
    number = office.register(today())
    office.do(number, Action.ACCEPT, today(), unit="档案室")
    clerk = visit_as(Role.CLERK)

    links = clerk.open("/ledger?unit=档案室&columns=number,unit").links

    (link,) = [each for each in links if each.startswith("/ledger/export.csv")]
    found = csv.reader(io.StringIO(clerk.client.get(link).content.decode("utf-8-sig")))
    assert list(found) == [["登记编号", "承办单位"], [number, "档案室"]]

"""The file of a case as a ZIP for the archive: complete, listed in an index, the same bytes each time."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from openpyxl import load_workbook
from structlog.testing import capture_logs

from api.clock import today
from api.pages.casefile.packing import LONGEST_NAME, safe, unique
from tests.database import behind
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.test_attachments import DOCX, PDF, PNG, send
from tests.pages.visitor import Visitor, read
from tests.story import ZHANG
from workflow.vocabulary import Role, State

MEETING = {"participants": "司法局\n财政局", "question": "能否公开？"}


@pytest.fixture
def uploads(app: FastAPI) -> Path:
    """The folder of the files."""
    folder: Path = app.state.settings.uploads
    return folder


def export(visitor: Visitor, number: str, more: str = "") -> Response:
    return visitor.client.get(f"/cases/{number}/archive.zip{more}")


def unpacked(response: Response, number: str) -> dict[str, bytes]:
    """The documents by their names in the case's folder."""
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        return {name.removeprefix(f"{number}/"): archive.read(name) for name in archive.namelist()}


def index(files: dict[str, bytes]) -> list[dict[str, Any]]:
    sheet = load_workbook(io.BytesIO(files["卷内目录.xlsx"]))["卷内目录"]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip([str(name) for name in head], row, strict=True)) for row in rows]


def filled(visit_as: VisitAs, case: CaseAt) -> tuple[str, Visitor]:
    """A concluded case with attachments of all categories, in versions, and one that was removed."""
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)
    send(clerk, number, [("申请表.pdf", PDF), ("身份证.png", PNG)])
    send(clerk, number, [("申请表.pdf", PDF + b"\n")])
    send(clerk, number, [("检索记录.docx", DOCX)], "evidence")
    send(clerk, number, [("申请表.PDF", PDF + b"\n\n")], "disclosure")
    clerk.send(clerk.open(f"/cases/{number}").form(f"/cases/{number}/attachments/2/remove"))
    return number, clerk


def test_the_archive_holds_every_document_and_an_index_with_its_hash(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = filled(visit_as, case)
    assert f"/cases/{number}/archive.zip" in clerk.open(f"/cases/{number}").links

    response = export(clerk, number)

    files = unpacked(response, number)
    listed = [row for row in index(files) if row["文件名"]]
    assert {row["文件名"] for row in listed} | {"style.css", "卷内目录.html", "卷内目录.xlsx"} == set(files)
    for row in listed:
        assert hashlib.sha256(files[row["文件名"]]).hexdigest() == row["SHA-256"]
    assert [row["序号"] for row in listed] == list(range(1, len(listed) + 1))
    assert files["申请材料/申请表.pdf"] == PDF
    assert files["申请材料/申请表（第2版）.pdf"] == PDF + b"\n"
    assert files["证据/检索记录.docx"] == DOCX
    assert files["拟公开信息/申请表.PDF"] == PDF + b"\n\n"
    disposition = response.headers["content-disposition"]
    assert disposition.startswith("attachment; filename=case.zip; filename*=UTF-8''")


@SQLITE
def test_letters_are_the_pdf_that_was_kept_with_pages_and_number(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)
    letters = clerk.client.get(f"/api/v1/cases/{number}").json()["letters"]
    reply = letters[-1]
    kept = clerk.client.get(f"/api/v1/cases/{number}/letters/{reply['id']}.pdf").content

    files = unpacked(export(clerk, number), number)

    (row,) = [row for row in index(files) if row["文号"] == reply["number"]]
    assert row["题名"] == "政府信息予以公开答复书"
    assert row["责任者"] == "招远市自然资源和规划局"
    assert row["日期"].date() == today()
    assert row["页数"] >= 1
    assert files[row["文件名"]] == kept
    assert row["文件名"].startswith("文书/")
    assert len([name for name in files if name.startswith("文书/")]) == len(letters)


def test_the_same_file_gives_the_same_bytes(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = filled(visit_as, case)

    first, second = export(clerk, number).content, export(clerk, number).content

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        days = {entry.date_time for entry in archive.infolist()}
    assert days == {(today().year, today().month, today().day, 0, 0, 0)}


@SQLITE
def test_what_was_removed_is_left_out_and_listed_as_removed(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = filled(visit_as, case)

    files = unpacked(export(clerk, number), number)

    assert PNG not in files.values()
    (row,) = [row for row in index(files) if row["题名"] == "身份证.png"]
    assert (row["序号"], row["文件名"]) == (None, None)
    assert row["SHA-256"] == hashlib.sha256(PNG).hexdigest()
    assert row["备注"].startswith("已移除，未收入（person-0 20")
    assert "身份证.png" in files["卷内目录.html"].decode()


@SQLITE
def test_the_sheets_can_be_read_without_the_program(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER, Role.CLERK)
    handler.do(number, "open_conference", **MEETING)
    handler.do(number, "close_conference", conclusion="可以公开。", opinions="司法局：同意")
    form = handler.open(f"/cases/{number}").form(f"/cases/{number}/notes")
    handler.send(form, {"note": "内部备注"})

    files = unpacked(export(handler, number), number)

    sheets = {name: files[name].decode() for name in files if name.endswith(".html")}
    assert sorted(sheets) == sorted(["案卷.html", "卷内目录.html", "会商纪要（第1次）.html"])
    for sheet in sheets.values():
        assert '<link rel="stylesheet" href="style.css">' in sheet
        assert "/static/" not in sheet
        assert "<script" not in sheet
        assert "内部备注" not in sheet
    assert "可以公开。" in sheets["会商纪要（第1次）.html"]
    assert "办理记录" in sheets["案卷.html"]
    assert b"@page" in files["style.css"]


@SQLITE
def test_the_history_is_what_the_interface_gives(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.CONCLUDED), visit_as(Role.CLERK)

    files = unpacked(export(clerk, number), number)

    told = json.loads(files["办理记录.json"])
    assert told["events"] == clerk.client.get(f"/api/v1/cases/{number}/events").json()["events"]
    assert told["explain"] == clerk.client.get(f"/api/v1/cases/{number}/explain").json()["explain"]
    assert ZHANG["name"] not in files["办理记录.json"].decode()


def test_a_document_that_is_gone_or_changed_is_named_before_anything_is_exported(
    visit_as: VisitAs, case: CaseAt, uploads: Path, office: Office
) -> None:
    number, clerk = filled(visit_as, case)
    evidence = hashlib.sha256(DOCX).hexdigest()
    (uploads / evidence[:2] / evidence).write_bytes(b"x" * 100)
    behind.execute(office.store, "UPDATE letters SET sha256 = 'x' WHERE id = 1")

    page = read(export(clerk, number))
    files = unpacked(export(clerk, number, "?incomplete=1"), number)

    assert page.status == 409
    assert "有2个文件缺失，或者与保存时不一致" in page.text
    assert "检索记录.docx：附件“检索记录.docx”的文件无法解密" in page.text
    assert f"/cases/{number}/archive.zip?incomplete=1" in page.links
    missing = [row for row in index(files) if row["备注"]]
    assert [row["文件名"] for row in missing] == [None] * 3
    assert sum(row["备注"].startswith("未能收入：") for row in missing) == 2
    assert "未能收入的文件" in files["卷内目录.html"].decode()
    assert "证据/检索记录.docx" not in files
    assert files["申请材料/申请表.pdf"] == PDF


@SQLITE
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CLERK, 200),
        (Role.HANDLER, 200),
        (Role.LEGAL, 200),
        (Role.HEAD, 200),
        (Role.SUPERVISOR, 403),
        (Role.ADMIN, 403),
    ],
)
def test_who_handles_the_agencys_cases_may_carry_a_file_away(
    visit_as: VisitAs, case: CaseAt, role: Role, status: int
) -> None:
    number, person = case(State.SCREENING), visit_as(role)
    link = f"/cases/{number}/archive.zip"

    assert export(person, number).status_code == status
    assert (link in person.open(f"/cases/{number}").links) is (status == 200)


@SQLITE
def test_a_file_of_another_agency_is_not_found(visit_as: VisitAs, office: Office) -> None:
    below = office.other("招远市财政局", parent_id=office.agency.id)
    number = below.case_at(State.PROCESSING)
    supervisor = visit_as(Role.SUPERVISOR, Role.CLERK)

    assert supervisor.open(f"/cases/{number}").status == 200
    assert export(supervisor, number).status_code == 404


@SQLITE
def test_an_export_is_noted_without_personal_data(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)

    with capture_logs() as noted:
        export(clerk, number)

    (line,) = [each for each in noted if each["event"] == "case_exported"]
    assert line == {
        "event": "case_exported",
        "log_level": "info",
        "number": number,
        "by": "person-0",
        "documents": line["documents"],
        "missing": 0,
    }


# --- Names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("文书/招自然资〔2026〕1号 答复书.pdf", "文书/招自然资〔2026〕1号 答复书.pdf"),
        ("证据/a:b*c?.pdf", "证据/a-b-c-.pdf"),
        ("证据/con.pdf", "证据/_con.pdf"),
        ("证据/NUL", "证据/_NUL"),
        ("证据/..", "证据/未命名"),
        ("证据/.pdf", "证据/未命名.pdf"),
        ("证据/尾巴.. ", "证据/尾巴"),
        ("证据/转\u202e向.pdf", "证据/转向.pdf"),
    ],
)
def test_names_can_be_unpacked_anywhere(name: str, kept: str) -> None:
    assert safe(name) == kept


@pytest.mark.parametrize("name", ["长" * 200 + ".pdf", "长" * 200, "a." + "长" * 100])
def test_long_names_are_shortened_and_keep_their_ending(name: str) -> None:
    kept = safe(f"证据/{name}").removeprefix("证据/")

    assert LONGEST_NAME - 4 <= len(kept.encode()) <= LONGEST_NAME
    assert name.endswith(".pdf") == kept.endswith(".pdf")


def test_no_name_is_given_twice_whatever_its_case() -> None:
    taken: set[str] = set()

    given = [unique(name, taken) for name in ("a/表.pdf", "a/表.PDF", "a/表.pdf", "b/表.pdf", "a/无", "a/无")]

    assert given == ["a/表.pdf", "a/表（2）.PDF", "a/表（3）.pdf", "b/表.pdf", "a/无", "a/无（2）"]

"""The scanner's folder: what lies there is offered, taken into a case, and gone once the case has it."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.clock import now
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.test_attachments import HTML, PDF, PNG
from tests.pages.test_register import TYPED
from tests.pages.visitor import Form, Page, Visitor
from workflow import scans
from workflow.attachments import LARGEST, attachments
from workflow.casefile import open_file
from workflow.vocabulary import Role, State

Scanned = Callable[..., Path]


@pytest.fixture
def folder(app: FastAPI, office: Office, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the agency; what is written there counts at once."""
    monkeypatch.setattr(scans, "RESTED", timedelta(seconds=-1))
    made: Path = app.state.settings.scans / office.agency.code
    made.mkdir(parents=True)
    return made


@pytest.fixture
def scanned(folder: Path) -> Scanned:
    """Makes files of the scanner."""

    def scan(name: str, content: bytes = PDF) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return scan


def offered(page: Page) -> dict[str, str]:
    """The keys of what can be chosen, by name."""
    found = re.findall(r'name="scan" value="(\w+)"[^>]*><span class="file-name">(.*?)</span>', page.html)
    return {name: key for key, name in found}


def registering(visitor: Visitor, *names: str) -> Form:
    """The form of registration with those files chosen."""
    page = visitor.open("/cases/new")
    form = page.form("/cases/new")
    form.typed |= {name: [text] for name, text in TYPED.items()}
    form.typed["scan"] = [offered(page)[name] for name in names]
    return form


def adding(visitor: Visitor, number: str, *names: str) -> Form:
    """The form of the case's files with those chosen."""
    page = visitor.open(f"/cases/{number}")
    form = page.form(f"/cases/{number}/attachments")
    form.typed["scan"] = [offered(page)[name] for name in names]
    return form


def kept(office: Office, number: str) -> list[tuple[str, int, str]]:
    """Name, version and category of each file of a case."""
    with office.store.reading() as session:
        found = attachments(session, open_file(session, number).id)
    return [(each.name, each.version, each.category.value) for each in found]


def test_chosen_scans_come_with_the_registration_and_leave_the_folder(
    visit_as: VisitAs, office: Office, folder: Path, scanned: Scanned
) -> None:
    for name in ("申请表.pdf", "身份证.pdf", "别人的.pdf"):
        scanned(name, PDF + name.encode())
    clerk = visit_as(Role.CLERK)

    page = clerk.send(registering(clerk, "申请表.pdf", "身份证.pdf"))

    number = page.address.rpartition("/")[2]
    assert "已添加2个附件" in page.text
    assert sorted(kept(office, number)) == [
        ("申请表.pdf", 1, "application"),
        ("身份证.pdf", 1, "application"),
    ]
    assert [path.name for path in folder.iterdir()] == ["别人的.pdf"]
    saved = clerk.client.get(f"{page.address}/attachments/1")
    assert saved.content.startswith(PDF)


def test_chosen_scans_are_added_to_a_case(
    visit_as: VisitAs, office: Office, case: CaseAt, folder: Path, scanned: Scanned
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    scanned("检索记录.pdf")
    form = adding(handler, number, "检索记录.pdf")

    page = handler.send(form, {"category": "evidence"})

    assert "已添加1个附件" in page.text
    assert kept(office, number) == [("检索记录.pdf", 1, "evidence")]
    assert list(folder.iterdir()) == []


@SQLITE
def test_a_registration_that_is_refused_leaves_the_scans_where_they_are_and_ticked(
    visit_as: VisitAs, folder: Path, scanned: Scanned
) -> None:
    scanned("申请表.pdf")
    clerk = visit_as(Role.CLERK)
    form = registering(clerk, "申请表.pdf")

    page = clerk.send(form, {"applicant.name": ""})

    assert page.status == 422
    assert page.form("/cases/new").typed["scan"] == form.typed["scan"]
    assert [path.name for path in folder.iterdir()] == ["申请表.pdf"]


@SQLITE
def test_what_was_kept_before_a_crash_is_taken_away_the_next_time_and_saved_once(
    visit_as: VisitAs, office: Office, case: CaseAt, folder: Path, scanned: Scanned
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    scanned("申请表.pdf")
    clerk.send(adding(clerk, number, "申请表.pdf"))
    scanned("申请表.pdf")

    page = clerk.send(adding(clerk, number, "申请表.pdf"))

    assert "没有重复保存" in page.text
    assert kept(office, number) == [("申请表.pdf", 1, "application")]
    assert list(folder.iterdir()) == []


@SQLITE
def test_what_cannot_be_kept_stays_and_says_why(
    visit_as: VisitAs, office: Office, case: CaseAt, folder: Path, scanned: Scanned
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    scanned("申请表.pdf")
    scanned("扫描.pdf", HTML)
    scanned("太大.pdf", PDF + bytes(LARGEST))

    page = clerk.send(adding(clerk, number, "申请表.pdf", "扫描.pdf", "太大.pdf"))

    assert "已添加1个附件，2个没有保存" in page.text
    assert "不是可以保存的类型" in page.text
    assert "超过20MB" in page.text
    assert sorted(path.name for path in folder.iterdir()) == ["太大.pdf", "扫描.pdf"]


@SQLITE
def test_whoever_comes_second_is_told_that_it_is_gone(
    visit_as: VisitAs, office: Office, case: CaseAt, scanned: Scanned
) -> None:
    first, second = case(State.SCREENING), case(State.SCREENING)
    clerk, colleague = visit_as(Role.CLERK), visit_as(Role.CLERK)
    scanned("申请表.pdf")
    form, late = adding(clerk, first, "申请表.pdf"), adding(colleague, second, "申请表.pdf")
    clerk.send(form)

    page = colleague.send(late)

    assert page.status == 422
    assert scans.GONE in page.text
    assert kept(office, second) == []


@SQLITE
def test_the_form_of_registration_sent_twice_registers_once(
    visit_as: VisitAs, office: Office, scanned: Scanned
) -> None:
    scanned("申请表.pdf")
    clerk = visit_as(Role.CLERK)
    form = registering(clerk, "申请表.pdf")

    first, second = clerk.send(form), clerk.send(form)

    assert first.address == second.address
    assert kept(office, first.address.rpartition("/")[2]) == [("申请表.pdf", 1, "application")]


# --- What is offered -----------------------------------------------------------------------------------


@SQLITE
def test_only_finished_files_that_lie_in_the_folder_itself_are_offered(
    visit_as: VisitAs, folder: Path, scanned: Scanned, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(PDF)
    scanned("好的.pdf")
    for name in ("a.tmp", "b.pdf.part", "c.PARTIAL", ".d.pdf", "~e.pdf"):
        scanned(name)
    scanned("空的.pdf", b"")
    (folder / "链接.pdf").symlink_to(secret)
    (folder / "硬.fifo").parent.joinpath("里面").mkdir()
    (folder / "里面" / "f.pdf").write_bytes(PDF)
    os.mkfifo(folder / "管道.pdf")

    assert list(offered(visit_as(Role.CLERK).open("/cases/new"))) == ["好的.pdf"]


@SQLITE
def test_what_is_still_being_written_is_not_offered(
    visit_as: VisitAs, scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scanned("申请表.pdf")
    os.utime(path, (0, 0))
    monkeypatch.setattr(scans, "RESTED", timedelta(hours=1))

    page = visit_as(Role.CLERK).open("/cases/new")

    assert offered(page) == {}
    assert "没有扫描件" in page.text


@SQLITE
def test_names_of_an_old_scanner_are_read_and_names_of_folders_lead_nowhere(
    visit_as: VisitAs, office: Office, case: CaseAt, folder: Path
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    (Path(os.fsdecode(os.fsencode(folder) + "/申请表.pdf".encode("gb18030")))).write_bytes(PDF)
    (folder / "x\\<b>.pdf").write_bytes(PNG)

    page = clerk.open(f"/cases/{number}")
    clerk.send(adding(clerk, number, "申请表.pdf"))

    assert "x\\&lt;b&gt;.pdf" in page.html
    assert kept(office, number) == [("申请表.pdf", 1, "application")]
    for key in ("..%2F..%2Fsecret.key", "x" * 24):
        assert clerk.client.get(f"/scans/{key}").status_code == 404


@SQLITE
def test_without_a_folder_nothing_is_said_of_a_scanner(visit_as: VisitAs, case: CaseAt) -> None:
    clerk = visit_as(Role.CLERK)

    for address in ("/cases/new", f"/cases/{case(State.SCREENING)}"):
        assert "扫描仪" not in clerk.open(address).text


# --- Whose it is ---------------------------------------------------------------------------------------


@SQLITE
def test_a_scan_is_looked_at_by_its_own_agencys_staff_alone(
    visit_as: VisitAs, office: Office, scanned: Scanned
) -> None:
    scanned("申请表.pdf")
    scanned("网页.pdf", HTML)
    clerk = visit_as(Role.CLERK)
    keys = offered(clerk.open("/cases/new"))

    shown = clerk.client.get(f"/scans/{keys['申请表.pdf']}")

    assert shown.content == PDF
    assert shown.headers["content-disposition"].startswith("inline")
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert clerk.client.get(f"/scans/{keys['网页.pdf']}").status_code == 422
    strangers = visit_as(Role.CLERK, agency=office.other().agency), visit_as(Role.ADMIN)
    for stranger in strangers:
        assert stranger.client.get(f"/scans/{keys['申请表.pdf']}").status_code == 404
        assert "申请表.pdf" not in stranger.client.get("/scans").text


@SQLITE
def test_the_list_alone_keeps_what_was_ticked(visit_as: VisitAs, scanned: Scanned) -> None:
    scanned("申请表.pdf")
    clerk = visit_as(Role.CLERK)
    key = offered(clerk.open("/cases/new"))["申请表.pdf"]
    scanned("身份证.pdf")

    html = clerk.client.get(f"/scans?scan={key}").text

    assert re.findall(r'value="(\w+)" checked', html) == [key]
    assert html.count('name="scan"') == 2


# --- The folder itself ---------------------------------------------------------------------------------


def test_what_the_scanner_writes_anew_meanwhile_stays(folder: Path, scanned: Scanned) -> None:
    path = scanned("申请表.pdf")
    moment = now()
    (scan,) = scans.waiting(folder, moment)

    with scans.taken(folder, [scan.key], moment) as found:
        path.write_bytes(PNG)
        assert found.put_away([each.digest for each in found.held]) == []

    assert path.read_bytes() == PNG


def test_no_more_is_read_at_once_than_fits(
    folder: Path, scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "LARGEST_TOGETHER", len(PDF) + 1)
    for name in ("一.pdf", "二.pdf"):
        scanned(name)
    moment = now()
    keys = [scan.key for scan in scans.waiting(folder, moment)]

    with scans.taken(folder, keys, moment) as found:
        assert len(found.held) == 1
        assert scans.TOO_MUCH in found.left[0]

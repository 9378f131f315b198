"""The files of a case: taken in by content, kept encrypted and in versions, for the agency's staff only."""

import io
import stat
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx2 import Response

from tests.database import behind
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.test_register import TYPED
from tests.pages.visitor import Page, Visitor, read
from workflow.attachments import LARGEST, LONGEST_NAME, plain_name
from workflow.audit import Break, verify
from workflow.casefile import open_file
from workflow.vocabulary import Action, Role, State

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = bytes.fromhex("89504E470D0A1A0A0000000D49484452000000010000000108060000001F15C489")
HTML = b"<!doctype html><script>alert(1)</script>"
EXE = b"MZ" + b"\x90\x00" * 100
Sent = Sequence[tuple[str, bytes]]


def package(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return made.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")


def send(visitor: Visitor, number: str, files: Sent, category: str = "application") -> Page:
    form = visitor.open(f"/cases/{number}").form(f"/cases/{number}/attachments")
    named = [("files", each) for each in files]
    data = {"csrf": form.typed["csrf"][0], "category": category}
    return read(visitor.client.post(form.action, data=data, files=named))


def raw(visitor: Visitor, number: str, disposition: bytes, content: bytes) -> Page:
    """A form as a program writes it itself."""
    address = f"/cases/{number}/attachments"
    csrf = visitor.open(f"/cases/{number}").form(address).typed["csrf"][0].encode()
    fields = b"".join(
        b'--X\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % each
        for each in ((b"csrf", csrf), (b"category", b"evidence"))
    )
    body = fields + b"--X\r\nContent-Disposition: %s\r\n\r\n%s\r\n--X--\r\n" % (disposition, content)
    headers = {"Content-Type": "multipart/form-data; boundary=X"}
    return read(visitor.client.post(address, content=body, headers=headers))


def fetch(visitor: Visitor, number: str, rest: str) -> Response:
    return visitor.client.get(f"/cases/{number}/attachments/{rest}")


@pytest.fixture
def uploads(app: FastAPI) -> Path:
    """The folder of the files."""
    folder: Path = app.state.settings.uploads
    return folder


def broken(office: Office, uploads: Path) -> list[Break]:
    with office.store.reading() as session:
        return [found for found in verify(session, uploads) if found]


def test_files_are_kept_encrypted_listed_with_their_hash_and_given_back(
    visit_as: VisitAs, case: CaseAt, office: Office, uploads: Path
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)

    page = send(clerk, number, [("申请表.pdf", PDF), ("现场 照片.PNG", PNG)])

    assert "已添加2个附件" in page.text
    assert "申请表.pdf 申请材料 · PDF · 1 KB · person-0" in page.text
    stored = [path for path in uploads.rglob("*") if path.is_file()]
    assert len(stored) == 2
    for path in stored:
        assert path.name in page.text
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert b"PDF" not in path.read_bytes()
        assert b"PNG" not in path.read_bytes()
    saved = fetch(visit_as(Role.HANDLER), number, "1")
    assert saved.content == PDF
    assert "filename*=UTF-8''%E7%94%B3%E8%AF%B7%E8%A1%A8.pdf" in saved.headers["content-disposition"]
    assert saved.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in saved.headers["content-security-policy"]
    assert broken(office, uploads) == []


@SQLITE
def test_only_what_does_nothing_is_shown_and_by_its_own_strict_headers(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    send(clerk, number, [("申请表.pdf", PDF), ("照片.png", PNG), ("说明.docx", DOCX)])

    shown = [fetch(clerk, number, f"{seq}/view") for seq in (1, 2, 3)]

    assert [(each.status_code, each.headers["content-type"].split(";")[0]) for each in shown] == [
        (200, "application/pdf"),
        (200, "image/png"),
        (422, "text/html"),
    ]
    for each in shown[:2]:
        assert each.headers["content-disposition"].startswith("inline")
        assert each.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in each.headers["content-security-policy"]
        assert "script" not in each.headers["content-security-policy"]
        assert each.headers["cache-control"] == "private, no-store"


@SQLITE
@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("页面.html", HTML, "不是可以保存的类型"),
        ("页面.txt.svg", b"<svg onload='alert(1)'/>", "不是可以保存的类型"),
        ("程序.pdf", EXE, "不是可以保存的类型"),
        ("程序.txt", EXE, "不是可以保存的类型"),
        ("压缩.zip", package("a.txt"), "不是可以保存的类型"),
        ("宏.docx", package("word/document.xml", "word/vbaProject.bin"), "不是可以保存的类型"),
        ("破损.docx", DOCX[:40], "不是可以保存的类型"),
        ("申请表.exe", PDF, "内容是PDF，扩展名应为 .pdf"),
        ("没有扩展名", PDF, "内容是PDF，扩展名应为 .pdf"),
        ("空.pdf", b"", "文件是空的"),
        ("大.pdf", PDF + bytes(LARGEST), "超过20MB"),
    ],
    ids=[
        "page",
        "svg",
        "program-pdf",
        "program-txt",
        "zip",
        "macro",
        "broken",
        "exe",
        "no-ending",
        "empty",
        "large",
    ],
)
def test_what_cannot_be_kept_is_told_by_name_and_reason(
    visit_as: VisitAs, case: CaseAt, uploads: Path, name: str, content: bytes, why: str
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)

    page = send(clerk, number, [(name, content)])

    assert page.status == 422
    assert f"{name}：" in page.text
    assert why in page.text
    assert not uploads.exists()


@SQLITE
@pytest.mark.parametrize(
    "name", ["说明.docx", "台账.xlsx", "文件.ofd", "旧.doc", "旧.wps", "说明.txt", "表.csv"]
)
def test_the_files_of_an_office_are_kept(visit_as: VisitAs, case: CaseAt, name: str) -> None:
    contents = {
        "docx": DOCX,
        "xlsx": package("xl/workbook.xml"),
        "ofd": package("OFD.xml"),
        "doc": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
        "wps": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
        "txt": "政府信息".encode("gb18030"),
        "csv": "收到日期,渠道\n".encode(),
    }
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)

    page = send(clerk, number, [(name, contents[name.rpartition(".")[2]])])

    assert "已添加1个附件" in page.text


def test_good_files_are_kept_beside_bad_ones(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)

    page = send(clerk, number, [("页面.html", HTML), ("申请表.pdf", PDF)])

    assert "已添加1个附件，1个没有保存" in page.text
    assert "页面.html：按文件内容判断" in page.text


def test_the_same_name_again_is_a_new_version_and_the_old_one_stays(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    send(clerk, number, [("申请表.pdf", PDF)])

    again = send(clerk, number, [("申请表.pdf", PDF)])
    page = send(clerk, number, [("申请表.pdf", PDF + b"%2\n")], "evidence")

    assert again.status == 422
    assert "没有重复保存" in again.text
    assert "申请表.pdf 第2版 证据" in page.text
    assert fetch(clerk, number, "1").content == PDF
    assert fetch(clerk, number, "2").content == PDF + b"%2\n"


def test_what_is_removed_says_who_and_is_given_to_nobody(
    visit_as: VisitAs, case: CaseAt, office: Office, uploads: Path
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    page = send(clerk, number, [("申请表.pdf", PDF)])

    form = page.form(f"/cases/{number}/attachments/1/remove")
    removed = clerk.send(form)

    assert "已移除附件：申请表.pdf" in removed.text
    assert "person-0 于" in removed.text
    assert [fetch(clerk, number, rest).status_code for rest in ("1", "1/view", "99999999999")] == [
        404,
        404,
        422,
    ]
    assert clerk.send(form).status == 404
    assert broken(office, uploads) == []


def test_files_are_for_the_agencys_staff_only(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    send(clerk, number, [("申请表.pdf", PDF)])
    other = visit_as(Role.CLERK, agency=office.other().agency)
    form = clerk.open(f"/cases/{number}").form(f"/cases/{number}/attachments")
    theirs = other.open("/cases/new").form("/cases/new").typed["csrf"][0]

    assert fetch(other, number, "1").status_code == 404
    assert fetch(other, number, "1/view").status_code == 404
    data = {"csrf": theirs, "category": "evidence"}
    assert other.client.post(form.action, data=data, files=[("files", ("a.pdf", PDF))]).status_code == 404
    assert other.client.post(f"{form.action}/1/remove", data={"csrf": theirs}).status_code == 404
    data = {"csrf": "", "category": "evidence"}
    assert clerk.client.post(form.action, data=data, files=[("files", ("a.pdf", PDF))]).status_code == 403
    assert fetch(clerk, number, "2").status_code == 404


@SQLITE
def test_a_supervisor_above_does_not_even_see_the_names(visit_as: VisitAs, office: Office) -> None:
    below = office.other("招远市教育和体育局", parent_id=office.agency.id)
    number, clerk = below.register(), visit_as(Role.CLERK, agency=below.agency)
    send(clerk, number, [("申请表.pdf", PDF)])

    page = visit_as(Role.SUPERVISOR, Role.CLERK).open(f"/cases/{number}")

    assert page.status == 200
    assert "申请表.pdf" not in page.text
    assert "附件" not in page.text


@SQLITE
def test_a_file_needs_a_category_and_a_form_needs_files(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)

    assert "请选择附件的类别" in send(clerk, number, [("a.pdf", PDF)], "secret").text
    assert "请先选择要添加的文件" in send(clerk, number, []).text


def test_a_case_of_a_state_secret_and_a_voided_one_take_no_file(
    visit_as: VisitAs, office: Office, case: CaseAt
) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    csrf = clerk.open(f"/cases/{number}").form(f"/cases/{number}/attachments").typed["csrf"][0]
    day = office_day(office, number)
    office.do(
        number,
        Action.DRAFT_REPLY,
        day,
        decision="state_secret",
        reasons="属于国家秘密。",
        evidence=["保密审查意见"],
    )

    page = clerk.open(f"/cases/{number}")
    data = {"csrf": csrf, "category": "evidence"}
    sent = clerk.client.post(f"/cases/{number}/attachments", data=data, files=[("files", ("a.pdf", PDF))])

    assert "本系统不保存任何附件（《条例》第十四条" in page.text
    assert sent.status_code == 409
    assert "已作废，不能添加附件" in clerk.open(f"/cases/{case(State.VOIDED)}").text


def office_day(office: Office, number: str) -> date:
    with office.store.reading() as session:
        return open_file(session, number).history.last_on


# --- Names ------------------------------------------------------------------------------------------------


@SQLITE
@pytest.mark.parametrize(
    "disposition",
    [
        'form-data; name="files"; filename="申请.pdf"'.encode(),
        'form-data; name="files"; filename="申请.pdf"'.encode("gb18030"),
        b'form-data; name="files"; filename="x.pdf"; filename*=UTF-8\'\'%E7%94%B3%E8%AF%B7.pdf',
        'form-data; name="files"; filename="C:\\\\材料\\\\申请.pdf"'.encode(),
    ],
    ids=["UTF-8", "GB18030", "RFC 5987", "with its folder"],
)
def test_a_name_in_any_encoding_is_kept(visit_as: VisitAs, case: CaseAt, disposition: bytes) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)

    page = raw(clerk, number, disposition, PDF)

    assert "已添加1个附件" in page.text
    assert " 申请.pdf 证据" in page.text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/申请.pdf", "申请.pdf"),
        ("申请\u202efdp.pdf", "申请fdp.pdf"),
        ("申\x00请\r\n.pdf", "申请.pdf"),
        (".pdf", "未命名.pdf"),
        ("   ", "未命名"),
        ("a.b.pdf", "a.b.pdf"),
    ],
    ids=["folders", "turned", "signs", "ending only", "blank", "plain"],
)
def test_a_name_holds_neither_folders_nor_hidden_signs(name: str, kept: str) -> None:
    assert plain_name(name) == kept


@pytest.mark.parametrize(
    "name",
    ["申" * 300 + ".pdf", "a" * 300, "a." + "申" * 300, "𠀀" * 100 + ".docx"],
    ids=["long", "bare", "ending", "wide"],
)
def test_a_name_is_no_longer_than_file_systems_allow(name: str) -> None:
    kept = plain_name(name)

    assert LONGEST_NAME - 12 <= len(kept.encode()) <= LONGEST_NAME
    assert kept.rpartition(".")[2][:4] == name.rpartition(".")[2][:4]


# --- The audit --------------------------------------------------------------------------------------------


def test_the_audit_finds_a_file_that_is_gone_changed_or_struck_from_the_list(
    visit_as: VisitAs, case: CaseAt, office: Office, uploads: Path
) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    send(clerk, number, [("申请表.pdf", PDF), ("照片.png", PNG)])
    (stored, other) = sorted(path for path in uploads.rglob("*") if path.is_file())
    whole = stored.read_bytes()

    found = []
    for change in (b"x" * 100, b"", other.read_bytes()):
        stored.write_bytes(change)
        found += [each.what for each in broken(office, uploads)]
    stored.unlink()
    found += [each.what for each in broken(office, uploads)]
    gone = [fetch(clerk, number, seq).status_code for seq in ("1", "2")]
    stored.write_bytes(whole)
    assert broken(office, uploads) == []
    behind.execute(office.store, "DELETE FROM attachments WHERE seq = 1")

    assert [what.partition("的文件")[2][:4] for what in found] == ["无法解密", "无法解密", "无法解密", "缺失"]
    assert sorted(gone) == [200, 500]
    assert broken(office, uploads) == [Break(number, 0, "附件清单有缺失")]


# --- With the registration --------------------------------------------------------------------------------


def register(clerk: Visitor, files: Sent, **changed: str) -> Page:
    form = clerk.open("/cases/new").form("/cases/new")
    named = [("files", each) for each in files]
    data = form.typed | {name: [text] for name, text in (TYPED | changed).items()}
    return read(clerk.client.post(form.action, data=data, files=named))


def test_files_come_with_the_registration(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)

    page = register(clerk, [("申请表.pdf", PDF), ("页面.html", HTML)])

    assert "；已添加1个附件，1个没有保存" in page.text
    assert "页面.html：按文件内容判断" in page.text
    assert "申请表.pdf 申请材料" in page.text
    assert fetch(clerk, page.address.rpartition("/")[2], "1").content == PDF


@SQLITE
def test_who_has_to_correct_the_form_is_told_to_choose_the_files_again(
    visit_as: VisitAs, uploads: Path
) -> None:
    page = register(visit_as(Role.CLERK), [("申请表.pdf", PDF)], **{"request.title": ""})

    assert page.status == 422
    assert "请重新选择后一并提交" in page.text
    assert page.form("/cases/new").typed["applicant.name"] == [TYPED["applicant.name"]]
    assert not uploads.exists()

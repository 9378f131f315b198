"""A ledger brought in through the pages: looked at first, every problem beside its row, then just that."""

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from tests.ledger.register import broken, numbers, rows, sizes
from tests.ledger.sheets import ID_NUMBER, NAMES, PHONE, REGISTER, cells_of, numbered, row, text, workbook
from tests.ledger.test_command import BAD
from tests.office import Office
from tests.pages.conftest import SQLITE, VisitAs
from tests.pages.visitor import Page, Visitor, read
from workflow.store import Store
from workflow.vocabulary import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a workbook that asks for a password holds, as far as anybody can see.
LOCKED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)

#: Files that are no ledgers, and what is said of them.
FILES: dict[str, tuple[str, bytes, str]] = {
    "an empty workbook": ("台账.xlsx", b"", "文件是空的"),
    "an empty text": ("台账.csv", b"", "文件是空的"),
    "an old workbook by its name": ("台账.xls", b"\xd0\xcf\x11\xe0", ".xls、.et 等请先另存为 .xlsx"),
    "another kind of file": ("台账.pdf", b"%PDF-1.7", "台账应为 .xlsx 或 .csv 文件"),
    "a workbook with a password": ("台账.xlsx", LOCKED, "设有打开密码"),
    "an old workbook": ("台账.xlsx", LOCKED[:512], "请另存为未加密的 .xlsx"),
    "half a workbook": ("台账.xlsx", b"PK\x03\x04 and then nothing", "不是可以读取的 .xlsx 工作簿"),
    "a text without a header": ("台账.csv", "序号,姓名\n1,张三".encode(), "没有找到表头"),
    "a header without the number": ("台账.csv", ",".join(NAMES[1:]).encode(), "表头缺少必填的列：登记编号"),
    "a text in another encoding": ("台账.csv", b"\xff\xfe\xff", "既不是 UTF-8 也不是 GB18030"),
    "too many rows": ("台账.csv", (",".join(NAMES) + "\n" + "甲\n" * 5100).encode(), "超过5000行"),
    "too large a file": ("台账.csv", b"," * 20_000_001, "文件超过20MB"),
}


def look(visitor: Visitor, name: str, content: bytes) -> Page:
    """Send a file; the preview, or the form again."""
    form = visitor.open("/ledger/import").form("/ledger/import")
    data = {"csrf": form.typed["csrf"][0]}
    return read(visitor.client.post(form.action, data=data, files={"files": (name, content)}))


def look_at(visitor: Visitor, path: Path) -> Page:
    return look(visitor, path.name, path.read_bytes())


def of_rows(tmp_path: Path, *told: Mapping[str, Any]) -> Path:
    return workbook(tmp_path / "台账.xlsx", *cells_of(told))


def bring_in(visitor: Visitor, page: Page) -> Page:
    """Press the one button that imports."""
    return visitor.send(page.form(page.address))


def lines(page: Page) -> dict[int, str]:
    """The rows of the preview by their numbers, each as it is read."""
    found = re.findall(r'<tr>\s*<th scope="row">(\d+)</th>(.*?)</tr>', page.html, re.DOTALL)
    return {int(line): re.sub(r"<[^>]*>|\s+", "", cells) for line, cells in found}


def marked(page: Page, line: int) -> list[str]:
    """The cells of a row that are marked, with the sign that they bear."""
    (cells,) = re.findall(rf'<th scope="row">{line}</th>(.*?)</tr>', page.html, re.DOTALL)
    found = re.findall(r'<td class="is-(?:bad|doubt)[^"]*">(.*?)</td>', cells, re.DOTALL)
    return [re.sub(r"<[^>]*>|\s+", "", cell) for cell in found]


def test_the_register_of_an_office_is_shown_with_every_problem_and_comes_in_without_the_bad_rows(
    visit_as: VisitAs, office: Office
) -> None:
    clerk = visit_as(Role.CLERK)

    page = look_at(clerk, REGISTER)

    assert "新导入 90 行" in page.text
    assert "不能导入 6 行" in page.text
    assert "不认识1列，内容不导入：序号" in page.text
    bad = lines(clerk.open(f"{page.address}?show=bad"))
    assert list(bad) == list(BAD)
    assert all(word in bad[line] for line, word in BAD.items())
    (doubtful,) = (
        told
        for number in (1, 2)
        for line, told in lines(clerk.open(f"{page.address}?show=doubts&page={number}")).items()
        if line == 41
    )
    assert "居民身份证号码校验不符" in doubtful
    assert sizes(office.store)["cases"] == 0

    done = bring_in(clerk, page)

    assert "已导入：新导入90件，补充0件" in done.text
    assert "跳过不能导入的6行" in done.text
    assert len(rows(office.store)) == 90
    assert {each.agency_id for each in rows(office.store)} == {office.agency.id}
    assert broken(office.store) == []


def test_the_same_register_again_has_nothing_to_import(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)
    bring_in(clerk, look_at(clerk, REGISTER))

    page = look_at(clerk, REGISTER)

    assert "没有变化 90 行" in page.text
    assert page.address not in [form.action for form in page.forms]


@SQLITE
def test_each_problem_stands_beside_its_row_and_marks_its_cell(visit_as: VisitAs, tmp_path: Path) -> None:
    told = [
        row(登记编号="A", 收到日期="2026-02-30", 申请人名称=None),
        row(登记编号="B", 收到日期="2026-07-04"),
        row(登记编号="C", 证件号码=ID_NUMBER[:-1] + "0"),
        row(登记编号="D"),
    ]

    page = look_at(visit_as(Role.HEAD), of_rows(tmp_path, *told))

    assert "错误收到日期“2026-02-30”不是有效的日期" in lines(page)[2]
    assert marked(page, 2) == ["错误2026-02-30", "错误（空）"]
    assert "核对收到日期2026-07-04（周六）为休息日" in lines(page)[3]
    assert marked(page, 3) == ["核对2026-07-04"]
    assert marked(page, 4) == ["核对370685********0010"]
    assert list(lines(page)) == [2, 3, 4]


@SQLITE
def test_a_ledger_with_bad_rows_is_not_imported_whole(
    visit_as: VisitAs, office: Office, tmp_path: Path
) -> None:
    clerk = visit_as(Role.CLERK)
    page = look_at(clerk, of_rows(tmp_path, *numbered(2), row(登记编号="坏", 申请渠道="微信")))
    form = page.form(page.address)
    del form.typed["skip"]

    refused = clerk.send(form)

    assert refused.status == 422
    assert "有1行不能导入，没有写入任何内容" in refused.text
    assert sizes(office.store)["cases"] == 0


@SQLITE
def test_bad_rows_are_saved_with_their_problems_and_the_rest_lie_in_the_data_folder(
    visit_as: VisitAs, tmp_path: Path
) -> None:
    clerk = visit_as(Role.CLERK)
    page = look_at(clerk, of_rows(tmp_path, *numbered(2), row(登记编号="坏", 申请渠道="微信")))
    saved = clerk.client.get(f"{page.address}/bad.xlsx")

    done = bring_in(clerk, page)

    assert saved.headers["content-type"] == XLSX
    header, bad = load_workbook(io.BytesIO(saved.content)).worksheets[0].iter_rows(values_only=True)
    assert header[-2:] == ("问题", "原行号")
    assert (bad[0], bad[-1]) == ("坏", 4)
    assert "不认识“微信”" in str(bad[-2])
    again = look(clerk, "改正.xlsx", saved.content)
    assert "不认识0列" not in again.text
    assert "内容不导入" not in again.text
    assert f"{done.address}/bad.xlsx" in done.links
    (kept,) = tmp_path.glob("台账-未导入-*.xlsx")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@SQLITE
def test_what_is_imported_is_what_was_shown_or_it_is_shown_anew(
    visit_as: VisitAs, office: Office, tmp_path: Path
) -> None:
    clerk, colleague = visit_as(Role.CLERK), visit_as(Role.CLERK)
    path = of_rows(tmp_path, *numbered(3))
    page = look_at(clerk, path)
    other = look_at(colleague, of_rows(tmp_path, *numbered(1)))
    bring_in(colleague, other)

    refused = bring_in(clerk, page)

    assert refused.status == 409
    assert "预览以后登记簿有了变化" in refused.text
    assert "新导入 2 行" in refused.text
    assert numbers(office.store) == ["ZY2026-001"]
    assert "已导入：新导入2件" in bring_in(clerk, refused).text
    assert numbers(office.store) == ["ZY2026-001", "ZY2026-002", "ZY2026-003"]


@SQLITE
def test_a_button_pressed_twice_imports_once(visit_as: VisitAs, office: Office, tmp_path: Path) -> None:
    clerk = visit_as(Role.CLERK)
    page = look_at(clerk, of_rows(tmp_path, *numbered(3)))
    bring_in(clerk, page)

    again = bring_in(clerk, page)

    assert "已导入：新导入3件" in again.text
    assert len(rows(office.store)) == 3


@SQLITE
def test_many_rows_are_turned_page_by_page(visit_as: VisitAs, tmp_path: Path) -> None:
    clerk = visit_as(Role.CLERK)
    told = [row(登记编号=f"A{n}", 备注=f"第{n}件") for n in range(1, 121)]

    page = look_at(clerk, text(tmp_path / "台账.csv", *cells_of(told)))

    assert (len(lines(page)), "第1页，共3页" in page.text) == (50, True)
    last = clerk.open(f"{page.address}?show=all&page=3")
    assert list(lines(last)) == list(range(102, 122))
    assert "第120件" in lines(last)[121]
    beyond = clerk.open(f"{page.address}?show=nothing&page=99")
    assert list(lines(beyond)) == list(lines(last))


@SQLITE
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_ledger_is_told_and_nothing_is_kept(
    visit_as: VisitAs, tmp_path: Path, kind: str
) -> None:
    name, content, told = FILES[kind]

    page = look(visit_as(Role.CLERK), name, content)

    assert page.status == 422
    assert told in page.text
    assert not (tmp_path / "aside").exists()


@SQLITE
def test_a_workbook_that_unpacks_to_what_no_memory_holds_is_not_unpacked(visit_as: VisitAs) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "x")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(101):
                part.write(bytes(1_000_000))

    page = look(visit_as(Role.CLERK), "台账.xlsx", bomb.getvalue())

    assert page.status == 422
    assert "解压后超过100MB" in page.text


@SQLITE
def test_no_file_and_two_files_are_told(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)
    csrf = clerk.open("/ledger/import").form("/ledger/import").typed["csrf"][0]

    none = clerk.client.post("/ledger/import", data={"csrf": csrf}, files={"files": ("", b"")})
    two = clerk.client.post(
        "/ledger/import", data={"csrf": csrf}, files=[("files", (n, b"x")) for n in ("a.csv", "b.csv")]
    )

    assert "请选择一个台账文件" in none.text
    assert "一次只能导入一个文件" in two.text


# --- Whose it is -------------------------------------------------------------------------------------------


@SQLITE
@pytest.mark.parametrize("role", [Role.HANDLER, Role.LEGAL, Role.SUPERVISOR, Role.ADMIN])
def test_only_the_window_and_the_head_import(visit_as: VisitAs, role: Role) -> None:
    page = visit_as(role).open("/ledger/import")

    assert page.status == 403
    assert "窗口经办或者负责人" in page.text


@SQLITE
def test_what_lies_aside_is_its_owners_alone_and_cannot_be_read_from_the_disk(
    visit_as: VisitAs, office: Office, tmp_path: Path
) -> None:
    clerk, colleague = visit_as(Role.CLERK), visit_as(Role.CLERK)
    stranger = visit_as(Role.CLERK, agency=office.other().agency)

    page = look_at(clerk, of_rows(tmp_path, row()))

    for other in (colleague, stranger):
        assert other.open(page.address).status == 404
        assert other.client.get(f"{page.address}/bad.xlsx").status_code == 404
        form = other.open("/ledger/import").form("/ledger/import")
        for rest in ("", "/drop"):
            assert other.client.post(page.address + rest, data=form.typed).status_code == 404
    parts = list((tmp_path / "aside").iterdir())
    assert len(parts) == 2
    for part in parts:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        assert PHONE.encode() not in part.read_bytes()
        assert "张三".encode() not in part.read_bytes()
    assert clerk.open(page.address).status == 200


@SQLITE
def test_another_file_is_taken_instead(visit_as: VisitAs, tmp_path: Path) -> None:
    clerk = visit_as(Role.CLERK)
    page = look_at(clerk, of_rows(tmp_path, row()))

    form = clerk.send(page.form(f"{page.address}/drop"))

    assert form.address == "/ledger/import"
    assert clerk.open(page.address).status == 404
    assert list((tmp_path / "aside").iterdir()) == []


@SQLITE
def test_a_form_of_another_session_imports_nothing(
    visit_as: VisitAs, office: Office, tmp_path: Path, app: FastAPI
) -> None:
    clerk = visit_as(Role.CLERK)
    page = look_at(clerk, of_rows(tmp_path, row()))

    answer = clerk.send(page.form(page.address), {"csrf": "another"})

    assert answer.status == 403
    assert "页面停留过久" in answer.text
    assert sizes(office.store)["cases"] == 0


@SQLITE
@pytest.mark.parametrize("key", ["x" * 32, "x", "..%2Fsecret.key"])
def test_what_was_never_laid_aside_is_not_found(visit_as: VisitAs, store: Store, key: str) -> None:
    assert visit_as(Role.CLERK).open(f"/ledger/import/{key}").status == 404

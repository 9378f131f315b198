"""`mingda import-ledger` as its users run it, with the register of an office as offices keep it."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.ledger.register import case, rows, said, sizes
from tests.ledger.sheets import AGENCY, ID_NUMBER, PHONE, REGISTER, cells_of, numbered, row, text, workbook
from tests.program import Finished, mingda
from workflow.store import Store

#: What the databases differ in is tested without the command around it.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

#: What cannot be taken of the office's register, and a word of the reason.
BAD = {9: "早于", 14: "2025-02-30", 20: "同意公开", 33: "第32行", 47: "二十", 58: "申请内容"}


def run(environment: dict[str, str], file: Path, *more: str) -> Finished:
    """Import a file into the agency."""
    return mingda("import-ledger", file, "--agency", AGENCY, *more, env=environment)


def bad_rows(document: dict[str, Any]) -> dict[int, str]:
    """The rows that were not taken, with their reasons."""
    return {each["row"]: "；".join(each["reasons"]) for each in document["errors"]}


def test_the_register_of_an_office_is_refused_with_every_bad_row(
    environment: dict[str, str], store: Store
) -> None:
    done = run(environment, REGISTER, "--json")

    assert done.status == 2
    assert (done.document["rows"], done.document["imported"], done.document["bad_file"]) == (96, 0, None)
    told = bad_rows(done.document)
    assert list(told) == list(BAD)
    assert all(word in told[line] for line, word in BAD.items())
    assert "ledger_2025.xlsx：有6行不能导入，未写入任何内容" in done.err
    assert sum(sizes(store).values()) == 0


def test_ninety_of_its_ninety_six_rows_come_in_when_the_bad_ones_are_left_out(
    environment: dict[str, str], store: Store
) -> None:
    done = run(environment, REGISTER, "--skip-bad", "--json")

    assert done.status == 0
    document = done.document
    assert (document["rows"], document["imported"], document["updated"], document["unchanged"]) == (
        96,
        90,
        0,
        0,
    )
    assert list(bad_rows(document)) == list(BAD)
    assert (document["agency"], document["file"]) == (AGENCY, "ledger_2025.xlsx")
    assert document["unknown_columns"] == ["序号"]
    warnings = {each["row"]: each["messages"] for each in document["warnings"]}
    assert warnings[41] == ["居民身份证号码校验不符，请核对（已按原样保留）"]
    states = [str(each.state) for each in rows(store)]
    assert (states.count("concluded"), states.count("processing")) == (87, 3)


def test_the_same_register_again_changes_nothing_and_says_so(
    environment: dict[str, str], store: Store
) -> None:
    run(environment, REGISTER, "--skip-bad")
    before = sizes(store), rows(store)

    done = run(environment, REGISTER, "--skip-bad")

    assert (done.status, sizes(store), rows(store)) == (0, *before)
    assert "各件与已导入的内容相同，没有写入任何内容" in done.out
    assert len(list(Path(environment["MINGDA_DATA"]).glob("*.xlsx"))) == 1


def test_the_rows_left_out_lie_in_a_file_that_only_its_owner_reads(environment: dict[str, str]) -> None:
    kept = Path(run(environment, REGISTER, "--skip-bad", "--json").document["bad_file"])

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.parent == Path(environment["MINGDA_DATA"])
    book = load_workbook(kept)
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert lines[0][1:5] == ("收件编号", "收件时间", "申请渠道", "申请人类别")
    assert lines[0][-2:] == ("未导入原因", "原行号")
    assert [line[-1] for line in lines[1:]] == list(BAD)
    assert lines[1][-2] == "答复日期2024-12-30早于收到日期2025-01-19"


def test_the_rows_left_out_are_imported_from_their_file_once_they_are_corrected(
    environment: dict[str, str], store: Store
) -> None:
    kept = Path(run(environment, REGISTER, "--skip-bad", "--json").document["bad_file"])
    book = load_workbook(kept)
    sheet = book.worksheets[0]
    column = {cell.value: place for place, cell in enumerate(sheet[1], start=1)}
    corrections: list[tuple[str, str | int]] = [
        ("答复日期", "2025-01-30"),
        ("收件时间", "2025-02-28"),
        ("办理结果", "予以公开"),
        ("收件编号", "ZYZRZY2025030"),
        ("延期工作日", 20),
        ("申请公开的信息内容", "某河段采砂许可审批材料"),
    ]
    for line, (name, value) in enumerate(corrections, start=2):
        sheet.cell(line, column[name]).value = value
    book.save(kept)
    book.close()

    done = run(environment, kept, "--json")

    assert (done.status, done.document["imported"], done.document["errors"]) == (0, 6, [])
    assert done.document["unknown_columns"] == ["序号"]
    assert len(rows(store)) == 96
    assert case(store, "ZYZRZY2025030")["received_on"] == "2025-04-18"


def test_nothing_that_is_printed_or_logged_repeats_an_id_number_or_a_telephone(
    environment: dict[str, str], store: Store, tmp_path: Path
) -> None:
    wrong = ID_NUMBER[:-1] + "0"
    ledger = [row(证件号码=wrong), row(登记编号="B", 收到日期=PHONE), row(登记编号="C", 申请人类型=ID_NUMBER)]
    file = text(tmp_path / "台账.csv", *cells_of(ledger))

    told = [run(environment, file), run(environment, file, "--json"), run(environment, file, "--skip-bad")]

    for secret in (wrong, ID_NUMBER, PHONE):
        assert not any(secret in done.out + done.err for done in told)
        assert secret not in said(store)
    assert len(rows(store)) == 1


def test_a_text_is_imported_like_a_workbook(
    environment: dict[str, str], store: Store, tmp_path: Path
) -> None:
    lines = [["某局台账"], *cells_of(numbered(3)), ["合计", "3"]]
    file = text(tmp_path / "台账.csv", *lines, encoding="gb18030")

    done = run(environment, file)

    assert done.status == 0
    assert done.out.startswith(f"{AGENCY}：台账共3件，新导入3件，补充0件，没有变化0件，未导入0件")
    assert len(rows(store)) == 3


def test_a_file_that_cannot_be_read_is_bad_input_in_one_document(
    environment: dict[str, str], store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(b"no workbook")

    done = run(environment, file, "--json")

    assert done.status == 2
    assert done.document["error"]["where"] == "台账.xlsx"
    assert "不是可以读取的 .xlsx 工作簿" in done.document["error"]["message"]
    assert "台账.xlsx：不是可以读取的 .xlsx 工作簿" in done.err
    assert sum(sizes(store).values()) == 0


def test_an_agency_without_a_name_is_bad_input(environment: dict[str, str], store: Store) -> None:
    done = mingda("import-ledger", REGISTER, "--agency", "  ", "--json", env=environment)

    assert (done.status, json.loads(done.out)["error"]["where"]) == (2, "--agency")
    assert sizes(store)["agencies"] == 0


def test_where_the_rows_left_out_cannot_be_kept_nothing_is_imported(
    environment: dict[str, str], store: Store, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "台账.xlsx", *cells_of([*numbered(2), row(登记编号="坏", 申请渠道=None)]))
    Path(environment["MINGDA_DATA"]).write_text("a file where the folder should be")

    done = run(environment, file, "--skip-bad")

    assert done.status == 2
    assert "未导入的行无法存入" in done.err
    assert sum(sizes(store).values()) == 0

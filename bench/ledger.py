"""A register of closed applications looked at, and imported: each row through the engine, in one commit."""

from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook

from api.pages.ledger_seen import seen
from bench.measure import Measured, seconds, side_by_side
from bench.office import opened, prepared
from bench.places import Place
from bench.writes import Transaction, recording, write
from tests.ledger.sheets import AGENCY, AT, TODAY, cells_of, numbered, workbook
from workflow.agencies import named, named_or_found
from workflow.ledger.importing import bring_in
from workflow.ledger.outlook import look_ahead
from workflow.ledger.rows import read_rows
from workflow.ledger.sheet import open_sheet
from workflow.store import Store

CLOSED = {
    "证件号码": "370685198001010013",
    "征求意见发出日期": "2026-07-06",
    "答复日期": "2026-07-20",
    "答复文号": "公开告〔2026〕1号",
    "处理决定": "予以公开",
}


def measure(place: Place, folder: Path, rows: int, rounds: int, aim: str) -> Measured:
    """Seconds an import, from the file to the commit; the floor is what it wrote, by the bare driver."""
    file = workbook(folder / "台账.xlsx", *cells_of(numbered(rows, **CLOSED)))
    start = prepared(place)
    written = _recorded(place.copy(start), file, rows)

    def ours() -> float:
        with opened(place.copy(start)) as store:
            return seconds(lambda: _import(store, file, rows))

    def floor() -> float:
        with closing(place.connect(place.copy(start))) as connection:
            return seconds(lambda: write(place, connection, written))

    name = f"a ledger of {rows} rows, {place.name}"
    return side_by_side(name, ours, floor, rounds=rounds, per_round=1, aim=aim)


def look(place: Place, folder: Path, rows: int, rounds: int) -> Measured:
    """Seconds until such a file can be shown row by row; the floor is to read its cells."""
    file = workbook(folder / "预览.xlsx", *cells_of(numbered(rows, **CLOSED)))
    with opened(place.copy(prepared(place))) as store:
        with store.transaction() as session:
            named_or_found(session, AGENCY)
        name = f"a look at a ledger of {rows} rows, {place.name}"
        ours, floor = (lambda: seconds(lambda: _look(store, file))), (lambda: seconds(lambda: _cells(file)))
        return side_by_side(name, ours, floor, rounds=rounds, per_round=1, aim="")


def _look(store: Store, file: Path) -> None:
    reading = read_rows(open_sheet(file), TODAY)
    with store.reading() as session:
        found = seen(reading, look_ahead(session, reading, named(session, AGENCY), AT))
    assert found.model_dump_json()
    assert found.writes == reading.count


def _cells(file: Path) -> None:
    for _row in load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True):
        pass


def _recorded(url: str, file: Path, rows: int) -> list[Transaction]:
    with opened(url) as store, recording(store.engine) as transactions:
        _import(store, file, rows)
    return transactions


def _import(store: Store, file: Path, rows: int) -> None:
    reading = read_rows(open_sheet(file), TODAY)
    with store.transaction() as session:
        report = bring_in(session, reading, AGENCY, at=AT)
    assert report.imported == rows

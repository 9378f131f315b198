"""How long a large ledger takes."""

from pathlib import Path
from time import process_time

import pytest

from tests.ledger.sheets import AGENCY, AT, TODAY, cells_of, numbered, workbook
from workflow.ledger.importing import bring_in
from workflow.ledger.rows import read_rows
from workflow.ledger.sheet import open_sheet
from workflow.store import Store

#: 5,000 rows in 20 seconds, by the processor's time: other work on the machine does not count.
PER_ROW = 20 / 5_000


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_row_takes_less_than_its_share_of_twenty_seconds_for_five_thousand(
    store: Store, tmp_path: Path
) -> None:
    closed = {"答复日期": "2026-07-20", "答复文号": "公开告〔2026〕1号", "处理决定": "予以公开"}
    rows = numbered(600, 证件号码="370685198001010013", 征求意见发出日期="2026-07-06", **closed)
    file = workbook(tmp_path / "台账.xlsx", *cells_of(rows))

    start = process_time()
    reading = read_rows(open_sheet(file), TODAY)
    with store.transaction() as session:
        report = bring_in(session, reading, AGENCY, at=AT)
    took = process_time() - start

    assert report.imported == 600
    assert took / 600 < PER_ROW

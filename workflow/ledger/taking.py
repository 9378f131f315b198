"""A ledger taken in whole: the rows in one transaction, and with them the file of those left out."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from workflow.errors import Incomplete
from workflow.ledger.importing import Report, bring_in
from workflow.ledger.leftover import keep, leftover, name_of
from workflow.ledger.rows import Reading
from workflow.store import Store


def take_in(
    store: Store,
    folder: Path,
    reading: Reading,
    agency: str,
    *,
    at: datetime,
    skip_bad: bool = False,
    seen: str | None = None,
    done: Callable[[], None] = lambda: None,
) -> tuple[Report, Path | None]:
    """Rows and the file of those left out stand together: where one cannot be written, neither is.

    Raises what `bring_in` raises.
    """
    kept = None
    with ExitStack() as undo:
        with store.transaction() as session:
            report = bring_in(session, reading, agency, at=at, skip_bad=skip_bad, seen=seen, done=done)
            if report.faults:
                kept = _keep(folder, reading, report, undo)
        undo.pop_all()
    return report, kept


def _keep(folder: Path, reading: Reading, report: Report, undo: ExitStack) -> Path:
    path = folder / name_of(reading, report.faults)
    try:
        if keep(path, leftover(reading, report.faults)):
            undo.callback(path.unlink)
    except OSError as error:
        told = f"未导入的行无法存入 {path}：{error.strerror}；本次未写入任何内容"
        raise Incomplete(told) from None
    return path

"""`mingda import-ledger`: a register kept in a spreadsheet is brought in, all of it or what is good of it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.output import Json, Outcome, answer, fail, progress
from workflow.errors import BadInput

if TYPE_CHECKING:
    from api.settings import Settings
    from workflow.ledger.importing import Report
    from workflow.ledger.rows import Reading

File = Annotated[Path, typer.Argument(help="台账文件（.xlsx 或 .csv）", metavar="FILE")]
Agency = Annotated[str, typer.Option("--agency", help="机关名称或代码；没有的机关将新建")]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="有误的行不导入，另存到数据文件夹，改正后可再次导入")
]
#: Of more rows with doubts than these, the person is told the number.
SHOWN = 20


def import_ledger(file: File, agency: Agency, skip_bad: SkipBad = False, as_json: Json = False) -> None:
    """导入台账。"""
    from api.clock import now
    from api.settings import from_environment
    from workflow.clock import legal_day
    from workflow.ledger.importing import BadRows
    from workflow.ledger.rows import read_rows
    from workflow.ledger.sheet import open_sheet

    at = now()
    if not agency.strip():
        raise BadInput("--agency", "机关名称不能为空")
    with progress("读取台账", None):
        reading = read_rows(open_sheet(file), legal_day(at))
    try:
        report, kept = _bring_in(from_environment(), reading, agency.strip(), at, skip_bad=skip_bad)
    except BadRows as refused:
        fail(Outcome.BAD_INPUT, str(refused), _document(reading, refused.report, None))
    answer(_document(reading, report, kept), _lines(reading, report, kept), as_json=as_json)


def _bring_in(
    settings: "Settings", reading: "Reading", agency: str, at: datetime, *, skip_bad: bool
) -> tuple["Report", Path | None]:
    from api.installation import opened
    from workflow.ledger.taking import take_in

    with opened(settings) as store, progress("导入台账", len(reading.rows)) as done:
        return take_in(store, settings.data, reading, agency, at=at, skip_bad=skip_bad, done=done)


def _document(reading: "Reading", report: "Report", kept: Path | None) -> dict[str, Any]:
    return {
        "file": reading.sheet.name,
        "agency": report.agency,
        "rows": report.rows,
        "imported": report.imported,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "errors": [{"row": line, "reasons": list(why)} for line, why in sorted(report.faults.items())],
        "warnings": [{"row": line, "messages": list(why)} for line, why in sorted(report.warnings.items())],
        "unknown_columns": list(reading.header.unknown),
        "bad_file": str(kept) if kept else None,
    }


def _lines(reading: "Reading", report: "Report", kept: Path | None) -> Iterator[str]:
    yield (
        f"{report.agency}：台账共{report.rows}件，新导入{report.imported}件，补充{report.updated}件，"
        f"没有变化{report.unchanged}件，未导入{len(report.faults)}件"
    )
    if report.unchanged and not (report.imported or report.updated):
        yield "各件与已导入的内容相同，没有写入任何内容"
    if reading.header.unknown:
        yield f"不认识的列（内容未导入）：{'、'.join(reading.header.unknown)}"
    for line, reasons in report.faults.items():
        yield f"第{line}行未导入：{'；'.join(reasons)}"
    if kept:
        yield f"未导入的行已存入 {kept}，改正后可再次导入"
    doubtful = sorted(report.warnings.items())
    for line, messages in doubtful[:SHOWN]:
        yield f"第{line}行请核对：{'；'.join(messages)}"
    if len(doubtful) > SHOWN:
        yield f"另有{len(doubtful) - SHOWN}行需要核对，详见 --json"

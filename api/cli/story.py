"""`mingda replay`: a scenario file lived through on a throw-away database."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.output import Json, Outcome, answer
from workflow.errors import BadInput

File = Annotated[Path, typer.Argument(help="场景文件（JSON）", metavar="FILE")]


def replay(file: File, as_json: Json = False) -> None:
    """按场景文件办理。"""
    import letters
    from workflow import scenario

    document, ok = scenario.replay(read_json(file), letters.issue)
    answer(document, _lines(document), as_json=as_json)
    if not ok:
        raise SystemExit(Outcome.REFUSED)


def read_json(file: Path) -> Any:
    """A JSON file; raises BadInput naming file and line."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput(str(file), f"无法读取：{error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(str(file), "不是 UTF-8 编码的文本") from None
    except json.JSONDecodeError as error:
        raise BadInput(f"{file} 第{error.lineno}行", f"不是有效的 JSON：{error.msg}") from None


def _lines(document: dict[str, Any]) -> list[str]:
    if "refused" in document:
        refused = document["refused"]
        return [f"第{refused['event'] + 1}条被拒绝：{refused['message']}"]
    if "expected_refusal" in document:
        return [f"第{document['expected_refusal']['event'] + 1}条本应被拒绝，却办理成功"]
    cases = document["cases"].values() if "cases" in document else [document]
    return [line for case in cases for line in _case_lines(case)]


def _case_lines(case: dict[str, Any]) -> list[str]:
    if not case:
        return ["没有登记任何申请"]
    late = "，已逾期" if case["overdue"] else ""
    return [
        f"{case['number']}  {case['state'].zh}  答复期限 {case['due_on'] or '—'}{late}",
        *(
            f"  {event['on']}  {event['action'].zh}（{event['by'].zh}）→ {event['to'].zh}"
            for event in case["events"]
        ),
        *(f"  · {line}" for line in case["explain"]),
        *(f"  ! {warning}" for warning in case["warnings"]),
    ]

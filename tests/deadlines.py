"""The worked deadlines (tests/data/deadline_cases.json): each is told in one test, under its own name."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.story import weekday

_FILE = Path(__file__).parent / "data" / "deadline_cases.json"
BY_ID: dict[str, dict[str, Any]] = {
    case["id"]: case for case in json.loads(_FILE.read_text(encoding="utf-8"))["cases"]
}


def named(*ids: str) -> pytest.MarkDecorator:
    """The cases of those ids, each shown with its title, the weekday of its answer, and the reason."""
    return pytest.mark.parametrize("case", [pytest.param(BY_ID[i], id=_told(BY_ID[i])) for i in ids])


def _told(case: dict[str, Any]) -> str:
    days = [value for value in case["expected"].values() if isinstance(value, str) and value[:4].isdigit()]
    answer = case["expected"].get("answer_due", days[-1] if days else None)
    outcome = f"{answer} {weekday(answer)}" if answer else "视为放弃"
    return f"{case['id']} {case['title']} → {outcome}：{case['explanation']}"

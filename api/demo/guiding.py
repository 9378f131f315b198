"""The seven questions as the handlers of the demo city have answered them before they wrote a draft."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from workflow import guidance
from workflow.casefile import open_file
from workflow.engine import Actor
from workflow.guidance import Said
from workflow.law.decisions import Decision
from workflow.law.guide import path, written
from workflow.store import Session
from workflow.vocabulary import Role


def answer_questions(session: Session, number: str, body: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Answer them in the way that leads to a draft's decision and grounds."""
    assert by.user_id is not None
    file = open_file(session, number)
    for step, given in way_to(Decision(body["decision"]), body.get("grounds") or ()).items():
        code, *details = given.split()
        before = guidance.guided(session, file.id).given.get(step)
        said = Said(step, code, tuple(details), seen=before.answer if before else "")
        guidance.answer(session, file, said, roles={Role.HANDLER}, by=by.user_id, at=at)


def way_to(decision: Decision, grounds: Iterable[str]) -> dict[str, str]:
    """The answers that lead straight to a decision with these grounds; none, where none do."""
    wanted = (decision, frozenset(grounds))
    open_ways: list[dict[str, str]] = [{}]
    while open_ways:
        answers = open_ways.pop(0)
        way = path(answers)
        if way.asks is None:
            if not way.first and (way.decision, frozenset(way.grounds)) == wanted:
                return answers
            continue
        for answer in way.asks.answers:
            ticked = [each.code for each in answer.details if each.code in wanted[1]]
            if ticked or not answer.details:
                open_ways.append({**answers, way.asks.code: written(answer.code, ticked)})
    return {}

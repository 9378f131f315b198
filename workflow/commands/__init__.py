"""Every act of the office: parse the body, look up what it needs, pass the one door."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from workflow.casefile import CaseFile, open_file
from workflow.clock import LEGAL_ZONE, legal_day
from workflow.commands.bodies import Body
from workflow.commands.intake import Submitted, register_new, submit
from workflow.commands.parsing import day_of, parse, parse_new, split
from workflow.commands.prepare import PREPARE, Prepared
from workflow.commands.rectification import rectify
from workflow.commands.settling import settle
from workflow.engine import Act, Actor, advance
from workflow.store import Session
from workflow.vocabulary import Action

LOOK_UPS = PREPARE | {Action.RECTIFY: rectify}


def perform(
    session: Session,
    number: str,
    action: Action,
    data: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    agencies: frozenset[int] | None = None,
    version: int | None = None,
    simulated: bool = False,
) -> CaseFile:
    """Do one act on a case; raises BadInput, NotFound, Stale, Forbidden or Refused, changing nothing."""
    body = parse(action, data)
    on = day_of(body, at)
    file = open_file(session, number, agencies=agencies, version=version)
    act = prepared(session, file, action, body, by=by, on=on, at=at)
    done = advance(session, file, replace(act, simulated=simulated))
    settle(session, done, action, by=by, at=at)
    return done


def prepared(
    session: Session, file: CaseFile, action: Action, body: Body, *, by: Actor, on: date, at: datetime
) -> Act:
    """The act as it enters the one door: what it needs of other rows is looked up, and nothing is written."""
    facts, texts = split(body)
    act = Prepared(session, file, by, on, facts, texts)
    if action is Action.REGISTER:
        act.sets["registered_at"] = at
    if action in LOOK_UPS:
        LOOK_UPS[action](act)
    return Act(action, on, at, by, act.facts, act.texts, act.sets)


__all__ = [
    "LEGAL_ZONE",
    "Submitted",
    "day_of",
    "legal_day",
    "parse",
    "parse_new",
    "perform",
    "prepared",
    "register_new",
    "submit",
]

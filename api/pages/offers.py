"""What a form offers to choose from: what the case holds, and what its rules leave open."""

from collections.abc import Callable, Mapping
from typing import Any

from api.clock import today
from api.forms import Choice, Field, fields_of
from letters.kinds import KINDS
from workflow import agencies
from workflow.casefile import CaseFile, parties
from workflow.commands.bodies import DraftReply, ReplyOnTheSpot
from workflow.law.authorities import ANY_BODY, ANY_COURT, ANY_INTERMEDIATE_COURT, SUPERIOR, authorities_of
from workflow.law.decisions import PUBLIC_INTEREST
from workflow.queries.describe import letters
from workflow.queries.loads import Load, loads
from workflow.queries.offices import units
from workflow.rules.reply import NOT_DRAFTED, ON_THE_SPOT, WITHHELD_PARTS
from workflow.store import Session
from workflow.tables import Agency
from workflow.vocabulary import Action

Offers = dict[str, list[Choice]]
#: What an authority is called whose name is not known.
UNNAMED = frozenset({ANY_BODY, ANY_COURT, ANY_INTERMEDIATE_COURT, SUPERIOR})


def offers(session: Session, file: CaseFile, action: Action) -> Offers:
    """The answers that can be chosen, by the name of the question."""
    return OFFERS[action](session, file) if action in OFFERS else {}


def suggestions(session: Session, file: CaseFile, action: Action) -> dict[str, list[str]]:
    """Answers that are only suggested: another one can be typed."""
    agency = file.row.agency_id
    if action in (Action.ACCEPT, Action.ASSIGN):
        return {"unit": units(session, frozenset({agency}))}
    if action is Action.RECORD_REMEDY:
        return {"body": _deciding(agencies.by_id(session, agency))}
    return {}


def _assigned(session: Session, file: CaseFile) -> Offers:
    """The handlers of the agency, each with what lies before them, and whether they are away."""
    found = loads(session, file.row.agency_id, today())
    names = [each.name for each in found]
    return {"handler": [_handler(each, names.count(each.name) > 1) for each in found]}


def _handler(each: Load, ambiguous: bool) -> Choice:
    """Of two with one name, the login tells which is meant."""
    value = each.login if ambiguous else each.name
    told = [f"在办{each.open}件", *([f"逾期{each.overdue}件"] if each.overdue else [])]
    if each.away:
        told.append(f"{each.away.last.month}月{each.away.last.day}日前不在岗，由{each.away.substitute}代办")
    login = f"（{each.login}）" if ambiguous else ""
    return Choice(value, f"{each.name}{login}：{'，'.join(told)}", value)


def _deciding(agency: Agency) -> list[str]:
    """The body and the court that decide about the agency's replies, as far as they are known by name."""
    known = authorities_of(agency.name, agency.kind, body=agency.reconsideration_body, court=agency.court)
    return [each.name for each in (known.body, known.court) if each.name not in UNNAMED]


def _consulted(session: Session, file: CaseFile) -> Offers:
    """Whose opinion can be entered: those still asked, and those whom the timer closed."""
    names = parties(session, file)
    waiting = [c for c in file.history.consultations if c.open or (c.by_timer and not c.answered)]
    known = dict.fromkeys(names[c.party] for c in waiting if c.party in names)
    return {"name": [Choice(name, name, name) for name in known]}


def _on_file(session: Session, file: CaseFile) -> Offers:
    """The letters of the case by their numbers, the latest first."""
    names = parties(session, file)
    found = reversed(letters(session, file, names))
    return {"letter": [Choice(each["number"], _letter(each), each["number"]) for each in found]}


def _letter(each: Mapping[str, Any]) -> str:
    return f"{KINDS[each['kind']].zh}（{each['number']}，致{each['to']}）"


def _drafted(session: Session, file: CaseFile) -> Offers:
    decision, grounds = (_field(DraftReply, name) for name in ("decision", "grounds"))
    kept = (*WITHHELD_PARTS, PUBLIC_INTEREST)
    return {
        "decision": [choice for choice in decision.choices if choice.value not in NOT_DRAFTED],
        "grounds": [choice for choice in grounds.choices if choice.value in kept],
    }


def _on_the_spot(session: Session, file: CaseFile) -> Offers:
    choices = _field(ReplyOnTheSpot, "decision").choices
    return {"decision": [choice for choice in choices if choice.value in ON_THE_SPOT]}


def _field(model: type[DraftReply] | type[ReplyOnTheSpot], name: str) -> Field:
    return next(field for field in fields_of(model) if field.name == name)


OFFERS: dict[Action, Callable[[Session, CaseFile], Offers]] = {
    Action.ASSIGN: _assigned,
    Action.RECORD_OPINION: _consulted,
    Action.RECORD_SERVICE: _on_file,
    Action.DRAFT_REPLY: _drafted,
    Action.REPLY_ON_THE_SPOT: _on_the_spot,
}

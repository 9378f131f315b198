"""What an act has to look up before it is judged: other cases, parties, letters, the count for the fee."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select

from workflow.casefile import CaseFile, parties
from workflow.commands.intake import part_of, receipt_warnings, same_receipt
from workflow.corrections import effective
from workflow.correspondence import ADDRESSEES
from workflow.engine import Actor
from workflow.errors import BadInput
from workflow.history import UNNAMED
from workflow.law.statute import cite_zh
from workflow.store import Session
from workflow.tables import CASES, USERS
from workflow.vocabulary import Action, State


@dataclass(slots=True)
class Prepared:
    """An act on its way in: facts and texts of the body, and the columns of the case that it sets."""

    session: Session
    file: CaseFile
    by: Actor
    on: date
    facts: dict[str, Any]
    texts: dict[str, Any]
    sets: dict[str, Any] = field(default_factory=dict)


def register(act: Prepared) -> None:
    """Fix the order in which applications count for the fee, and tie a part to its first part."""
    act.facts["warnings"] = receipt_warnings(act.file.row.channel, act.facts)
    if "split_of" in act.facts:
        first = part_of(act.session, act.facts["split_of"], act.file.row.agency_id)
        act.facts["received_on"] = same_receipt(first, act.facts).isoformat()
        act.sets["split_of_id"] = first.id


def to_unit(act: Prepared) -> None:
    """Accepting names the unit, and perhaps asks it to help with the search."""
    if not act.facts.get("assistance"):
        act.facts.pop("assistance", None)
    if "unit" in act.facts:
        act.sets["unit"] = act.facts["unit"]


def to_handler(act: Prepared) -> None:
    """Assigning names the unit and the handler; who handled it before, in whichever unit, is free of it."""
    to_unit(act)
    handler = act.facts.get("handler")
    act.sets["handler_id"] = staff_named(act.session, act.file.row.agency_id, handler) if handler else None
    if handler and act.sets["handler_id"] is None:
        act.facts["warnings"] = [
            f"工作人员名单中没有承办人“{handler}”，本件暂由承办单位共同办理（{cite_zh('45')}）"
        ]


def staff_named(session: Session, agency_id: int, name: str) -> int | None:
    """The person of the agency's staff with that name or login, if there is one."""
    same_name = (USERS.c.name == name) | (USERS.c.login == name)
    query = select(USERS.c.id).where(USERS.c.agency_id == agency_id, same_name)
    found: int | None = session.execute(query).scalars().first()
    return found


def consult(act: Prepared) -> None:
    """A consulted party is a number in the case; its name is kept encrypted."""
    known = parties(act.session, act.file)
    numbers = [number for number, name in known.items() if name == act.texts["name"]]
    act.facts["party"] = numbers[0] if numbers else max([0, *known]) + 1


def opinion(act: Prepared) -> None:
    """Whose opinion it is; an unknown name is the party that a ledger left unnamed, else the rule says so."""
    known = parties(act.session, act.file)
    numbers = [number for number, name in known.items() if name == act.texts["name"]]
    unknown = UNNAMED if UNNAMED in known else -1
    act.facts["party"] = numbers[0] if numbers else unknown


def fee(act: Prepared) -> None:
    """109号 art. 4: by piece, what the same applicant asked before in the month of receipt counts."""
    if act.facts["basis"] == "per_piece":
        act.facts.pop("pages", None)
        act.facts["before"] = _notified_before(act.file)
        if act.facts["before"] is None:
            act.facts["before"] = pieces_before(act.session, act.file.row)
        act.sets["pieces"] = act.facts["pieces"]
    else:
        act.facts.pop("pieces", None)


def _notified_before(file: CaseFile) -> int | None:
    """The count that a notice rested on which came back: sent again, its amount stays (109号 art. 6)."""
    returned = [fee.event for fee in file.history.fees if fee.standing and fee.returned]
    events = {event.seq: event for event in effective(file.log.events)}
    return events[returned[-1]].facts.get("before") if returned else None


def pieces_before(session: Session, row: Any) -> int:
    """How many pieces the applicant had in this agency and calendar month before this application."""
    first = row.received_on.replace(day=1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    same = CASES.c.person_index == row.person_index
    if row.id_index is not None:
        same = or_(CASES.c.id_index == row.id_index, and_(CASES.c.id_index.is_(None), same))
    earlier = or_(
        CASES.c.registered_at < row.registered_at,
        and_(CASES.c.registered_at == row.registered_at, CASES.c.id < row.id),
    )
    query = select(func.coalesce(func.sum(func.coalesce(CASES.c.pieces, 1)), 0)).where(
        CASES.c.agency_id == row.agency_id,
        CASES.c.state != State.VOIDED,
        CASES.c.received_on >= first,
        CASES.c.received_on < following,
        same,
        earlier,
    )
    return int(session.execute(query).scalar_one())


def service(act: Prepared) -> None:
    """Which letter arrived: by its number, by its kind (the latest), else the reply.

    One that has not been sent yet is left to the rule; a name that is no letter's is bad input.
    """
    wanted = act.facts.pop("letter", None)
    log = act.file.log.events
    # What a correction sent again belongs to the act that sent it first.
    letters = [(event.facts.get("reissues", event.seq), letter) for event in log for letter in event.letters]
    final = {(letter.event, letter.kind) for letter in act.file.history.final_letters}
    for seq, letter in reversed(letters):
        if wanted in (letter.number, letter.kind) or (wanted is None and (seq, letter.kind) in final):
            act.facts |= {"letter": letter.kind, "issued": seq, "number": letter.number}
            return
    if wanted is not None and wanted not in ADDRESSEES:
        raise BadInput("letter", f"本件没有文书“{wanted}”")
    if wanted is not None:
        act.facts["letter"] = wanted


def void(act: Prepared) -> None:
    """A duplicate names the case that stays."""
    other = act.facts.get("duplicate_of")
    if other is None:
        return
    query = select(CASES.c.id).where(CASES.c.number == other, CASES.c.agency_id == act.file.row.agency_id)
    if other == act.file.row.number or act.session.execute(query).one_or_none() is None:
        raise BadInput("duplicate_of", f"没有编号为{other}的其他申请")


PREPARE: dict[Action, Callable[[Prepared], None]] = {
    Action.REGISTER: register,
    Action.ACCEPT: to_unit,
    Action.ASSIGN: to_handler,
    Action.CONSULT_THIRD_PARTY: consult,
    Action.CONSULT_AGENCY: consult,
    Action.RECORD_OPINION: opinion,
    Action.ASSESS_FEE: fee,
    Action.RECORD_SERVICE: service,
    Action.VOID: void,
}

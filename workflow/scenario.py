"""A story told as a file, lived through by the real engine on a throw-away database (docs/formats.md)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import insert

from workflow.agencies import found, named
from workflow.casefile import CaseFile, open_file
from workflow.commands import LEGAL_ZONE, parse, parse_new, perform, register_new, submit
from workflow.commands.bodies import BODIES, RegisterNew, Submit
from workflow.commands.fields import Day
from workflow.correspondence import IssueLetter
from workflow.engine import Actor, catch_up
from workflow.errors import BadInput, NotFound, Refused
from workflow.history import History, Term
from workflow.lifecycle import ROLES, check_place
from workflow.migrations.schema import statements
from workflow.queries.describe import describe
from workflow.sealing import Seal
from workflow.store import Session, Store, open_engine
from workflow.tables import USERS, Agency
from workflow.vocabulary import Action, Role, TermName, TermStatus

#: What an event says besides the body of its act.
FRAME = ("on", "do", "by", "case", "expect")
ONLY = ""
DAY: TypeAdapter[date] = TypeAdapter(Day)


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the file: what is done, when, by whom, in which case."""

    index: int
    on: date
    action: Action
    role: Role
    person: str
    case: str
    body: Mapping[str, Any]
    refusal_expected: bool


@dataclass(slots=True)
class Stage:
    """The throw-away installation on which the story is played."""

    session: Session
    agency: Agency
    numbers: dict[str, str] = field(default_factory=dict)
    people: dict[tuple[Role, str], int] = field(default_factory=dict)


def replay(document: Any, issue_letter: IssueLetter) -> tuple[dict[str, Any], bool]:
    """Play a scenario; gives the answer of docs/formats.md and whether it went as told.

    Raises BadInput naming the event and field.
    """
    name, steps, as_of = read(document)
    with _stage(name, issue_letter) as session:
        stage = Stage(session, named(session, name))
        for step in steps:
            stop = _play(stage, step)
            if stop:
                return stop, False
        until = max([as_of, *(step.on for step in steps)]) if as_of else max(step.on for step in steps)
        cases = {case: _outcome(session, number, until) for case, number in stage.numbers.items()}
    several = any(step.case != ONLY for step in steps)
    return ({"cases": cases} if several else cases.get(ONLY, {})), True


def _stage(name: str, issue_letter: IssueLetter) -> Session:
    engine = open_engine("sqlite://")
    store = Store(engine, Seal(secrets.token_bytes(32)), issue_letter)
    with engine.begin() as connection:
        for statement in statements("sqlite"):
            connection.exec_driver_sql(statement)
    with store.transaction() as session:
        found(session, name)
    return Session(store)


# --- Reading the file -----------------------------------------------------------------------------------


def read(document: Any) -> tuple[str, list[Step], date | None]:
    """Agency, steps and last day of a scenario; raises BadInput naming what is wrong."""
    if not isinstance(document, dict):
        raise BadInput("", "场景文件应为一个 JSON 对象")
    unknown = set(document) - {"agency", "events", "as_of", "title", "note"}
    if unknown:
        raise BadInput("、".join(sorted(unknown)), "没有这个字段")
    agency, events = document.get("agency"), document.get("events")
    if not isinstance(agency, str) or not agency.strip():
        raise BadInput("agency", "缺少机关名称")
    if not isinstance(events, list) or not events:
        raise BadInput("events", "应为非空的列表")
    as_of = _day("as_of", document["as_of"]) if "as_of" in document else None
    steps = [_step(index, event) for index, event in enumerate(events)]
    if any(step.case == ONLY for step in steps) and any(step.case != ONLY for step in steps):
        raise BadInput("events", "有多件申请时，每条记录都应写明 case")
    return agency.strip(), steps, as_of


def _step(index: int, event: Any) -> Step:
    where = f"events[{index}]"
    if not isinstance(event, dict):
        raise BadInput(where, "应为对象")
    action = _action(f"{where}.do", event.get("do"))
    role, person = _who(f"{where}.by", action, event.get("by"))
    case = event.get("case", ONLY)
    if not isinstance(case, str):
        raise BadInput(f"{where}.case", "应为文字")
    expect = event.get("expect")
    if expect not in (None, "refused"):
        raise BadInput(f"{where}.expect", "只能是 refused")
    body = {name: value for name, value in event.items() if name not in FRAME}
    day = _day(f"{where}.on", event.get("on"))
    _check_body(where, action, body)
    return Step(index, day, action, role, person, case, body, expect == "refused")


def _check_body(where: str, action: Action, body: Mapping[str, Any]) -> None:
    """What cannot be read is told before anything is played; a registration from nothing carries more."""
    anew = action is Action.REGISTER and "applicant" in body
    try:
        parse(action, body, model=RegisterNew if anew else None)
    except BadInput as error:
        raise BadInput(where, str(error), error.details) from error


def _action(where: str, word: Any) -> Action:
    known = {action.value: action for action in BODIES}
    if not isinstance(word, str) or word not in known:
        raise BadInput(where, f"没有名为“{word}”的办理动作")
    return known[word]


def _who(where: str, action: Action, word: Any) -> tuple[Role, str]:
    """A role, or a name that tells two people of one role apart; by default the first role of the act."""
    if word is None:
        return ROLES[action][0], ""
    if not isinstance(word, str) or not word.strip():
        raise BadInput(where, "应为角色或姓名")
    return (Role(word), "") if word in set(Role) else (ROLES[action][0], word)


def _day(where: str, word: Any) -> date:
    try:
        return DAY.validate_python(word)
    except ValidationError:
        raise BadInput(where, f"“{word}”不是日历范围内 YYYY-MM-DD 格式的有效日期") from None


# --- Playing it -------------------------------------------------------------------------------------------


def _play(stage: Stage, step: Step) -> dict[str, Any] | None:
    """Do one step; gives what stops the story, if anything does."""
    at = datetime.combine(step.on, time(9), LEGAL_ZONE).astimezone(UTC) + timedelta(seconds=step.index)
    try:
        number = stage.numbers.get(step.case)
        history = _let_time_pass(stage.session, number, step.on).history if number else History()
        check_place(history, step.action, step.role)
        _act(stage, step, number, at, by=_actor(stage, step))
        stage.session.commit()
    except Refused as refusal:
        stage.session.rollback()
        if step.refusal_expected:
            return None
        return {"refused": {"event": step.index, **refusal.as_dict()}}
    except (BadInput, NotFound) as error:
        raise BadInput(f"events[{step.index}]", str(error)) from error
    return {"expected_refusal": {"event": step.index}} if step.refusal_expected else None


def _act(stage: Stage, step: Step, number: str | None, at: datetime, *, by: Actor) -> None:
    session = stage.session
    body = {"on": step.on.isoformat(), **_by_case(stage, step.body)}
    if number is not None:
        perform(session, number, step.action, body, by=by, at=at, simulated=True)
    elif step.action is Action.SUBMIT:
        parsed = parse(Action.SUBMIT, body)
        assert isinstance(parsed, Submit)
        made = submit(session, stage.agency, parsed, by=by, at=at, simulated=True)
        stage.numbers[step.case] = made.file.row.number
    else:
        made = register_new(session, stage.agency, parse_new(body), by=by, at=at, simulated=True)
        stage.numbers[step.case] = made.file.row.number


def _by_case(stage: Stage, body: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario may name another of its cases where a number is wanted."""
    return {
        name: stage.numbers.get(value, value) if name in ("split_of", "duplicate_of") else value
        for name, value in body.items()
    }


def _actor(stage: Stage, step: Step) -> Actor:
    if step.role in (Role.SYSTEM, Role.APPLICANT):
        return Actor(step.role)
    # A name stands for one person whatever the act; without a name, for the one person of the role.
    key = (Role.ADMIN, step.person) if step.person else (step.role, "")
    if key not in stage.people:
        login = f"person-{len(stage.people) + 1}"
        row = {
            "login": login,
            "name": step.person or step.role.zh,
            "password_hash": "",
            "agency_id": stage.agency.id,
            "active": True,
            "failed_logins": 0,
        }
        stage.people[key] = int(stage.session.execute(insert(USERS).returning(USERS.c.id), row).scalar_one())
        stage.session.commit()  # Whoever is refused stays the person that he is.
    return Actor(step.role, stage.people[key])


def _let_time_pass(session: Session, number: str, until: date) -> CaseFile:
    """Sweep the case on each day on which one of its terms lapses, that of `until` included."""
    file = open_file(session, number)
    while (lapsing := min(map(_lapses_on, file.history.terms), default=date.max)) <= until:
        day = max(lapsing, file.history.last_on)  # Served long ago, told today: over as soon as it is told.
        catch_up(session, file, day, datetime.combine(day, time(0), LEGAL_ZONE).astimezone(UTC))
        session.commit()
    return file


def _lapses_on(term: Term) -> date:
    """The day on which a sweep finds the term over; never, when it does not run or is the reply term."""
    running = term.status is TermStatus.RUNNING and term.name is not TermName.REPLY
    return term.due_on + timedelta(days=1) if running else date.max


def _outcome(session: Session, number: str, as_of: date) -> dict[str, Any]:
    return describe(session, _let_time_pass(session, number, as_of), as_of)

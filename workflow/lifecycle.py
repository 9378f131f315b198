"""The one table of what may happen to a case, and the machine that executes it (art. 45).

Guard, buttons, API, permission matrix and chart all read TRANSITIONS; nothing else says what is possible.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from transitions import EventData, Machine

from workflow.corrections import effective
from workflow.effects import EFFECTS
from workflow.effects.consultation import answered_by
from workflow.effects.fee import tariff_of
from workflow.effects.imported import state_of
from workflow.errors import Forbidden, Refused
from workflow.history import NEW, STANDING_FOR, Event, History
from workflow.law.decisions import DECISIONS, Decision
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar, OutOfRange
from workflow.rules import ALWAYS, READY, RULES
from workflow.rules.refusal import refuse
from workflow.vocabulary import OPEN_STATES, Action, Role, State

A, R, S = Action, Role, State
When = Callable[[History, Event], bool]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: who may do what in which states, and where it leads (None: the state stays)."""

    action: Action
    sources: frozenset[State | None]
    target: State | None
    roles: tuple[Role, ...]
    article: str
    when: When | None = None


def _row(
    action: Action,
    sources: Iterable[State | None],
    target: State | None,
    roles: str,
    article: str,
    when: When | None = None,
) -> Transition:
    return Transition(
        action, frozenset(sources), target, tuple(Role(r) for r in roles.split()), article, when
    )


def _last_opinion(h: History, e: Event) -> bool:
    """Whether nobody is waited for after this opinion; one that the timer had closed was none of them."""
    index = answered_by(h, e)
    if h.state is not S.CONSULTING or index is None:
        return False
    answered = h.consultations[index]
    others = any(c.open for i, c in enumerate(h.consultations) if i != index)
    return (answered.open or answered.cancelled) and not others


def _costs(h: History, e: Event) -> bool:
    return tariff_of(e.facts).amount_yuan > 0


def _returned(h: History, e: Event) -> bool:
    """Whether the notice that is sent again had come back by post."""
    fee = h.fees[-1] if h.fees else None
    asked = {
        S.AWAITING_CLARIFICATION: h.clarification,
        S.AWAITING_JUSTIFICATION: h.justification,
        S.AWAITING_PAYMENT: fee,
    }[h.state or S.SUBMITTED]
    return asked is not None and asked.returned


def _imported_as(state: State) -> When:
    return lambda h, e: state_of(e.facts) is state


ANY = frozenset(State)
REGISTERED = ANY - {S.SUBMITTED}
UNTIL_APPROVAL = OPEN_STATES - {S.APPROVED}
#: A ledger row can leave a case open in these states; a later row that says more finds it there.
IMPORTED_OPEN = (S.PROCESSING, S.CONSULTING, S.AWAITING_CLARIFICATION, S.AWAITING_PAYMENT)
IMPORTED_STATES = (*IMPORTED_OPEN, S.CONCLUDED, S.ARCHIVED)

TRANSITIONS: tuple[Transition, ...] = (
    # 登记 registration
    _row(A.SUBMIT, [None], S.SUBMITTED, "applicant clerk", "29"),
    _row(A.REGISTER, [None, S.SUBMITTED], S.SCREENING, "clerk", "31"),
    # 审核 screening
    _row(A.REQUEST_CLARIFICATION, [S.SCREENING, S.PROCESSING], S.AWAITING_CLARIFICATION, "clerk", "30"),
    _row(A.REQUEST_CLARIFICATION, [S.AWAITING_CLARIFICATION], None, "clerk", "30", _returned),
    _row(A.RECEIVE_CLARIFICATION, [S.AWAITING_CLARIFICATION], S.SCREENING, "clerk applicant", "30"),
    _row(A.REQUEST_JUSTIFICATION, [S.SCREENING, S.PROCESSING], S.AWAITING_JUSTIFICATION, "clerk", "35"),
    _row(A.REQUEST_JUSTIFICATION, [S.AWAITING_JUSTIFICATION], None, "clerk", "35", _returned),
    _row(A.RECEIVE_JUSTIFICATION, [S.AWAITING_JUSTIFICATION], S.SCREENING, "clerk applicant", "35"),
    _row(A.JUDGE_JUSTIFICATION, [S.SCREENING], None, "clerk", "35"),
    _row(A.JUDGE_JUSTIFICATION, [S.AWAITING_JUSTIFICATION], S.SCREENING, "clerk", "35"),
    _row(A.ACCEPT, [S.SCREENING], S.PROCESSING, "clerk", "45"),
    _row(A.ASSIGN, UNTIL_APPROVAL, None, "clerk head", "45"),
    _row(A.REPLY_ON_THE_SPOT, [S.SCREENING], S.CONCLUDED, "clerk", "33"),
    # 办理 processing
    _row(A.CONSULT_THIRD_PARTY, [S.PROCESSING, S.CONSULTING], S.CONSULTING, "handler", "32"),
    _row(A.CONSULT_AGENCY, [S.PROCESSING, S.CONSULTING], S.CONSULTING, "handler", "34"),
    _row(A.RECORD_OPINION, [S.CONSULTING], S.PROCESSING, "handler system", "32", _last_opinion),
    _row(A.RECORD_OPINION, OPEN_STATES, None, "handler system", "32"),
    _row(A.OPEN_CONFERENCE, [S.PROCESSING, S.CONSULTING], None, "handler", "11"),
    _row(A.CLOSE_CONFERENCE, [S.PROCESSING, S.CONSULTING], None, "handler", "11"),
    _row(A.ASSESS_FEE, [S.SCREENING, S.PROCESSING], S.AWAITING_PAYMENT, "clerk handler", "109号6", _costs),
    _row(A.ASSESS_FEE, [S.SCREENING, S.PROCESSING], None, "clerk handler", "109号4"),
    _row(A.ASSESS_FEE, [S.AWAITING_PAYMENT], None, "clerk handler", "109号6", _returned),
    _row(A.CANCEL_FEE, [S.AWAITING_PAYMENT], S.PROCESSING, "head", "109号6"),
    _row(A.CANCEL_FEE, [S.CONCLUDED], None, "head", "109号6"),
    _row(A.RECORD_PAYMENT, [S.AWAITING_PAYMENT], S.PROCESSING, "clerk", "109号6"),
    _row(A.EXTEND, OPEN_STATES - {S.AWAITING_CLARIFICATION, S.AWAITING_PAYMENT}, None, "head", "33"),
    # 答复 reply
    _row(A.DRAFT_REPLY, [S.PROCESSING], S.LEGAL_REVIEW, "handler", "36"),
    _row(A.RETURN_DRAFT, [S.LEGAL_REVIEW, S.APPROVAL, S.APPROVED], S.PROCESSING, "legal head", "17"),
    _row(A.PASS_REVIEW, [S.LEGAL_REVIEW], S.APPROVAL, "legal", "17"),
    _row(A.APPROVE, [S.APPROVAL], S.APPROVED, "head", "17"),
    _row(A.ISSUE_REPLY, [S.APPROVED], S.CONCLUDED, "clerk", "36"),
    _row(A.CONFIRM_ABANDONMENT, [S.AWAITING_CLARIFICATION], S.CONCLUDED, "head", "30"),
    _row(A.CONFIRM_ABANDONMENT, [S.AWAITING_PAYMENT], S.CONCLUDED, "head", "109号6"),
    _row(A.WITHDRAW, OPEN_STATES | {S.SUBMITTED}, S.CONCLUDED, "applicant clerk", "45"),
    _row(A.RECORD_SERVICE, ANY, None, "clerk", "45"),
    # 归档 archive, and what may follow a reply
    _row(A.ARCHIVE, [S.CONCLUDED], S.ARCHIVED, "clerk", "45"),
    _row(A.RECORD_REMEDY, REGISTERED, None, "clerk", "51"),
    _row(A.REOPEN, [S.CONCLUDED, S.ARCHIVED], S.PROCESSING, "head", "51"),
    # Mistakes, supervision, and what the system does alone
    _row(A.RECTIFY, ANY, None, "head", "45"),
    _row(A.VOID, OPEN_STATES | {S.SUBMITTED}, S.VOIDED, "head", "45"),
    _row(A.ESCALATE, OPEN_STATES, None, "supervisor system", "47"),
    *(
        _row(A.IMPORTED, [None, *IMPORTED_OPEN], state, "system", "45", _imported_as(state))
        for state in IMPORTED_STATES
    ),
    _row(A.RECALCULATE, OPEN_STATES, None, "system", "33"),
)


def _rows_by_place() -> dict[tuple[State | None, Action], tuple[Transition, ...]]:
    places: dict[tuple[State | None, Action], tuple[Transition, ...]] = {}
    for row in TRANSITIONS:
        for source in row.sources:
            places[source, row.action] = (*places.get((source, row.action), ()), row)
    return places


ROWS = _rows_by_place()
ROLES: dict[Action, tuple[Role, ...]] = {row.action: row.roles for row in TRANSITIONS}


# --- The machine -----------------------------------------------------------------------------------


@cache
def machine() -> Machine:
    """One machine for the process; cases pass through it, none is registered with it."""
    built = Machine(
        model=None,
        states=[NEW, *(state.value for state in State)],
        initial=NEW,
        auto_transitions=False,
        send_event=True,
        queued=False,
        model_attribute="place",
    )
    for row in TRANSITIONS:
        built.add_transition(
            row.action.value,
            [source.value if source else NEW for source in row.sources],
            "=" if row.target is None else row.target.value,
            conditions=[_condition(row.when)] if row.when else None,
            before=_effect,
        )
    return built


def _condition(when: When) -> Callable[[EventData], bool]:
    return lambda data: when(_model(data), data.kwargs["event"])


def _effect(data: EventData) -> None:
    event = data.kwargs["event"]
    effect = EFFECTS.get(event.action)
    if effect:
        effect(_model(data), event, data.kwargs["calendar"])


def _model(data: EventData) -> History:
    assert isinstance(data.model, History)
    return data.model


# --- Moving a case -----------------------------------------------------------------------------------


def move(h: History, event: Event, calendar: Calendar) -> str:
    """Do one act on a case, and give its article; or raise Refused (Forbidden): drop `h` then."""
    rows = check_place(h, event.action, event.role)
    try:
        return _judge_and_move(h, rows, event, calendar)
    except OutOfRange as error:
        refuse(h, event, rows[0].article, f"{error}，请核对日期和期限")


def _judge_and_move(h: History, rows: Sequence[Transition], event: Event, calendar: Calendar) -> str:
    for rule in (*ALWAYS, *READY.get(event.action, ())):
        rule(h, event, calendar)
    h.pass_to(event.on)
    for rule in RULES.get(event.action, ()):
        rule(h, event, calendar)
    article = _article(rows, h, event)
    if not machine().events[event.action.value].trigger(h, event=event, calendar=calendar):
        _refuse_place(h, event.action)
    _settle(h, event, calendar)
    return article


def check_place(h: History, action: Action, role: Role) -> tuple[Transition, ...]:
    """The rows of the table for this act in this state, or a refusal."""
    if role not in ROLES[action]:
        roles = "、".join(allowed.zh for allowed in ROLES[action])
        article = next(row.article for row in TRANSITIONS if row.action is action)
        where = f"“{h.state.zh}”状态下，" if h.state else ""
        message = f"{where}“{action.zh}”由{roles}办理，{role.zh}不能办理（{cite_zh(article)}）"
        raise Forbidden(action.value, h.state.value if h.state else None, article, message)
    rows = ROWS.get((h.state, action), ())
    if not rows:
        _refuse_place(h, action)
    return rows


def _refuse_place(h: History, action: Action) -> None:
    article = next(row.article for row in TRANSITIONS if row.action is action)
    state = f"“{h.state.zh}”" if h.state else "“尚未登记”"
    message = f"本件处于{state}状态，不能“{action.zh}”（{cite_zh(article)}）"
    raise Refused(action.value, h.state.value if h.state else None, article, message)


def _article(rows: Sequence[Transition], h: History, event: Event) -> str:
    """The article that the event cites: that of its row, of the agency asked, or of the decision."""
    if event.action is A.ISSUE_REPLY and h.draft:
        return h.draft.article
    if event.action is A.REPLY_ON_THE_SPOT:
        return DECISIONS[Decision(event.facts["decision"])].article
    if event.action is A.CONSULT_AGENCY:
        return str(event.facts.get("under", 34))
    if event.action is A.RECORD_OPINION:
        asked = answered_by(h, event)
        return h.consultations[asked].article if asked is not None else rows[0].article
    met = (row.article for row in rows if row.when is None or row.when(h, event))
    return next(met, rows[0].article)


def _settle(h: History, event: Event, calendar: Calendar) -> None:
    h.last_on, h.last_seq = event.on, event.seq
    if h.imported and event.role is not R.SYSTEM and event.action is not A.ESCALATE:
        h.taken_over = True
    for warning in event.facts.get("warnings", ()):
        h.warn(warning)
    if event.facts.get("reissues"):
        h.reissued[event.seq] = event.facts["reissues"]
    if event.letters:
        h.letters[event.seq] = event.letters
        h.letters_on[event.seq] = event.on
    h.reckon(calendar)


def allowed(
    h: History,
    role: Role,
    person: int | None,
    day: date,
    calendar: Calendar,
    *,
    standing_for: int | None = None,
) -> list[Action]:
    """What this role may do now, in the order of the table; the same rules that guard the act."""
    facts = {} if standing_for is None else {STANDING_FOR: standing_for}
    asking = Event(h.last_seq + 1, max(day, h.last_on), Action.SUBMIT, role, facts, person)
    probe = replace(h, terms=list(h.terms))
    probe.pass_to(day)
    return [
        action
        for action in ROLES
        if role in ROLES[action] and _ready(probe, replace(asking, action=action), calendar)
    ]


def _ready(h: History, event: Event, calendar: Calendar) -> bool:
    action = event.action
    rows = ROWS.get((h.state, action), ())
    if all(row.when is _returned for row in rows):
        rows = tuple(row for row in rows if _returned(h, event))
    try:
        for rule in READY.get(action, ()) if rows else ():
            rule(h, event, calendar)
    except Refused:
        return False
    return bool(rows)


# --- Folding a log -----------------------------------------------------------------------------------


def fold(log: Iterable[Event], calendar: Calendar, as_of: date | None = None) -> History:
    """The course of a case as its log tells it, up to `as_of`; corrections are applied, nothing is judged."""
    h = History()
    for event in effective(log):
        h.pass_to(event.on)
        target = next(
            row.target for row in ROWS[h.state, event.action] if row.when is None or row.when(h, event)
        )
        effect = EFFECTS.get(event.action)
        if effect:
            effect(h, event, calendar)
        if target is not None:
            h.state = target
        _settle(h, event, calendar)
    if as_of:
        h.pass_to(as_of)
    return h


def retrace(log: Sequence[Event], calendar: Calendar) -> tuple[History, list[int]]:
    """Walk a log that ends with its correction under all rules; gives the course, and what does not hold.

    That is, the timer's events: they are dropped, for nobody did them.
    Raises Refused, naming the event in `message`, when a later act would not have been possible.
    """
    h, dropped = History(), []
    for event in effective(log):
        if event.facts.get("deemed") and not _lapsed_by(h, event):
            dropped.append(event.seq)
            continue
        try:
            move(h, event, calendar)
        except Refused as refusal:
            message = f"更正后第{event.seq}条记录“{event.action.zh}”不再成立：{refusal.message}"
            now = fold(log[:-1], calendar).state
            raise Refused(A.RECTIFY.value, now and now.value, refusal.article, message) from refusal
    return h, dropped


def _lapsed_by(h: History, event: Event) -> bool:
    """Whether the consultation that the timer closed had indeed lapsed by that day."""
    index = answered_by(h, event)
    return index is not None and h.terms[h.consultations[index].term].due_on < event.on

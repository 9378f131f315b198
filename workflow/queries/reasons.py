"""Why a case waits for somebody: the reasons of the desk in their order, each with its roles and states."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_, select

from workflow.absences import Absent
from workflow.memos import MemoKind
from workflow.tables import CASES, EVENTS, KEPT_FORMS, MEMOS, TERMS
from workflow.vocabulary import OPEN_STATES, Action, Role, State, TermName, TermStatus, Word


class Reason(Word):
    """Why a case lies on a desk, the most pressing reason first."""

    PRESSED = "pressed", "督办"
    LAPSED = "lapsed", "逾期待处理"
    HANDED_BACK = "handed_back", "退回待转办"
    REMINDED = "reminded", "催办"
    RETURNED = "returned", "退回修改"
    ANSWERED = "answered", "新回复"
    KEPT = "kept", "我的草稿"
    TO_REGISTER = "to_register", "待登记"
    TO_SCREEN = "to_screen", "待审核"
    TO_REVIEW = "to_review", "待审查"
    TO_SIGN = "to_sign", "待签发"
    TO_SEND = "to_send", "待发出"
    GAVE_BACK = "gave_back", "已退回，等待转办"
    TO_HANDLE = "to_handle", "待办理"
    ASKED = "asked", "征求意见中"
    AWAITING = "awaiting", "等待申请人"
    TO_FILE = "to_file", "待送达、归档"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose desk it is: their own roles, and the people who are away and left them their work."""

    user_id: int
    own: frozenset[Role]
    absent: tuple[Absent, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """All roles in which they act."""
        return self.own.union(*(each.roles for each in self.absent))

    @property
    def handlers(self) -> frozenset[int]:
        """Whose cases they handle: their own, and those of absent handlers."""
        absent = {each.id for each in self.absent if Role.HANDLER in each.roles}
        return frozenset(absent | ({self.user_id} if Role.HANDLER in self.own else set()))


States = Collection[State]
#: Whose turn it is in a state.
TURNS: Mapping[Role, frozenset[State]] = {
    Role.CLERK: frozenset(
        {
            State.SCREENING,
            State.AWAITING_CLARIFICATION,
            State.AWAITING_JUSTIFICATION,
            State.AWAITING_PAYMENT,
            State.APPROVED,
        }
    ),
    Role.HANDLER: frozenset({State.PROCESSING, State.CONSULTING}),
    Role.LEGAL: frozenset({State.LEGAL_REVIEW}),
    Role.HEAD: frozenset({State.APPROVAL}),
}
AWAITED = (State.AWAITING_CLARIFICATION, State.AWAITING_JUSTIFICATION, State.AWAITING_PAYMENT)
ASSIGNABLE = OPEN_STATES - {State.APPROVED}

#: For which roles a case lies on the desk under a reason, and in which states.
WHOSE: Mapping[Reason, Mapping[Role, States]] = {
    Reason.PRESSED: {**TURNS, Role.HEAD: OPEN_STATES},
    Reason.LAPSED: {
        Role.HEAD: (State.AWAITING_CLARIFICATION, State.AWAITING_PAYMENT),
        Role.CLERK: (State.AWAITING_JUSTIFICATION,),
    },
    Reason.HANDED_BACK: {Role.CLERK: ASSIGNABLE, Role.HEAD: ASSIGNABLE},
    Reason.REMINDED: {Role.HANDLER: TURNS[Role.HANDLER]},
    Reason.RETURNED: {Role.HANDLER: TURNS[Role.HANDLER]},
    Reason.ANSWERED: {Role.CLERK: (State.SCREENING,), Role.HANDLER: TURNS[Role.HANDLER]},
    Reason.TO_REGISTER: {Role.CLERK: (State.SUBMITTED,)},
    Reason.TO_SCREEN: {Role.CLERK: (State.SCREENING,)},
    Reason.TO_REVIEW: {Role.LEGAL: (State.LEGAL_REVIEW,)},
    Reason.TO_SIGN: {Role.HEAD: (State.APPROVAL,)},
    Reason.TO_SEND: {Role.CLERK: (State.APPROVED,)},
    Reason.GAVE_BACK: {Role.HANDLER: TURNS[Role.HANDLER]},
    Reason.TO_HANDLE: {Role.HANDLER: (State.PROCESSING,)},
    Reason.ASKED: {Role.HANDLER: (State.CONSULTING,)},
    Reason.AWAITING: {Role.CLERK: AWAITED},
    Reason.TO_FILE: {Role.CLERK: (State.CONCLUDED,)},
}
#: What is usually done under a reason, where the state does not say it.
NEXT_OF: Mapping[tuple[Reason, State], Action] = {
    **{(Reason.HANDED_BACK, state): Action.ASSIGN for state in ASSIGNABLE},
    (Reason.LAPSED, State.AWAITING_CLARIFICATION): Action.CONFIRM_ABANDONMENT,
    (Reason.LAPSED, State.AWAITING_PAYMENT): Action.CONFIRM_ABANDONMENT,
    (Reason.LAPSED, State.AWAITING_JUSTIFICATION): Action.JUDGE_JUSTIFICATION,
}
#: The term whose end decides about what the applicant owes in a state.
OWED = {
    State.AWAITING_CLARIFICATION: TermName.CLARIFICATION,
    State.AWAITING_JUSTIFICATION: TermName.JUSTIFICATION,
    State.AWAITING_PAYMENT: TermName.PAYMENT,
}
#: The applicant's answers; what the clerk has entered is no news to the clerk.
ANSWERS = (Action.RECEIVE_CLARIFICATION, Action.RECEIVE_JUSTIFICATION)
#: After these, what came before still waits.
QUIET = (Action.RECALCULATE, Action.ESCALATE)


def waiting(reason: Reason, owner: Owner, today: date) -> ColumnElement[bool] | None:
    """Which cases lie on this desk under a reason; None where it is nothing to the owner's roles."""
    if reason is Reason.KEPT:
        kept = select(KEPT_FORMS.c.case_id).where(KEPT_FORMS.c.user_id == owner.user_id)
        return CASES.c.id.in_(kept.where(KEPT_FORMS.c.case_id.is_not(None)))
    turns = [_turn(role, states, owner) for role, states in WHOSE[reason].items() if role in owner.roles]
    if not turns:
        return None
    conditions = {
        Reason.PRESSED: lambda: _last(literal(True), but=(Action.RECALCULATE,), only=(Action.ESCALATE,)),
        Reason.LAPSED: lambda: _lapsed(today),
        Reason.HANDED_BACK: lambda: _memo(MemoKind.HAND_BACK),
        Reason.GAVE_BACK: lambda: _memo(MemoKind.HAND_BACK),
        Reason.REMINDED: lambda: _memo(MemoKind.REMINDER),
        Reason.RETURNED: _returned,
        Reason.ANSWERED: answered,
    }
    further = [conditions[reason]()] if reason in conditions else []
    return and_(or_(*turns), *further)


def _turn(role: Role, states: States, owner: Owner) -> ColumnElement[bool]:
    """A handler sees what is theirs or nobody's; everything else is shared by all who hold the role."""
    here = CASES.c.state.in_(sorted(states))
    if role is not Role.HANDLER:
        return here
    return and_(here, or_(CASES.c.handler_id.is_(None), CASES.c.handler_id.in_(sorted(owner.handlers))))


def stood_for(reason: Reason, state: State, handler_id: int | None, owner: Owner) -> str:
    """For whom, who is away, a case lies on this desk; nobody, if it would lie there anyway."""
    if reason is Reason.KEPT:
        return ""
    roles = {role for role, states in WHOSE[reason].items() if state in states}
    if any(_theirs(role, owner.user_id, handler_id) for role in roles & owner.own):
        return ""
    absent = (
        each.name
        for each in owner.absent
        if any(_theirs(role, each.id, handler_id) for role in roles & each.roles)
    )
    return next(absent, "")


def _theirs(role: Role, user_id: int, handler_id: int | None) -> bool:
    return role is not Role.HANDLER or handler_id in (None, user_id)


# --- Conditions ------------------------------------------------------------------------------------------


def _last(
    which: ColumnElement[bool], *, but: Collection[Action], only: Collection[Action]
) -> ColumnElement[bool]:
    """Whether the last act, not counting some, is one of these: found at the end of the case's log."""
    wanted = case((and_(EVENTS.c.action.in_(sorted(only)), which), 1), else_=0)
    last = (
        select(wanted)
        .where(EVENTS.c.case_id == CASES.c.id, EVENTS.c.action.not_in(sorted(but)))
        .order_by(EVENTS.c.seq.desc())
        .limit(1)
    )
    return last.scalar_subquery() == 1


def answered() -> ColumnElement[bool]:
    """The last act is an answer: the applicant's own, or somebody's opinion; and nobody has acted since."""
    opinion = EVENTS.c.action == Action.RECORD_OPINION
    theirs = or_(opinion, EVENTS.c.role == Role.APPLICANT)
    return _last(theirs, but=QUIET, only=(*ANSWERS, Action.RECORD_OPINION))


def _returned() -> ColumnElement[bool]:
    """The last draft was returned, and none has been made since."""
    drafts = (Action.DRAFT_REPLY, Action.RETURN_DRAFT, Action.REOPEN)
    last = (
        select(EVENTS.c.action)
        .where(EVENTS.c.case_id == CASES.c.id, EVENTS.c.action.in_(drafts))
        .order_by(EVENTS.c.seq.desc())
        .limit(1)
    )
    return last.scalar_subquery() == Action.RETURN_DRAFT


def _memo(kind: MemoKind) -> ColumnElement[bool]:
    """Somebody asks for something, and it is not settled."""
    asked = and_(MEMOS.c.case_id == CASES.c.id, MEMOS.c.kind == kind.value, MEMOS.c.settled_at.is_(None))
    return exists(select(MEMOS.c.id).where(asked))


def _lapsed(today: date) -> ColumnElement[bool]:
    """The applicant's time is over, and nobody has drawn the consequence yet."""
    over = or_(
        TERMS.c.status == TermStatus.LAPSED,
        and_(TERMS.c.status == TermStatus.RUNNING, TERMS.c.due_on < today),
    )
    owed = [and_(CASES.c.state == state, TERMS.c.name == name) for state, name in OWED.items()]
    return exists(select(TERMS.c.id).where(TERMS.c.case_id == CASES.c.id, or_(*owed), over))


#: The countdowns beside the reply's; that of the clarification notice counts while a case is screened.
COUNTED_DOWN = (
    TermName.CLARIFICATION,
    TermName.JUSTIFICATION,
    TermName.THIRD_PARTY_OPINION,
    TermName.AGENCY_OPINION,
    TermName.PAYMENT,
)


def counting_down(today: date) -> ColumnElement[bool]:
    """The terms of a case that run beside the reply's, and are not over."""
    notice = and_(TERMS.c.name == TermName.CLARIFICATION_NOTICE, CASES.c.state == State.SCREENING)
    return and_(
        TERMS.c.case_id == CASES.c.id,
        TERMS.c.status == TermStatus.RUNNING,
        TERMS.c.due_on >= today,
        or_(TERMS.c.name.in_(COUNTED_DOWN), notice),
    )

"""Extension, draft, reply, and what ends or reopens a case (arts. 30, 33, 36)."""

from dataclasses import replace
from datetime import date

from workflow.clock import Cause
from workflow.history import Event, History
from workflow.law import terms as law
from workflow.law.decisions import DECISIONS, Decision
from workflow.law.remedies import RULES as REMEDY_RULES
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar, natural
from workflow.records import Draft, FinalLetter
from workflow.vocabulary import Method, State, TermName, TermStatus

#: Ends without an answer: the reply term is cancelled, not met.
UNANSWERED = frozenset({Decision.WITHDRAWN, Decision.ABANDONED_CLARIFICATION, Decision.ABANDONED_PAYMENT})


def extend(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 33: up to 20 more working days, counted on from the day the term would have ended."""
    if h.clock:
        h.clock = replace(h.clock, extension=e.facts["workdays"])


def draft_reply(h: History, e: Event, calendar: Calendar) -> None:
    """The handler's draft goes into review."""
    decision = Decision(e.facts["decision"])
    if DECISIONS[decision].evidence and not e.facts.get("evidence_count"):
        h.warn(f"“{DECISIONS[decision].zh}”尚未附证据材料（{cite_zh(DECISIONS[decision].article)}）")
    grounds = tuple(dict.fromkeys(e.facts.get("grounds", ())))
    h.draft = Draft(e.seq, decision, grounds, e.people, e.facts.get("correction"))


def issue_reply(h: History, e: Event, calendar: Calendar) -> None:
    """The reply goes out; whether it was in time is decided by this day."""
    if h.draft:
        _conclude(h, e, calendar, h.draft.decision, served=_serves_itself(e), kind=h.draft.letter_kind)


def reply_on_the_spot(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 33¶1: what can be answered at once is answered at once, into the applicant's hand."""
    _conclude(h, e, calendar, Decision(e.facts["decision"]), served=e.on)


def confirm_abandonment(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 30, 109号 art. 6: no answer, no payment in the set time: the application is not pursued."""
    unpaid = h.state is State.AWAITING_PAYMENT
    decision = Decision.ABANDONED_PAYMENT if unpaid else Decision.ABANDONED_CLARIFICATION
    _conclude(h, e, calendar, decision, served=None)


def withdraw(h: History, e: Event, calendar: Calendar) -> None:
    """The applicant takes the application back."""
    _conclude(h, e, calendar, Decision.WITHDRAWN, served=None)


def _serves_itself(e: Event) -> date | None:
    return e.on if e.facts.get("method") == Method.IN_PERSON else None


def _conclude(
    h: History, e: Event, calendar: Calendar, decision: Decision, served: date | None, kind: str = ""
) -> None:
    finish(h, e, calendar, decision, served)
    if decision is not Decision.WITHDRAWN:
        h.final_letters.append(FinalLetter(e.seq, kind or DECISIONS[decision].letter_kind, served))


def finish(h: History, e: Event, calendar: Calendar, decision: Decision, served: date | None) -> None:
    """End every term, note the decision, and open the remedies that it gives."""
    answered = decision not in UNANSWERED
    if answered and h.due and e.on > h.due.due_on:
        h.warn(f"{e.on}答复，已逾{h.due.due_on}的答复期限（{cite_zh('33')}）")
    h.close_terms(TermStatus.MET if answered else TermStatus.CANCELLED, TermName.REPLY)
    h.close_terms(TermStatus.CANCELLED)
    h.end_consultations()
    h.decide(decision, e.on)
    _open_remedies(h, e, decision, served, calendar)


def _open_remedies(h: History, e: Event, decision: Decision, served: date | None, calendar: Calendar) -> None:
    """The applicant's periods run from service; until it is proved they are awaited."""
    for name, length in REMEDY_RULES[DECISIONS[decision].remedy].periods:
        start = served or e.on
        _nominal, due_on = natural(start, length, calendar)
        status = TermStatus.RUNNING if served else TermStatus.AWAITED
        h.open_term(TermName(name), e, due_on, length.article, runs_from=start, status=status)


def archive(h: History, e: Event, calendar: Calendar) -> None:
    """The closed file goes to the archive for its retention period."""
    h.retention = str(e.facts["retention"])


def reopen(h: History, e: Event, calendar: Calendar) -> None:
    """The reply was set aside, or the office takes it back: a new one is due on a set day."""
    h.close_terms(TermStatus.CANCELLED, TermName.RECONSIDERATION, TermName.LITIGATION)
    h.decision = h.concluded_on = h.draft = h.conservative_due_on = None
    h.reopened = e.seq
    h.start_clock(e.on, Cause.REOPENING, e, fixed=e.on_or("reply_by"))


def reissue(h: History, e: Event, calendar: Calendar) -> None:
    """A letter that ended the case goes out again, corrected: it has to be served, and remedies run anew."""
    kinds = {letter.kind for letter in e.letters}
    for index, final in enumerate(h.final_letters):
        if final.event == e.facts.get("reissues") and final.kind in kinds:
            h.final_letters[index] = replace(final, served=None)
            _await_remedies(h, e, final.event, calendar)


def _await_remedies(h: History, e: Event, event: int, calendar: Calendar) -> None:
    lengths = {TermName.RECONSIDERATION: law.RECONSIDERATION, TermName.LITIGATION: law.LITIGATION}
    for index, term in enumerate(h.terms):
        if term.event == event and term.name in lengths and term.status not in USED:
            _nominal, due_on = natural(e.on, lengths[term.name], calendar)
            h.set_term(index, runs_from=e.on, due_on=due_on, status=TermStatus.AWAITED)


#: A remedy that was taken, or that another reply made void.
USED = frozenset({TermStatus.MET, TermStatus.CANCELLED})


def void(h: History, e: Event, calendar: Calendar) -> None:
    """Registered by mistake: nothing runs any more."""
    h.close_terms(TermStatus.CANCELLED)
    h.end_consultations()

"""Proof of service, and the remedies that run from it (复议法, 行诉法)."""

from dataclasses import replace
from datetime import date

from workflow.history import Event, History, Remedy
from workflow.law import terms as law
from workflow.law.workdays import Calendar, natural
from workflow.vocabulary import TermName, TermStatus

#: The letter that starts a term, by the term's name: proof of its service gives the first day.
STARTED_BY = {
    TermName.CLARIFICATION: "clarification_notice",
    TermName.JUSTIFICATION: "justification_notice",
    TermName.THIRD_PARTY_OPINION: "third_party_consultation",
    TermName.AGENCY_OPINION: "agency_consultation",
    TermName.PAYMENT: "fee_notice",
}


def record_service(h: History, e: Event, calendar: Calendar) -> None:
    """Proof that a letter arrived, or came back: it starts, or cancels, what runs from it."""
    letter, served = e.facts["letter"], e.on_or("served_on")
    returned = bool(e.facts.get("returned"))
    for index, final in enumerate(h.final_letters):
        if (
            final.event == e.facts["issued"]
            and final.kind == letter
            and final.served is None
            and not returned
        ):
            h.final_letters[index] = replace(final, served=served)
            _start_remedies(h, final.event, served, calendar)
    for index, term in enumerate(h.terms):
        if term.event == e.facts["issued"] and STARTED_BY.get(term.name) == letter:
            _serve_notice(h, index, served, calendar, returned=returned)


def _start_remedies(h: History, event: int, served: date, calendar: Calendar) -> None:
    lengths = {TermName.RECONSIDERATION: law.RECONSIDERATION, TermName.LITIGATION: law.LITIGATION}
    for index, term in enumerate(h.terms):
        if term.event == event and term.status is TermStatus.AWAITED and term.name in lengths:
            _nominal, due_on = natural(served, lengths[term.name], calendar)
            h.set_term(index, runs_from=served, due_on=due_on, status=TermStatus.RUNNING)


def _serve_notice(h: History, index: int, served: date, calendar: Calendar, *, returned: bool) -> None:
    term = h.terms[index]
    if term.status in (TermStatus.MET, TermStatus.CANCELLED):
        return
    if returned:
        h.set_term(index, status=TermStatus.CANCELLED)
        h.take_back(term.event)
    elif not any(c.event == term.event and not c.open for c in h.consultations):
        days = calendar.workdays_between(term.runs_from, term.due_on)
        due_on = calendar.add_workdays(served, days)
        h.set_term(index, runs_from=served, due_on=due_on, status=TermStatus.RUNNING)


def record_remedy(h: History, e: Event, calendar: Calendar) -> None:
    """A reconsideration or suit is filed, or has its outcome."""
    filed_on, kind = e.on_or("filed_on"), e.facts["kind"]
    outcome = e.facts.get("outcome")
    decided_on = e.on_or("decided_on") if outcome else None
    file_remedy(h, Remedy(e.seq, kind, filed_on, outcome, decided_on))
    if kind == "reconsideration" and decided_on:
        length = law.LITIGATION_AFTER_RECONSIDERATION
        _nominal, due_on = natural(decided_on, length, calendar)
        h.open_term(TermName.LITIGATION, e, due_on, length.article, runs_from=decided_on)


def file_remedy(h: History, remedy: Remedy) -> None:
    """Add a remedy, or its outcome to the one it is the same as, and end the periods that it used."""
    same = [i for i, known in enumerate(h.remedies) if _same(known, remedy)]
    if same:
        h.remedies[same[-1]] = replace(remedy, event=h.remedies[same[-1]].event)
    else:
        h.remedies.append(remedy)
    used = TermName.RECONSIDERATION if remedy.kind == "reconsideration" else TermName.LITIGATION
    h.close_terms(TermStatus.MET, used)
    if remedy.kind == "reconsideration" and remedy.outcome:
        h.close_terms(TermStatus.CANCELLED, TermName.LITIGATION)


def _same(known: Remedy, remedy: Remedy) -> bool:
    """Filed on the same day; or pending, from a ledger that did not tell the day."""
    undated = known.filed_on is None and known.outcome is None
    return known.kind == remedy.kind and (undated or known.filed_on == remedy.filed_on)

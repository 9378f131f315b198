"""Proof of service, and the remedies that run from it (复议法, 行诉法)."""

from dataclasses import replace
from datetime import date, timedelta

from workflow.history import Event, History
from workflow.law import terms as law
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar, natural
from workflow.records import Remedy
from workflow.vocabulary import Method, TermName, TermStatus

#: The letters that start a term, by the term's name: proof of service of one gives the first day.
STARTED_BY = {
    TermName.CLARIFICATION: ("clarification_notice",),
    TermName.JUSTIFICATION: ("justification_notice",),
    TermName.THIRD_PARTY_OPINION: ("third_party_consultation",),
    TermName.AGENCY_OPINION: ("agency_consultation", "secrecy_review_request"),
    TermName.PAYMENT: ("fee_notice",),
}


def record_service(h: History, e: Event, calendar: Calendar) -> None:
    """Proof that a letter arrived, or came back: it starts, or cancels, what runs from it.

    What has arrived once is served: that it arrived again, by another way, moves nothing.
    """
    letter, number, served = e.facts["letter"], e.facts["number"], served_on(e)
    returned = bool(e.facts.get("returned"))
    if not returned:
        _doubt(h, e)
        if number in h.served:
            return
        h.served[number] = served
        if _superseded(h, e):
            return
        _prove(h, e, served, calendar)
    for index, term in enumerate(h.terms):
        if term.event == e.facts["issued"] and letter in STARTED_BY.get(term.name, ()):
            _serve_notice(h, index, served, calendar, returned=returned)


def _superseded(h: History, e: Event) -> bool:
    """Whether the letter has been sent again, corrected: what arrives of the old one moves nothing."""
    corrected = h.sent(e.facts["issued"], e.facts["letter"])
    again = e.facts["issued"] in h.reissued.values()
    return bool(again and corrected and corrected[0].number != e.facts["number"])


def served_on(e: Event) -> date:
    """The day of service: as it is told, by public notice at the latest when its days are over."""
    return e.day("served_on") or noticed_on(e) or e.on


def noticed_on(e: Event) -> date | None:
    """The day on which a letter that was published counts as served (民诉法 95)."""
    published = e.day("published_on")
    return published_until(published) if published else None


def published_until(published: date) -> date:
    """The day on which a public notice has stood its days."""
    return published + timedelta(days=law.PUBLIC_NOTICE.count)


def _doubt(h: History, e: Event) -> None:
    """What the proof would have to name, and does not: shown, never refused."""
    method, number = e.facts.get("method"), e.facts["number"]
    if method == Method.REGISTERED_POST and not e.facts.get("tracking_no"):
        h.warn(f"{number}以邮寄送达，未填写邮件编号，请核对回执后补记（{cite_zh('民诉法91')}）")
    if method == Method.PUBLIC_NOTICE and not e.facts.get("published_on"):
        days, article = law.PUBLIC_NOTICE.count, cite_zh(law.PUBLIC_NOTICE.article)
        h.warn(f"{number}以公告送达，未填写公告日期，请核对是否已满{days}日（{article}）")


def _prove(h: History, e: Event, served: date, calendar: Calendar) -> None:
    """A letter that ended the case has arrived: the applicant's remedies run."""
    for index, final in enumerate(h.final_letters):
        if (final.event, final.kind) == (e.facts["issued"], e.facts["letter"]) and final.served is None:
            h.final_letters[index] = replace(final, served=served)
            _start_remedies(h, final.event, served, calendar)


def _start_remedies(h: History, event: int, served: date, calendar: Calendar) -> None:
    lengths = {TermName.RECONSIDERATION: law.RECONSIDERATION, TermName.LITIGATION: law.LITIGATION}
    for index, term in enumerate(h.terms):
        if term.event == event and term.status is TermStatus.AWAITED and term.name in lengths:
            _nominal, due_on = natural(served, lengths[term.name], calendar)
            h.set_term(index, runs_from=served, due_on=due_on, status=TermStatus.RUNNING)


def _serve_notice(h: History, index: int, served: date, calendar: Calendar, *, returned: bool) -> None:
    """The period runs from service; where the answer is there already, only its days are put right."""
    term = h.terms[index]
    if term.status is TermStatus.CANCELLED:
        return
    if returned:
        if term.status is not TermStatus.MET:
            h.set_term(index, status=TermStatus.CANCELLED)
            _take_back(h, term.event)
        return
    due_on = calendar.add_workdays(served, calendar.workdays_between(term.runs_from, term.due_on))
    waiting = h.is_open and not _has_answer(h, term.event)
    status = TermStatus.RUNNING if waiting else term.status
    h.set_term(index, runs_from=served, due_on=due_on, status=status)


def _has_answer(h: History, event: int) -> bool:
    """Whether what the notice of `event` asked for has come, or is no longer waited for."""
    asked = [n for n in (h.clarification, h.justification) if n and n.event == event]
    return (
        any(notice.received or notice.reasonable is not None for notice in asked)
        or any(fee.event == event and (fee.paid_on or fee.cancelled) for fee in h.fees)
        or any(c.event == event and not c.open for c in h.consultations)
    )


def _take_back(h: History, event: int) -> None:
    """The letter of `event` came back: what it asked counts as not asked."""
    if h.clarification and h.clarification.event == event:
        h.clarification = replace(h.clarification, returned=True)
    if h.justification and h.justification.event == event:
        h.justification = replace(h.justification, returned=True)
    for i, asked in enumerate(h.consultations):
        if asked.event == event:
            h.consultations[i] = replace(asked, cancelled=True)
    for i, fee in enumerate(h.fees):
        if fee.event == event:
            h.fees[i] = replace(fee, returned=True)


def record_remedy(h: History, e: Event, calendar: Calendar) -> None:
    """A reconsideration or suit is filed, or has its outcome."""
    kind, outcome = e.facts["kind"], e.facts.get("outcome")
    before = e.facts.get("body"), e.facts.get("case_no")
    remedy = Remedy(e.seq, kind, e.on_or("filed_on"), outcome, e.day("decided_on"), *before)
    if remedy.outcome and not remedy.decided_on and not _known_day(h, remedy):
        remedy = replace(remedy, decided_on=e.on)
    decided = file_remedy(h, remedy)
    if decided and kind == "reconsideration" and remedy.decided_on:
        length = law.LITIGATION_AFTER_RECONSIDERATION
        _nominal, due_on = natural(remedy.decided_on, length, calendar)
        h.open_term(TermName.LITIGATION, e, due_on, length.article, runs_from=remedy.decided_on)


def _known_day(h: History, remedy: Remedy) -> date | None:
    return next((known.decided_on for known in h.remedies if _same(known, remedy)), None)


def file_remedy(h: History, remedy: Remedy) -> bool:
    """Add a remedy, or what is new of the one it is the same as, and end the periods that it used.

    Gives whether it brings a decision that was not known before.
    """
    same = [i for i, known in enumerate(h.remedies) if _same(known, remedy)]
    known = h.remedies[same[-1]] if same else replace(remedy, outcome=None, decided_on=None)
    merged = replace(
        known,
        filed_on=remedy.filed_on,
        outcome=remedy.outcome or known.outcome,
        decided_on=remedy.decided_on or known.decided_on,
        body=remedy.body or known.body,
        case_no=remedy.case_no or known.case_no,
    )
    if same:
        h.remedies[same[-1]] = merged
    else:
        h.remedies.append(merged)
    decided = (merged.outcome, merged.decided_on) != (known.outcome, known.decided_on)
    if merged.event > h.reopened:
        _use_periods(h, merged, decided=decided)
    return decided


def _use_periods(h: History, remedy: Remedy, *, decided: bool) -> None:
    """Filing uses a period up; after a reconsideration the suit has a period of its own."""
    if remedy.kind != "reconsideration":
        h.close_terms(TermStatus.MET, TermName.LITIGATION)
        return
    h.close_terms(TermStatus.MET, TermName.RECONSIDERATION)
    if decided:
        h.close_terms(TermStatus.CANCELLED, TermName.LITIGATION)


def _same(known: Remedy, remedy: Remedy) -> bool:
    """Filed on the same day; or pending, from a ledger that did not tell the day."""
    undated = known.filed_on is None and known.outcome is None
    return known.kind == remedy.kind and (undated or known.filed_on == remedy.filed_on)

"""Third parties and agencies asked for their opinion (arts. 11, 17, 32–34), and 会商."""

from dataclasses import replace

from workflow.effects.notices import notify
from workflow.history import Consultation, Event, History
from workflow.law import terms as law
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar
from workflow.vocabulary import TermName, TermStatus


def consult_third_party(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 32: the third party has 15 working days from receipt; the time does not count (art. 33¶3)."""
    _consult(h, e, calendar, TermName.THIRD_PARTY_OPINION, law.THIRD_PARTY_OPINION, "32")


def consult_agency(h: History, e: Event, calendar: Calendar) -> None:
    """Arts. 11, 17, 34: another agency is asked; under art. 34 its silence is consent."""
    article = str(e.facts.get("under", 34))
    _consult(h, e, calendar, TermName.AGENCY_OPINION, law.AGENCY_OPINION, article)


def _consult(
    h: History, e: Event, calendar: Calendar, name: TermName, length: law.Length, article: str
) -> None:
    fixed = h.clock is not None and h.clock.fixed is not None
    counts = h.due is not None and e.on <= h.due.due_on and not fixed
    if not counts:
        reason = "答复期限已另行确定" if fixed else "征求意见时答复期限已届满"
        h.warn(f"{e.on}{reason}，征求意见的时间不予扣除（{cite_zh('33¶3')}）")
    party = e.facts["party"]
    term = notify(h, e, calendar, name, article, length.count, party)
    h.consultations.append(Consultation(e.seq, name, party, article, e.on, term, len(h.runs), counts))


def record_opinion(h: History, e: Event, calendar: Calendar) -> None:
    """The opinion came, or the timer found that it did not; only what came in time moves a date."""
    index = answered_by(h, e)
    if index is None:
        return
    asked = h.consultations[index]
    if e.facts.get("deemed"):
        lapsed_on = h.terms[asked.term].due_on
        consents = e.facts.get("consents")
        h.consultations[index] = replace(asked, closed=lapsed_on, by_timer=True, consents=consents)
        return
    term, day = h.terms[asked.term], e.on_or("received_on")
    late = day > term.due_on and term.status is not TermStatus.AWAITED
    if late:
        h.warn(f"{day}收到的意见已逾{term.due_on}的期限，不影响答复期限（{cite_zh(asked.article)}）")
        h.set_term(asked.term, status=TermStatus.LAPSED)
    else:
        h.set_term(asked.term, status=TermStatus.MET)
    keep = late and asked.by_timer
    h.consultations[index] = replace(
        asked,
        closed=asked.closed if keep else day,
        answered=True,
        consents=asked.consents if keep else e.facts["consents"],
        reasonable=asked.reasonable if keep else e.facts.get("reasonable"),
    )


def answered_by(h: History, e: Event) -> int | None:
    """Which consultation an opinion belongs to: the oldest open one, else one that the timer closed."""
    same = [
        (i, c)
        for i, c in enumerate(h.consultations)
        if c.party == e.facts["party"] and e.facts.get("asked") in (None, c.event) and not c.cancelled
    ]
    waiting = next((i for i, c in same if c.open), None)
    if waiting is not None or e.facts.get("deemed"):
        return waiting
    return next((i for i, c in same if c.by_timer and not c.answered), None)


def open_conference(h: History, e: Event, calendar: Calendar) -> None:
    """会商 inside the city's own circle; it does not stop the clock."""
    h.conferences.append(e.seq)
    h.open_conference = e.seq


def close_conference(h: History, e: Event, calendar: Calendar) -> None:
    """The conference has its conclusion."""
    h.open_conference = None

"""Third parties and agencies asked for their opinion (arts. 11, 17, 32–34), and 会商."""

from dataclasses import replace
from datetime import date
from typing import Any

from workflow.effects.notices import notify
from workflow.history import Event, History
from workflow.law import terms as law
from workflow.law.statute import cite_zh
from workflow.law.workdays import Calendar
from workflow.records import Consultation
from workflow.vocabulary import State, TermName, TermStatus


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
        h.set_term(asked.term, status=TermStatus.LAPSED)
        return
    day = e.on_or("received_on")
    late = not asked.cancelled and _late(h, asked, day)
    keep = late and asked.by_timer
    h.consultations[index] = replace(
        asked,
        closed=h.terms[asked.term].due_on if keep else day,
        answered=True,
        late=keep,
        consents=asked.consents if keep else e.facts["consents"],
        reasonable=asked.reasonable if keep else e.facts.get("reasonable"),
        opinion=e.seq,
        received=day,
    )


def _late(h: History, asked: Consultation, day: date) -> bool:
    """End the term by the day of the opinion; what came late is flagged."""
    term = h.terms[asked.term]
    late = day > term.due_on and term.status is not TermStatus.AWAITED
    h.set_term(asked.term, status=TermStatus.LAPSED if late else TermStatus.MET)
    if late:
        h.warn(f"{day}收到的意见已逾{term.due_on}的期限，不影响答复期限（{cite_zh(asked.article)}）")
    return late


def answered_by(h: History, e: Event) -> int | None:
    """Which consultation an opinion belongs to: the oldest open one, else one that the timer closed.

    Else the last one, if its letter came back: the party was reached otherwise, and the case can go on.
    """
    same = [
        (i, c)
        for i, c in enumerate(h.consultations)
        if c.party == e.facts["party"] and e.facts.get("asked") in (None, c.event)
    ]
    waiting = next((i for i, c in same if c.open), None)
    if waiting is not None or e.facts.get("deemed"):
        return waiting
    closed = next((i for i, c in same if c.by_timer and not c.answered and not c.cancelled), None)
    if closed is not None or not same:
        return closed
    return same[-1][0] if unreached(h, same[-1][1]) else None


def unreached(h: History, asked: Consultation) -> bool:
    """Whether the case still waits for somebody whose letter came back."""
    return h.state is State.CONSULTING and asked.cancelled and not asked.answered


def lapsed_consultations(h: History, day: date) -> list[dict[str, Any]]:
    """What the timer has to record by `day`: the facts of one `record_opinion` per lapsed consultation.

    Art. 34: an agency's silence is consent; art. 32: otherwise the office decides by the law.
    Where the case ended before the opinion came (withdrawn, say), nothing is owed any more.
    """
    if not h.is_open:
        return []
    return [
        {
            "party": c.party,
            "asked": c.event,
            "deemed": True,
            "consents": True if c.name is TermName.AGENCY_OPINION and c.article == "34" else None,
        }
        for c in h.open_consultations()
        if h.terms[c.term].due_on < day and h.terms[c.term].status is not TermStatus.AWAITED
    ]


def open_conference(h: History, e: Event, calendar: Calendar) -> None:
    """会商 inside the city's own circle; it does not stop the clock."""
    h.conferences.append(e.seq)
    h.open_conference = e.seq


def close_conference(h: History, e: Event, calendar: Calendar) -> None:
    """The conference has its conclusion."""
    h.open_conference = None

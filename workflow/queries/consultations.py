"""Whom a case has asked for an opinion (arts. 32–34), what they said, and what that does to the clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflow.casefile import CaseFile, texts_of
from workflow.history import Term
from workflow.law.workdays import Calendar
from workflow.queries.timeline import Entry, EntryLetter
from workflow.records import Consultation
from workflow.store import Session
from workflow.vocabulary import TermStatus, Word


class Effect(Word):
    """What a consultation does to the reply term (art. 33¶3)."""

    RUNNING = "running", "征求意见中，预计不计入答复期限"
    EXCLUDED = "excluded", "不计入答复期限"
    NONE = "none", "收到意见较快，没有需要扣除的工作日"
    RETURNED = "returned", "文书退回，未起算，不影响答复期限"
    TOO_LATE = "too_late", "发出时答复期限已届满或者已另行确定，不扣除"
    RESTARTED = "restarted", "答复期限此后重新起算，不再扣除"


@dataclass(frozen=True, slots=True)
class Asked:
    """A consultation as the file tells it."""

    name: str
    asked: Consultation
    term: Term
    question: str
    asked_by: str
    letters: tuple[EntryLetter, ...]
    #: When the letter reached them; unknown while it is in the post.
    served: date | None
    received: date | None
    recorded_by: str
    effect: Effect
    #: How many working days are left out for it.
    workdays: int


def consultations(
    session: Session, file: CaseFile, names: Mapping[int, str], entries: Iterable[Entry]
) -> list[Asked]:
    """The consultations of a case, oldest first; `entries` is its timeline, which tells who did what."""
    texts = texts_of(session, file) if file.history.consultations else {}
    told = {entry.seq: entry for entry in entries}
    found = []
    for each in file.history.consultations:
        term, entry = file.history.terms[each.term], told.get(each.event)
        answer = told.get(each.opinion) if each.opinion else None
        effect, workdays = _effect(file, each, session.calendar)
        found.append(
            Asked(
                name=names.get(each.party, "第三方"),
                asked=each,
                term=term,
                question=texts.get(each.event, {}).get("question", ""),
                asked_by=(entry.person or "") if entry else "",
                letters=entry.letters if entry else (),
                served=None if each.cancelled or term.status is TermStatus.AWAITED else term.runs_from,
                received=each.received,
                recorded_by=(answer.person or "") if answer else "",
                effect=effect,
                workdays=workdays,
            )
        )
    return found


def _effect(file: CaseFile, asked: Consultation, calendar: Calendar) -> tuple[Effect, int]:
    """What it does to the term that runs now, counted for itself: days that overlap count once."""
    if asked.cancelled:
        return Effect.RETURNED, 0
    if not asked.counts:
        return Effect.TOO_LATE, 0
    if asked.run != len(file.history.runs):
        return Effect.RESTARTED, 0
    last_day = file.history.terms[asked.term].due_on
    closed = min(asked.closed, last_day) if asked.closed and asked.answered else last_day
    workdays = max(0, calendar.workdays_between(asked.sent, closed))
    if asked.open:
        return Effect.RUNNING, workdays
    return (Effect.EXCLUDED, workdays) if workdays else (Effect.NONE, 0)

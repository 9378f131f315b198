"""会商 of a case (art. 11): who took part, what was asked, what each of them said, and what came of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workflow.casefile import CaseFile, texts_of
from workflow.corrections import effective
from workflow.errors import NotFound
from workflow.history import Event
from workflow.queries.timeline import Entry, EntryLetter
from workflow.store import Session
from workflow.vocabulary import Action

COLON = re.compile("[：:]")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one of the participants said; empty where nothing was written down."""

    party: str
    text: str


@dataclass(frozen=True, slots=True)
class Conference:
    """One 会商, counted within its case; closed by nobody as long as it has no conclusion."""

    no: int
    opened: int
    on: date
    opened_by: str
    participants: tuple[str, ...]
    question: str
    letters: tuple[EntryLetter, ...]
    closed: int | None = None
    closed_on: date | None = None
    closed_by: str = ""
    opinions: tuple[Opinion, ...] = ()
    conclusion: str = ""


def conferences(session: Session, file: CaseFile, entries: Iterable[Entry]) -> list[Conference]:
    """The conferences of a case, oldest first; `entries` is its timeline, which tells who did what."""
    texts = texts_of(session, file) if file.history.conferences else {}
    told = {entry.seq: entry for entry in entries}
    found: list[Conference] = []
    for event in effective(file.log.events):
        if event.action is Action.OPEN_CONFERENCE:
            found.append(_opened(len(found) + 1, event, texts, told))
        elif event.action is Action.CLOSE_CONFERENCE and found:
            found[-1] = _closed(found[-1], event, texts, told)
    return found


def conference(session: Session, file: CaseFile, entries: Iterable[Entry], no: int) -> Conference:
    """One of them; raises NotFound."""
    found = conferences(session, file, entries)
    if not 0 < no <= len(found):
        raise NotFound(f"本件没有第{no}次会商")
    return found[no - 1]


def _opened(
    no: int, event: Event, texts: Mapping[int, Mapping[str, Any]], told: Mapping[int, Entry]
) -> Conference:
    said, entry = texts.get(event.seq, {}), told.get(event.seq)
    return Conference(
        no=no,
        opened=event.seq,
        on=event.on,
        opened_by=_person(entry),
        participants=tuple(said.get("participants", ())),
        question=said.get("question", ""),
        letters=entry.letters if entry else (),
    )


def _closed(
    was: Conference, event: Event, texts: Mapping[int, Mapping[str, Any]], told: Mapping[int, Entry]
) -> Conference:
    said = texts.get(event.seq, {})
    return replace(
        was,
        closed=event.seq,
        closed_on=event.on,
        closed_by=_person(told.get(event.seq)),
        opinions=tuple(opinions(was.participants, said.get("opinions", ()))),
        conclusion=said.get("conclusion", ""),
    )


def _person(entry: Entry | None) -> str:
    return (entry.person or "") if entry else ""


def opinions(participants: Sequence[str], lines: Iterable[str]) -> list[Opinion]:
    """Lines of `单位：意见` by participant, in the order of the participants; then who else was heard."""
    said: dict[str, list[str]] = {name: [] for name in participants}
    for line in lines:
        name, text = _split(line, participants)
        if text:
            said.setdefault(name, []).append(text)
    return [Opinion(name, "\n".join(texts)) for name, texts in said.items()]


def _split(line: str, participants: Sequence[str]) -> tuple[str, str]:
    """Who says what in a line; without a colon nobody says the whole of it."""
    parts = COLON.split(line, maxsplit=1)
    if len(parts) == 2 and parts[0].strip():
        return parts[0].strip(), parts[1].strip()
    name = line.strip()
    return (name, "") if name in participants else ("", line.strip("：: "))

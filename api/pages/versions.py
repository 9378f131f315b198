"""Both versions of a case side by side, for somebody whose form was overtaken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from api.clock import today
from api.forms import Entry
from api.pages.actform import ActForm
from api.pages.course import Told, told
from api.pages.difference import WHOLE, Line, difference
from workflow.casefile import CaseFile, parties
from workflow.clock import day_zh
from workflow.law.decisions import DECISIONS
from workflow.queries.timeline import timeline
from workflow.queries.versions import Version, version_of
from workflow.store import Session
from workflow.vocabulary import Action

NONE = "—"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in both versions."""

    title: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether it is not what it was."""
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class Text:
    """A longer text as one wrote it and as the record has it, line by line."""

    title: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """The case as it was when the form was opened, and as it is now."""

    then: int
    now: int
    rows: tuple[Row, ...]
    #: What the form says, beside what the same act has written meanwhile.
    typed: tuple[Row, ...]
    texts: tuple[Text, ...]
    #: The records since then.
    since: tuple[Told, ...]


def versions(
    session: Session, file: CaseFile, form: ActForm, entries: Iterable[Entry], seen: int
) -> Versions:
    """Both of them; `entries` are the answers in the form that was filled in upon version `seen`."""
    names = parties(session, file)
    since = told(timeline(session, file, after=seen), names)
    mine = _answers(entries)
    theirs = _recorded(form.action, since)
    then, now = (_lines(version_of(session, file, n, today()), names) for n in (seen, file.version))
    told_of = [title for title in then if {then[title], now[title]} != {NONE}]
    long = [title for title, value in mine.items() if title in theirs and _is_long(value, theirs[title])]
    short = [title for title in mine if title not in long]
    return Versions(
        then=seen,
        now=file.version,
        rows=tuple(Row(title, then[title], now[title]) for title in told_of),
        typed=tuple(Row(title, mine[title], theirs.get(title, NONE)) for title in short),
        texts=tuple(_text(title, mine[title], theirs[title]) for title in long),
        since=tuple(since),
    )


def _lines(version: Version, names: dict[int, str]) -> dict[str, str]:
    """A version in words, by the names of its lines."""
    return {
        "状态": version.state.zh,
        "收到日期": day_zh(version.received_on) if version.received_on else NONE,
        "答复截止": _due(version),
        "保守期限": day_zh(version.conservative_due_on) if version.conservative_due_on else NONE,
        "其他期限": "；".join(_terms(version, names)) or NONE,
        "承办": " · ".join(filter(None, (version.unit, version.handler))) or NONE,
        "处理决定": DECISIONS[version.decision].zh if version.decision else NONE,
        "答复理由": str(version.draft.get("reasons") or NONE),
    }


def _due(version: Version) -> str:
    if version.due_on is None:
        return NONE
    said = day_zh(version.due_on) + ("（暂定）" if version.provisional else "")
    return f"期限暂停，暂停前为{said}" if version.paused else said


def _terms(version: Version, names: dict[int, str]) -> Iterator[str]:
    for term in version.terms:
        party = names.get(term.party, "") if term.party is not None else ""
        yield f"{term.name.zh}{f'（{party}）' if party else ''} {day_zh(term.due_on)}"


def _answers(entries: Iterable[Entry]) -> dict[str, str]:
    """What stands in the form, by the titles under which records tell of it."""
    found: dict[str, str] = {}
    for entry in entries:
        labels = {choice.value: choice.label for choice in entry.field.choices}
        texts = [labels.get(text, text.replace("\r\n", "\n").strip()) for text in entry.typed]
        if any(texts):
            found[entry.field.title.partition("（")[0]] = "\n".join(filter(None, texts))
    return found


def _recorded(action: Action, since: Iterable[Told]) -> dict[str, str]:
    """What the same act has written since, the last time that it was done."""
    same = [each for each in since if each.entry.action is action and not each.entry.struck]
    lines: dict[str, Any] = dict(same[-1].lines) if same else {}
    return {title: value if isinstance(value, str) else "\n".join(value) for title, value in lines.items()}


def _is_long(*texts: str) -> bool:
    return any("\n" in text or len(text) > 40 for text in texts)


def _text(title: str, left: str, right: str) -> Text:
    groups = difference(left, right, around=WHOLE)
    if not groups:
        same = tuple(Line("", n, n, ((False, line),)) for n, line in enumerate(left.splitlines(), 1))
        return Text(title, same, same)
    lines = [line for group in groups for line in group]
    return Text(
        title,
        tuple(line for line in lines if line.left is not None),
        tuple(line for line in lines if line.right is not None),
    )

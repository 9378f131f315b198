"""What belongs into the archived file of a case (卷内文件), each with what the index tells of it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from api.clock import now
from api.letterfile import Makers
from api.letterpage import title_of
from api.pages.rendering import ENVIRONMENT, STATIC
from letters.kinds import KINDS
from workflow.attachments import Attachment, Category, content_of
from workflow.clock import legal_day
from workflow.documents import Form, document
from workflow.errors import Incomplete
from workflow.queries.letters import letter
from workflow.store import Store

#: In this order they lie in the file: what was asked, what was done, what it rests on, what was given.
ASKED, RESTS_ON, GIVEN = Category.APPLICATION, Category.EVIDENCE, Category.DISCLOSURE


@dataclass(frozen=True, slots=True)
class Piece:
    """One document of the file; its content is fetched when its turn comes, one at a time."""

    title: str
    number: str
    #: 责任者: who is answerable for it.
    by: str
    on: date
    name: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of a case before its documents are fetched: all that the database has to tell."""

    number: str
    case_id: int
    agency: str
    applicant: str
    last_on: date
    retention: str
    #: For the print of the whole file, and the minutes of each conference.
    told: Mapping[str, Any]
    sheets: tuple[Mapping[str, Any], ...]
    events: Mapping[str, Any]
    attachments: tuple[Attachment, ...]

    @property
    def removed(self) -> list[Attachment]:
        """The attachments that were taken out: told of, and left out."""
        return [each for each in self.attachments if each.removed_at]


def pieces(dossier: Dossier, store: Store, uploads: Path, makers: Makers) -> Iterator[Piece]:
    """Every document in its order."""
    office, on = dossier.agency, dossier.last_on
    yield Piece(
        "案卷（登记、期限、办理情况）", dossier.number, office, on, "案卷.html", partial(_print, dossier)
    )
    yield from _attached(dossier, store, uploads, ASKED)
    yield from _letters(dossier, store, makers)
    for sheet in dossier.sheets:
        yield _minutes(dossier, sheet)
    yield from _attached(dossier, store, uploads, RESTS_ON)
    yield from _attached(dossier, store, uploads, GIVEN)
    told = json.dumps(dossier.events, ensure_ascii=False, indent=1).encode()
    yield Piece("办理记录", dossier.number, office, on, "办理记录.json", lambda: told)


def style() -> bytes:
    """What the sheets of the file look like; they need nothing else."""
    return (STATIC / "paper.css").read_bytes()


def sheet_of(template: str, **told: Any) -> bytes:
    """A sheet that can be read without the program."""
    return ENVIRONMENT.get_template(template).render(request=None, **told).encode()


def _print(dossier: Dossier) -> bytes:
    return sheet_of("case_print.html", printed_at=None, **dossier.told)


def _minutes(dossier: Dossier, sheet: Mapping[str, Any]) -> Piece:
    each = sheet["each"]
    title, on = f"会商纪要（第{each.no}次）", each.closed_on or each.on
    content = partial(sheet_of, "minutes.html", **sheet)
    return Piece(title, "", dossier.agency, on, f"会商纪要（第{each.no}次）.html", content)


def _letters(dossier: Dossier, store: Store, makers: Makers) -> Iterator[Piece]:
    """The letters as they were issued, laid out as PDF, in their order."""
    for told in dossier.told["case"]["letters"]:
        content = partial(_pdf, store, dossier.case_id, told["id"], makers)
        title, on = _title(store, dossier.case_id, told), date.fromisoformat(told["on"])
        name = f"文书/{told['number']} {title}.pdf"
        yield Piece(title, told["number"], dossier.agency, on, name, content)


def _pdf(store: Store, case_id: int, letter_id: int, makers: Makers) -> bytes:
    with store.reading() as session:
        found = letter(session, case_id, letter_id)
    return document(store, found, Form.PDF, makers[Form.PDF], now())


def _title(store: Store, case_id: int, told: Mapping[str, Any]) -> str:
    """The title that a letter bears; where it cannot be read any more, that of its kind."""
    try:
        with store.reading() as session:
            return title_of(letter(session, case_id, told["id"]))
    except Incomplete:
        return KINDS[told["kind"]].zh


def _attached(dossier: Dossier, store: Store, uploads: Path, category: Category) -> Iterator[Piece]:
    """The files of a category, every version of them, as they were brought."""
    by = dossier.applicant if category is ASKED else dossier.agency
    for each in dossier.attachments:
        if each.category is category and not each.removed_at:
            title = each.name if each.version == 1 else versioned(each.name, each.version)
            content = partial(content_of, store.seal, uploads, each)
            yield Piece(title, "", by, legal_day(each.at), f"{category.zh}/{title}", content)


def versioned(name: str, version: int) -> str:
    """A name that says which version it is."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}（第{version}版）.{ending}" if dot else f"{name}（第{version}版）"

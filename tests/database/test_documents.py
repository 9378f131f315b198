"""A letter's documents: made once, kept encrypted, and the same for everybody ever after."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Row, func, select, update

from letters.document import read
from letters.pdf import Press
from tests import processes
from tests.office import FIRST_DAY, Office, morning
from workflow.casefile import open_file
from workflow.documents import Form, Maker, document
from workflow.errors import Incomplete
from workflow.queries.letters import StoredLetter, letter
from workflow.store import Store
from workflow.tables import LETTER_DOCUMENTS, LETTERS
from workflow.vocabulary import State

AT = morning(FIRST_DAY)
#: Bytes that no text has.
CONTENT = b"%PDF-\xff\x00\x80 1"


def gives(content: bytes) -> Maker:
    """A maker of that one content."""
    return lambda _html, _on: content


def never(_html: str, _on: date) -> bytes:
    """A maker that nobody should need."""
    raise AssertionError("it is kept already")


@pytest.fixture
def receipt(office: Office) -> StoredLetter:
    """A letter that was issued."""
    return letters_of(office, office.register())[0]


def letters_of(office: Office, number: str) -> list[StoredLetter]:
    with office.store.reading() as session:
        case_id = open_file(session, number).id
        ids = session.execute(select(LETTERS.c.id).where(LETTERS.c.case_id == case_id).order_by(LETTERS.c.id))
        return [letter(session, case_id, row.id) for row in ids.all()]


def rows(store: Store) -> list[Row[Any]]:
    with store.reading() as session:
        return list(session.execute(select(LETTER_DOCUMENTS)).all())


def test_a_document_is_made_when_it_is_first_asked_for_and_never_again(
    office: Office, receipt: StoredLetter
) -> None:
    first = document(office.store, receipt, Form.PDF, gives(CONTENT), AT)

    again = document(office.store, receipt, Form.PDF, never, AT)

    assert first == again == CONTENT
    (row,) = rows(office.store)
    assert (row.letter_id, row.form, row.made_at) == (receipt.id, "pdf", AT)
    assert row.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert CONTENT not in row.content


def test_a_maker_is_given_the_frozen_text_and_the_day_of_the_letter(
    office: Office, receipt: StoredLetter
) -> None:
    given: list[object] = []

    def note(html: str, on: date) -> bytes:
        given.extend((html, on))
        return CONTENT

    document(office.store, receipt, Form.WORD, note, AT)

    assert given == [receipt.html, FIRST_DAY]


def test_each_form_is_kept_by_itself(office: Office, receipt: StoredLetter) -> None:
    document(office.store, receipt, Form.PDF, gives(b"a"), AT)
    document(office.store, receipt, Form.WORD, gives(b"b"), AT)

    kept = [document(office.store, receipt, form, never, AT) for form in (Form.PDF, Form.WORD)]

    assert kept == [b"a", b"b"]


def test_of_two_that_make_it_at_once_the_first_wins_and_both_show_the_same(
    office: Office, receipt: StoredLetter
) -> None:
    both_have_made_theirs = threading.Barrier(2)

    def make(own: bytes) -> bytes:
        def maker(_html: str, _on: date) -> bytes:
            both_have_made_theirs.wait(timeout=60)
            return own

        return document(office.store, receipt, Form.PDF, maker, AT)

    with ThreadPoolExecutor() as threads:
        one, other = threads.map(make, [b"one", b"other"])

    assert one == other
    assert one in (b"one", b"other")
    assert len(rows(office.store)) == 1


def test_another_process_shows_what_was_kept(office: Office, database_url: str) -> None:
    number = office.register()
    (receipt,) = letters_of(office, number)
    made = document(office.store, receipt, Form.PDF, lambda html, on: Press().pdf([read(html)], on=on), AT)

    shown = processes.together(processes.read_document, [(database_url, number, receipt.id, Form.PDF)])

    assert shown == [made]


def test_what_is_kept_is_shown_while_somebody_writes(office: Office, receipt: StoredLetter) -> None:
    document(office.store, receipt, Form.PDF, gives(CONTENT), AT)

    with office.store.transaction() as session:
        session.execute(update(LETTER_DOCUMENTS).values(made_at=AT))
        shown = document(office.store, receipt, Form.PDF, never, AT)

    assert shown == CONTENT


def test_what_cannot_be_made_leaves_nothing(office: Office, receipt: StoredLetter) -> None:
    with pytest.raises(AssertionError):
        document(office.store, receipt, Form.PDF, never, AT)

    with office.store.reading() as session:
        assert session.execute(select(func.count()).select_from(LETTER_DOCUMENTS)).scalar_one() == 0


def test_a_document_that_was_tampered_with_is_not_shown(office: Office, receipt: StoredLetter) -> None:
    document(office.store, receipt, Form.PDF, gives(CONTENT), AT)
    (row,) = rows(office.store)
    changed = row.content[:-1] + bytes([row.content[-1] ^ 1])

    change(office.store, content=changed)

    with pytest.raises(Incomplete, match=f"文书{receipt.number}的PDF文件无法解密"):
        document(office.store, receipt, Form.PDF, never, AT)


def test_a_document_whose_digest_is_another_is_not_shown(office: Office, receipt: StoredLetter) -> None:
    document(office.store, receipt, Form.PDF, gives(CONTENT), AT)

    change(office.store, sha256="0" * 64)

    with pytest.raises(Incomplete, match="与首次生成时不一致"):
        document(office.store, receipt, Form.PDF, never, AT)


def test_a_document_cannot_be_read_in_the_place_of_another(office: Office) -> None:
    first, second = letters_of(office, office.case_at(State.SCREENING))[:2]
    document(office.store, first, Form.PDF, gives(CONTENT), AT)

    change(office.store, form="docx")
    with pytest.raises(Incomplete, match=first.number):
        document(office.store, first, Form.WORD, never, AT)

    change(office.store, form="pdf", letter_id=second.id)
    with pytest.raises(Incomplete, match=second.number):
        document(office.store, second, Form.PDF, never, AT)


def change(store: Store, **values: Any) -> None:
    with store.transaction() as session:
        session.execute(update(LETTER_DOCUMENTS).values(**values))

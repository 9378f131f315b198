"""Anybody who holds a letter can verify it by number and code; guessing gives nothing."""

import hashlib
from collections.abc import Callable

import pytest
from sqlalchemy import update

from tests.database.test_documents import letters_of
from tests.office import FIRST_DAY, Office, morning
from workflow.correspondence import LetterOrder, WrittenLetter
from workflow.documents import Form, document
from workflow.errors import Incomplete, NotFound
from workflow.queries.fates import Fate
from workflow.queries.letters import StoredLetter
from workflow.store import Store
from workflow.tables import LETTERS
from workflow.verification import UNKNOWN, Genuine, genuine
from workflow.vocabulary import State

Codes = dict[str, str]


@pytest.fixture
def codes(store: Store) -> Codes:
    """The code that each letter is issued with, by its number: what its reader finds at its foot."""
    write, known = store.issue_letter, Codes()

    def note(order: LetterOrder) -> WrittenLetter:
        known[order.number] = order.code
        return write(order)

    store.issue_letter = note
    return known


@pytest.fixture
def reply(office: Office, codes: Codes) -> StoredLetter:
    """A letter that was issued and stands."""
    assert not codes
    return letters_of(office, office.case_at(State.CONCLUDED))[-1]


def verified(office: Office, number: str, code: str) -> Genuine:
    with office.store.reading() as session:
        return genuine(session, number, code)


def test_number_and_code_tell_what_was_issued_when_and_by_whom(
    office: Office, codes: Codes, reply: StoredLetter
) -> None:
    found = verified(office, reply.number, codes[reply.number])

    assert found == Genuine(
        letter=reply,
        agency=office.agency.name,
        agency_phone=office.agency.phone,
        pdf_sha256=None,
        fate=Fate(),
    )


def test_the_digest_of_the_pdf_is_told_once_there_is_one(
    office: Office, codes: Codes, reply: StoredLetter
) -> None:
    document(office.store, reply, Form.WORD, lambda _html, _on: b"word", morning(FIRST_DAY))
    without = verified(office, reply.number, codes[reply.number])
    document(office.store, reply, Form.PDF, lambda _html, _on: b"pdf", morning(FIRST_DAY))

    assert without.pdf_sha256 is None
    assert (
        verified(office, reply.number, codes[reply.number]).pdf_sha256 == hashlib.sha256(b"pdf").hexdigest()
    )


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda number: number, id="as it stands"),
        pytest.param(lambda number: number.replace("〔", "[").replace("〕", "]"), id="square brackets"),
        pytest.param(lambda number: number.replace("〔", "(").replace("〕", ")"), id="round brackets"),
        pytest.param(lambda number: number.replace("〔", "（").replace("〕", "）"), id="full-width round"),
        pytest.param(lambda number: number.replace("〔", "［").replace("〕", "］"), id="full-width square"),
        pytest.param(lambda number: number.replace("〔", "【").replace("〕", "】"), id="black"),
        pytest.param(lambda number: number.replace("2026", "２０２６"), id="full-width digits"),
        pytest.param(lambda number: f" {number.replace('〔', ' 〔 ')} ", id="blanks"),
    ],
)
def test_a_number_is_known_however_it_is_typed(
    office: Office, codes: Codes, reply: StoredLetter, typed: Callable[[str], str]
) -> None:
    assert verified(office, typed(reply.number), codes[reply.number]).letter == reply


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(str.lower, id="small letters"),
        pytest.param(lambda code: f"{code[:4]}-{code[4:8]}-{code[8:]}", id="hyphens"),
        pytest.param(lambda code: f" {code[:4]} {code[4:]} ", id="blanks"),
        pytest.param(lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code), id="full-width"),
    ],
)
def test_a_code_is_known_however_it_is_typed(
    office: Office, codes: Codes, reply: StoredLetter, typed: Callable[[str], str]
) -> None:
    assert verified(office, reply.number, typed(codes[reply.number])).letter == reply


def test_a_wrong_number_a_wrong_code_and_anothers_code_are_refused_alike(
    office: Office, codes: Codes, reply: StoredLetter
) -> None:
    right, *others = codes[reply.number], *(code for n, code in codes.items() if n != reply.number)
    tries = [(reply.number, "34679ACDEFGH"), (reply.number, others[0]), (reply.number, "")]
    tries += [(f"{reply.number}1", right), ("", right), ("", "")]

    for number, code in tries:
        with pytest.raises(NotFound, match=UNKNOWN):
            verified(office, number, code)


def test_the_code_is_not_kept(office: Office, codes: Codes, reply: StoredLetter) -> None:
    with office.store.reading() as session:
        kept = str(session.execute(LETTERS.select()).all())

    assert reply.number in kept
    assert codes[reply.number] not in kept


def test_a_letter_that_is_no_longer_what_was_issued_is_not_vouched_for(
    office: Office, codes: Codes, reply: StoredLetter
) -> None:
    with office.store.transaction() as session:
        session.execute(update(LETTERS).where(LETTERS.c.id == reply.id).values(sha256="0" * 64))

    with pytest.raises(Incomplete, match="与发出时不一致"):
        verified(office, reply.number, codes[reply.number])

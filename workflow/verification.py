"""Whether a letter is genuine: whoever holds its number and code learns that it was issued, and by whom."""

import hashlib
import hmac
from dataclasses import dataclass

from sqlalchemy import select

from workflow.casefile import open_file
from workflow.documents import Form, kept
from workflow.errors import NotFound
from workflow.queries.fates import Fate, fates
from workflow.queries.letters import StoredLetter, letter
from workflow.sealing import normal
from workflow.store import Session
from workflow.tables import AGENCIES, CASES, LETTERS

#: A wrong number and a wrong code look alike.
UNKNOWN = "没有找到这件文书，请核对文号和核验码"
#: 〔〕 stand on few keyboards: any brackets will do.
BRACKETS = str.maketrans(dict.fromkeys("[{【〔〖〈《<", "(") | dict.fromkeys("]}】〕〗〉》>", ")"))


@dataclass(frozen=True, slots=True)
class Genuine:
    """A letter that was issued, by whom, and what has become of it."""

    letter: StoredLetter
    agency: str
    agency_phone: str
    #: Digest of the PDF; none: it has not been made yet.
    pdf_sha256: str | None
    fate: Fate


def genuine(session: Session, number: str, code: str) -> Genuine:
    """The letter of that number and code; raises NotFound.

    Raises Incomplete when what is stored is no longer what was issued.
    """
    row = session.execute(
        select(LETTERS.c.id, LETTERS.c.case_id, LETTERS.c.number, CASES.c.number.label("case"))
        .add_columns(AGENCIES.c.name, AGENCIES.c.phone)
        .join(CASES, CASES.c.id == LETTERS.c.case_id)
        .join(AGENCIES, AGENCIES.c.id == LETTERS.c.agency_id)
        .where(LETTERS.c.verification_digest == session.seal.tracking_digest(code))
    ).one_or_none()
    if row is None or not _same(row.number, number):
        raise NotFound(UNKNOWN)
    found = letter(session, row.case_id, row.id)
    pdf = kept(session, found, Form.PDF)
    return Genuine(
        letter=found,
        agency=row.name,
        agency_phone=row.phone,
        pdf_sha256=None if pdf is None else hashlib.sha256(pdf).hexdigest(),
        fate=fates(session, open_file(session, row.case))[found.number],
    )


def _same(number: str, typed: str) -> bool:
    return hmac.compare_digest(_plain(number).encode(), _plain(typed).encode())


def _plain(number: str) -> str:
    return normal(number).translate(BRACKETS)

"""The agencies of an installation, and the codes that head their numbers (art. 4)."""

from pypinyin import Style, lazy_pinyin
from sqlalchemy import insert, select

from workflow.errors import NotFound
from workflow.store import Session
from workflow.tables import AGENCIES, Agency


def found(session: Session, name: str, **more: object) -> Agency:
    """Set an agency up under its name; its code is made of the initials of the name, and is unique."""
    base = initials(name) or "JG"
    taken = set(session.execute(select(AGENCIES.c.code).where(AGENCIES.c.code.startswith(base))).scalars())
    code = next(
        code for n in range(1, len(taken) + 2) if (code := base if n == 1 else f"{base}{n}") not in taken
    )
    values = {
        "code": code,
        "name": name,
        "letter_code": name,
        "kind": "department",
        "address": "",
        "phone": "",
        "reconsideration_body": "",
        "court": "",
        **more,
    }
    row = session.execute(insert(AGENCIES).returning(AGENCIES), values).one()
    return Agency(**row._mapping)


def named(session: Session, name: str) -> Agency:
    """The agency of that name or code; raises NotFound."""
    known = (AGENCIES.c.name == name) | (AGENCIES.c.code == name)
    row = session.execute(select(AGENCIES).where(known)).one_or_none()
    if row is None:
        raise NotFound(f"没有名为“{name}”的机关")
    return Agency(**row._mapping)


def by_id(session: Session, agency_id: int) -> Agency:
    """The agency of that key."""
    return Agency(**session.execute(select(AGENCIES).where(AGENCIES.c.id == agency_id)).one()._mapping)


def named_or_found(session: Session, name: str) -> Agency:
    """The agency of that name or code; set up if it is unknown."""
    try:
        return named(session, name)
    except NotFound:
        return found(session, name)


def initials(name: str) -> str:
    """The first letters of the name's reading, in capitals: 招远市财政局 → ZYSCZJ."""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).upper()
    return "".join(c for c in letters if c.isascii() and c.isalnum())

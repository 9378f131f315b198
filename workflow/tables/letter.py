"""Letters: as they were issued, as documents, in an office's own words, and the numbers that none bears."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from workflow.tables.columns import key


class Letter(SQLModel, table=True):
    """A letter as it was issued: frozen text and context, encrypted, with the digest of the text."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("agency_id", "number"),
        Index("ix_letters_case", "case_id"),
        Index("ix_letters_day", "agency_id", "on_date"),
        Index("ix_letters_verification", "verification_digest", unique=True),
    )

    id: int | None = key()
    agency_id: int = Field(foreign_key="agencies.id")
    case_id: int = Field(foreign_key="cases.id")
    event_seq: int
    kind: str
    number: str
    #: What the number was made of; none, when it is another letter's number with a suffix.
    series: str | None = None
    n: int | None = None
    on_date: date
    #: The consulted party's number in the case; none when it is addressed to the applicant.
    party: int | None = None
    template: str
    context: bytes
    html: bytes
    sha256: str
    #: Keyed digest of the code by which anybody can verify it.
    verification_digest: str | None = None


class LetterDocument(SQLModel, table=True):
    """A letter as PDF or Word, made when it was first asked for and kept since, encrypted."""

    __tablename__ = "letter_documents"

    letter_id: int = Field(foreign_key="letters.id", primary_key=True)
    form: str = Field(primary_key=True)
    content: bytes
    #: Of the document itself.
    sha256: str
    made_at: datetime


class LetterText(SQLModel, table=True):
    """A kind's text as an office words it; of a kind the latest version is in force."""

    __tablename__ = "letter_texts"
    __table_args__ = (UniqueConstraint("agency_id", "kind", "version"),)

    id: int | None = key()
    agency_id: int = Field(foreign_key="agencies.id")
    kind: str
    version: int
    #: None: back to the standard text.
    source: str | None = None
    note: str
    user_id: int = Field(foreign_key="users.id")
    at: datetime


class NumberGap(SQLModel, table=True):
    """Numbers that no letter of this register bears, and why."""

    __tablename__ = "number_gaps"
    __table_args__ = (Index("ix_number_gaps_series", "agency_id", "year", "series"),)

    id: int | None = key()
    agency_id: int = Field(foreign_key="agencies.id")
    year: int
    series: str
    first: int
    last: int
    reason: str
    user_id: int = Field(foreign_key="users.id")
    at: datetime

"""Around the case: counters, what is to be sent, the installation, and its calendar."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from workflow.tables.columns import key


class Counter(SQLModel, table=True):
    """The last number given of a series; keyed by year, so nothing is ever reset."""

    __tablename__ = "counters"

    agency_id: int = Field(foreign_key="agencies.id", primary_key=True)
    year: int = Field(primary_key=True)
    series: str = Field(primary_key=True)
    value: int


class Submission(SQLModel, table=True):
    """An Idempotency-Key that was used, and the application that it made."""

    __tablename__ = "submissions"

    key_digest: str = Field(primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    body_digest: str


WAITING = "sent_at IS NULL AND given_up_at IS NULL"


class Outgoing(SQLModel, table=True):
    """A message to send after the commit, at least once; `key` keeps it from being written twice."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "next_at",
            postgresql_where=text(WAITING),
            sqlite_where=text(WAITING),
        ),
    )

    id: int | None = key()
    case_id: int = Field(foreign_key="cases.id")
    #: Whom of the staff it is for; none: the applicant.
    user_id: int | None = Field(default=None, foreign_key="users.id")
    key: str = Field(unique=True)
    kind: str
    created_at: datetime
    next_at: datetime
    #: When the mail server took it; or when it was clear, for the reason in `error`, that it never will.
    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    attempts: int = Field(default=0)
    error: str | None = None


class Installation(SQLModel, table=True):
    """What is to be remembered about the installation itself; `demo` marks a database of invented cases."""

    __tablename__ = "installation"

    name: str = Field(primary_key=True)
    value: str


class CalendarYear(SQLModel, table=True):
    """A year's holiday notice as it was loaded; of a year the latest row is in force."""

    __tablename__ = "calendar_years"

    id: int | None = key()
    year: int = Field(index=True)
    notice: str
    text: str
    sha256: str
    imported_at: datetime


class AttachmentRow(SQLModel, table=True):
    """A file of a case in one version; its content lies encrypted among the data, under its digest."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: int | None = key()
    case_id: int = Field(foreign_key="cases.id")
    seq: int
    name: str
    version: int
    #: Of the file itself.
    sha256: str
    size: int
    type: str
    category: str
    user_id: int = Field(foreign_key="users.id")
    at: datetime
    removed_at: datetime | None = None
    removed_by_id: int | None = Field(default=None, foreign_key="users.id")

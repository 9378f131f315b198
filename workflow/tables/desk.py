"""The work around a case that is no act and moves nothing: memos, links, kept forms, who is away."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from workflow.tables.columns import key

#: What still waits for somebody; a note waits for nobody.
UNSETTLED = "settled_at IS NULL AND kind <> 'note'"


class Memo(SQLModel, table=True):
    """What colleagues tell each other about a case: a note, a reminder, or a case handed back."""

    __tablename__ = "memos"
    __table_args__ = (
        Index("ix_memos_case", "case_id"),
        Index(
            "ix_memos_unsettled",
            "case_id",
            "kind",
            postgresql_where=text(UNSETTLED),
            sqlite_where=text(UNSETTLED),
        ),
    )

    id: int | None = key()
    case_id: int = Field(foreign_key="cases.id")
    kind: str
    user_id: int = Field(foreign_key="users.id")
    at: datetime
    #: Encrypted.
    body: bytes
    #: When what it asks for was done, and by whom; a note is struck.
    settled_at: datetime | None = None
    settled_by_id: int | None = Field(default=None, foreign_key="users.id")


class CaseLink(SQLModel, table=True):
    """Two cases that belong together; the first one has the lower key."""

    __tablename__ = "case_links"

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    other_id: int = Field(foreign_key="cases.id", primary_key=True, index=True)
    kind: str
    user_id: int = Field(foreign_key="users.id")
    at: datetime


class GuideAnswer(SQLModel, table=True):
    """The answer to one of the seven questions that lead to a decision."""

    __tablename__ = "guide_answers"

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    step: str = Field(primary_key=True)
    answer: str
    #: Encrypted.
    reason: bytes | None = None
    user_id: int = Field(foreign_key="users.id")
    at: datetime


class MadePublic(SQLModel, table=True):
    """What was disclosed to one and then to all (art. 44): since when, and where."""

    __tablename__ = "made_public"

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    on_date: date
    place: str
    user_id: int = Field(foreign_key="users.id")
    at: datetime


class KeptForm(SQLModel, table=True):
    """A form as somebody left it, half filled in."""

    __tablename__ = "kept_forms"

    user_id: int = Field(foreign_key="users.id", primary_key=True)
    #: Which form: a case and an act, or a form of registration.
    place: str = Field(primary_key=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id")
    #: The version of the case that it was filled in upon.
    version: int | None = None
    #: Encrypted.
    body: bytes
    at: datetime


class Presence(SQLModel, table=True):
    """Who has a case open, and which form of it."""

    __tablename__ = "presences"

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    user_id: int = Field(foreign_key="users.id", primary_key=True)
    form: str
    seen_at: datetime


class Absence(SQLModel, table=True):
    """Somebody is away, and who does their work meanwhile."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_substitute", "substitute_id", "last"),)

    id: int | None = key()
    user_id: int = Field(foreign_key="users.id", index=True)
    substitute_id: int = Field(foreign_key="users.id")
    first: date
    last: date
    set_by_id: int = Field(foreign_key="users.id")
    at: datetime
    #: Back earlier.
    ended_at: datetime | None = None

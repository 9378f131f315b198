"""The rows of the database; `schema.sql` says the same as a text to read, and a test holds them equal."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, Enum, Identity, Index, Integer, UniqueConstraint, event, text
from sqlmodel import Field, SQLModel

from workflow.law.decisions import Decision
from workflow.vocabulary import Action, ApplicantKind, Channel, Role, State, TermName, TermStatus


def _id() -> Any:
    return Field(default=None, sa_column=Column(Integer, Identity(), primary_key=True))


def _word(words: type[Any], *, nullable: bool = False) -> Any:
    kind = Enum(
        words, native_enum=False, length=32, values_callable=lambda members: [m.value for m in members]
    )
    return Field(default=None, sa_column=Column(kind, nullable=nullable))


def _json() -> Any:
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


# --- Who ------------------------------------------------------------------------------------------


class Agency(SQLModel, table=True):
    """A government, department or town that answers applications (art. 4)."""

    __tablename__ = "agencies"

    id: int | None = _id()
    code: str = Field(unique=True)
    name: str = Field(unique=True)
    #: 机关代字, the head of every letter number.
    letter_code: str
    kind: str = Field(default="department")
    parent_id: int | None = Field(default=None, foreign_key="agencies.id")
    address: str = Field(default="")
    phone: str = Field(default="")
    #: Whom an applicant turns to against a reply (复议法 24, 行诉法 18).
    reconsideration_body: str = Field(default="")
    court: str = Field(default="")


class User(SQLModel, table=True):
    """A person of the staff; applicants have no account."""

    __tablename__ = "users"

    id: int | None = _id()
    login: str = Field(unique=True)
    name: str
    password_hash: str = Field(default="")
    agency_id: int = Field(foreign_key="agencies.id", index=True)
    active: bool = Field(default=True)
    failed_logins: int = Field(default=0)
    locked_until: datetime | None = None


class UserRole(SQLModel, table=True):
    """A role that a person holds in the agency."""

    __tablename__ = "user_roles"

    user_id: int = Field(foreign_key="users.id", primary_key=True)
    role: Role = Field(
        sa_column=Column(
            Enum(
                Role, native_enum=False, length=32, values_callable=lambda members: [m.value for m in members]
            ),
            primary_key=True,
        )
    )


class LoginSession(SQLModel, table=True):
    """A signed-in browser; only the digest of its token is kept."""

    __tablename__ = "login_sessions"

    token_digest: str = Field(primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    csrf: str
    expires_at: datetime


# --- The case ---------------------------------------------------------------------------------------


class Case(SQLModel, table=True):
    """An application and where it stands; everything below `version` is a projection of its events."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "ix_cases_open_due",
            "agency_id",
            "due_on",
            postgresql_where=text("concluded_on IS NULL"),
            sqlite_where=text("concluded_on IS NULL"),
        ),
        Index("ix_cases_received", "agency_id", "received_on"),
        Index("ix_cases_id_index", "agency_id", "id_index", "received_on"),
        Index("ix_cases_person_index", "agency_id", "person_index", "received_on"),
    )

    id: int | None = _id()
    number: str = Field(unique=True)
    agency_id: int = Field(foreign_key="agencies.id")
    #: 收件编号 of the register it was imported from.
    intake_number: str | None = None
    split_of_id: int | None = Field(default=None, foreign_key="cases.id", index=True)

    applicant_kind: ApplicantKind = _word(ApplicantKind)
    applicant_name: str
    #: Encrypted at rest; for equality only the keyed digests beside them.
    id_number: bytes | None = None
    contact: bytes | None = None
    id_index: str | None = None
    person_index: str
    title: str
    description: str
    form: str | None = None
    #: Digest of the normalised request: the same text again is shown as a likely repeat (art. 36(6)).
    request_digest: str = Field(index=True)
    tracking_digest: str | None = Field(default=None, unique=True)
    created_at: datetime

    version: int
    state: State = _word(State)
    channel: Channel = _word(Channel)
    submitted_on: date | None = None
    received_on: date | None = None
    #: When it was registered: the order in which applications count for the fee (109号 art. 4).
    registered_at: datetime | None = None
    pieces: int | None = None
    due_on: date | None = None
    conservative_due_on: date | None = None
    provisional: bool = Field(default=False)
    excluded_workdays: int = Field(default=0)
    extension_workdays: int = Field(default=0)
    overdue_when_paused: bool = Field(default=False)
    unit: str | None = None
    handler_id: int | None = Field(default=None, foreign_key="users.id")
    decision: Decision | None = _word(Decision, nullable=True)
    report_row: str | None = None
    concluded_on: date | None = None
    #: The loading of the calendar that the dates rest on.
    calendar: int


class CaseEvent(SQLModel, table=True):
    """One act, never changed: the database refuses UPDATE and DELETE; `hash` chains it to the one before."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: int | None = _id()
    case_id: int = Field(foreign_key="cases.id")
    seq: int
    #: The day of the act in Asia/Shanghai, and the moment it was entered.
    on_date: date
    at: datetime
    action: Action = _word(Action)
    from_state: State | None = _word(State, nullable=True)
    to_state: State = _word(State)
    role: Role = _word(Role)
    user_id: int | None = Field(default=None, foreign_key="users.id")
    article: str
    facts: dict[str, Any] = _json()
    letters: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    #: Salted digest of what people wrote, which is kept encrypted in `sealed`.
    sealed_digest: str | None = None
    previous_hash: str
    hash: str = Field(unique=True)


class Sealed(SQLModel, table=True):
    """What people wrote in an act, encrypted; erasing the row leaves the chain of events whole."""

    __tablename__ = "sealed"

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    seq: int = Field(primary_key=True)
    salt: bytes
    body: bytes


#: What the sweep looks through: the reply term never lapses, it is overdue.
LAPSING = "status = 'running' AND name <> 'reply'"


class TermRow(SQLModel, table=True):
    """A running, paused, awaited or closed period of a case (docs/lifecycle.md)."""

    __tablename__ = "terms"
    __table_args__ = (
        UniqueConstraint("case_id", "name", "no"),
        Index("ix_terms_lapsing", "due_on", postgresql_where=text(LAPSING), sqlite_where=text(LAPSING)),
    )

    id: int | None = _id()
    case_id: int = Field(foreign_key="cases.id")
    name: TermName = _word(TermName)
    no: int
    article: str
    runs_from: date
    due_on: date
    status: TermStatus = _word(TermStatus)
    event_seq: int
    party: int | None = None


class Letter(SQLModel, table=True):
    """A letter as it was issued: frozen text and context, encrypted, with the digest of the text."""

    __tablename__ = "letters"
    __table_args__ = (UniqueConstraint("agency_id", "number"), Index("ix_letters_case", "case_id"))

    id: int | None = _id()
    agency_id: int = Field(foreign_key="agencies.id")
    case_id: int = Field(foreign_key="cases.id")
    event_seq: int
    kind: str
    number: str
    on_date: date
    #: The consulted party's number in the case; none when it is addressed to the applicant.
    party: int | None = None
    template: str
    context: bytes
    html: bytes
    sha256: str


# --- Around the case --------------------------------------------------------------------------------


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

    id: int | None = _id()
    case_id: int = Field(foreign_key="cases.id")
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

    id: int | None = _id()
    year: int = Field(index=True)
    notice: str
    text: str
    sha256: str
    imported_at: datetime


# --- The log cannot be rewritten ------------------------------------------------------------------------

APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events\n"
        "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS\n"
        "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END; $$",
        *(
            f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events\n"
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()"
            for verb in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    ],
}


@event.listens_for(SQLModel.metadata.tables["events"], "after_create")
def _forbid_change(_table: Any, connection: Connection, **_options: Any) -> None:
    for statement in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(statement)


#: The same tables for Core statements: the hot path does without the unit of work.
AGENCIES = SQLModel.metadata.tables["agencies"]
USERS = SQLModel.metadata.tables["users"]
USER_ROLES = SQLModel.metadata.tables["user_roles"]
LOGIN_SESSIONS = SQLModel.metadata.tables["login_sessions"]
CASES = SQLModel.metadata.tables["cases"]
EVENTS = SQLModel.metadata.tables["events"]
SEALED = SQLModel.metadata.tables["sealed"]
TERMS = SQLModel.metadata.tables["terms"]
LETTERS = SQLModel.metadata.tables["letters"]
COUNTERS = SQLModel.metadata.tables["counters"]
SUBMISSIONS = SQLModel.metadata.tables["submissions"]
OUTBOX = SQLModel.metadata.tables["outbox"]
INSTALLATION = SQLModel.metadata.tables["installation"]
CALENDAR_YEARS = SQLModel.metadata.tables["calendar_years"]

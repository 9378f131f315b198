"""The case: its row, its log that cannot be rewritten, what people wrote, and its terms."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, Index, UniqueConstraint, event, text
from sqlmodel import Field, SQLModel

from workflow.law.decisions import Decision
from workflow.tables.columns import json_column, key, word
from workflow.vocabulary import Action, ApplicantKind, Channel, Role, State, TermName, TermStatus

#: What the ledger is narrowed to and counted by.
LISTED = (
    *("state", "due_on", "decision", "received_on", "concluded_on"),
    *("unit", "handler_id", "channel", "applicant_kind"),
)


def _only(condition: str) -> dict[str, Any]:
    """An index of those rows only."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


class Case(SQLModel, table=True):
    """An application and where it stands; everything below `version` is a projection of its events."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_open_due", "agency_id", "due_on", "state", "id", **_only("concluded_on IS NULL")),
        Index("ix_cases_received", "agency_id", "received_on", "id"),
        Index("ix_cases_id_index", "agency_id", "id_index", "received_on"),
        Index("ix_cases_person_index", "agency_id", "person_index", "received_on"),
        Index("ix_cases_split_of_id", "split_of_id", **_only("split_of_id IS NOT NULL")),
        Index("ix_cases_agency", "agency_id", "id", *LISTED),
        Index("ix_cases_state", "agency_id", "state", "id"),
        Index("ix_cases_unit", "agency_id", "unit", "id"),
        Index("ix_cases_handler", "agency_id", "handler_id", "id"),
        Index("ix_cases_decision", "agency_id", "decision", "id"),
        Index("ix_cases_decided", "decision", "id"),
        Index("ix_cases_concluded", "agency_id", "concluded_on", "id"),
    )

    id: int | None = key()
    number: str = Field(unique=True)
    agency_id: int = Field(foreign_key="agencies.id")
    #: 收件编号 of the register it was imported from.
    intake_number: str | None = None
    split_of_id: int | None = Field(default=None, foreign_key="cases.id")

    applicant_kind: ApplicantKind = word(ApplicantKind)
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
    state: State = word(State)
    channel: Channel = word(Channel)
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
    decision: Decision | None = word(Decision, nullable=True)
    report_row: str | None = None
    concluded_on: date | None = None
    #: The loading of the calendar that the dates rest on.
    calendar: int


class CaseEvent(SQLModel, table=True):
    """One act, never changed: the database refuses UPDATE and DELETE; `hash` chains it to the one before."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: int | None = key()
    case_id: int = Field(foreign_key="cases.id")
    seq: int
    #: The day of the act in Asia/Shanghai, and the moment it was entered.
    on_date: date
    at: datetime
    action: Action = word(Action)
    from_state: State | None = word(State, nullable=True)
    to_state: State = word(State)
    role: Role = word(Role)
    user_id: int | None = Field(default=None, foreign_key="users.id")
    article: str
    facts: dict[str, Any] = json_column()
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

    id: int | None = key()
    case_id: int = Field(foreign_key="cases.id")
    name: TermName = word(TermName)
    no: int
    article: str
    runs_from: date
    due_on: date
    status: TermStatus = word(TermStatus)
    event_seq: int
    party: int | None = None


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

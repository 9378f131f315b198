"""The rows of the database; `schema.sql` says the same as a text to read, and a test holds them equal."""

from sqlmodel import SQLModel

from workflow.tables.around import AttachmentRow, CalendarYear, Counter, Installation, Outgoing, Submission
from workflow.tables.case import APPEND_ONLY, LAPSING, Case, CaseEvent, Sealed, TermRow
from workflow.tables.desk import Absence, CaseLink, GuideAnswer, KeptForm, MadePublic, Memo, Presence
from workflow.tables.ledger import LedgerView
from workflow.tables.letter import Letter, LetterDocument, LetterText, NumberGap
from workflow.tables.office import Agency, LoginSession, User, UserRole
from workflow.tables.search import SEARCH

#: The same tables for Core statements: the hot path does without the unit of work.
AGENCIES = SQLModel.metadata.tables["agencies"]
USERS = SQLModel.metadata.tables["users"]
USER_ROLES = SQLModel.metadata.tables["user_roles"]
LOGIN_SESSIONS = SQLModel.metadata.tables["login_sessions"]
CASES = SQLModel.metadata.tables["cases"]
EVENTS = SQLModel.metadata.tables["events"]
SEALED = SQLModel.metadata.tables["sealed"]
TERMS = SQLModel.metadata.tables["terms"]
LEDGER_VIEWS = SQLModel.metadata.tables["ledger_views"]
LETTERS = SQLModel.metadata.tables["letters"]
LETTER_DOCUMENTS = SQLModel.metadata.tables["letter_documents"]
LETTER_TEXTS = SQLModel.metadata.tables["letter_texts"]
NUMBER_GAPS = SQLModel.metadata.tables["number_gaps"]
COUNTERS = SQLModel.metadata.tables["counters"]
ATTACHMENTS = SQLModel.metadata.tables["attachments"]
SUBMISSIONS = SQLModel.metadata.tables["submissions"]
OUTBOX = SQLModel.metadata.tables["outbox"]
INSTALLATION = SQLModel.metadata.tables["installation"]
CALENDAR_YEARS = SQLModel.metadata.tables["calendar_years"]
MEMOS = SQLModel.metadata.tables["memos"]
CASE_LINKS = SQLModel.metadata.tables["case_links"]
GUIDE_ANSWERS = SQLModel.metadata.tables["guide_answers"]
MADE_PUBLIC = SQLModel.metadata.tables["made_public"]
KEPT_FORMS = SQLModel.metadata.tables["kept_forms"]
PRESENCES = SQLModel.metadata.tables["presences"]
ABSENCES = SQLModel.metadata.tables["absences"]

__all__ = [
    "APPEND_ONLY",
    "LAPSING",
    "SEARCH",
    "Absence",
    "Agency",
    "AttachmentRow",
    "CalendarYear",
    "Case",
    "CaseEvent",
    "CaseLink",
    "Counter",
    "GuideAnswer",
    "Installation",
    "KeptForm",
    "LedgerView",
    "Letter",
    "LetterDocument",
    "LetterText",
    "LoginSession",
    "MadePublic",
    "Memo",
    "NumberGap",
    "Outgoing",
    "Presence",
    "Sealed",
    "Submission",
    "TermRow",
    "User",
    "UserRole",
]

"""What the file of a case tells, for its page, its print, and its archive alike."""

from typing import Any

from api.accounts import User
from api.clock import today
from api.pages import masking
from api.pages.attachments import files
from api.pages.casefile.beside import beside
from api.pages.casefile.record import record
from workflow.casefile import CaseFile
from workflow.queries.describe import told
from workflow.queries.fates import fates
from workflow.queries.parts import parts
from workflow.queries.tasks import line
from workflow.store import Session


def content(session: Session, user: User, file: CaseFile, *, latest: int | None = None) -> dict[str, Any]:
    """All of it, as this person may see it; of the timeline perhaps only so many of the latest acts."""
    return {
        "row": file.row,
        "case": told(session, file, today()),
        "fates": fates(session, file),
        "task": line(session, file.row.number, user.agencies, today()),
        "papers": masking.papers(session, file.row),
        "contacts": masking.contacts(session, file.row),
        "parts": parts(session, file.row),
        **files(session, user, file),
        **record(session, file, latest=latest),
        **beside(session, user, file),
    }

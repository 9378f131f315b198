"""Indexes that tell the rows of a ledger's page by themselves, however it is narrowed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

#: What an index was, and what it is now: its columns, and the condition of those that have one.
CHANGED = {
    "ix_cases_open_due": (["agency_id", "due_on", "state", "id"], "concluded_on IS NULL"),
    "ix_cases_received": (["agency_id", "received_on", "id"], None),
    "ix_cases_concluded": (["agency_id", "concluded_on", "id"], None),
    "ix_cases_split_of_id": (["split_of_id"], "split_of_id IS NOT NULL"),
    "ix_cases_agency": (
        [
            *("agency_id", "id", "state", "due_on", "decision", "received_on", "concluded_on"),
            *("unit", "handler_id", "channel", "applicant_kind"),
        ],
        None,
    ),
}
ADDED = {"ix_cases_decided": (["decision", "id"], None)}


def upgrade() -> None:
    """Make them anew, each by the columns that it lacked."""
    for name in CHANGED:
        op.drop_index(name, "cases")
    for name, (columns, condition) in (CHANGED | ADDED).items():
        only = sa.text(condition) if condition else None
        op.create_index(name, "cases", columns, postgresql_where=only, sqlite_where=only)

"""Views of the ledger that people keep."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from workflow.tables.columns import key


class LedgerView(SQLModel, table=True):
    """A filter and columns under a name: somebody's own, or shared with the agency."""

    __tablename__ = "ledger_views"
    __table_args__ = (UniqueConstraint("user_id", "name"), Index("ix_ledger_views_agency", "agency_id"))

    id: int | None = key()
    agency_id: int = Field(foreign_key="agencies.id")
    user_id: int = Field(foreign_key="users.id")
    name: str
    #: What follows the question mark in the address of the view.
    query: str
    shared: bool
    at: datetime

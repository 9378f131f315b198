"""Who works here: agencies, their staff, and who is signed in."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from workflow.tables.columns import key, key_word
from workflow.vocabulary import Role


class Agency(SQLModel, table=True):
    """A government, department or town that answers applications (art. 4)."""

    __tablename__ = "agencies"

    id: int | None = key()
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
    #: Where that body takes applications online (复议法 22).
    online_channel: str | None = None
    #: How it writes its letter numbers; None: the standard way (numberformat.STANDARD).
    number_format: str | None = None


class User(SQLModel, table=True):
    """A person of the staff; applicants have no account."""

    __tablename__ = "users"

    id: int | None = key()
    login: str = Field(unique=True)
    name: str
    #: Where reminders go; none: they wait on the desk only.
    email: str | None = None
    password_hash: str = Field(default="")
    agency_id: int = Field(foreign_key="agencies.id", index=True)
    active: bool = Field(default=True)
    failed_logins: int = Field(default=0)
    locked_until: datetime | None = None


class UserRole(SQLModel, table=True):
    """A role that a person holds in the agency."""

    __tablename__ = "user_roles"

    user_id: int = Field(foreign_key="users.id", primary_key=True)
    role: Role = key_word(Role)


class LoginSession(SQLModel, table=True):
    """A signed-in browser; only the digest of its token is kept."""

    __tablename__ = "login_sessions"

    token_digest: str = Field(primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    csrf: str
    expires_at: datetime

"""Memos, links, the guide's answers, kept forms, who is at a case, who is away, and mail to the staff."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

UNSETTLED = sa.text("settled_at IS NULL AND kind <> 'note'")


def upgrade() -> None:
    """Add the tables of the work around a case."""
    op.add_column("users", sa.Column("email", sa.String))
    _mail_to_staff()
    _memos()
    _of_a_case()
    _of_a_person()


def _to(table: str, *, name: str, required: bool = True, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=not required, primary_key=key)


def _moment(name: str, *, required: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, sa.Identity(), primary_key=True)


def _mail_to_staff() -> None:
    # Alembic would add the key apart from the column, which SQLite cannot.
    op.execute("ALTER TABLE outbox ADD COLUMN user_id INTEGER REFERENCES users (id)")


def _memos() -> None:
    op.create_table(
        "memos",
        _id(),
        _to("cases", name="case_id"),
        _text("kind"),
        _to("users", name="user_id"),
        _moment("at"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        _moment("settled_at", required=False),
        _to("users", name="settled_by_id", required=False),
    )
    op.create_index("ix_memos_case", "memos", ["case_id"])
    op.create_index(
        "ix_memos_unsettled",
        "memos",
        ["case_id", "kind"],
        postgresql_where=UNSETTLED,
        sqlite_where=UNSETTLED,
    )


def _of_a_case() -> None:
    op.create_table(
        "case_links",
        _to("cases", name="case_id", key=True),
        _to("cases", name="other_id", key=True),
        _text("kind"),
        _to("users", name="user_id"),
        _moment("at"),
    )
    op.create_index("ix_case_links_other_id", "case_links", ["other_id"])
    op.create_table(
        "guide_answers",
        _to("cases", name="case_id", key=True),
        sa.Column("step", sa.String, primary_key=True),
        _text("answer"),
        sa.Column("reason", sa.LargeBinary),
        _to("users", name="user_id"),
        _moment("at"),
    )
    op.create_table(
        "made_public",
        _to("cases", name="case_id", key=True),
        sa.Column("on_date", sa.Date, nullable=False),
        _text("place"),
        _to("users", name="user_id"),
        _moment("at"),
    )


def _of_a_person() -> None:
    op.create_table(
        "kept_forms",
        _to("users", name="user_id", key=True),
        sa.Column("place", sa.String, primary_key=True),
        _to("cases", name="case_id", required=False),
        sa.Column("version", sa.Integer),
        sa.Column("body", sa.LargeBinary, nullable=False),
        _moment("at"),
    )
    op.create_table(
        "presences",
        _to("cases", name="case_id", key=True),
        _to("users", name="user_id", key=True),
        _text("form"),
        _moment("seen_at"),
    )
    op.create_table(
        "absences",
        _id(),
        _to("users", name="user_id"),
        _to("users", name="substitute_id"),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        _to("users", name="set_by_id"),
        _moment("at"),
        _moment("ended_at", required=False),
    )
    op.create_index("ix_absences_user_id", "absences", ["user_id"])
    op.create_index("ix_absences_substitute", "absences", ["substitute_id", "last"])

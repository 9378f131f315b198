"""Letters as documents that can be verified, in an office's own words, with their numbers accounted for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what letters need; what was issued before has no code to verify it by."""
    op.add_column("agencies", sa.Column("online_channel", sa.String))
    op.add_column("agencies", sa.Column("number_format", sa.String))
    op.add_column("letters", sa.Column("verification_digest", sa.String))
    op.create_index("ix_letters_day", "letters", ["agency_id", "on_date"])
    op.create_index("ix_letters_verification", "letters", ["verification_digest"], unique=True)
    _documents()
    _texts()
    _gaps()


def _documents() -> None:
    op.create_table(
        "letter_documents",
        sa.Column("letter_id", sa.Integer, sa.ForeignKey("letters.id"), primary_key=True),
        sa.Column("form", sa.String, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )


def _texts() -> None:
    op.create_table(
        "letter_texts",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agencies.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("source", sa.String),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("agency_id", "kind", "version"),
    )


def _gaps() -> None:
    op.create_table(
        "number_gaps",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agencies.id"), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("series", sa.String, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_number_gaps_series", "number_gaps", ["agency_id", "year", "series"])

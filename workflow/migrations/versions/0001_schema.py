"""The database as schema.sql told it first; what came later is in the revisions after it."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing to do: an empty database is made of schema.sql as it is now."""

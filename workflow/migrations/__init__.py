"""The way from one version of the database to the next; the first is schema.sql itself."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

#: PostgreSQL's advisory lock for upgrades: several processes may start at once.
UPGRADE_LOCK = 7_110_2019


def upgrade(engine: Engine) -> None:
    """Create the database's tables, or bring them up to this version; safe in several processes."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        _run(connection)


def _run(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

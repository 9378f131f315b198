"""The way to this version of the database: schema.sql for an empty one, revisions for an older one."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text

from workflow.migrations.schema import statements

#: PostgreSQL's advisory lock for upgrades: several processes may start at once.
UPGRADE_LOCK = 7_110_2019


def upgrade(engine: Engine) -> None:
    """Create the database's tables, or bring them up to this version; safe in several processes."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        if inspect(connection).get_table_names():
            command.upgrade(_config(connection), "head")
        else:
            _create(connection)


def _create(connection: Connection) -> None:
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    command.stamp(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config

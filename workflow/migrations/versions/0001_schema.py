"""The database as schema.sql tells it."""

from alembic import op

from workflow.migrations.schema import statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Execute schema.sql in the words of the database at hand."""
    connection = op.get_bind()
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)

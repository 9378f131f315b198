"""What each letter's number was made of, so that the register can tell which numbers no letter bears."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

#: How every office wrote its numbers before it could choose.
WRITTEN = re.compile(r"公开(?P<series>.)〔\d{4}〕(?P<n>\d+)号$")
LETTERS = sa.table("letters", sa.column("id"), sa.column("number"), sa.column("series"), sa.column("n"))


def upgrade() -> None:
    """Add group and running number, and read them back from the numbers given so far."""
    op.add_column("letters", sa.Column("series", sa.String))
    op.add_column("letters", sa.Column("n", sa.Integer))
    rows = op.get_bind().execute(sa.select(LETTERS.c.id, LETTERS.c.number)).all()
    found = [(row.id, read) for row in rows if (read := WRITTEN.search(row.number))]
    if found:
        statement = sa.update(LETTERS).where(LETTERS.c.id == sa.bindparam("letter"))
        op.get_bind().execute(
            statement.values(series=sa.bindparam("group"), n=sa.bindparam("running")),
            [{"letter": key, "group": read["series"], "running": int(read["n"])} for key, read in found],
        )

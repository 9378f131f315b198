"""A database server that was restarted: its old connections are dead, and nobody should notice."""

import psycopg
import pytest
from sqlalchemy import func, select

from tests.office import Office


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_that_the_server_has_ended_is_replaced_unnoticed(
    office: Office, postgresql_server: psycopg.Connection
) -> None:
    with office.store.reading() as session:
        served_by = session.execute(select(func.pg_backend_pid())).scalar_one()
    ended = postgresql_server.execute("SELECT pg_terminate_backend(%s, 5000)", [served_by]).fetchone()

    with office.store.reading() as session:
        assert session.execute(select(func.pg_backend_pid())).scalar_one() != served_by
    assert ended == (True,)
    assert office.register()

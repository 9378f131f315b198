"""A database server that was restarted: its old connections are dead, and nobody should notice."""

import psycopg
import pytest

from tests.office import Office


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_that_the_server_has_ended_is_replaced_unnoticed(
    office: Office, postgresql_server: psycopg.Connection
) -> None:
    first = office.register()
    ended = postgresql_server.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
        [office.store.engine.url.database],
    ).fetchall()

    second = office.register()

    assert ended
    assert second != first

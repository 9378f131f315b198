"""The way to the mail server: encrypted where it can be, and no password to anybody else."""

from datetime import timedelta
from pathlib import Path

import pytest

from api.mail import deliver_waiting
from tests.database.test_outbox import NOW, rows, settings, told
from tests.mailserver import Inbox, certificate, listening
from tests.office import Office
from workflow.errors import Incomplete

#: It is all the same to the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_tls_is_used_where_the_server_offers_it(office: Office, tmp_path: Path) -> None:
    told(office)
    context, _certificate = certificate(tmp_path)

    with listening(Inbox(), tls_context=context) as inbox:
        deliver_waiting(office.store, settings(inbox), NOW)

    assert inbox.encrypted == [True, True]


def test_a_password_goes_only_to_a_server_that_proves_who_it_is(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(office)
    context, trusted = certificate(tmp_path)
    inbox = Inbox()
    how = {"tls_context": context, "authenticator": inbox.authenticate}

    with listening(inbox, host="localhost", **how):
        given = settings(inbox, smtp_url=f"smtp://user:p%40ss@localhost:{inbox.port}")
        assert deliver_waiting(office.store, given, NOW) == 0
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert deliver_waiting(office.store, given, NOW + timedelta(hours=1)) == 2

    assert inbox.logins == [(b"user", b"p@ss")] * 2
    assert inbox.encrypted == [True, True]


def test_a_password_never_goes_over_the_network_in_plain(office: Office) -> None:
    told(office)
    inbox = Inbox()
    how = {"auth_require_tls": False, "authenticator": inbox.authenticate}

    with listening(inbox, host="127.0.0.2", **how):
        given = settings(inbox, smtp_url=f"smtp://user:password@127.0.0.2:{inbox.port}")
        assert deliver_waiting(office.store, given, NOW) == 0

    assert inbox.logins == []


def test_smtps_is_encrypted_from_the_first_byte(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(office)
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))

    with listening(Inbox(), host="localhost", ssl_context=context) as inbox:
        given = settings(inbox, smtp_url=f"smtps://localhost:{inbox.port}")
        assert deliver_waiting(office.store, given, NOW) == 2


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://a:x", "smtp://a:0"]
)
def test_a_setting_that_is_no_mail_server_is_told(office: Office, url: str) -> None:
    told(office)

    with pytest.raises(Incomplete, match="MINGDA_SMTP_URL"):
        deliver_waiting(office.store, settings(Inbox(), smtp_url=url), NOW)

    assert rows(office.store)[0].attempts == 0

"""Messages to applicants: after the commit, once, to a real mail server, and nothing told in them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from api.mail import deliver_waiting
from api.settings import Settings
from tests import processes
from tests.database import behind
from tests.mailserver import Inbox, free_port, listening
from tests.office import FIRST_DAY, Office, morning
from tests.story import REQUEST, ZHANG
from workflow.commands import legal_day
from workflow.outbox import CLAIMED_FOR, KEPT_FOR, Message, deliver
from workflow.store import Store
from workflow.tables import INSTALLATION, OUTBOX
from workflow.vocabulary import Action, State

EMAIL = "zhang@example.org"
APPLICANT = ZHANG | {"contact": {"phone": "13800001234", "email": EMAIL}}
NOW = morning(FIRST_DAY, 10)
SENDER = "招远市政务公开 <gongkai@zhaoyuan.example>"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that takes everything."""
    with listening(Inbox()) as inbox:
        yield inbox


def settings(inbox: Inbox, **more: Any) -> Settings:
    """The settings that lead to it."""
    given = Settings(data=Path("/nonexistent"), database_url="", smtp_url=inbox.url, mail_from=SENDER)
    return replace(given, **more)


def told(office: Office, **more: Any) -> str:
    """An application by internet that was registered: its applicant is to be told of two letters."""
    return office.case_at(State.SCREENING, applicant=APPLICANT, **more)


def rows(store: Store) -> list[Any]:
    """The outbox."""
    with store.reading() as session:
        return list(session.execute(select(OUTBOX).order_by(OUTBOX.c.id)).all())


def test_an_applicant_is_told_of_each_letter_once(office: Office, inbox: Inbox) -> None:
    told(office)

    first = deliver_waiting(office.store, settings(inbox), NOW)
    second = deliver_waiting(office.store, settings(inbox), NOW + timedelta(days=1))

    assert (first, second) == (2, 0)
    assert inbox.recipients == [[EMAIL], [EMAIL]]
    assert [(row.sent_at, row.attempts, row.error) for row in rows(office.store)] == [(NOW, 1, None)] * 2


def test_the_mail_is_chinese_and_as_the_standards_want_it(office: Office, inbox: Inbox) -> None:
    number = told(office)

    deliver_waiting(office.store, settings(inbox), NOW)

    mail, raw = inbox.mails[0], inbox.raw[0]
    assert mail["Subject"] == f"政府信息公开申请{number}有新的文书"
    assert (mail["From"], mail["To"]) == (SENDER, EMAIL)
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].startswith("<")
    assert mail["Message-ID"].endswith("@zhaoyuan.example>")
    assert mail.defects == []
    assert number in mail.get_content()
    header = raw.split(b"\r\n\r\n", 1)[0]
    assert header.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_the_mail_tells_nothing_but_that_there_is_something(office: Office, inbox: Inbox) -> None:
    made = office.submit(applicant=APPLICANT)
    office.do(str(made.file.row.number), Action.REGISTER, FIRST_DAY)

    deliver_waiting(office.store, settings(inbox), NOW)

    for mail in inbox.mails:
        text = mail["Subject"] + mail.get_content()
        for secret in (made.tracking_code, ZHANG["name"], REQUEST["title"], "13800001234", EMAIL):
            assert secret not in text


def test_the_mail_says_where_the_public_finds_this_installation(office: Office, inbox: Inbox) -> None:
    told(office)

    deliver_waiting(office.store, settings(inbox, public_url="https://gk.example.gov.cn"), NOW)

    assert "https://gk.example.gov.cn/track\n" in inbox.mails[0].get_content()


def test_two_messages_and_two_installations_never_share_a_message_id(office: Office, inbox: Inbox) -> None:
    told(office)
    told(office)

    deliver_waiting(office.store, settings(inbox), NOW)

    ids = [mail["Message-ID"] for mail in inbox.mails]
    assert len(set(ids)) == len(ids) == 4
    with office.store.reading() as session:
        assert (
            ids[0].strip("<>").split("@")[0] == session.seal.index("message", rows(office.store)[0].key)[:32]
        )


def test_nobody_is_told_who_did_not_come_by_internet_or_of_letters_to_others(office: Office) -> None:
    number = office.register(applicant=APPLICANT)
    office.do(number, Action.ACCEPT, FIRST_DAY)
    asked = told(office)
    office.do(asked, Action.ACCEPT, FIRST_DAY)
    before = len(rows(office.store))

    office.do(asked, Action.CONSULT_THIRD_PARTY, FIRST_DAY, name="甲公司")

    told_since = [row.key.rpartition(":")[2] for row in rows(office.store)[before:]]
    assert (before, told_since) == (2, ["consultation_notice"])


def test_a_server_that_is_down_is_tried_again_later_and_later(office: Office) -> None:
    told(office)
    closed = settings(Inbox(port=free_port()))

    waits = []
    for _ in range(4):
        now = rows(office.store)[0].next_at
        assert deliver_waiting(office.store, closed, now) == 0
        assert deliver_waiting(office.store, closed, now + timedelta(seconds=59)) == 0
        waits.append(rows(office.store)[0].next_at - now)

    assert waits == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    row = rows(office.store)[0]
    assert (row.attempts, row.error, row.sent_at) == (4, "ConnectionRefusedError", None)
    with listening(Inbox()) as inbox:
        assert deliver_waiting(office.store, settings(inbox), row.next_at) == 2


def test_h38_a_crash_after_sending_repeats_one_message_under_the_same_id(office: Office) -> None:
    told(office)
    sent: list[Message] = []

    def send_and_die(message: Message) -> None:
        sent.append(message)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), office.store.session() as session:
        deliver(session, send_and_die, NOW)

    with office.store.session() as session:
        assert deliver(session, sent.append, NOW + timedelta(minutes=1)) == 1  # The other one.
        assert deliver(session, sent.append, NOW + CLAIMED_FOR) == 1
        assert deliver(session, sent.append, NOW + timedelta(days=1)) == 0
    assert sent[0].id == sent[2].id != sent[1].id


def test_h38_two_deliverers_at_once_send_one_copy(office: Office, database_url: str, inbox: Inbox) -> None:
    for _ in range(6):
        told(office)

    counts = processes.together(processes.deliver_mail, [(database_url, inbox.url, SENDER, NOW)] * 3)

    ids = [mail["Message-ID"] for mail in inbox.mails]
    assert len(ids) == len(set(ids)) == sum(counts) == 12


def test_nobody_waits_for_a_slow_mail_server(office: Office) -> None:
    told(office)
    registered: list[str] = []

    with office.store.session() as session:
        deliver(session, lambda message: registered.append(office.register()), NOW)

    assert len(registered) == 2


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ({"phone": "13800001234"}, None),
        ("13800001234", None),
        ("山东省招远市府前路1号", None),
        (None, None),
        ("@", None),
        ("zhang@example.org", "zhang@example.org"),
        ("电话13800001234，邮箱zhang@example.org（勿寄信）", "zhang@example.org"),
        ({"email": " zhang@example.org "}, "zhang@example.org"),
        ({"email": "zhang@example.org\nBcc: all@example.org"}, "zhang@example.org"),
        ({"email": "张三 <zhang@example.org>; li@example.org"}, "zhang@example.org"),
    ],
)
def test_the_address_is_found_or_its_absence_is_said(
    office: Office, contact: object, address: str | None
) -> None:
    office.case_at(State.SCREENING, applicant=ZHANG | {"contact": contact})
    sent: list[Message] = []

    with office.store.session() as session:
        deliver(session, sent.append, NOW)

    assert {message.to for message in sent} == ({address} if address else set())
    for row in rows(office.store):
        assert (row.sent_at, row.given_up_at) == ((NOW, None) if address else (None, NOW))
        assert row.error == (None if address else "申请人未提供电子邮箱")


@pytest.mark.parametrize(
    ("answer", "given_up", "error"),
    [
        ({"to_recipient": "550 no such user"}, True, "收件人地址被邮件服务器拒绝（550）"),
        ({"to_data": "554 looks like spam"}, True, "邮件被邮件服务器拒绝（554）"),
        ({"to_recipient": "450 mailbox busy"}, False, "SMTPRecipientsRefused"),
        ({"to_data": "451 try later"}, False, "SMTPDataError"),
    ],
)
def test_a_final_refusal_is_final_and_a_temporary_one_is_not(
    office: Office, answer: dict[str, Any], given_up: bool, error: str
) -> None:
    told(office)

    with listening(replace(Inbox(), **answer)) as inbox:
        assert deliver_waiting(office.store, settings(inbox), NOW) == 0

    row = rows(office.store)[0]
    assert (row.given_up_at is not None, row.error, row.sent_at) == (given_up, error, None)
    assert EMAIL not in row.error


def test_a_message_that_cannot_be_written_stops_no_other(office: Office, inbox: Inbox) -> None:
    bad, good = told(office), told(office)
    behind.execute(office.store, "UPDATE cases SET contact = id_number WHERE number = :number", number=bad)
    behind.execute(
        office.store, "UPDATE cases SET contact = :junk WHERE number = :number", junk=b"x" * 40, number=bad
    )

    assert deliver_waiting(office.store, settings(inbox), NOW) == 2

    assert all(good in mail["Subject"] for mail in inbox.mails)
    assert {row.error for row in rows(office.store) if row.given_up_at} == {"联系方式无法读取"}


def test_without_a_mail_server_messages_wait_but_not_for_ever(office: Office, inbox: Inbox) -> None:
    told(office)
    assert deliver_waiting(office.store, settings(inbox, smtp_url=""), NOW) == 0
    assert deliver_waiting(office.store, settings(inbox, mail_from=""), NOW) == 0
    assert {(row.attempts, row.error) for row in rows(office.store)} == {(0, None)}

    much_later = NOW + KEPT_FOR
    assert deliver_waiting(office.store, settings(inbox), much_later) == 0

    assert inbox.raw == []
    assert {row.error for row in rows(office.store)} == {"7日内未能送出：未设置邮件服务器"}
    assert legal_day(much_later) > FIRST_DAY


def test_in_a_database_of_invented_cases_nobody_is_written_to(office: Office, inbox: Inbox) -> None:
    told(office)
    with office.store.transaction() as session:
        session.execute(insert(INSTALLATION), {"name": "demo", "value": "1"})

    assert deliver_waiting(office.store, settings(inbox), NOW) == 0

    assert inbox.raw == []

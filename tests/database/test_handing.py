"""A case is handed back, stays where it is, or is asked after: what waits, for whom, and what settles it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from api.mail import deliver_waiting
from api.settings import Settings
from tests.database.test_desk import look, piles
from tests.mailserver import Inbox, listening
from tests.office import FIRST_DAY, Office, morning
from tests.story import REQUEST, ZHANG
from workflow import absences, memos
from workflow.casefile import open_file
from workflow.commands import handing
from workflow.errors import BadInput, Forbidden, Refused
from workflow.memos import Memo, MemoKind
from workflow.queries.loads import loads
from workflow.queries.reasons import Owner, Reason
from workflow.reminders import remind_of_due
from workflow.tables import OUTBOX
from workflow.timers import sweep
from workflow.vocabulary import Action, Role, State

TODAY = date(2026, 7, 10)
EMAIL = "lutianye@example.org"
Doing = Callable[..., None]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that takes everything."""
    with listening(Inbox()) as inbox:
        yield inbox


def owner(office: Office, role: Role, name: str = "") -> Owner:
    """Somebody of the staff in that role."""
    return Owner(office.staff(role, name).user_id or 0, frozenset({role}))


def do(office: Office, doing: Doing, number: str, *text: str, by: Owner, on: date = TODAY) -> None:
    """Do something beside the log."""
    with office.store.transaction() as session:
        doing(session, open_file(session, number), *text, by=by, at=morning(on))


def waiting(office: Office, number: str, kind: MemoKind) -> list[Memo]:
    """What of that kind is not settled."""
    with office.store.reading() as session:
        case_id = open_file(session, number).id
        return [each for each in memos.memos(session, case_id, kind) if each.settled_at is None]


def given(office: Office, name: str = "陆田野", email: str | None = EMAIL, **more: Any) -> tuple[str, Owner]:
    """A case in the hands of somebody, and that somebody."""
    handler = office.account(name, Role.HANDLER, name=name, email=email)
    number = office.case_at(State.PROCESSING, **more)
    office.do(number, Action.ASSIGN, FIRST_DAY + timedelta(days=2), unit="科", handler=name)
    return number, Owner(handler.id, handler.own)


def messages(office: Office) -> list[tuple[str, int | None]]:
    """The messages to the staff: their keys, and to whom."""
    query = select(OUTBOX.c.key, OUTBOX.c.user_id).where(OUTBOX.c.user_id.is_not(None))
    with office.store.reading() as session:
        return [(row.key, row.user_id) for row in session.execute(query.order_by(OUTBOX.c.id))]


# --- Handed back -----------------------------------------------------------------------------------------


def test_a_case_handed_back_waits_until_it_is_given_to_somebody(office: Office) -> None:
    number, handler = given(office)
    do(office, handing.hand_back, number, "不属于本科室职责", by=handler)
    assert piles(look(office, Role.CLERK)) == {Reason.HANDED_BACK: [number]}
    assert piles(look(office, Role.HANDLER, user_id=handler.user_id)) == {Reason.GAVE_BACK: [number]}

    office.do(number, Action.ASSIGN, TODAY, unit="财务科")

    assert waiting(office, number, MemoKind.HAND_BACK) == []
    assert look(office, Role.CLERK).total == 0


def test_a_case_that_stays_is_told_to_its_handler(office: Office) -> None:
    number, handler = given(office)
    do(office, handing.hand_back, number, "需要回避", by=handler)

    do(office, handing.stays, number, "不构成回避情形", by=owner(office, Role.HEAD))

    assert waiting(office, number, MemoKind.HAND_BACK) == []
    assert [each.text for each in waiting(office, number, MemoKind.REMINDER)] == [
        "仍由您办理：不构成回避情形"
    ]
    assert piles(look(office, Role.HANDLER, user_id=handler.user_id)) == {Reason.REMINDED: [number]}


def test_nothing_is_handed_back_twice_or_without_a_reason(office: Office) -> None:
    number, handler = given(office)
    with pytest.raises(BadInput, match="请填写退回的内容"):
        do(office, handing.hand_back, number, "  ", by=handler)
    do(office, handing.hand_back, number, "不属于本科室职责", by=handler)

    with pytest.raises(Refused, match="正在等待转办"):
        do(office, handing.hand_back, number, "再退一次", by=handler)
    with pytest.raises(BadInput, match="请填写催办的内容"):
        do(office, handing.stays, number, " ", by=owner(office, Role.CLERK))


def test_only_the_handler_of_a_case_hands_it_back(office: Office) -> None:
    number, _handler = given(office)

    with pytest.raises(Refused, match="由其他承办人办理"):
        do(office, handing.hand_back, number, "理由", by=owner(office, Role.HANDLER, "他人"))


@pytest.mark.parametrize("state", [state for state in State if state not in ("processing", "consulting")])
def test_what_is_not_with_the_handler_is_neither_handed_back_nor_asked_after(
    office: Office, state: State
) -> None:
    number = office.case_at(state)

    for doing, role in ((handing.hand_back, Role.HANDLER), (handing.remind, Role.CLERK)):
        with pytest.raises(Refused, match="第四十五条") as refused:
            do(office, doing, number, "理由", by=owner(office, role))
        assert refused.value.article == "45"


MAY = {
    handing.hand_back: {Role.HANDLER},
    handing.stays: {Role.CLERK, Role.HEAD},
    handing.remind: {Role.CLERK, Role.HEAD, Role.SUPERVISOR},
    handing.seen: {Role.HANDLER},
}
STAFF = (Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD, Role.SUPERVISOR, Role.ADMIN)


@pytest.mark.parametrize("doing", MAY, ids=lambda doing: doing.__name__)
@pytest.mark.parametrize("role", STAFF)
def test_who_may_do_what(office: Office, doing: Doing, role: Role) -> None:
    number = office.case_at(State.PROCESSING)
    if doing is handing.stays:
        do(office, handing.hand_back, number, "理由", by=owner(office, Role.HANDLER, "甲"))
    words = () if doing is handing.seen else ("理由",)
    by = owner(office, role, "乙")
    with office.store.reading() as session:
        offered = handing.may(session, open_file(session, number), by)[doing.__name__]

    if role in MAY[doing]:
        do(office, doing, number, *words, by=by)
    else:
        with pytest.raises(Forbidden, match=r"由.+办理"):
            do(office, doing, number, *words, by=by)
    assert offered is (role in MAY[doing])


# --- Reminded --------------------------------------------------------------------------------------------


def test_a_reminder_waits_until_the_handler_acts(office: Office) -> None:
    number, handler = given(office)
    do(office, handing.remind, number, "请本周拟稿", by=owner(office, Role.CLERK))

    office.do(number, Action.EXTEND, TODAY, workdays=5, reason="案情复杂")  # By the head: it still waits.
    office.do(number, Action.CONSULT_THIRD_PARTY, TODAY, name="甲公司")  # By another handler, too.
    assert len(waiting(office, number, MemoKind.REMINDER)) == 1
    by = office.staff(Role.HANDLER)
    office.do(number, Action.CONSULT_THIRD_PARTY, TODAY, name="乙公司", by=type(by)(by.role, handler.user_id))

    assert waiting(office, number, MemoKind.REMINDER) == []


def test_a_reminder_that_was_seen_waits_no_more(office: Office) -> None:
    number, handler = given(office)
    do(office, handing.remind, number, "请本周拟稿", by=owner(office, Role.HEAD))

    do(office, handing.seen, number, by=handler)

    assert waiting(office, number, MemoKind.REMINDER) == []


def test_a_reminder_goes_by_mail_and_tells_nothing_of_the_applicant(office: Office, inbox: Inbox) -> None:
    number, handler = given(office)
    do(office, handing.remind, number, "请尽快答复张三", by=owner(office, Role.CLERK))
    settings = Settings(
        data=Path("/nonexistent"),
        database_url="",
        smtp_url=inbox.url,
        mail_from="gongkai@example.org",
        public_url="https://gk.example.gov.cn",
    )

    sent = deliver_waiting(office.store, settings, morning(TODAY, 10))

    assert [user for _key, user in messages(office)] == [handler.user_id]
    assert sent == 1
    assert inbox.recipients == [[EMAIL]]
    (mail,) = inbox.mails
    assert mail["Subject"] == f"【催办】政府信息公开申请{number}"
    assert "陆田野" in mail.get_content()
    assert "https://gk.example.gov.cn/desk" in mail.get_content().splitlines()[2]
    for personal in (ZHANG["name"], REQUEST["title"], "尽快"):
        assert personal not in mail["Subject"] + mail.get_content()


@pytest.mark.parametrize("email", [None, EMAIL])
def test_without_an_address_a_reminder_waits_on_the_desk_only(office: Office, email: str | None) -> None:
    number, handler = given(office, email=email)

    do(office, handing.remind, number, "请拟稿", by=owner(office, Role.CLERK))

    assert len(messages(office)) == (1 if email else 0)
    assert piles(look(office, Role.HANDLER, user_id=handler.user_id)) == {Reason.REMINDED: [number]}


def test_whoever_is_away_has_their_substitute_reminded(office: Office) -> None:
    number, handler = given(office)
    other = office.account("李", Role.CLERK, name="李", email="li@example.org")
    with office.store.transaction() as session:
        agency, at = office.agency.id or 0, morning(TODAY)
        absences.set_absence(
            session, agency, handler.user_id, other.id, TODAY, TODAY, by=handler.user_id, at=at
        )

    do(office, handing.remind, number, "请拟稿", by=owner(office, Role.HEAD))

    assert [user for _key, user in messages(office)] == [other.id]


def test_nobody_is_written_to_of_what_is_done_or_after_they_have_left(office: Office, inbox: Inbox) -> None:
    number, _handler = given(office)
    do(office, handing.remind, number, "请拟稿", by=owner(office, Role.CLERK))
    office.do(number, Action.WITHDRAW, TODAY)
    settings = Settings(Path("/nonexistent"), "", smtp_url=inbox.url, mail_from="gongkai@example.org")

    assert deliver_waiting(office.store, settings, morning(TODAY, 10)) == 0

    with office.store.reading() as session:
        query = select(OUTBOX.c.error).where(OUTBOX.c.user_id.is_not(None))
        assert session.execute(query).scalar_one() == "本件已经办结，不必再提醒"


# --- Due soon --------------------------------------------------------------------------------------------


def test_the_handler_is_told_at_each_step_once(office: Office) -> None:
    number, handler = given(office)  # Received on 1 July: due on 29 July.
    with office.store.reading() as session:
        assert open_file(session, number).row.due_on == date(2026, 7, 29)

    told: dict[date, int] = {}
    for day in range(1, 32):
        with office.store.session() as session:
            for _ in range(2):
                sweep(session, morning(date(2026, 7, day)))
        told[date(2026, 7, day)] = len(messages(office))

    grown = [day for day in told if told[day] > told.get(day - timedelta(days=1), 0)]
    assert grown == [date(2026, 7, 22), date(2026, 7, 24), date(2026, 7, 28), date(2026, 7, 30)]
    assert [key.split(":")[2] for key, _user in messages(office)] == ["yellow", "orange", "red", "overdue"]
    assert {user for _key, user in messages(office)} == {handler.user_id}


@pytest.mark.parametrize(
    ("state", "role"),
    [
        (State.SCREENING, Role.CLERK),
        (State.PROCESSING, Role.HANDLER),
        (State.LEGAL_REVIEW, Role.LEGAL),
        (State.APPROVAL, Role.HEAD),
        (State.AWAITING_CLARIFICATION, None),
        (State.AWAITING_PAYMENT, None),
        (State.SUBMITTED, None),
        (State.CONCLUDED, None),
    ],
)
def test_whoever_has_the_turn_is_told_and_nobody_while_the_term_rests(
    office: Office, state: State, role: Role | None
) -> None:
    people = {
        each: office.account(each.value, each, email=f"{each}@example.org").id
        for each in (Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD)
    }
    office.account("elsewhere", Role.CLERK, email="else@example.org", agency=office.other().agency)
    office.case_at(state)

    with office.store.transaction() as session:
        remind_of_due(session, morning(date(2026, 8, 31)))

    assert [user for _key, user in messages(office)] == ([people[role]] if role else [])


# --- Whom a case can be given to --------------------------------------------------------------------------


def test_each_handler_is_offered_with_their_load(office: Office) -> None:
    given(office)
    other = office.account("周舟", Role.HANDLER, Role.CLERK, name="周舟")
    office.account("离岗", Role.HANDLER, active=False)
    office.account("外人", Role.HANDLER, agency=office.other().agency)
    with office.store.transaction() as session:
        agency, at = office.agency.id or 0, morning(TODAY)
        by = office.staff(Role.HEAD).user_id or 0
        absences.set_absence(session, agency, other.id, by, TODAY, TODAY, by=other.id, at=at)

    with office.store.reading() as session:
        today = {each.name: each for each in loads(session, agency, TODAY)}
        late = {each.name: each for each in loads(session, agency, date(2026, 8, 31))}

    told = {name: (each.open, each.overdue, bool(each.away)) for name, each in today.items()}
    assert told["陆田野"] == (1, 0, False)
    assert told["周舟"] == (0, 0, True)
    assert not {"离岗", "外人"} & told.keys()
    assert (late["陆田野"].overdue, late["周舟"].away) == (1, None)

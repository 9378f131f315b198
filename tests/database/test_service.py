"""Service as it is kept: who signed is encrypted, and the periods follow the day, also one corrected."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from tests.office import FIRST_DAY, Office
from workflow.casefile import open_file, texts_of
from workflow.store import Store
from workflow.tables import EVENTS, TERMS
from workflow.vocabulary import Action, State, TermName

SENT = FIRST_DAY + timedelta(days=5)  # Monday 2026-07-06: one day after it was signed.
NOTICE: dict[str, Any] = {"method": "public_notice", "published_on": "2026-07-07"}


def _sent(office: Office) -> str:
    number = office.case_at(State.APPROVED)
    office.do(number, Action.ISSUE_REPLY, SENT, method="registered_post")
    return number


def _periods(store: Store, number: str) -> dict[str, tuple[date, date]]:
    with store.reading() as session:
        case_id = open_file(session, number).id
        rows = session.execute(select(TERMS).where(TERMS.c.case_id == case_id)).all()
    names = (TermName.RECONSIDERATION, TermName.LITIGATION)
    return {row.name.value: (row.runs_from, row.due_on) for row in rows if row.name in names}


def test_who_signed_is_kept_apart_from_the_event(office: Office) -> None:
    number = _sent(office)

    office.do(
        number,
        Action.RECORD_SERVICE,
        SENT + timedelta(days=3),
        served_on="2026-07-08",
        method="registered_post",
        tracking_no="XA1",
        receiver="李四（同住家属）",
        receipt="回执7号",
    )

    with office.store.reading() as session:
        file = open_file(session, number)
        facts = session.execute(select(EVENTS.c.facts).where(EVENTS.c.seq == file.version)).scalar_one()
        assert texts_of(session, file)[file.version] == {"receiver": "李四（同住家属）"}
    assert (facts["receipt"], facts["tracking_no"], "receiver" in facts) == ("回执7号", "XA1", False)


def test_a_reply_that_is_published_is_served_when_the_notice_has_stood_its_days(office: Office) -> None:
    number = _sent(office)

    office.do(number, Action.RECORD_SERVICE, SENT + timedelta(days=1), **NOTICE)

    assert _periods(office.store, number) == {
        "reconsideration": (date(2026, 8, 6), date(2026, 10, 8)),
        "litigation": (date(2026, 8, 6), date(2027, 2, 11)),
    }


def test_a_day_of_publication_that_was_wrong_is_corrected_and_the_periods_follow(office: Office) -> None:
    number = _sent(office)
    seq = office.do(number, Action.RECORD_SERVICE, SENT + timedelta(days=1), **NOTICE).version
    changes = {"published_on": "2026-07-06"}

    office.do(number, Action.RECTIFY, SENT + timedelta(days=2), event=seq, changes=changes, reason="登记有误")

    assert _periods(office.store, number)["reconsideration"] == (date(2026, 8, 5), date(2026, 10, 8))

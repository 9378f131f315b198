"""Service as it is kept: who signed is encrypted, and the periods follow the day, also one corrected."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.office import FIRST_DAY, Office
from workflow.casefile import open_file, texts_of
from workflow.errors import NotFound
from workflow.queries.service import Proof, Service, service
from workflow.store import Store
from workflow.tables import EVENTS, LETTERS, TERMS
from workflow.vocabulary import Action, Method, Role, State, TermName

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


# --- What is known of it ---------------------------------------------------------------------------------


def _known(office: Office, number: str, kind: str) -> Service:
    """What is known of the service of the latest letter of that kind."""
    with office.store.reading() as session:
        file = open_file(session, number)
        query = select(func.max(LETTERS.c.id)).where(LETTERS.c.case_id == file.id, LETTERS.c.kind == kind)
        return service(session, file, session.execute(query).scalar_one())


def test_of_a_letter_on_its_way_only_way_and_address_are_known(office: Office) -> None:
    contact = {"phone": "13800000000", "address": "招远市某路1号", "email": "a@b.cn"}
    applicant = {"kind": "natural_person", "name": "张三", "contact": contact}
    number = office.case_at(State.APPROVED, applicant=applicant)
    office.do(number, Action.ISSUE_REPLY, SENT, method="online")

    found = _known(office, number, "disclosed")

    assert (found.to, found.method, found.address) == ("张三", Method.ONLINE, "a@b.cn")
    assert (found.proof, found.returned, found.terms) == (None, (), ())


def test_what_arrived_first_is_the_proof_and_what_came_back_is_told_beside(office: Office) -> None:
    number = _sent(office)
    by_post: dict[str, Any] = {"method": "registered_post", "tracking_no": "XA1"}
    office.do(number, Action.RECORD_SERVICE, SENT + timedelta(days=1), **by_post, returned=True)
    office.do(
        number,
        Action.RECORD_SERVICE,
        SENT + timedelta(days=3),
        served_on="2026-07-09",
        method="fax",
        receipt="7",
        receiver="王五",
    )
    again = SENT + timedelta(days=4)
    office.do(number, Action.RECORD_SERVICE, again, method="online", served_on="2026-07-10")

    found = _known(office, number, "disclosed")

    assert found.proof == Proof(
        Method.FAX,
        date(2026, 7, 9),
        receiver="王五",
        receipt="7",
        entered_by=Role.CLERK.zh,
        entered_on=date(2026, 7, 9),
    )
    assert [(back.tracking_no, back.on) for back in found.returned] == [("XA1", date(2026, 7, 7))]
    assert [(term.name, term.due_on) for term in found.terms] == [
        (TermName.RECONSIDERATION, date(2026, 9, 7)),
        (TermName.LITIGATION, date(2027, 1, 11)),
    ]


def test_a_reply_that_was_handed_over_proves_itself(office: Office) -> None:
    found = _known(office, office.case_at(State.CONCLUDED), "disclosed")

    assert found.proof == Proof(Method.IN_PERSON, date(2026, 7, 6))
    assert len(found.terms) == 2


def test_a_notice_tells_the_period_that_it_starts(office: Office) -> None:
    number = office.case_at(State.AWAITING_CLARIFICATION)
    office.do(
        number,
        Action.RECORD_SERVICE,
        SENT,
        letter="clarification_notice",
        method="online",
        served_on="2026-07-03",
    )

    found = _known(office, number, "clarification_notice")

    assert [(term.name, term.due_on) for term in found.terms] == [(TermName.CLARIFICATION, date(2026, 7, 24))]


def test_of_a_third_party_no_address_is_known_and_the_applicants_is_not_told(office: Office) -> None:
    number = office.case_at(State.CONSULTING)

    found = _known(office, number, "third_party_consultation")

    assert (found.to, found.address, found.proof) == ("甲公司", "", None)


def test_a_letter_of_another_case_is_not_found(office: Office) -> None:
    number, other = _sent(office), _sent(office)
    with office.store.reading() as session:
        file, foreign = open_file(session, number), open_file(session, other)
        query = select(func.max(LETTERS.c.id)).where(LETTERS.c.case_id == foreign.id)
        letter_id = session.execute(query).scalar_one()

        with pytest.raises(NotFound, match="没有这件文书"):
            service(session, file, letter_id)


def test_of_a_letter_that_was_sent_again_corrected_the_new_one_starts_the_periods(office: Office) -> None:
    number = _sent(office)
    with office.store.reading() as session:
        events = open_file(session, number).log.events
    draft = next(event.seq for event in events if event.action is Action.DRAFT_REPLY)
    changes = {"reasons": "更正后的答复。"}
    office.do(number, Action.RECTIFY, SENT, event=draft, changes=changes, reason="笔误")
    sent_again = _known(office, number, "disclosed")
    assert (sent_again.method, sent_again.proof) == (None, None)

    office.do(number, Action.RECORD_SERVICE, SENT + timedelta(days=2), method="fax", served_on="2026-07-08")

    found = _known(office, number, "disclosed")
    assert found.proof is not None
    assert [(term.name, term.runs_from) for term in found.terms] == [
        (TermName.RECONSIDERATION, date(2026, 7, 8)),
        (TermName.LITIGATION, date(2026, 7, 8)),
    ]

"""Consultations as the file tells them: days, who, the opinion, and how many working days are left out."""

from datetime import date, timedelta

from tests.office import FIRST_DAY, Office
from workflow.casefile import open_file, parties
from workflow.queries.consultations import Asked, Effect, consultations
from workflow.queries.timeline import timeline
from workflow.vocabulary import Action, Role, State

SENT = date(2026, 7, 6)  # A Monday; no holiday before 25 September.


def told(office: Office, number: str) -> list[Asked]:
    with office.store.reading() as session:
        file = open_file(session, number)
        return consultations(session, file, parties(session, file), timeline(session, file))


def test_an_answered_one_leaves_out_the_working_days_up_to_the_answer(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(
        number, Action.CONSULT_AGENCY, SENT, name="财政局", question="是否共同制作？", served_on="2026-07-07"
    )
    office.do(
        number,
        Action.RECORD_OPINION,
        date(2026, 7, 15),
        name="财政局",
        consents=True,
        received_on="2026-07-13",
    )

    (only,) = told(office, number)

    assert (only.name, only.question, only.asked_by, only.recorded_by) == (
        "财政局",
        "是否共同制作？",
        Role.HANDLER.zh,
        Role.HANDLER.zh,
    )
    assert (only.asked.sent, only.served, only.received) == (SENT, date(2026, 7, 7), date(2026, 7, 13))
    assert (only.effect, only.workdays) == (Effect.EXCLUDED, 5)  # 7 to 10 and 13 July.
    assert "agency_consultation" in [letter.kind for letter in only.letters]


def test_an_open_one_counts_up_to_the_end_of_its_term(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.CONSULT_THIRD_PARTY, SENT, name="甲公司")

    (only,) = told(office, number)

    assert (only.effect, only.workdays, only.received) == (Effect.RUNNING, 15, None)
    assert only.term.due_on == date(2026, 7, 27)


def test_one_in_the_post_has_no_day_of_service_yet(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.CONSULT_THIRD_PARTY, SENT, name="甲公司", method="registered_post")

    (only,) = told(office, number)

    assert only.served is None


def test_one_that_came_back_leaves_nothing_out(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.CONSULT_THIRD_PARTY, SENT, name="甲公司", method="registered_post")
    office.do(
        number,
        Action.RECORD_SERVICE,
        date(2026, 7, 10),
        letter="third_party_consultation",
        method="registered_post",
        served_on="2026-07-10",
        returned=True,
    )

    (only,) = told(office, number)

    assert (only.effect, only.workdays, only.served) == (Effect.RETURNED, 0, None)


def test_one_answered_on_the_day_leaves_nothing_out(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.CONSULT_AGENCY, SENT, name="财政局")
    office.do(number, Action.RECORD_OPINION, SENT, name="财政局", consents=True)

    (only,) = told(office, number)

    assert (only.effect, only.workdays) == (Effect.NONE, 0)


def test_one_sent_after_the_due_date_is_told_as_too_late(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.CONSULT_AGENCY, FIRST_DAY + timedelta(days=60), name="财政局")

    (only,) = told(office, number)

    assert (only.effect, only.workdays) == (Effect.TOO_LATE, 0)


def test_one_before_the_term_began_anew_counts_no_more(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.CONSULT_AGENCY, SENT, name="财政局")
    office.do(number, Action.RECORD_OPINION, date(2026, 7, 8), name="财政局", consents=True)
    office.do(number, Action.ASSESS_FEE, date(2026, 7, 9), basis="per_page", pages=68)
    office.do(number, Action.RECORD_PAYMENT, date(2026, 7, 10), receipt_no="37-001")

    (only,) = told(office, number)

    assert (only.effect, only.workdays) == (Effect.RESTARTED, 0)
    with office.store.reading() as session:
        (fee,) = open_file(session, number).history.fees
    assert (fee.receipt_no, fee.paid_on) == ("37-001", date(2026, 7, 10))


def test_the_shown_days_are_those_that_the_due_date_rests_on(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    office.do(number, Action.CONSULT_AGENCY, SENT, name="财政局")
    office.do(number, Action.RECORD_OPINION, date(2026, 7, 20), name="财政局", consents=True)

    with office.store.reading() as session:
        due = open_file(session, number).history.due

    assert due is not None
    assert [each.workdays for each in told(office, number)] == [due.excluded] == [10]

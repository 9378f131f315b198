"""The terms and remedies of an imported case."""

from datetime import date
from typing import Any

import pytest

from tests.ledger.courses import CALENDAR, REPLIED, course, imported_on, row, term
from tests.ledger.sheets import TODAY
from workflow.effects.consultation import lapsed_consultations
from workflow.history import Event
from workflow.lifecycle import fold
from workflow.records import Remedy
from workflow.vocabulary import Action, Role, TermName, TermStatus


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, TermStatus.RUNNING),
        ({"consultation_sent": "2026-07-08"}, TermStatus.RUNNING),
        ({"clarification_sent": "2026-07-06"}, TermStatus.PAUSED),
        ({"fee_yuan": 380}, TermStatus.PAUSED),
        ({"clarification_sent": "2026-07-06", "consultation_sent": "2026-07-08"}, TermStatus.RUNNING),
        (
            {"fee_yuan": 380, "clarification_sent": "2026-07-06", "clarification_received": "2026-07-13"},
            TermStatus.PAUSED,
        ),
        (
            {"clarification_sent": "2026-07-06", "fee_yuan": 380, "paid_on": "2026-07-16"},
            TermStatus.PAUSED,
        ),
        (REPLIED, TermStatus.MET),
        ({"replied_on": "2026-07-20", "decision": "withdrawn"}, TermStatus.CANCELLED),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else value.value,
)
def test_the_reply_term_stands_as_the_state_has_it(facts: dict[str, Any], status: TermStatus) -> None:
    assert term(course(**facts), TermName.REPLY).status is status


def test_a_clarification_has_its_15_working_days_and_lapses() -> None:
    # From Monday 6 July: 7–10 (4), 13–17 (9), 20–24 (14), Monday the 27th.
    on_the_last_day = imported_on(date(2026, 7, 27), clarification_sent="2026-07-06")
    the_day_after = imported_on(date(2026, 7, 28), clarification_sent="2026-07-06")

    assert term(on_the_last_day, TermName.CLARIFICATION).due_on == date(2026, 7, 27)
    assert term(on_the_last_day, TermName.CLARIFICATION).status is TermStatus.RUNNING
    assert term(the_day_after, TermName.CLARIFICATION).status is TermStatus.LAPSED


def test_a_payment_is_awaited_because_nobody_knows_when_the_notice_came() -> None:
    h = course(fee_yuan=380)

    assert term(h, TermName.PAYMENT).status is TermStatus.AWAITED
    assert [(fee.amount_yuan, fee.undated) for fee in h.fees] == [(380, True)]


def test_a_payment_has_its_20_working_days_once_the_day_of_the_notice_is_corrected_in() -> None:
    # From Wednesday 8 July: 9, 10 (2), to 31 July (17), 3–5 August.
    h = imported_on(date(2026, 8, 3), fee_yuan=380, fee_notified_on="2026-07-08")

    assert term(h, TermName.PAYMENT).due_on == date(2026, 8, 5)
    assert term(h, TermName.PAYMENT).status is TermStatus.RUNNING
    assert not h.fees[0].undated


def test_an_opinion_still_awaited_is_left_to_the_timer() -> None:
    # Its term ended on 29 July, long before the import.
    h = course(consultation_sent="2026-07-08")

    assert term(h, TermName.THIRD_PARTY_OPINION).status is TermStatus.RUNNING
    assert len(lapsed_consultations(h, TODAY)) == 1


def test_a_late_clarification_notice_keeps_the_earlier_date_too() -> None:
    # The seventh working day is Friday 10 July; from Monday the 20th, day 20 is Monday 17 August.
    h = course(clarification_sent="2026-07-13", clarification_received="2026-07-20")

    assert h.due is not None
    assert (h.due.due_on, h.conservative_due_on) == (date(2026, 8, 17), date(2026, 7, 29))


def test_the_remedies_of_a_reply_run_from_its_service() -> None:
    # 60 days from 22 July are Sunday 20 September, which is worked; six months are Friday 22 January.
    h = course(**REPLIED, served_on="2026-07-22")

    assert h.concluded_on == date(2026, 7, 20)
    assert term(h, TermName.RECONSIDERATION).due_on == date(2026, 9, 20)
    assert term(h, TermName.LITIGATION).due_on == date(2027, 1, 22)
    assert term(h, TermName.LITIGATION).status is TermStatus.RUNNING


@pytest.mark.parametrize("served", [{}, {"served_on": "2026-07-19"}], ids=["no service", "before the reply"])
def test_remedies_are_awaited_where_no_service_is_known(served: dict[str, Any]) -> None:
    assert term(course(**REPLIED, **served), TermName.RECONSIDERATION).status is TermStatus.AWAITED


def test_what_lapsed_before_the_import_leaves_nothing_to_the_sweep() -> None:
    h = course(
        received_on="2025-01-06", replied_on="2025-01-24", decision="disclosed", served_on="2025-01-26"
    )

    assert [each.name for each in h.terms if each.status is TermStatus.RUNNING] == []


# --- Remedies (table 4) ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "remedies"),
    [
        ({"reconsideration": "upheld"}, [("reconsideration", "upheld")]),
        ({"reconsideration": "pending"}, [("reconsideration", None)]),
        (
            {"litigation_kind": "direct_litigation", "litigation": "corrected"},
            [("direct_litigation", "corrected")],
        ),
        ({"litigation_kind": "direct_litigation"}, [("direct_litigation", None)]),
        (
            {
                "reconsideration": "upheld",
                "litigation_kind": "litigation_after_reconsideration",
                "litigation": "pending",
            },
            [("reconsideration", "upheld"), ("litigation_after_reconsideration", None)],
        ),
        ({"litigation": "upheld"}, []),
    ],
    ids=["upheld", "pending", "sued", "sued, no outcome", "both", "no kind"],
)
def test_what_became_of_the_reply_is_recorded_for_table_4(
    facts: dict[str, Any], remedies: list[tuple[str, str | None]]
) -> None:
    h = course(**REPLIED, **facts)

    assert [(each.kind, each.outcome) for each in h.remedies] == remedies
    assert {(each.filed_on, each.decided_on) for each in h.remedies} <= {(None, None)}


def test_a_pending_remedy_of_a_ledger_takes_its_days_and_outcome_from_a_later_record() -> None:
    outcome = {
        "kind": "reconsideration",
        "filed_on": "2026-08-03",
        "outcome": "upheld",
        "decided_on": "2026-09-10",
    }
    log = [
        row(**REPLIED, reconsideration="pending"),
        Event(2, TODAY, Action.RECORD_REMEDY, Role.CLERK, outcome),
    ]

    h = fold(log, CALENDAR)

    assert h.remedies == [Remedy(1, "reconsideration", date(2026, 8, 3), "upheld", date(2026, 9, 10))]

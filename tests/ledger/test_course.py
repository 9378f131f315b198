"""Where a row leaves its case, and when the reply is due, by days counted out by hand."""

from typing import Any

import pytest
from _pytest.mark import ParameterSet

from tests.ledger.courses import REPLIED, course, term
from tests.story import weekday
from workflow.effects.imported import state_of
from workflow.vocabulary import State, TermName


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        pytest.param({}, State.PROCESSING, id="nothing but the receipt"),
        pytest.param({"clarification_sent": "2026-07-06"}, State.AWAITING_CLARIFICATION, id="asked"),
        pytest.param(
            {"clarification_sent": "2026-07-06", "clarification_received": "2026-07-13"},
            State.PROCESSING,
            id="asked and answered",
        ),
        pytest.param({"consultation_sent": "2026-07-08"}, State.CONSULTING, id="consulted"),
        pytest.param(
            {"consultation_sent": "2026-07-08", "consultation_received": "2026-07-15"},
            State.PROCESSING,
            id="consulted, with the opinion",
        ),
        pytest.param({"fee_yuan": 380}, State.AWAITING_PAYMENT, id="charged"),
        pytest.param({"fee_yuan": 380, "paid_on": "2026-07-16"}, State.PROCESSING, id="charged and paid"),
        pytest.param(
            {"clarification_sent": "2026-07-06", "consultation_sent": "2026-07-08"},
            State.CONSULTING,
            id="a consultation goes before a clarification",
        ),
        pytest.param(
            {"clarification_sent": "2026-07-06", "consultation_sent": "2026-07-08", "fee_yuan": 380},
            State.AWAITING_PAYMENT,
            id="a fee goes before both",
        ),
        pytest.param(REPLIED, State.CONCLUDED, id="decided"),
        pytest.param({**REPLIED, "fee_yuan": 380}, State.CONCLUDED, id="a decision goes before all"),
        pytest.param({**REPLIED, "archive_number": "2026-1"}, State.ARCHIVED, id="decided and archived"),
        pytest.param({"archive_number": "2026-1"}, State.PROCESSING, id="archived without a decision"),
    ],
)
def test_a_row_leaves_its_case_in_the_first_state_that_holds(facts: dict[str, Any], state: State) -> None:
    h = course(**facts)

    assert h.state is state_of(facts) is state


def due(reason: str, due_on: str, excluded: int = 0, **facts: Any) -> ParameterSet:
    """One line of the table: when the reply is due, how many working days are left out, and why."""
    return pytest.param(facts, due_on, excluded, id=f"{due_on} {weekday(due_on)}: {reason}")


Facts = dict[str, Any]
ASKED: Facts = {"clarification_sent": "2026-07-06"}
ANSWERED: Facts = {"clarification_received": "2026-07-13"}
CONSULTED: Facts = {"consultation_sent": "2026-07-08"}
PAID: Facts = {"fee_yuan": 380, "paid_on": "2026-07-16"}
EXTENDED: Facts = {"extension_notified": "2026-07-20", "extension_workdays": 10}


@pytest.mark.parametrize(
    ("facts", "due_on", "excluded"),
    [
        # Days 1 and 2 are 2 and 3 July, 3 to 7 end on Friday the 10th, … day 20 is Wednesday the 29th.
        due("20 working days", "2026-07-29"),
        # Ten more: 30, 31 July, 3 to 7 August, 10, 11, 12.
        due("extended by 10", "2026-08-12", **EXTENDED),
        due("extended, its day is missing", "2026-08-12", extension_workdays=10),
        due("extended on the last day", "2026-08-12", extension_notified="2026-07-29", extension_workdays=10),
        due("extended a day too late", "2026-07-29", extension_notified="2026-07-30", extension_workdays=10),
        # Twenty more than 29 July end on 26 August.
        due("20 is the most", "2026-08-26", extension_notified="2026-07-20", extension_workdays=25),
        due("extended by nobody knows how many", "2026-07-29", extension_notified="2026-07-20"),
        # Out are 9, 10, 13, 14, 15 July: five, so day 25.
        due("consulted for 5", "2026-08-05", 5, **CONSULTED, consultation_received="2026-07-15"),
        # The third party has 15 working days from 8 July, to the 29th: all are out, so day 35.
        due("the opinion never came", "2026-08-19", 15, **CONSULTED),
        due(
            "the opinion came after its term",
            "2026-08-19",
            15,
            **CONSULTED,
            consultation_received="2026-08-05",
        ),
        due("no opinion yet, extended by 10", "2026-09-02", 15, **CONSULTED, **EXTENDED),
        due("consulted on the last day", "2026-08-19", 15, consultation_sent="2026-07-29"),
        due("consulted a day too late", "2026-07-29", consultation_sent="2026-07-30"),
        # While the applicant is asked the date stays; answered on 13 July, 20 working days from there.
        due("asked, paused", "2026-07-29", **ASKED),
        due("clarified on Monday 13 July", "2026-08-10", **ASKED, **ANSWERED),
        due("clarified, when asked is missing", "2026-08-10", **ANSWERED),
        due("charged, paused", "2026-07-29", fee_yuan=380),
        # Paid on Thursday 16 July: day 1 is the 17th, day 20 is 13 August.
        due("paid on 16 July", "2026-08-13", **PAID),
        due("paid, the amount is missing", "2026-08-13", paid_on="2026-07-16"),
        due(
            "payment clears what was before",
            "2026-08-13",
            **PAID,
            **CONSULTED,
            consultation_received="2026-07-10",
            extension_notified="2026-07-08",
            extension_workdays=10,
        ),
        due(
            "what the day of the answer brings belongs to the new run",
            "2026-08-19",
            2,
            **ASKED,
            **ANSWERED,
            consultation_sent="2026-07-13",
            consultation_received="2026-07-15",
            extension_notified="2026-07-13",
            extension_workdays=5,
        ),
        due(
            "an extension without its day belongs to the last run", "2026-08-20", **PAID, extension_workdays=5
        ),
        # What cannot have been before the receipt, or before its question, is taken as of then.
        due(
            "clarified before it was received",
            "2026-07-29",
            clarification_sent="2026-06-20",
            clarification_received="2026-06-25",
        ),
        due("answered before it was asked", "2026-08-10", clarification_sent="2026-07-14", **ANSWERED),
        due(
            "the opinion came before the question",
            "2026-07-29",
            consultation_sent="2026-07-15",
            consultation_received="2026-07-08",
        ),
    ],
)
def test_the_reply_is_due_by_the_days_of_the_row(facts: dict[str, Any], due_on: str, excluded: int) -> None:
    h = course(**facts)

    assert h.due is not None
    assert (h.due.due_on.isoformat(), h.due.excluded) == (due_on, excluded)
    assert term(h, TermName.REPLY).due_on == h.due.due_on


@pytest.mark.parametrize(
    ("received", "due_on"),
    [
        # 26, 28 (a Sunday of work), 29, 30 September, 8 days off, 9, 10, 11 (a Saturday of work) …
        pytest.param("2025-09-25", "2025-10-29", id="2025-10-29 周三: over National Day"),
        pytest.param("2026-02-05", "2026-03-11", id="2026-03-11 周三: over Spring Festival"),
        pytest.param("2025-12-18", "2026-01-16", id="2026-01-16 周五: over New Year"),
    ],
)
def test_holidays_are_left_out(received: str, due_on: str) -> None:
    h = course(received_on=received)

    assert h.due is not None
    assert h.due.due_on.isoformat() == due_on

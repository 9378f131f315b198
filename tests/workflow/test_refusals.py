"""Every rule refuses what it forbids, naming action, state, article and reason, and nothing beside it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.workflow.forbidden import (
    ASK,
    FORBIDDEN,
    OPINION,
    PAGES,
    PARTLY,
    Make,
    Row,
    charged_in_vain,
    clarified,
    judged,
    objected,
    published,
)
from tests.workflow.walk import (
    CALENDAR,
    PEOPLE,
    A,
    accepted,
    charged,
    clarifying,
    consulting,
    registered,
    signed,
)
from workflow.errors import Refused
from workflow.law.statute import cite_zh
from workflow.lifecycle import move
from workflow.rules import ALWAYS, READY, RULES, Rule, reply
from workflow.vocabulary import Action, Role


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        pytest.param(rule, row, id=f"{rule.__name__}: {row[2].value} {row[0]} ({row[4]})")
        for rule, rows in FORBIDDEN.items()
        for row in rows
    ],
)
def test_the_law_forbids_it(rule: Rule, row: Row) -> None:
    _told, make, action, on, article, facts = row
    walk = make()
    state, due_on, terms = walk.h.state, walk.h.due_on, len(walk.h.terms)
    person = PEOPLE[Role.HANDLER] if rule is reply.not_the_drafter else None
    act = walk.event(action, on, person=person, **facts)

    with pytest.raises(Refused) as refused:
        walk.take(act)

    refusal = refused.value
    assert (refusal.action, refusal.state, refusal.article) == (action, state, article)
    where = f"“{state.zh}”状态下" if state else ""
    assert refusal.message.startswith(f"{where}不能“{action.zh}”：")
    assert refusal.message.endswith(f"（{cite_zh(article)}）")
    assert (walk.h.state, walk.h.due_on, len(walk.h.terms)) == (state, due_on, terms)
    with pytest.raises(Refused, match=re.escape(refusal.message)):
        rule(walk.h, act, CALENDAR)  # That rule, and no other, has refused it.


def test_every_rule_is_told() -> None:
    rules = {rule for table in (READY, RULES) for several in table.values() for rule in several}

    assert set(FORBIDDEN) == rules | set(ALWAYS)


def yes(
    told: str, make: Make, action: Action, on: int, **facts: Any
) -> tuple[str, Make, Action, int, dict[str, Any]]:
    """One act that comes close and is allowed."""
    return told, make, action, on, facts


def _waived() -> Any:
    return charged(basis="per_piece", pieces=1, before=20).do(A.CANCEL_FEE, 3)


def _reconsidered() -> Any:
    return objected().do(A.CONSULT_THIRD_PARTY, 9, party=1).do(A.RECORD_OPINION, 10, **OPINION)


def _clarified_and_accepted() -> Any:
    return clarified().do(A.ACCEPT, 7)


def _disclosed_in_the_public_interest() -> Any:
    return signed(walk=objected(), on=9, grounds=["public_interest"])


ALLOWED = (
    yes("extended on the last day", accepted, A.EXTEND, 28, workdays=20),
    yes("a fee notice on the last day", accepted, A.ASSESS_FEE, 28, **PAGES),
    yes("a consultation when overdue", accepted, A.CONSULT_THIRD_PARTY, 40, party=1),
    yes("a clarification notice when overdue", accepted, A.REQUEST_CLARIFICATION, 40, **ASK),
    yes("served in the future", registered, A.REQUEST_CLARIFICATION, 2, **ASK, served_on="2026-07-20"),
    yes(
        "an opinion before the letter arrived",
        lambda: consulting(served_on="2026-07-10"),
        A.RECORD_OPINION,
        7,
        **OPINION,
        received_on="2026-07-07",
    ),
    yes("a clarification after its term", clarifying, A.RECEIVE_CLARIFICATION, 24),
    yes("a payment after its term", charged, A.RECORD_PAYMENT, 31),
    yes("given up on the day after", clarifying, A.CONFIRM_ABANDONMENT, 24),
    yes("unclear after the answer", _clarified_and_accepted, A.DRAFT_REPLY, 8, decision="still_unclear"),
    yes(
        "excessive after the judgement",
        lambda: judged().do(A.ACCEPT, 9),
        A.DRAFT_REPLY,
        10,
        decision="excessive",
    ),
    yes(
        "an objection overridden in the public interest",
        objected,
        A.DRAFT_REPLY,
        9,
        decision="disclosed",
        grounds=["public_interest"],
    ),
    yes(
        "an objection without reason",
        lambda: objected(reasonable=False),
        A.DRAFT_REPLY,
        9,
        decision="disclosed",
    ),
    yes("an objection since taken back", _reconsidered, A.DRAFT_REPLY, 11, decision="disclosed"),
    yes("the part withheld", objected, A.DRAFT_REPLY, 9, **PARTLY, grounds=["third_party_rights"]),
    yes("a secret without files", accepted, A.DRAFT_REPLY, 6, decision="state_secret", evidence_count=1),
    yes("the same fee sent again", charged_in_vain, A.ASSESS_FEE, 9, **PAGES),
    yes("by page after a waived fee by piece", _waived, A.ASSESS_FEE, 4, **PAGES),
    yes("archived when it counts as served", published, A.ARCHIVE, 37, retention=30),
    yes("issued in the public interest", _disclosed_in_the_public_interest, A.ISSUE_REPLY, 10, method="fax"),
)


@pytest.mark.parametrize(
    ("make", "action", "on", "facts"), [pytest.param(*rest, id=told) for told, *rest in ALLOWED]
)
def test_the_law_allows_it(make: Make, action: Action, on: int, facts: dict[str, Any]) -> None:
    walk = make()

    assert move(walk.h, walk.event(action, on, **facts), CALENDAR)


OUT_OF_THE_CALENDAR: tuple[tuple[str, Callable[[], Any], Action, dict[str, Any]], ...] = (
    ("a term of centuries", registered, A.REQUEST_CLARIFICATION, {**ASK, "within_workdays": 90_000}),
    ("served at the end of time", accepted, A.CONSULT_AGENCY, {"party": 1, "served_on": "2060-12-30"}),
    ("reasons in centuries", registered, A.REQUEST_JUSTIFICATION, {"within_workdays": 90_000}),
)


@pytest.mark.parametrize(
    ("make", "action", "facts"), [pytest.param(*rest, id=told) for told, *rest in OUT_OF_THE_CALENDAR]
)
def test_a_day_that_no_calendar_reaches_is_refused_and_not_a_crash(
    make: Make, action: Action, facts: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match="超出日历范围"):
        make().do(action, 2, **facts)

"""Who may do what, where: the table of transitions once more, written by hand as an expectation."""

from collections.abc import Callable

import pytest

from tests.workflow.forbidden import (
    POST,
    charged_in_vain,
    clarified,
    conferring,
    deferred,
    judged,
    never_registered,
    objected_after_the_draft,
    paid,
    posted,
    reasoned,
)
from tests.workflow.walk import (
    AT,
    PEOPLE,
    A,
    Walk,
    accepted,
    charged,
    clarifying,
    consulting,
    drafted,
    issued,
    justifying,
    registered,
    signed,
)
from workflow.vocabulary import Role, State

#: State, role, and everything that this role may do on the tenth day of a plain case there.
MATRIX = """
(new)                   applicant   submit
(new)                   clerk       submit register
(new)                   system      imported

submitted               applicant   withdraw
submitted               clerk       register withdraw
submitted               head        rectify void

screening               applicant   withdraw
screening               clerk       request_clarification request_justification accept assign
                                    reply_on_the_spot assess_fee withdraw record_service record_remedy
screening               handler     assess_fee
screening               head        assign extend rectify void
screening               supervisor  escalate
screening               system      escalate recalculate

awaiting_clarification  applicant   receive_clarification withdraw
awaiting_clarification  clerk       receive_clarification assign withdraw record_service record_remedy
awaiting_clarification  head        assign rectify void
awaiting_clarification  supervisor  escalate
awaiting_clarification  system      escalate recalculate

awaiting_justification  applicant   receive_justification withdraw
awaiting_justification  clerk       receive_justification assign withdraw record_service record_remedy
awaiting_justification  head        assign extend rectify void
awaiting_justification  supervisor  escalate
awaiting_justification  system      escalate recalculate

processing              applicant   withdraw
processing              clerk       request_clarification request_justification assign assess_fee
                                    withdraw record_service record_remedy
processing              handler     consult_third_party consult_agency open_conference assess_fee draft_reply
processing              head        assign extend rectify void
processing              supervisor  escalate
processing              system      escalate recalculate

consulting              applicant   withdraw
consulting              clerk       assign withdraw record_service record_remedy
consulting              handler     consult_third_party consult_agency record_opinion open_conference
consulting              head        assign extend rectify void
consulting              supervisor  escalate
consulting              system      record_opinion escalate recalculate

awaiting_payment        applicant   withdraw
awaiting_payment        clerk       assign record_payment withdraw record_service record_remedy
awaiting_payment        head        assign cancel_fee rectify void
awaiting_payment        supervisor  escalate
awaiting_payment        system      escalate recalculate

legal_review            applicant   withdraw
legal_review            clerk       assign withdraw record_service record_remedy
legal_review            legal       return_draft pass_review
legal_review            head        assign extend return_draft rectify void
legal_review            supervisor  escalate
legal_review            system      escalate recalculate

approval                applicant   withdraw
approval                clerk       assign withdraw record_service record_remedy
approval                legal       return_draft
approval                head        assign extend return_draft approve rectify void
approval                supervisor  escalate
approval                system      escalate recalculate

approved                applicant   withdraw
approved                clerk       issue_reply withdraw record_service record_remedy
approved                legal       return_draft
approved                head        extend return_draft rectify void
approved                supervisor  escalate
approved                system      escalate recalculate

concluded               clerk       record_service archive record_remedy
concluded               head        reopen rectify

archived                clerk       record_service record_remedy
archived                head        reopen rectify

voided                  clerk       record_service record_remedy
voided                  head        rectify
"""


def _matrix() -> dict[tuple[str, str], set[str]]:
    """The table as sets; a line that goes on is indented."""
    sets: dict[tuple[str, str], set[str]] = {}
    key = ("", "")
    for line in filter(str.strip, MATRIX.splitlines()):
        words = line.split()
        if not line.startswith(" "):
            key, words = (words[0], words[1]), words[2:]
        sets.setdefault(key, set()).update(words)
    return sets


EXPECTED = _matrix()
STATES: dict[str, Callable[[], Walk]] = {"(new)": Walk} | {state.value: make for state, make in AT.items()}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", STATES)
def test_a_role_may_do_exactly_this_in_a_state(state: str, role: Role) -> None:
    walk = STATES[state]()
    assert (walk.h.state or "(new)") == state

    may = walk.may(role, 9)

    assert set(may) == EXPECTED.get((state, role), set())
    assert len(may) == len(set(may))


def test_the_table_names_only_states_and_roles() -> None:
    assert {state for state, _role in EXPECTED} == {"(new)", *State}
    assert {role for _state, role in EXPECTED} <= set(Role)


# --- What depends on more than the state -----------------------------------------------------------------


def _back(walk: Walk, kind: str) -> Walk:
    return walk.served(kind, 8, **POST, returned=True)


def _paid_and_answered() -> Walk:
    walk = charged().do(A.RECORD_PAYMENT, 4)
    return signed(walk=walk, on=5).do(A.ISSUE_REPLY, 6, method="in_person")


#: What it is about, the case, the day, the role, and what that role gains and loses against the plain state.
SITUATIONS: dict[str, tuple[Callable[[], Walk], int, Role, str, str]] = {
    "art. 30: clarified once is clarified": (clarified, 9, Role.CLERK, "", "request_clarification"),
    "art. 30: silence until the last day": (clarifying, 23, Role.HEAD, "", ""),
    "art. 30: silence beyond the term": (clarifying, 24, Role.HEAD, "confirm_abandonment", ""),
    "art. 30: a notice in the post never lapses": (lambda: clarifying(**POST), 200, Role.HEAD, "", ""),
    "art. 30: a notice that came back ends no right": (
        lambda: _back(clarifying(**POST), "clarification_notice"),
        200,
        Role.HEAD,
        "",
        "",
    ),
    "art. 30: a notice that came back is sent again": (
        lambda: _back(clarifying(**POST), "clarification_notice"),
        9,
        Role.CLERK,
        "request_clarification",
        "",
    ),
    "art. 35: silence beyond the term is judged": (justifying, 17, Role.CLERK, "judge_justification", ""),
    "art. 35: silence until the last day is not": (justifying, 16, Role.CLERK, "", ""),
    "art. 35: a notice that came back is sent again": (
        lambda: _back(justifying(**POST), "justification_notice"),
        9,
        Role.CLERK,
        "request_justification",
        "",
    ),
    "art. 35: reasons that were given are judged": (
        reasoned,
        9,
        Role.CLERK,
        "judge_justification",
        "request_justification",
    ),
    "art. 35: reasons once judged are judged": (judged, 9, Role.CLERK, "", ""),
    "art. 35: a deferred reply is not extended": (deferred, 9, Role.HEAD, "", "extend"),
    "art. 33: overdue is not extended": (accepted, 29, Role.HEAD, "", "extend"),
    "art. 33: due today is": (accepted, 28, Role.HEAD, "", ""),
    "art. 33: extended once is extended": (
        lambda: accepted().do(A.EXTEND, 5, workdays=5),
        9,
        Role.HEAD,
        "",
        "extend",
    ),
    "art. 33: a new clock can be extended again": (
        lambda: (
            registered()
            .do(A.EXTEND, 1, workdays=5)
            .do(A.REQUEST_CLARIFICATION, 2, items_count=1, within_workdays=15)
            .do(A.RECEIVE_CLARIFICATION, 7)
        ),
        9,
        Role.HEAD,
        "",
        "",
    ),
    "art. 32: the timer has closed it, a late opinion is still recorded": (
        lambda: consulting().sweep(27),
        27,
        Role.HANDLER,
        "record_opinion",
        "",
    ),
    "art. 32: the letter came back, an opinion got otherwise is recorded": (
        lambda: _back(consulting(**POST), "third_party_consultation"),
        9,
        Role.HANDLER,
        "",
        "",
    ),
    "art. 11: one conference at a time": (conferring, 9, Role.HANDLER, "close_conference", "open_conference"),
    "109号6: no fee notice when overdue": (accepted, 29, Role.HANDLER, "", "assess_fee"),
    "109号6: a fee once paid is not assessed again": (paid, 9, Role.HANDLER, "", "assess_fee"),
    "109号6: a cancelled fee may be assessed anew": (
        lambda: charged().do(A.CANCEL_FEE, 7),
        9,
        Role.HANDLER,
        "",
        "",
    ),
    "109号6: silence beyond the term": (charged, 31, Role.HEAD, "confirm_abandonment", ""),
    "109号6: silence until the last day": (charged, 30, Role.HEAD, "", ""),
    "109号6: a notice that came back is sent again": (charged_in_vain, 9, Role.CLERK, "assess_fee", ""),
    "109号6: a paid fee is given back": (_paid_and_answered, 9, Role.HEAD, "cancel_fee", ""),
    "art. 17: the drafter does not review": (drafted, 9, Role.LEGAL, "", "pass_review"),
    "art. 17: the drafter does not sign": (
        lambda: drafted().do(A.PASS_REVIEW, 6),
        9,
        Role.HEAD,
        "",
        "approve",
    ),
    "art. 32: an objection that came after the draft stops it": (
        objected_after_the_draft,
        28,
        Role.LEGAL,
        "",
        "pass_review",
    ),
    "art. 45: no archive without proof of service": (posted, 9, Role.CLERK, "", "archive"),
    "art. 45: what was withdrawn needs no proof": (
        lambda: registered().do(A.WITHDRAW, 3),
        9,
        Role.CLERK,
        "",
        "",
    ),
    "art. 31: what was never registered is not reopened": (never_registered, 9, Role.HEAD, "", "reopen"),
    "art. 31: what was never registered has no letters and no remedies": (
        never_registered,
        9,
        Role.CLERK,
        "",
        "record_service record_remedy",
    ),
    "art. 51: a reopened case has its set day": (
        lambda: issued().do(A.REOPEN, 8, reply_by="2026-09-30"),
        9,
        Role.HEAD,
        "",
        "extend",
    ),
}
#: The drafter, in whatever role.
SAME_PERSON = ("the drafter does not",)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_situation_adds_and_takes_away_exactly_this(situation: str) -> None:
    make, day, role, gained, lost = SITUATIONS[situation]
    walk = make()
    person = PEOPLE[Role.HANDLER] if any(words in situation for words in SAME_PERSON) else None

    may = set(walk.may(role, day, person))

    assert walk.h.state is not None
    plain = EXPECTED[walk.h.state.value, role]
    assert (may - plain, plain - may) == (set(gained.split()), set(lost.split()))

"""In the demo city a draft under review shows how its handler came to it, and names what proves it."""

import pytest
from sqlalchemy import select

from api.demo.guiding import way_to
from api.demo.stories import stories
from workflow.guidance import guided
from workflow.law.decisions import DECISIONS, PUBLIC_INTEREST, Decision
from workflow.law.evidence import checked
from workflow.law.guide import path
from workflow.rules.reply import NOT_DRAFTED
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import State

PARTLY = Decision.PARTLY_DISCLOSED


@pytest.mark.parametrize("decision", [each for each in Decision if each not in NOT_DRAFTED])
def test_there_is_a_way_straight_to_every_decision(decision: Decision) -> None:
    grounds = ["internal_affairs"] if decision is PARTLY else []

    way = path(way_to(decision, grounds))

    assert (way.decision, list(way.grounds), way.first) == (decision, grounds, ())


def test_the_grounds_of_a_draft_are_those_of_the_way() -> None:
    assert path(way_to(Decision.DISCLOSED, [PUBLIC_INTEREST])).grounds == (PUBLIC_INTEREST,)
    assert way_to(PARTLY, ["repeat"]) == {}


def test_what_was_drafted_lately_was_led_to_by_the_questions(session: Session) -> None:
    drafted = (State.LEGAL_REVIEW, State.APPROVAL, State.APPROVED)
    ids = session.execute(select(CASES.c.id).where(CASES.c.state.in_(drafted))).scalars().all()

    assert ids
    assert all(guided(session, case_id).way.decision for case_id in ids)


def test_refusals_name_what_proves_them_by_the_list() -> None:
    told = [
        (Decision(story.texts["decision"]), story.texts["evidence"])
        for story in stories()
        if "evidence" in story.texts and DECISIONS[Decision(story.texts["decision"])].evidence
    ]

    assert len(told) > 10
    assert all(any(proof.lines for proof in checked(decision, (), lines)[0]) for decision, lines in told)

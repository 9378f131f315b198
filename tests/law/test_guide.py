"""The seven questions: every way through them ends, and they reach every decision that is drafted."""

from collections.abc import Iterator

import pytest

from letters.kinds import KINDS
from workflow.commands.bodies import DraftReply
from workflow.law.decisions import CORRECTION, DECISIONS, PUBLIC_INTEREST, Decision
from workflow.law.guide import STEPS, Path, path, proposed, written
from workflow.law.guide.parts import Answer, Step
from workflow.law.statute import ARTICLES, NONE
from workflow.lifecycle import ROLES
from workflow.rules.reply import NOT_DRAFTED, WITHHELD_PARTS
from workflow.vocabulary import Action

#: Straight through to a disclosure.
OPEN = {
    "clarify": "clear",
    "scope": "information",
    "responsible": "ours",
    "held": "held",
    "disclose": "all",
    "provide": "asked",
    "reply": "now",
}
#: The last answer on the way, where each decision is come to, and what the draft then names.
ENDS: dict[Decision, tuple[str, str]] = {
    Decision.STILL_UNCLEAR: ("clarify", "still_unclear"),
    Decision.PETITION: ("scope", "petition"),
    Decision.PUBLICATION: ("scope", "publication"),
    Decision.REPEAT: ("scope", "repeat"),
    Decision.RECONFIRMATION: ("scope", "reconfirmation"),
    Decision.SPECIAL_REGIME: ("scope", "special_regime"),
    Decision.EXCESSIVE: ("scope", "excessive"),
    Decision.OTHER: ("scope", "other"),
    Decision.OTHER_AUTHORITY: ("responsible", "other_authority"),
    Decision.NOT_HELD: ("held", "not_held"),
    Decision.REQUIRES_CREATION: ("held", "create"),
    Decision.ALREADY_PUBLIC: ("disclose", "public"),
    Decision.DISCLOSED: ("disclose", "all"),
    Decision.PARTLY_DISCLOSED: ("disclose", "part internal_affairs"),
    Decision.STATE_SECRET: ("disclose", "state_secret"),
    Decision.PROHIBITED_BY_LAW: ("disclose", "prohibited_by_law"),
    Decision.SAFETY_AND_STABILITY: ("disclose", "safety_and_stability"),
    Decision.THIRD_PARTY_RIGHTS: ("disclose", "objected"),
    Decision.INTERNAL_AFFAIRS: ("disclose", "internal_affairs"),
    Decision.PROCESS_INFORMATION: ("disclose", "process_information"),
    Decision.ENFORCEMENT_FILE: ("disclose", "enforcement_file"),
}
#: Answers that wait for an act of the office before the questions go on.
WAITS = {
    ("clarify", "unclear"): "request_clarification",
    ("scope", "many"): "request_justification",
    ("disclose", "unasked"): "consult_third_party",
}
ANSWERS = [(step, answer) for step in STEPS for answer in step.answers]
named = pytest.mark.parametrize(("step", "answer"), ANSWERS, ids=lambda each: each.code)


def every_path() -> Iterator[Path]:
    """All ways through the questions, with the first thing ticked where something is to be ticked."""
    open_ways: list[dict[str, str]] = [{}]
    while open_ways:
        answers = open_ways.pop()
        way = path(answers)
        if way.asks is None:
            yield way
            continue
        for answer in way.asks.answers:
            ticked = [detail.code for detail in answer.details[:1]]
            open_ways.append({**answers, way.asks.code: written(answer.code, ticked)})


def test_the_seven_questions_have_their_names_in_their_order() -> None:
    assert [step.zh for step in STEPS] == [
        "补不补",
        "是不是",
        "谁负责",
        "有没有",
        "给不给",
        "怎么给",
        "怎么答",
    ]


def test_every_way_ends_with_a_decision_or_with_an_act_of_the_office() -> None:
    ways = list(every_path())

    assert len(ways) > 50
    assert all(way.decision or way.first for way in ways)


def test_every_decision_that_a_handler_drafts_is_reached_and_no_other() -> None:
    # Withdrawal and abandonment come about by the applicant's act or silence: nobody is led to them.
    assert {way.decision for way in every_path()} - {None} == set(Decision) - NOT_DRAFTED


@pytest.mark.parametrize("decision", ENDS)
def test_a_decision_is_come_to_by_its_answer(decision: Decision) -> None:
    step, answer = ENDS[decision]

    way = path({**OPEN, step: answer})

    assert (way.asks, way.decision) == (None, decision)
    assert way.letter == DECISIONS[decision].letter_kind
    assert way.reached[-1].step.code == "reply"


def test_every_decision_that_is_drafted_stands_in_that_table() -> None:
    assert set(ENDS) == set(Decision) - NOT_DRAFTED


@pytest.mark.parametrize(("step", "answer"), WAITS)
def test_an_act_of_the_office_comes_first_and_there_is_no_decision_yet(step: str, answer: str) -> None:
    way = path({**OPEN, step: answer})

    assert (way.asks, way.decision) == (None, None)
    assert [first.action for first in way.first] == [WAITS[step, answer]]


def test_the_questions_wait_nowhere_else() -> None:
    ending = {(step.code, answer.code) for step, answer in ANSWERS if not answer.to and step.code != "reply"}

    assert ending == set(WAITS)


@named
def test_an_answer_leads_forward(step: Step, answer: Answer) -> None:
    order = [each.code for each in STEPS]

    assert not answer.to or order.index(answer.to) > order.index(step.code)


@named
def test_an_answer_names_articles_acts_and_fields_that_exist(step: Step, answer: Answer) -> None:
    first = [*answer.first, *(detail.first for detail in answer.details if detail.first)]
    articles = {answer.article, *(d.article for d in answer.details), *(each.article for each in first)}

    assert articles | set(step.articles) <= ARTICLES.keys() | {NONE}
    assert {each.action for each in first} <= set(ROLES)
    assert set(answer.fields) <= DraftReply.model_fields.keys()
    assert answer.letter in ("", CORRECTION)


@named
def test_what_an_answer_says_in_a_reply_is_a_whole_sentence_without_gaps(step: Step, answer: Answer) -> None:
    assert answer.says == "" or answer.says.endswith("。")
    assert not set("（〔_…") & set(answer.says)
    assert answer.means.endswith("。")


def test_every_letter_that_is_come_to_is_a_kind_of_letter() -> None:
    assert {way.letter for way in every_path()} - {""} <= set(KINDS)
    assert path({**OPEN, "scope": "correction"}).letter == CORRECTION


def test_a_partial_disclosure_names_the_withheld_parts_in_their_order() -> None:
    way = path({**OPEN, "disclose": "part process_information third_party_rights unheard_of"})

    assert way.grounds == ("third_party_rights", "process_information")
    assert set(way.grounds) <= WITHHELD_PARTS
    assert way.first == ()


@pytest.mark.parametrize("given", ["part", "part unheard_of", "no such answer", ""])
def test_without_what_has_to_be_ticked_or_known_the_question_is_still_open(given: str) -> None:
    way = path({**OPEN, "disclose": given})

    assert way.asks is not None
    assert way.asks.code == "disclose"
    assert (way.decision, way.grounds) == (None, ())


def test_disclosure_in_the_public_interest_is_a_ground_of_the_draft() -> None:
    assert path({**OPEN, "disclose": PUBLIC_INTEREST}).grounds == (PUBLIC_INTEREST,)


def test_what_comes_first_is_gathered_from_all_answers() -> None:
    way = path({**OPEN, "responsible": "involves", "reply": "first conference extend"})

    assert [first.action for first in way.first] == [
        Action.CONSULT_AGENCY,
        Action.EXTEND,
        Action.OPEN_CONFERENCE,
    ]
    assert way.decision is Decision.DISCLOSED


def test_answers_beside_the_way_count_for_nothing() -> None:
    way = path({**OPEN, "scope": "repeat"})

    assert [each.step.code for each in way.reached] == ["clarify", "scope", "reply"]
    assert way.fields == ("earlier_reply",)


def test_the_proposed_reasons_tell_what_was_found_and_then_what_is_decided() -> None:
    way = path({**OPEN, "disclose": "part internal_affairs third_party_rights"})
    reasons = {"held": "在档案室查到2025年的卷宗", "disclose": "第3页载有值班安排。", "scope": " "}

    assert proposed(way, reasons) == (
        "依照《政府信息公开条例》第十条的规定，该信息由本机关负责公开。经检索，本机关保存有该信息。"
        "在档案室查到2025年的卷宗。\n"
        "经审查，该信息能够作区分处理，可以公开的内容予以提供。"
        "其中有下列情形的内容不予提供：商业秘密、个人隐私等第三方权益；内部事务信息。第3页载有值班安排。"
    )


@pytest.mark.parametrize("decision", ENDS)
def test_reasons_are_proposed_for_every_decision(decision: Decision) -> None:
    step, answer = ENDS[decision]

    text = proposed(path({**OPEN, step: answer}), {step: "另见说明"})

    assert text.endswith("。")
    assert "另见说明。" in text
    assert "。。" not in text
    assert "\n\n" not in text

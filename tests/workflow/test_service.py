"""Service of letters: from which day the periods run, by every way that a letter can take (民诉法 87–95)."""

from typing import Any

import pytest

from tests.workflow.walk import A, Walk, clarifying, consulting, issued
from workflow.vocabulary import Method, Role, TermName

REMEDIES = (TermName.RECONSIDERATION, TermName.LITIGATION)
POST = {"method": "registered_post"}
BY_NOTICE = {"method": "public_notice"}


def periods(walk: Walk, *names: TermName) -> list[str]:
    """The periods of those names, of the remedies if none is given."""
    wanted = names or REMEDIES
    return [f"{t.name} {t.runs_from}..{t.due_on} {t.status}" for t in walk.h.terms if t.name in wanted]


def posted(decision: str = "disclosed", **facts: Any) -> Walk:
    """A reply that was sent by post on Wednesday 2026-07-08."""
    return issued(decision, method="registered_post", **facts)


@pytest.mark.parametrize("method", Method)
def test_by_whichever_way_it_came_the_remedies_run_from_the_day_it_came(method: Method) -> None:
    walk = posted().served("disclosed", 12, method=method, served_on="2026-07-10")

    assert periods(walk) == [
        "reconsideration 2026-07-10..2026-09-08 running",
        "litigation 2026-07-10..2027-01-11 running",
    ]


#: Facts of the proof, told on Monday 2026-08-10, and the days that follow from it.
DAYS = {
    "Friday 07-10: 60 days end on Tuesday, six months on a Sunday and so on Monday": (
        {**POST, "served_on": "2026-07-10"},
        ("2026-07-10", "2026-09-08", "2027-01-11"),
    ),
    "Sunday 07-12: a day of rest counts as the day of service": (
        {"method": "online", "served_on": "2026-07-12"},
        ("2026-07-12", "2026-09-10", "2027-01-12"),
    ),
    "published Wednesday 07-08, served Friday 08-07: 60 days end in the National Day holidays": (
        {**BY_NOTICE, "published_on": "2026-07-08"},
        ("2026-08-07", "2026-10-08", "2027-02-11"),
    ),
    "published Thursday 07-16: it counts as served on Saturday 08-15, which is not moved": (
        {**BY_NOTICE, "published_on": "2026-07-16"},
        ("2026-08-15", "2026-10-14", "2027-02-15"),
    ),
    "published 07-08, told to have reached the reader on Monday 08-10": (
        {**BY_NOTICE, "published_on": "2026-07-08", "served_on": "2026-08-10"},
        ("2026-08-10", "2026-10-09", "2027-02-11"),
    ),
    "public notice, of which only the day of service is told: Friday 08-07": (
        {**BY_NOTICE, "served_on": "2026-08-07"},
        ("2026-08-07", "2026-10-08", "2027-02-11"),
    ),
}


@pytest.mark.parametrize("told", DAYS)
def test_the_periods_run_from_service_and_end_on_a_working_day(told: str) -> None:
    facts, (served, reconsideration, suit) = DAYS[told]

    walk = posted().served("disclosed", 40, **facts)

    assert periods(walk) == [
        f"reconsideration {served}..{reconsideration} running",
        f"litigation {served}..{suit} running",
    ]


def test_a_refusal_that_was_published_opens_reconsideration_alone() -> None:
    walk = posted("internal_affairs", evidence_count=1)

    walk.served("internal_affairs", 8, **BY_NOTICE, published_on="2026-07-08")

    assert periods(walk) == ["reconsideration 2026-08-07..2026-10-08 running"]


def test_what_arrives_twice_was_served_the_first_time() -> None:
    walk = posted().served("disclosed", 12, method="online", served_on="2026-07-10")
    before = periods(walk)

    walk.served("disclosed", 14, **POST, tracking_no="XA1", served_on="2026-07-14")

    assert periods(walk) == before
    assert str(walk.h.final_letters[0].served) == "2026-07-10"


def test_a_notice_that_arrives_twice_was_served_the_first_time() -> None:
    walk = clarifying(**POST).served("clarification_notice", 9, method="fax", served_on="2026-07-07")
    before = periods(walk, TermName.CLARIFICATION)

    walk.served("clarification_notice", 9, **POST, served_on="2026-07-09")

    assert periods(walk, TermName.CLARIFICATION) == before == ["clarification 2026-07-07..2026-07-28 running"]


def test_proof_of_service_replaces_the_day_that_the_sender_expected() -> None:
    walk = consulting(served_on="2026-07-08", **POST)

    walk.served("third_party_consultation", 9, **POST, served_on="2026-07-10")

    assert periods(walk, TermName.THIRD_PARTY_OPINION) == [
        "third_party_opinion 2026-07-10..2026-07-31 running"
    ]


def test_a_letter_that_came_back_has_not_arrived_and_the_next_way_counts() -> None:
    walk = posted().served("disclosed", 12, **POST, returned=True)
    assert [line.rsplit(" ", 1)[1] for line in periods(walk)] == ["awaited", "awaited"]

    walk.served("disclosed", 14, **BY_NOTICE, published_on="2026-07-15")

    assert periods(walk)[0] == "reconsideration 2026-08-14..2026-10-13 running"


def test_a_consultation_that_is_published_runs_from_the_thirtieth_day() -> None:
    walk = consulting(**POST).served("third_party_consultation", 8, **POST, returned=True)
    walk.do(A.CONSULT_THIRD_PARTY, 9, party=1, **POST)

    walk.served("third_party_consultation", 9, **BY_NOTICE, published_on="2026-07-10")

    assert periods(walk, TermName.THIRD_PARTY_OPINION)[-1] == (
        "third_party_opinion 2026-08-09..2026-08-28 running"
    )


def test_a_letter_to_a_third_party_that_arrives_opens_no_period_of_the_applicant() -> None:
    walk = posted()
    seq = walk.log[-1].seq
    to_third_party = {"letter": "third_party_disclosure_notice", "issued": seq, "number": "告2"}
    before = periods(walk)

    walk.do(A.RECORD_SERVICE, 12, **to_third_party, **POST, tracking_no="XA2", served_on="2026-07-10")

    assert periods(walk) == before
    assert {name: str(on) for name, on in walk.h.served.items()} == {"告2": "2026-07-10"}


@pytest.mark.parametrize(
    ("on", "possible"),
    [(36, False), (37, True)],
    ids=["Thursday 08-06: the notice stands", "Friday 08-07: it counts as served"],
)
def test_a_file_is_not_closed_before_its_reply_is_served(on: int, possible: bool) -> None:
    walk = posted().served("disclosed", 7, **BY_NOTICE, published_on="2026-07-08")

    assert ("archive" in walk.may(Role.CLERK, on)) is possible


@pytest.mark.parametrize(
    ("facts", "warned"),
    [
        pytest.param(POST, "未填写邮件编号", id="post without its number"),
        pytest.param({**POST, "tracking_no": "XA1"}, "", id="post with its number"),
        pytest.param({**POST, "returned": True}, "", id="what came back is in the file itself"),
        pytest.param({"method": "ordinary_post"}, "", id="ordinary post has none"),
        pytest.param(BY_NOTICE, "未填写公告日期", id="a notice without its day"),
        pytest.param({**BY_NOTICE, "published_on": "2026-07-08"}, "", id="a notice with its day"),
        pytest.param({"method": "online"}, "", id="online"),
    ],
)
def test_a_proof_that_lacks_what_proves_it_is_taken_and_shown(facts: dict[str, Any], warned: str) -> None:
    walk = posted().served("disclosed", 40, **{"served_on": "2026-08-10", **facts})

    assert [warned in told for told in walk.h.warnings] == ([True] if warned else [])

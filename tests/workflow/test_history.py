"""What the history shows of each act: from where to where, by whom, and under which article."""

import pytest

from tests.story import ZHANG, Event, do, drafted, play, processing, register
from workflow.law.decisions import DECISIONS, Decision
from workflow.law.remedies import RULES
from workflow.lifecycle import TRANSITIONS
from workflow.vocabulary import Action

ASK = {"items": ["请明确地块名称"]}
CLARIFIED = [
    do("2026-07-02", "request_clarification", **ASK),
    do("2026-07-06", "receive_clarification", text="甲地块"),
]
JUDGED = [
    do("2026-07-02", "request_justification"),
    do("2026-07-06", "receive_justification", text="用于研究"),
    do("2026-07-07", "judge_justification", reasonable=False),
]


def answered(decision: str) -> list[Event]:
    """Registered, prepared as that decision needs it, answered by hand."""
    before = {"still_unclear": CLARIFIED, "excessive": JUDGED}.get(decision, [])
    more = {"grounds": ["internal_affairs"]} if decision == "partly_disclosed" else {}
    return [
        register("2026-07-01"),
        *before,
        do("2026-07-08", "accept"),
        *drafted("2026-07-09", decision, evidence=["检索记录"], **more),
        do("2026-07-10", "issue_reply", method="in_person"),
    ]


PERIODS = ("reconsideration", "litigation")
DRAFTED = [d for d in Decision if not d.startswith(("abandoned", "withdrawn"))]


@pytest.mark.parametrize("decision", DRAFTED)
def test_a_reply_cites_the_article_of_its_decision_and_counts_in_its_row(decision: Decision) -> None:
    case = play(answered(decision))

    rule = DECISIONS[decision]
    last = case["events"][-1]
    assert (last["action"], last["from"], last["to"]) == ("issue_reply", "approved", "concluded")
    assert (last["article"], case["decision"], case["report_row"]) == (rule.article, decision, rule.row)
    assert case["letters"][-1]["kind"] == rule.letter_kind
    opened = [(t["term"], t["status"]) for t in case["terms"] if t["term"] in PERIODS]
    assert opened == [(name, "running") for name, _length in RULES[rule.remedy].periods]


@pytest.mark.parametrize(
    ("events", "decision", "row", "article"),
    [
        (
            [register("2026-07-01"), CLARIFIED[0], do("2026-07-24", "confirm_abandonment")],
            "abandoned_clarification",
            "3.6.1",
            "30",
        ),
        (
            [
                register("2026-07-01"),
                do("2026-07-02", "assess_fee", basis="per_page", pages=68),
                do("2026-07-31", "confirm_abandonment"),
            ],
            "abandoned_payment",
            "3.6.2",
            "109号6",
        ),
        ([register("2026-07-01"), do("2026-07-02", "withdraw")], "withdrawn", "3.6.3", "45"),
        (
            [
                register("2026-07-01"),
                do("2026-07-01", "reply_on_the_spot", decision="publication", reasons="x"),
            ],
            "publication",
            "3.5.3",
            "39¶2",
        ),
    ],
    ids=["not clarified", "not paid", "withdrawn", "on the spot"],
)
def test_other_ends_have_their_decision_row_and_article(
    events: list[Event], decision: str, row: str, article: str
) -> None:
    case = play(events)

    assert (case["decision"], case["report_row"]) == (decision, row)
    assert case["events"][-1]["article"] == article


#: Every other act: what has to be there before it, the act, and the article that its event bears.
ARTICLES: dict[str, tuple[list[Event], Event, str]] = {
    "submit": (
        [],
        do("2026-07-01", "submit", channel="fax", applicant=ZHANG, request=register("x")["request"]),
        "29",
    ),
    "register": ([], register("2026-07-01"), "31"),
    "request_clarification": ([register("2026-07-01")], CLARIFIED[0], "30"),
    "receive_clarification": ([register("2026-07-01"), CLARIFIED[0]], CLARIFIED[1], "30"),
    "request_justification": ([register("2026-07-01")], JUDGED[0], "35"),
    "receive_justification": ([register("2026-07-01"), JUDGED[0]], JUDGED[1], "35"),
    "judge_justification": ([register("2026-07-01"), *JUDGED[:2]], JUDGED[2], "35"),
    "accept": ([register("2026-07-01")], do("2026-07-02", "accept"), "45"),
    "assign": ([register("2026-07-01")], do("2026-07-02", "assign", unit="规划科"), "45"),
    "consult_third_party": (
        processing("2026-07-01"),
        do("2026-07-02", "consult_third_party", name="甲公司"),
        "32",
    ),
    "consult_agency": (processing("2026-07-01"), do("2026-07-02", "consult_agency", name="甲局"), "34"),
    "consult_agency under 11": (
        processing("2026-07-01"),
        do("2026-07-02", "consult_agency", name="甲局", under=11),
        "11",
    ),
    "record_opinion of a third party": (
        [*processing("2026-07-01"), do("2026-07-02", "consult_third_party", name="甲公司")],
        do("2026-07-03", "record_opinion", name="甲公司", consents=True),
        "32",
    ),
    "record_opinion under 17": (
        [*processing("2026-07-01"), do("2026-07-02", "consult_agency", name="保密局", under=17)],
        do("2026-07-03", "record_opinion", name="保密局", consents=False),
        "17",
    ),
    "open_conference": (
        processing("2026-07-01"),
        do("2026-07-02", "open_conference", participants=["司法局"], question="是否公开"),
        "11",
    ),
    "close_conference": (
        [
            *processing("2026-07-01"),
            do("2026-07-02", "open_conference", participants=["司法局"], question="是否公开"),
        ],
        do("2026-07-03", "close_conference", conclusion="可以公开"),
        "11",
    ),
    "assess_fee": (
        processing("2026-07-01"),
        do("2026-07-02", "assess_fee", basis="per_page", pages=68),
        "109号6",
    ),
    "assess_fee of nothing": (
        processing("2026-07-01"),
        do("2026-07-02", "assess_fee", basis="per_page", pages=3),
        "109号4",
    ),
    "cancel_fee": (
        [register("2026-07-01"), do("2026-07-02", "assess_fee", basis="per_page", pages=68)],
        do("2026-07-03", "cancel_fee", reason="免收"),
        "109号6",
    ),
    "record_payment": (
        [register("2026-07-01"), do("2026-07-02", "assess_fee", basis="per_page", pages=68)],
        do("2026-07-03", "record_payment", receipt_no="SD-1"),
        "109号6",
    ),
    "extend": ([register("2026-07-01")], do("2026-07-02", "extend", workdays=5, reason="x"), "33"),
    "draft_reply": (processing("2026-07-01"), drafted("2026-07-02")[0], "36"),
    "pass_review": ([*processing("2026-07-01"), drafted("2026-07-02")[0]], drafted("2026-07-02")[1], "17"),
    "approve": ([*processing("2026-07-01"), *drafted("2026-07-02")[:2]], drafted("2026-07-02")[2], "17"),
    "return_draft": (
        [*processing("2026-07-01"), *drafted("2026-07-02")],
        do("2026-07-03", "return_draft", comment="文号有误"),
        "17",
    ),
    "record_service": (
        [register("2026-07-01")],
        do("2026-07-02", "record_service", letter="receipt", served_on="2026-07-02", method="in_person"),
        "45",
    ),
    "archive": (answered("disclosed"), do("2026-07-13", "archive", retention=30), "45"),
    "record_remedy": (
        answered("disclosed"),
        do("2026-07-13", "record_remedy", kind="reconsideration", filed_on="2026-07-13"),
        "51",
    ),
    "reopen": (
        answered("disclosed"),
        do("2026-07-13", "reopen", reason="自行纠正", reply_by="2026-08-31"),
        "51",
    ),
    "rectify": (
        [register("2026-07-01")],
        do("2026-07-02", "rectify", event=1, changes={"received_on": "2026-06-30"}, reason="x"),
        "45",
    ),
    "void": ([register("2026-07-01")], do("2026-07-02", "void", reason="重复登记"), "45"),
    "escalate": ([register("2026-07-01")], do("2026-07-02", "escalate", message="请抓紧办理"), "47"),
}


@pytest.mark.parametrize("what", ARTICLES)
def test_an_act_leaves_one_event_with_its_article(what: str) -> None:
    before, act, article = ARTICLES[what]
    earlier = len(play(before)["events"]) if before else 0

    events = play([*before, act])["events"]

    assert len(events) == earlier + 1
    assert (events[-1]["action"], events[-1]["article"]) == (act["do"], article)
    assert events[-1]["on"] == act["on"]


def test_every_act_is_told() -> None:
    told = {act["do"] for _before, act, _article in ARTICLES.values()}
    told |= {"issue_reply", "confirm_abandonment", "withdraw", "reply_on_the_spot"}

    assert told == {row.action for row in TRANSITIONS} - {Action.IMPORTED, Action.RECALCULATE}


def test_the_history_of_a_case_begins_with_nothing_and_leads_from_state_to_state() -> None:
    events = play(answered("disclosed"))["events"]

    assert events[0]["from"] is None
    assert [event["from"] for event in events[1:]] == [event["to"] for event in events[:-1]]

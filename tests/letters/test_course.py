"""What a reply recounts of its case: what was asked, of whom, when, and what came of it."""

from collections.abc import Callable

import pytest

from letters.course import course_of
from tests.workflow.forbidden import POST
from tests.workflow.walk import A, Walk, accepted, charged, clarifying, consulting, issued, justifying

COUNTED = "；征求意见所需时间依照《条例》第三十三条第三款的规定不计算在答复期限内"
ASKED = "2026年7月6日，本机关依照《条例》第三十二条的规定书面征求第三方意见"

COURSES: dict[str, tuple[Callable[[], Walk], list[str]]] = {
    "nothing": (accepted, []),
    "asked to clarify, not yet answered": (
        clarifying,
        ["2026年7月3日，本机关依照《条例》第三十条的规定告知您补正申请内容（clarification_notice-2）。"],
    ),
    "reasons found good": (
        lambda: (
            justifying()
            .do(A.RECEIVE_JUSTIFICATION, 5)
            .do(A.JUDGE_JUSTIFICATION, 6, reasonable=True, reply_by="2026-09-30")
        ),
        [
            "2026年7月3日，本机关依照《条例》第三十五条的规定要求您说明理由（justification_notice-2），"
            "并于2026年7月6日收到说明；经审查，认定理由合理。",
            "2026年7月7日，本机关告知您延迟答复的期限（《条例》第三十五条），文号deferral_notice-4。",
        ],
    ),
    "reasons never given": (
        lambda: justifying().do(A.JUDGE_JUSTIFICATION, 17, reasonable=False),
        [
            "2026年7月3日，本机关依照《条例》第三十五条的规定要求您说明理由（justification_notice-2）；"
            "经审查，认定理由不合理。"
        ],
    ),
    "a third party agrees": (
        lambda: consulting().do(A.RECORD_OPINION, 7, party=1, consents=True),
        [f"{ASKED}，第三方于2026年7月8日反馈同意公开{COUNTED}。"],
    ),
    "a third party is silent": (
        lambda: consulting().sweep(27),
        [f"{ASKED}，第三方逾期（15个工作日）未提出意见{COUNTED}。"],
    ),
    "a third party is silent, then speaks too late": (
        lambda: consulting().sweep(27).do(A.RECORD_OPINION, 30, party=1, consents=False),
        [f"{ASKED}，第三方逾期（15个工作日）未提出意见{COUNTED}。"],
    ),
    "a joint maker is silent": (
        lambda: accepted().do(A.CONSULT_AGENCY, 5, party=1).sweep(27),
        [
            "2026年7月6日，本机关依照《条例》第三十四条的规定书面征求有关机关意见，有关机关逾期（15个工作日）"
            f"未提出意见，依法视为同意公开{COUNTED}。"
        ],
    ),
    "a joint maker is silent, then speaks too late": (
        lambda: (
            accepted()
            .do(A.CONSULT_AGENCY, 5, party=1)
            .sweep(27)
            .do(A.RECORD_OPINION, 30, party=1, consents=False)
        ),
        [
            "2026年7月6日，本机关依照《条例》第三十四条的规定书面征求有关机关意见，有关机关逾期（15个工作日）"
            f"未提出意见，依法视为同意公开{COUNTED}。"
        ],
    ),
    "an opinion in time, entered after the timer": (
        lambda: (
            consulting().sweep(27).do(A.RECORD_OPINION, 30, party=1, consents=False, received_on="2026-07-20")
        ),
        [f"{ASKED}，第三方于2026年7月20日反馈不同意公开{COUNTED}。"],
    ),
    "a letter came back": (
        lambda: consulting(**POST).served("third_party_consultation", 8, returned=True),
        [],
    ),
    "a letter came back, the party was reached otherwise": (
        lambda: (
            consulting(**POST)
            .served("third_party_consultation", 8, returned=True)
            .do(A.RECORD_OPINION, 9, party=1, consents=True)
        ),
        [f"{ASKED}，文书被退回，第三方于2026年7月10日反馈同意公开。"],
    ),
    "asked after the reply was due": (
        lambda: (
            accepted().do(A.CONSULT_THIRD_PARTY, 29, party=1).do(A.RECORD_OPINION, 30, party=1, consents=True)
        ),
        [
            "2026年7月30日，本机关依照《条例》第三十二条的规定书面征求第三方意见，"
            "第三方于2026年7月31日反馈同意公开。"
        ],
    ),
    "charged and waived": (lambda: charged().do(A.CANCEL_FEE, 5), []),
    "charged and paid": (
        lambda: charged().do(A.RECORD_PAYMENT, 7),
        [
            "2026年7月3日，本机关通知您缴纳信息处理费380元（fee_notice-2），您于2026年7月8日完成缴费，"
            "答复期限自次日起重新计算。"
        ],
    ),
    "reopened": (
        lambda: issued().do(A.REOPEN, 34, reply_by="2026-08-31"),
        ["2026年8月4日，本机关决定对该申请重新作出处理。"],
    ),
}


@pytest.mark.parametrize("what", COURSES)
def test_the_course_is_told_in_the_order_of_its_days(what: str) -> None:
    make, told = COURSES[what]

    assert course_of(make().h, "您") == told

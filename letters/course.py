"""The course of a case as the reply recounts it: what was asked, of whom, and when (rules of contents ③)."""

from collections.abc import Iterator
from datetime import date

from letters.wording import cite, day
from workflow.clock import Cause
from workflow.history import History
from workflow.law.terms import AGENCY_OPINION, THIRD_PARTY_OPINION
from workflow.records import Consultation
from workflow.vocabulary import TermName

Passage = tuple[date, str]


def course_of(h: History, you: str) -> list[str]:
    """One sentence per step, in the order of the days; third parties are not named."""
    passages = [
        *_clarified(h, you),
        *_justified(h, you),
        *_consulted(h),
        *_postponed(h, you),
        *_charged(h, you),
    ]
    return [sentence for _day, sentence in sorted(passages, key=lambda passage: passage[0])] + _reopened(h)


def under(h: History, event: int, kind: str) -> str:
    """The number of a letter in brackets, if this system issued it."""
    sent = h.sent(event, kind)
    return f"（{sent[0].number}）" if sent else ""


def _clarified(h: History, you: str) -> Iterator[Passage]:
    asked = h.clarification
    if asked is None:
        return
    told = f"{day(asked.sent)}，本机关依照{cite('30')}的规定告知{you}补正申请内容"
    told += under(h, asked.event, "clarification_notice")
    end = f"，并于{day(asked.received)}收到补正材料，答复期限自该日起重新计算。" if asked.received else "。"
    yield asked.sent, told + end


def _justified(h: History, you: str) -> Iterator[Passage]:
    asked = h.justification
    if asked is None:
        return
    told = f"{day(asked.sent)}，本机关依照{cite('35')}的规定要求{you}说明理由"
    told += under(h, asked.event, "justification_notice")
    told += f"，并于{day(asked.received)}收到说明" if asked.received else ""
    judged = {True: "；经审查，认定理由合理", False: "；经审查，认定理由不合理", None: ""}
    yield asked.sent, told + judged[asked.reasonable] + "。"


def _consulted(h: History) -> Iterator[Passage]:
    for asked in h.consultations:
        if asked.answered or not asked.cancelled:
            yield asked.sent, _opinion(h, asked)


def _opinion(h: History, asked: Consultation) -> str:
    third = asked.name is TermName.THIRD_PARTY_OPINION
    who = "第三方" if third else "有关机关"
    length = THIRD_PARTY_OPINION if third else AGENCY_OPINION
    told = f"{day(asked.sent)}，本机关依照{cite(asked.article)}的规定书面征求{who}意见"
    told += "，文书被退回" if asked.cancelled else ""
    if asked.answered and asked.closed and not asked.late:
        answer = {True: "反馈同意公开", False: "反馈不同意公开", None: "提出意见"}[asked.consents]
        told += f"，{who}于{day(asked.closed)}{answer}"
    elif asked.by_timer:
        told += f"，{who}逾期（{length.count}个工作日）未提出意见"
        told += "，依法视为同意公开" if asked.consents else ""
    if asked.counts and not asked.cancelled:
        told += f"；征求意见所需时间依照{cite('33¶3')}的规定不计算在答复期限内"
    return told + "。"


def _postponed(h: History, you: str) -> Iterator[Passage]:
    """Extension (art. 33) and deferral (art. 35), as the applicant was told."""
    words = {
        "extension_notice": f"延长答复期限（{cite('33¶2')}）",
        "deferral_notice": f"延迟答复的期限（{cite('35')}）",
    }
    for event, kind in ((event, kind) for event in h.letters for kind in words):
        sent = None if event in h.reissued else h.sent(event, kind)
        if sent:
            told = f"{day(h.letters_on[event])}，本机关告知{you}{words[kind]}，文号{sent[0].number}。"
            yield h.letters_on[event], told


def _charged(h: History, you: str) -> Iterator[Passage]:
    for fee in h.fees:
        if fee.standing and not fee.returned and fee.notified_on:
            told = "" if fee.undated else f"{day(fee.notified_on)}，"
            told += f"本机关通知{you}缴纳信息处理费{fee.amount_yuan}元"
            told += under(h, fee.event, "fee_notice")
            end = f"，{you}于{day(fee.paid_on)}完成缴费，答复期限自次日起重新计算。" if fee.paid_on else "。"
            yield fee.notified_on, told + end


def _reopened(h: History) -> list[str]:
    if h.clock and h.clock.cause is Cause.REOPENING:
        return [f"{day(h.clock.start)}，本机关决定对该申请重新作出处理。"]
    return []

"""Rules of extension, draft, review and reopening (arts. 14, 30, 32, 33, 35–37)."""

from collections.abc import Collection

from workflow.history import Event, History
from workflow.law import terms as law
from workflow.law.decisions import DECISIONS, PUBLIC_INTEREST, Decision
from workflow.law.evidence import demanded
from workflow.law.workdays import Calendar
from workflow.rules.refusal import refuse

ON_THE_SPOT = frozenset({Decision.ALREADY_PUBLIC, Decision.DISCLOSED, Decision.PUBLICATION})
#: These come about by the applicant's act or silence, not by a draft.
NOT_DRAFTED = frozenset({Decision.WITHDRAWN, Decision.ABANDONED_CLARIFICATION, Decision.ABANDONED_PAYMENT})


def extension_in_time(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 33: decided and told before the term is over."""
    if h.due_on and e.on > h.due_on:
        refuse(h, e, "33", f"答复期限已于{h.due_on}届满，不能再延长")


def extended_once(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 33: once for each run of the clock, and never on a day that was set."""
    if h.clock and h.clock.fixed:
        refuse(h, e, "33", "答复期限已另行确定，不适用延长")
    if h.clock and h.clock.extension:
        refuse(h, e, "33", f"本次答复期限已延长{h.clock.extension}个工作日，只能延长一次")


def extension_length(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 33: 1 to 20 working days."""
    if not 1 <= e.facts["workdays"] <= law.EXTENSION_MAX.count:
        refuse(h, e, "33", f"延长的期限最长不得超过{law.EXTENSION_MAX.count}个工作日，且至少1个工作日")


def not_the_drafter(h: History, e: Event, calendar: Calendar) -> None:
    """Who drafted neither reviews nor signs (art. 17: procedure and responsibility are separate).

    Nor through a substitute, in whose name the draft stands, or for whom they stand now.
    """
    if h.draft is None or h.draft.people.isdisjoint(e.people):
        return
    if e.person in h.draft.people and len(e.people | h.draft.people) == 1:
        refuse(h, e, "17", "拟稿人不能审核或签发自己拟定的答复")
    refuse(h, e, "17", "拟稿人不能审核或签发自己拟定的答复，由代办人拟定、审核或签发的也一样")


def decision_can_be_drafted(h: History, e: Event, calendar: Calendar) -> None:
    """Withdrawal and abandonment are no decisions of the handler."""
    decision = Decision(e.facts["decision"])
    if decision in NOT_DRAFTED:
        refuse(h, e, "36", f"“{DECISIONS[decision].zh}”不是拟定的答复，请使用相应的办理动作")


def decision_on_the_spot(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 33¶1: only what needs no examination is answered on the spot."""
    if Decision(e.facts["decision"]) not in ON_THE_SPOT:
        refuse(h, e, "33¶1", "只有已主动公开、予以公开和公开出版物可以当场答复")


def correction_ends_as_other(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 41: a request to correct a record is no request for information; it is answered as `other`."""
    if e.facts.get("correction") and e.facts["decision"] != Decision.OTHER:
        refuse(h, e, "41", f"对更正申请的处理，处理决定应为“{DECISIONS[Decision.OTHER].zh}”")


def unclear_after_clarification(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 30: unclear even after the applicant was asked and answered."""
    if e.facts["decision"] == Decision.STILL_UNCLEAR and not h.clarified:
        refuse(h, e, "30", "申请人补正之后仍不明确的，才能以此答复")


def excessive_after_judgement(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 35: excessive only after the reasons were found unreasonable."""
    judged = h.justification and h.justification.reasonable is False
    if e.facts["decision"] == Decision.EXCESSIVE and not judged:
        refuse(h, e, "35", "应当先要求申请人说明理由，并认定理由不合理")


def partial_names_grounds(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 37: reasons are given for each withheld part."""
    if e.facts["decision"] != Decision.PARTLY_DISCLOSED:
        return
    withheld = [ground for ground in e.facts.get("grounds", ()) if ground != PUBLIC_INTEREST]
    if not withheld:
        refuse(h, e, "37", "部分公开的，应当列明不公开部分的理由（处理决定代码）")
    for ground in withheld:
        if ground not in WITHHELD_PARTS:
            refuse(h, e, "37", f"“{ground}”不是不予公开某一部分的理由")


WITHHELD_PARTS = frozenset(
    decision.value for decision, rule in DECISIONS.items() if rule.row.startswith(("3.3", "3.4"))
)


def objection_overridden_for_public_interest(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 32: a reasoned objection binds, unless the public interest demands disclosure."""
    _respect_objection(h, e, e.facts["decision"], e.facts.get("grounds", ()))


def draft_respects_objection(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 32: so does one that was entered after the draft was written."""
    if h.draft:
        _respect_objection(h, e, h.draft.decision, h.draft.grounds)


def _respect_objection(h: History, e: Event, decision: str, grounds: Collection[str]) -> None:
    """A partial disclosure respects it by withholding that part."""
    respected = {
        Decision.DISCLOSED: {PUBLIC_INTEREST},
        Decision.PARTLY_DISCLOSED: {PUBLIC_INTEREST, Decision.THIRD_PARTY_RIGHTS},
    }
    if _objected(h) and decision in respected and respected[Decision(decision)].isdisjoint(grounds):
        refuse(h, e, "32", "第三方不同意公开且有合理理由，只有不公开会对公共利益造成重大影响时才能公开")


def _objected(h: History) -> bool:
    """Whether a third party objects with reason."""
    return any(asked.reasonable is not False for asked in h.objections())


def secret_has_no_files(h: History, e: Event, calendar: Calendar) -> None:
    """Art. 14: nothing classified is put into this system."""
    if e.facts["decision"] == Decision.STATE_SECRET and e.facts.get("attachments_count"):
        refuse(h, e, "14", "涉及国家秘密的，不得在本系统上传附件，请线下办理")


def refusal_has_evidence(h: History, e: Event, calendar: Calendar) -> None:
    """The office bears the burden of proof for a refusal, and for a search that found nothing."""
    rule = DECISIONS[Decision(e.facts["decision"])]
    if rule.evidence and not e.facts.get("evidence_count") and not e.simulated:
        needed = "、".join(demanded(Decision(e.facts["decision"])))
        refuse(h, e, rule.article, f"“{rule.zh}”应当附相应的证据材料后再送审，还缺：{needed}")


def reopened_to_a_coming_day(h: History, e: Event, calendar: Calendar) -> None:
    """Reopened with a day that lies ahead."""
    if e.on_or("reply_by") < e.on:
        refuse(h, e, "51", f"重新答复的期限{e.day('reply_by')}早于办理日期{e.on}")

"""What the decisions say: the course, what was found, how the information is given, and the remedies."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from letters.addressing import masked, named, title_of, you_of
from letters.course import course_of
from letters.kinds import KINDS
from letters.remedy import last_days, remedy_of
from letters.wording import cite, day, day_or_none, pages_of, passages
from workflow.correspondence import APPLICANTS, LetterOrder
from workflow.law.decisions import DECISIONS, PUBLIC_INTEREST, Decision
from workflow.law.remedies import Remedy
from workflow.vocabulary import Action, Channel, Method

DELIVERED_BY = {
    Method.IN_PERSON: "当面交付",
    Method.REGISTERED_POST: "邮寄",
    Method.ORDINARY_POST: "平常信函",
    Method.ONLINE: "互联网",
    Method.FAX: "传真",
    Method.PUBLIC_NOTICE: "公告",
}


def _course(order: LetterOrder) -> list[str]:
    """What went before; the notice that was not followed is told where its consequence is."""
    h = order.history
    if order.kind == DECISIONS[Decision.ABANDONED_PAYMENT].letter_kind:
        h = replace(h, fees=h.fees[:-1])
    elif order.kind == DECISIONS[Decision.ABANDONED_CLARIFICATION].letter_kind:
        h = replace(h, clarification=None)
    return course_of(h, you_of(order))


def _said(order: LetterOrder, name: str) -> Any:
    """What was written in this act, else in the draft that it issues."""
    return order.texts.get(name) or order.draft.get(name)


def _reasons(order: LetterOrder) -> list[Any]:
    text = _said(order, "reason" if order.event.action is Action.EXTEND else "reasons") or ""
    return passages(text if order.kind in APPLICANTS else masked(order, text))


def _named_grounds(order: LetterOrder) -> tuple[str, ...]:
    issued = order.event.action is Action.ISSUE_REPLY
    return order.history.draft.grounds if issued and order.history.draft else ()


def _objected_on(order: LetterOrder) -> str | None:
    """When the third party that the letter addresses objected."""
    objected = (c.closed for c in order.history.objections() if c.party == order.party)
    return day_or_none(next(objected, None))


def _replaces(order: LetterOrder) -> dict[str, str] | None:
    """The reply of which a case that was opened again gets another."""
    h = order.history
    earlier = [h.sent(final.event, final.kind) for final in h.final_letters if final.event < h.reopened]
    if not earlier or earlier[-1] is None:
        return None
    letter, on = earlier[-1]
    return named(letter.kind, letter.number, on)


def _line(order: LetterOrder, name: str) -> str:
    """What the draft says in a line; the letter ends the sentence."""
    return str(order.draft.get(name) or "").rstrip("。.；; ")


def _attachments(order: LetterOrder) -> list[str]:
    return list(order.draft.get("attachments") or ())


def _grounds(order: LetterOrder) -> list[dict[str, str]]:
    withheld = [Decision(code) for code in _named_grounds(order) if code != PUBLIC_INTEREST]
    return [{"code": ground.value, "article": cite(DECISIONS[ground].article)} for ground in withheld]


def _online(order: LetterOrder) -> bool:
    method = order.event.facts.get("method")
    if method is not None:
        return bool(method == Method.ONLINE)
    return order.event.action is not Action.REPLY_ON_THE_SPOT and order.history.channel is Channel.ONLINE


def _delivery(order: LetterOrder) -> str:
    if order.event.action is Action.REPLY_ON_THE_SPOT:
        return "当场交付"
    return DELIVERED_BY[Method(order.event.facts["method"])]


def regime_of(order: LetterOrder) -> Remedy:
    """R3 speaks of two ways; a part that could not be found or is not held is no refusal (复议法 23)."""
    regime = KINDS[order.kind].remedy or Remedy.R0
    grounds = [Decision(code) for code in _named_grounds(order) if code != PUBLIC_INTEREST]
    if regime is Remedy.R3 and not any(DECISIONS[ground].remedy is Remedy.R2 for ground in grounds):
        return Remedy.R1
    return regime


def _remedy(order: LetterOrder) -> list[str]:
    """What the reader can do; last days are known of what is put into the applicant's own hand."""
    regime, letter = regime_of(order), "本" + title_of(order)[-3:]
    if order.kind not in APPLICANTS:
        # How it goes to them nobody has said: the way online is named in any case (复议法 22).
        return remedy_of(regime, order.agency, you="你方", letter=letter, online=True)
    until = {} if order.corrects else last_days(order.history, order.event.seq, order.calendar)
    return remedy_of(
        regime, order.agency, you=you_of(order), letter=letter, online=_online(order), until=until
    )


#: By the names under which the texts know them.
FIELDS: Mapping[str, Callable[[LetterOrder], Any]] = {
    "withdrawn_on": lambda order: day(order.event.on),
    "course": _course,
    "reasons": _reasons,
    "grounds": _grounds,
    "public_interest": lambda order: PUBLIC_INTEREST in _named_grounds(order),
    "delivery": _delivery,
    "correction": lambda order: order.history.draft.correction if order.history.draft else None,
    "objected_on": _objected_on,
    "in_part": lambda order: order.history.decision is Decision.PARTLY_DISCLOSED,
    "disclosed": lambda order: [masked(order, each) for each in order.draft.get("attachments") or ()],
    "attachments": _attachments,
    "attachment_pages": lambda order: pages_of(_attachments(order)),
    "evidence": lambda order: list(order.draft.get("evidence") or ()),
    "authority": lambda order: _line(order, "authority"),
    "earlier_reply": lambda order: _line(order, "earlier_reply"),
    "inspection": lambda order: _line(order, "inspection"),
    "replaces": _replaces,
    "remedy": _remedy,
}

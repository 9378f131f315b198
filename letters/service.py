"""送达回证: printed about a letter, to be signed, or to prove what was recorded (民诉法 87).

It is no letter: it has no number of its own, and is made anew whenever it is asked for.
"""

from collections.abc import Iterator
from typing import Any

from letters.forms import FORMS
from letters.render import render
from letters.wording import cite, day
from workflow.history import Term
from workflow.law import terms as law
from workflow.law.workdays import Calendar
from workflow.queries.service import Proof, Service
from workflow.vocabulary import Method

FORM = FORMS["service_record"]
#: What the ways of service are called on the form.
WAYS = {
    Method.IN_PERSON: "直接送达",
    Method.REGISTERED_POST: "邮寄送达",
    Method.ORDINARY_POST: "平常信函送达",
    Method.ONLINE: "电子送达",
    Method.FAX: "传真送达",
    Method.PUBLIC_NOTICE: "公告送达",
}
#: To choose from by hand; that a letter is left with who refuses it is decided on the spot.
OPEN_WAYS = "□直接 □留置 □邮寄 □电子 □传真 □公告"
NONE = "／"


def service_record(found: Service, *, agency: str, title: str, calendar: Calendar) -> str:
    """The form about a letter of that title, as far as its service is known; a fragment of HTML."""
    proof, to_sign = found.proof, _to_sign(found.proof)
    by_notice = found.method is Method.PUBLIC_NOTICE
    context: dict[str, Any] = {
        "agency_name": agency,
        "case_number": found.case_number,
        "letter_title": title,
        "letter_number": found.number,
        "letter_on": day(found.on),
        "addressee": found.to,
        "address": NONE if by_notice else found.address,
        "way": WAYS[found.method] if found.method else OPEN_WAYS,
        "served_on": day(proof.on) + ("（视为送达）" if by_notice else "") if proof else "",
        "receiver": "" if proof is None or to_sign else proof.receiver or NONE,
        "codes": "；".join(_codes(proof)) or ("" if to_sign else NONE),
        "remarks": [*_remarks(found, calendar)],
        "to_sign": to_sign,
    }
    return render(FORM.template, {name: context[name] for name in FORM.fields})


def _to_sign(proof: Proof | None) -> bool:
    """Whether it is still to be signed: not delivered yet, or handed over and nobody has said to whom."""
    return proof is None or (proof.method is Method.IN_PERSON and not proof.receiver)


def _codes(proof: Proof | None) -> Iterator[str]:
    if proof and proof.tracking_no:
        yield f"邮件编号{proof.tracking_no}"
    if proof and proof.receipt:
        yield f"回执编号{proof.receipt}"


def _remarks(found: Service, calendar: Calendar) -> Iterator[str]:
    """What came back, why a public notice counts, what runs from the day of service, and who entered it."""
    for back in found.returned:
        codes = "；".join(_codes(back))
        yield f"{day(back.on)}{WAYS[back.method]}被退回" + (f"（{codes}）。" if codes else "。")
    proof = found.proof
    if proof and proof.published_on:
        days, article = law.PUBLIC_NOTICE.count, cite(law.PUBLIC_NOTICE.article)
        yield f"{day(proof.published_on)}公告，满{days}日视为送达（参照{article}）。"
    yield from (_last_day(term, calendar) for term in found.terms)
    if proof and proof.entered_on:
        yield f"送达情况由{proof.entered_by}于{day(proof.entered_on)}登记。"


def _last_day(term: Term, calendar: Calendar) -> str:
    certain = not calendar.is_provisional(term.due_on, term.due_on)
    return f"{term.name.zh}至{day(term.due_on)}届满（含当日{'' if certain else '，待放假安排公布后确定'}）。"

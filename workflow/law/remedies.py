"""What an applicant can do against a reply, and until when (复议法, 行诉法, 法释〔2025〕8号)."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.law.terms import LITIGATION, RECONSIDERATION, Length


class Remedy(StrEnum):
    """The regimes of rules of remedy."""

    R0 = "R0"
    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"


@dataclass(frozen=True, slots=True)
class RemedyRule:
    """What a regime grants: the periods that run from service, by term name, and the articles."""

    periods: tuple[tuple[str, Length], ...]
    reconsideration_first: bool
    articles: tuple[str, ...]
    zh: str


_BOTH = (("reconsideration", RECONSIDERATION), ("litigation", LITIGATION))

RULES: dict[Remedy, RemedyRule] = {
    Remedy.R0: RemedyRule((), False, ("51",), "程序性告知，不单独复议或诉讼"),
    Remedy.R1: RemedyRule(_BOTH, False, ("51", "复议法20", "行诉法46"), "可以申请复议，也可以直接起诉"),
    Remedy.R2: RemedyRule(_BOTH[:1], True, ("复议法20", "复议法23", "行诉法45"), "应当先申请复议"),
    Remedy.R3: RemedyRule(_BOTH, True, ("复议法20", "复议法23", "行诉法46"), "不予公开部分应当先申请复议"),
    Remedy.R4: RemedyRule((), False, ("51", "109号7"), "缴费期满后就不再处理的决定寻求救济"),
}

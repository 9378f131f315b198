"""Every period of the procedure, once, with its article and the day since which it holds."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

REGULATION = date(2019, 5, 15)
FEE_RULES = date(2021, 1, 1)
RECONSIDERATION_LAW = date(2024, 1, 1)
LITIGATION_LAW = date(2017, 7, 1)
CIVIL_PROCEDURE_LAW = date(2022, 1, 1)


@dataclass(frozen=True, slots=True)
class Length:
    """A period: so many working days, days or months, by which article, since when."""

    count: int
    unit: Literal["workdays", "days", "months"]
    article: str
    since: date
    note: str = ""


REPLY = Length(20, "workdays", "33", REGULATION)
EXTENSION_MAX = Length(20, "workdays", "33", REGULATION)
CLARIFICATION_NOTICE = Length(7, "workdays", "30", REGULATION)
CLARIFICATION = Length(
    15, "workdays", "30", REGULATION, "The article says a reasonable term; 15 is our default."
)
JUSTIFICATION = Length(15, "workdays", "35", REGULATION, "The article sets no term; 15 is our default.")
THIRD_PARTY_OPINION = Length(15, "workdays", "32", REGULATION)
AGENCY_OPINION = Length(15, "workdays", "34", REGULATION)
ASSISTANCE = Length(7, "workdays", "45", REGULATION, "No article sets it: what the office asks of its units.")
PAYMENT = Length(20, "workdays", "109号6", FEE_RULES)
RECONSIDERATION = Length(60, "days", "复议法20", RECONSIDERATION_LAW)
LITIGATION = Length(6, "months", "行诉法46", LITIGATION_LAW)
LITIGATION_AFTER_RECONSIDERATION = Length(15, "days", "行诉法45", LITIGATION_LAW)
PUBLIC_NOTICE = Length(
    30, "days", "民诉法95", CIVIL_PROCEDURE_LAW, "By analogy: no act on administrative letters rules service."
)

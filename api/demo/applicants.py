"""The applicants of the demo city: invented people and firms, with papers that nobody can hold.

ID numbers have the right check digit and a year of birth a century ago; organisation codes spell DEMO.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from stdnum.cn import ric, uscc

from workflow.vocabulary import ApplicantKind, Channel

DIVISION = "370685"
FIRST_BIRTH = date(1919, 1, 7)
#: Registered by whom, as what: the first two digits of 统一社会信用代码 (GB 32100).
REGISTERED_AS = {
    ApplicantKind.BUSINESS: "91",
    ApplicantKind.RESEARCH: "12",
    ApplicantKind.PUBLIC_INTEREST: "51",
    ApplicantKind.LEGAL_SERVICE: "31",
    ApplicantKind.OTHER: "54",
}
STREETS = ("示例一路", "示例二路", "望泉街", "柳荫巷", "石桥路", "演武台路", "听松街")
#: Filled into a wrong place: the check digits of both papers are computed from what stands before them.
UNCHECKED = "0"


@dataclass(slots=True)
class Directory:
    """Who has applied so far: the same name is the same person, with the same papers."""

    numbers: dict[str, int] = field(default_factory=dict)

    def applicant(self, name: str, kind: ApplicantKind, channel: Channel) -> dict[str, Any]:
        """The applicant as the application names them (art. 29)."""
        n = self.numbers.setdefault(name, len(self.numbers) + 1)
        contact = {"phone": f"1380000{n:04d}", "address": f"招远市{STREETS[n % len(STREETS)]}{n + 10}号"}
        if channel is Channel.ONLINE:
            contact["email"] = f"applicant{n:03d}@example.com"
        return {"kind": kind.value, "name": name, "id_number": id_number(n, kind), "contact": contact}


def id_number(n: int, kind: ApplicantKind) -> str:
    """The n-th constructed number: 居民身份证 for a person, 统一社会信用代码 for an organisation."""
    if kind is ApplicantKind.NATURAL_PERSON:
        born = FIRST_BIRTH + timedelta(days=n * 17)
        body = f"{DIVISION}{born:%Y%m%d}{n:03d}"
        return body + ric.calc_check_digit(body + UNCHECKED)
    body = f"{REGISTERED_AS[kind]}{DIVISION}DEM0{n:05d}"
    return body + uscc.calc_check_digit(body + UNCHECKED)

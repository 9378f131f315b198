"""To whom a reply can be taken: body of reconsideration and court (复议法 24, 27, 28; 行诉法 15, 18).

Both are read from the agency's name as far as the name and the law leave no doubt. Which court tries the
administrative cases of a place is settled by the high court (行诉法 18), so that courts are named only where
they are known here; everywhere else a letter speaks of the one that is competent, until an office names it.
"""

import re
from dataclasses import dataclass

#: Said where the name does not tell; the names belong in the office's settings.
ANY_BODY, ANY_COURT = "有管辖权的行政复议机关", "有管辖权的人民法院"
ANY_INTERMEDIATE_COURT = "有管辖权的中级人民法院"
SUPERIOR = "上一级主管部门"
GOVERNMENT, TAX_HEAD = "人民政府", "国家税务总局"


@dataclass(frozen=True, slots=True)
class Authority:
    """A body or court by its name, and the article that makes it the right one."""

    name: str
    article: str


@dataclass(frozen=True, slots=True)
class Authorities:
    """Where an applicant can turn against an agency's reply."""

    body: Authority
    court: Authority


@dataclass(frozen=True, slots=True)
class Place:
    """What the name of a place does not tell: what it belongs to, and its courts."""

    above: str
    court: str = ANY_COURT
    intermediate: str = ANY_INTERMEDIATE_COURT


PLACES = {
    "招远市": Place("烟台市", "招远市人民法院", "烟台市中级人民法院"),
    "烟台市": Place("山东省", intermediate="烟台市中级人民法院"),
}


def authorities_of(name: str, kind: str = "department", *, body: str = "", court: str = "") -> Authorities:
    """Body and court for the replies of an agency; what the office has set down itself always counts."""
    agency = _read(name, kind)
    by_law = Authorities(_body(agency), _court(agency))
    return Authorities(
        Authority(body or by_law.body.name, by_law.body.article),
        Authority(court or by_law.court.name, by_law.court.article),
    )


# --- Reading a name -----------------------------------------------------------------------------------

PROVINCE = (
    "(?:[^省]{2,3}省|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区"
    "|北京市|天津市|上海市|重庆市)"
)
PREFECTURE = "(?:[^省市县区局]{1,9}?(?:市|自治州|盟))"
COUNTY = "(?:市?[^市县区旗镇乡局委办]{1,12}?(?:县|区|市|旗))"
PREFIX = re.compile(f"({PROVINCE})?({PREFECTURE})?({COUNTY})?")
#: Offices of the whole country write their own name before the place.
NATIONAL = re.compile(
    "^(?:国家税务总局|国家金融监督管理总局|国家外汇管理局|中国人民银行|中国证券监督管理委员会)"
)
#: Words that end like a place and are none.
NO_PLACE = re.compile("(?:城市|市区|林区|山区|.*(?:社区|街区|景区|库区|辖区))")
#: Areas without a government of their own, and names of the whole country: whose office it is, is not told.
DOUBTFUL = re.compile(
    "^(?:中国|中共|国家)|(?:新区|园区|开发区|高新区|示范区|试验区|保税区|合作区|度假区|保护区)$"
)
#: Led from above (复议法 27). A local financial office is none of them.
LED_FROM_ABOVE = re.compile(f"{NATIONAL.pattern}|税务局|国家安全[局厅]$|海关$")
CUSTOMS = re.compile("海关$")
SUBDISTRICT = re.compile("街道(?:办事处)?$")
#: An office that a department has set up: 烟台市生态环境局 / 招远分局.
DISPATCHED = re.compile("^[^局]+局(?P<own>.+)$")


@dataclass(frozen=True, slots=True)
class _Agency:
    """An agency as its name tells it: the places from the largest to its own, and what it is there."""

    name: str
    kind: str
    places: tuple[str, ...]
    what: str

    @property
    def place(self) -> str:
        return self.places[-1] if self.places else ""

    @property
    def government(self) -> str:
        """The government of its place, the place written as in its own name."""
        return "".join(self.places) + GOVERNMENT

    @property
    def governs(self) -> bool:
        """Whether it is the government of a county, a city or a province."""
        return bool(self.places) and (
            self.what == GOVERNMENT or (self.kind == "government" and not self.what)
        )

    @property
    def dispatched_to(self) -> str | None:
        """The place of an office that a department has set up, empty if it is not told; None for others."""
        found = DISPATCHED.match(self.what)
        return _part(found["own"], self.place) if found else None


def _read(name: str, kind: str) -> _Agency:
    """The places that head a name; one that is in doubt leaves all in doubt."""
    local = NATIONAL.sub("", name)
    found = PREFIX.match(local)
    places = [place for place in found.groups() if place] if found else []
    if places and NO_PLACE.fullmatch(places[-1]):
        places.pop()
    if any(DOUBTFUL.search(place) for place in places):
        places = []
    return _Agency(name, kind, tuple(places), local.removeprefix("".join(places)))


def _part(own: str, city: str) -> str:
    """The part of a city that the name of an office in it tells: 芝罘区分局, or 招远分局."""
    known = [part for part, its in PLACES.items() if its.above == city and own.startswith(part[:-1])]
    found = re.match(COUNTY, own)
    told = [found[0]] if found and not NO_PLACE.fullmatch(found[0]) and not DOUBTFUL.search(found[0]) else []
    return next(iter(known + told), "")


def _above(places: tuple[str, ...]) -> str:
    """The place above the last one; a province before a city or county leaves out what lies between."""
    if places and places[-1] in PLACES:
        return PLACES[places[-1]].above
    told = len(places) > 1 and places[-2].endswith(("市", "州", "盟"))
    return "".join(places[:-1]) if told else ""


def _is_province(place: str) -> bool:
    return re.fullmatch(PROVINCE, place) is not None


# --- The body of reconsideration --------------------------------------------------------------------------


def _body(agency: _Agency) -> Authority:
    if LED_FROM_ABOVE.search(agency.name):
        return Authority(_superior(agency), "复议法27")
    if not agency.places:
        return Authority(ANY_BODY, "复议法24")
    if agency.governs:
        return _body_over_government(agency)
    if agency.what in ("司法局", "司法厅"):
        return Authority(f"{agency.government}或者{_justice_above(agency)}", "复议法28")
    if agency.dispatched_to is not None:
        also = f"或者{agency.dispatched_to}{GOVERNMENT}" if agency.dispatched_to else ""
        return Authority(agency.government + also, "复议法24¶4")
    return Authority(agency.government, _article_below(agency))


def _article_below(agency: _Agency) -> str:
    """Why the government of the place is the one: over a town, over a sub-district, over a department."""
    if SUBDISTRICT.search(agency.what):
        return "复议法24¶1(3)"
    town = agency.what.endswith(GOVERNMENT) or agency.kind == "town"
    return "复议法24¶1(2)" if town else "复议法24¶1(1)"


def _body_over_government(agency: _Agency) -> Authority:
    """The government above; a province answers for itself."""
    if _is_province(agency.place):
        return Authority(agency.government, "复议法24¶2")
    above = _above(agency.places)
    return Authority(above + GOVERNMENT if above else ANY_BODY, "复议法24¶1(2)")


def _justice_above(agency: _Agency) -> str:
    above = _above(agency.places)
    return f"{above}司法{_bureau(above)}" if above else "上一级司法行政部门"


def _bureau(place: str) -> str:
    """What a department is called there; a city that is a province has bureaus like any city."""
    return "厅" if place.endswith(("省", "自治区")) else "局"


def _superior(agency: _Agency) -> str:
    """Who leads an office that is led from above, where its name tells the place."""
    above = _above(agency.places)
    if agency.what.startswith("税务局"):
        return _tax_above(agency, above)
    if agency.what == "国家安全局" and above:
        return f"{above}国家安全{_bureau(above)}"
    return SUPERIOR


def _tax_above(agency: _Agency, above: str) -> str:
    """The bureau that an office belongs to, else the one above; a province's stands under the State's."""
    if agency.what != "税务局":
        return f"{TAX_HEAD}{''.join(agency.places)}税务局"
    if _is_province(agency.place):
        return TAX_HEAD
    return f"{TAX_HEAD}{above}税务局" if above else SUPERIOR


# --- The court -------------------------------------------------------------------------------------------


def _court(agency: _Agency) -> Authority:
    """The court of the seat; the intermediate one against a government of a county or above, and customs."""
    seat = PLACES.get(agency.dispatched_to or agency.place, Place(""))
    if agency.governs:
        return Authority(seat.intermediate, "行诉法15(1)")
    if CUSTOMS.search(agency.name):
        return Authority(seat.intermediate, "行诉法15(2)")
    return Authority(seat.court, "行诉法18")

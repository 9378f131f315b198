"""What a letter says about remedies, by the regime of its decision (art. 51, 复议法, 行诉法)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from letters.wording import cite, day
from workflow.history import History
from workflow.law import terms as law
from workflow.law.authorities import ANY_COURT, authorities_of
from workflow.law.remedies import Remedy
from workflow.law.workdays import Calendar
from workflow.tables import Agency
from workflow.vocabulary import TermName, TermStatus

#: Where an application for reconsideration can be made online, wherever it is heard.
EVERYWHERE = "全国行政复议服务平台、“掌上复议”微信小程序"
Until = Mapping[TermName, date]


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom the paragraph speaks to, of which letter, where they can turn, and until when if that is known."""

    you: str
    letter: str
    body: str
    court: str
    channel: str
    reconsider_by: str = ""
    sue_by: str = ""


def remedy_of(
    regime: Remedy, agency: Agency, *, you: str, letter: str, online: bool, until: Until | None = None
) -> list[str]:
    """The closing paragraphs; a decision served online also names the online channel (复议法 22).

    `until` holds the last days of the periods, for a letter that is served as it is issued.
    """
    named = authorities_of(agency.name, agency.kind, body=agency.reconsideration_body, court=agency.court)
    to = Addressed(
        you,
        letter,
        named.body.name,
        named.court.name,
        agency.online_channel or f"{EVERYWHERE}，以及{named.body.name}公布的其他互联网渠道",
        _by(until or {}, TermName.RECONSIDERATION),
        _by(until or {}, TermName.LITIGATION),
    )
    said = PARAGRAPHS[regime](to)
    return [*said, _online(to)] if online and regime in DECIDED else said


def last_days(h: History, event: int, calendar: Calendar) -> Until:
    """The last days of the remedies against what `event` decided, as far as they are certain.

    They are once the day of service is known, and the holidays of the year in which they lie.
    """
    found = (h.term(name, event) for name in (TermName.RECONSIDERATION, TermName.LITIGATION))
    running = [term for term in found if term and term.status is TermStatus.RUNNING]
    return {t.name: t.due_on for t in running if not calendar.is_provisional(t.due_on, t.due_on)}


def _by(until: Until, name: TermName) -> str:
    return f"，即{day(until[name])}前（含当日）" if name in until else ""


def _complaint(to: Addressed) -> list[str]:
    return [
        f"{to.you}认为本机关在办理过程中未依法履行政府信息公开义务的，可以依照{cite('51')}的规定，"
        "向上一级行政机关或者政府信息公开工作主管部门投诉、举报。"
    ]


def _either(to: Addressed) -> list[str]:
    return [f"{to.you}对{to.letter}不服的，{_reconsider(to)}；{_sue_directly(to)}。{_sue_afterwards(to)}"]


def _first(to: Addressed) -> list[str]:
    return [_reconsider_first(to, f"{to.you}对{to.letter}不服的，")]


def _mixed(to: Addressed) -> list[str]:
    withheld = f"{to.you}对{to.letter}中不予公开政府信息的决定不服的，"
    rest = f"{to.you}对{to.letter}的其他内容不服的，{_reconsider(to)}；{_sue_directly(to)}。"
    return [_reconsider_first(to, withheld), rest]


def _fee(to: Addressed) -> list[str]:
    return [
        f"依照{cite('109号7')}的规定，{to.you}对收取信息处理费的决定有异议的，不能单独就该决定申请行政复议或者"
        f"提起行政诉讼；可以在缴费期满后，就本机关不再处理政府信息公开申请的决定，依照{cite('51')}的规定向上一级"
        "行政机关或者政府信息公开工作主管部门投诉、举报，或者依法申请行政复议、提起行政诉讼。"
    ]


def _reconsider(to: Addressed) -> str:
    days = law.RECONSIDERATION
    return (
        f"可以自收到{to.letter}之日起{days.count}日内{to.reconsider_by}，"
        f"依照{cite(days.article)}的规定，向{to.body}申请行政复议"
    )


def _sue_directly(to: Addressed) -> str:
    months = law.LITIGATION
    return (
        f"也可以自收到{to.letter}之日起{months.count}个月内{to.sue_by}，依照{cite(months.article)}的规定，"
        f"直接向{to.court}提起行政诉讼"
    )


def _reconsider_first(to: Addressed, who: str) -> str:
    """复议法 23: against a refusal reconsideration comes first, and the letter has to say so."""
    days = law.RECONSIDERATION
    return (
        f"依照{cite('复议法20/23')}的规定，{who}应当先申请行政复议：自收到{to.letter}之日起{days.count}日内"
        f"{to.reconsider_by}，向{to.body}提出；未经行政复议，不能直接向人民法院提起行政诉讼。{_sue_afterwards(to)}"
    )


def _sue_afterwards(to: Addressed) -> str:
    """Which court it is then depends on what becomes of the reply (行诉法 15, 18)."""
    days = law.LITIGATION_AFTER_RECONSIDERATION
    court = ANY_COURT if to.court.startswith("有管辖权的") else f"{to.court}或者其他{ANY_COURT}"
    return (
        f"对行政复议决定不服的，可以自收到行政复议决定书之日起{days.count}日内，"
        f"依照{cite(days.article)}的规定，向{court}提起行政诉讼。"
    )


def _online(to: Addressed) -> str:
    return f"依照{cite('复议法22¶2')}的规定，行政复议申请可以通过互联网提交：{to.channel}。"


PARAGRAPHS: dict[Remedy, Callable[[Addressed], list[str]]] = {
    Remedy.R0: _complaint,
    Remedy.R1: _either,
    Remedy.R2: _first,
    Remedy.R3: _mixed,
    Remedy.R4: _fee,
}
#: Regimes of decisions that can be taken to reconsideration at once.
DECIDED = frozenset({Remedy.R1, Remedy.R2, Remedy.R3})

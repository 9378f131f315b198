"""A city's ledger of many invented cases as plain rows: who asked whom for what, when, and how it went.

Sixty agencies, one of them large; seven years, a few per cent still open; words that every case has, and
words that hardly any has. Chance is seeded: the same number of cases is the same ledger on any machine.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from bench.courses import COURSES, course
from workflow.law.decisions import DECISIONS, Decision
from workflow.vocabulary import OPEN_STATES, ApplicantKind, Channel, State

CITY = "招远市人民政府"
#: With one case of twenty-five: 40,000 of a million.
LARGE = "招远市自然资源和规划局"
BUREAUS = (
    *("财政", "公安", "教育", "民政", "水务", "审计", "统计", "文旅", "应急", "住建", "司法", "交通", "商务"),
    *("农业", "海洋", "林业", "体育", "信访", "医保", "税务", "气象", "城管", "人社", "卫健", "工信", "科技"),
    *("档案", "退役军人", "市场监管", "行政审批", "生态环境", "国资", "投资促进", "大数据"),
)
PLACES = (
    *("泉山", "罗峰", "温泉", "梦芝", "大秦家", "辛庄", "蚕庄", "金岭", "毕郭", "玲珑", "张星", "夏甸"),
    *("阜山", "齐山", "宋家", "大户", "南院", "北关", "东庄", "西山", "河东", "湾头", "黄泥", "石棚"),
)
OFFICES = (LARGE, *(f"招远市{name}局" for name in BUREAUS), *(f"招远市{name}镇人民政府" for name in PLACES))
UNITS = ("办公室", "法规科", "档案室", "规划科", "财务科", "综合科")
#: What is asked for, from what nearly every third case asks for to what one in a hundred does.
MATTERS = {
    "土地征收": 30,
    "房屋拆迁": 18,
    "规划许可": 12,
    "道路施工": 9,
    "社会保障": 7,
    "财政预算": 6,
    "环境监测": 5,
    "学校招生": 4,
    "采矿许可": 3,
    "绿化改造": 2,
    "供热管网": 2,
    "海域使用": 1,
    "殡葬设施": 1,
}
PAPERS = {
    "补偿方案": 20,
    "批复文件": 16,
    "公告": 12,
    "会议纪要": 10,
    "验收报告": 9,
    "合同": 8,
    "资金拨付凭证": 8,
    "听证笔录": 6,
    "勘测定界图": 5,
    "评估报告": 4,
    "风险评估意见": 2,
}
#: Every so many cases one has it.
RARE, SELDOM = "古银杏保护名录", 20_000
SURNAMES, NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"
DAYS = 2_500
#: Of what came in so lately most is open, of what is older hardly anything.
LATELY, OPEN_LATELY, OPEN_STILL = 40, 0.8, 0.008
OPENLY = tuple(state for state in COURSES if state in OPEN_STATES)
KINDS, CHANNELS = tuple(ApplicantKind), tuple(Channel)
DECIDED = (Decision.DISCLOSED, Decision.NOT_HELD, Decision.PARTLY_DISCLOSED, *DECISIONS)

Row = tuple[Any, ...]
CASE = (
    *(
        "id",
        "number",
        "agency_id",
        "applicant_kind",
        "applicant_name",
        "person_index",
        "title",
        "description",
    ),
    *("request_digest", "created_at", "version", "state", "channel", "submitted_on", "received_on", "due_on"),
    *("provisional", "excluded_workdays", "extension_workdays", "overdue_when_paused", "unit", "handler_id"),
    *("decision", "report_row", "concluded_on", "calendar"),
)
TERM = ("case_id", "name", "no", "article", "runs_from", "due_on", "status", "event_seq")
#: Where a row has what is looked through.
AGENCY, NUMBER, NAME, TITLE, DESCRIPTION = (
    CASE.index(n) for n in ("agency_id", "number", "applicant_name", "title", "description")
)


@dataclass(frozen=True, slots=True)
class Bureau:
    """An agency with its staff, as rows name them."""

    id: int
    code: str
    people: Sequence[int]


@dataclass(frozen=True, slots=True)
class Invented:
    """A case, and what is kept beside it."""

    case: Row
    events: Sequence[Row]
    term: Row


def invented(count: int, bureaus: Sequence[Bureau], until: date) -> Iterator[Invented]:
    """So many cases, oldest first; the first of the agencies is the large one."""
    chance = random.Random(7)
    weights = list(accumulate([len(bureaus) / 24, *(0.2 + chance.random() * 1.6 for _ in bureaus[1:])]))
    matters, papers = _weighted(MATTERS), _weighted(PAPERS)
    for n in range(1, count + 1):
        (bureau,) = chance.choices(bureaus, cum_weights=weights)
        (matter,), (paper,) = (chance.choices(w, cum_weights=sums) for w, sums in (matters, papers))
        asked = (chance.choice(PLACES), matter if n % SELDOM != 7 else RARE, paper)
        yield _invent(n, bureau, until - timedelta(days=(count - n) * DAYS // count), until, asked, chance)


def _weighted(words: dict[str, int]) -> tuple[list[str], list[int]]:
    return list(words), list(accumulate(words.values()))


def _invent(
    n: int, bureau: Bureau, day: date, until: date, asked: tuple[str, str, str], chance: random.Random
) -> Invented:
    state, pick = _state(until - day, chance), chance.choice
    channel, decision = pick(CHANNELS), pick(DECIDED) if state not in OPEN_STATES else None
    due = _due(state, day, until, chance)
    number = f"{bureau.code}-{day.year}-{n:07d}"
    told = {"channel": channel.value, "reply": f"{bureau.code}公开告〔{day.year}〕{n}号"}
    events = course(state, n, day, decision, bureau.people, told)
    (place, matter, paper), received = asked, day.isoformat()
    case = (
        *(n, number, bureau.id, pick(KINDS).value, pick(SURNAMES) + pick(NAMES) + pick(NAMES)),
        *(f"{n % 50_000:032x}", f"{place}街道{matter}{paper}"),
        f"申请公开{day.year}年{place}街道{chance.randrange(400)}号地块{matter}的{paper}及相关审批材料",
        *(f"{n:032x}", f"{received} 01:00:00.000000", len(events), state.value, channel.value),
        *(received, received, due.isoformat(), 0, 0, 0, 0, pick(UNITS), pick(bureau.people)),
        *(decision and decision.value, decision and DECISIONS[decision].row),
        *((day + timedelta(days=18)).isoformat() if decision else None, 0),
    )
    status = "met" if decision else "paused" if state is State.AWAITING_CLARIFICATION else "running"
    return Invented(case, events, (n, "reply", 1, "33", received, due.isoformat(), status, 1))


def _state(age: timedelta, chance: random.Random) -> State:
    lately = age.days < LATELY
    if chance.random() < (OPEN_LATELY if lately else OPEN_STILL):
        return chance.choice(OPENLY)
    return State.CONCLUDED if lately or chance.random() < 0.01 else State.ARCHIVED


def _due(state: State, day: date, until: date, chance: random.Random) -> date:
    """Twenty working days later; of what is still open long after, near today."""
    usual = day + timedelta(days=28)
    if state in OPEN_STATES and usual < until:
        return until + timedelta(days=chance.randrange(-6, 24))
    return usual

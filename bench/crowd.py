"""A city's ledger of many invented cases, written in bulk: rows, one event each, and the index of words."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Executable, insert

from workflow.agencies import found
from workflow.grams import pieces
from workflow.law.decisions import DECISIONS, Decision
from workflow.search import ADD
from workflow.store import Store
from workflow.tables import CASES, EVENTS
from workflow.vocabulary import Action, ApplicantKind, Channel, Role, State

CITY = "招远市人民政府"
BUREAUS = ("财政", "公安", "教育", "民政", "水务", "审计", "统计", "文旅", "应急", "住建")
OFFICES = tuple(f"招远市{name}局" for name in BUREAUS)
UNITS = ("办公室", "法规科", "档案室", "规划科", "财务科", "综合科")
PLACES = ("泉山", "罗峰", "温泉", "梦芝", "大秦家", "辛庄", "蚕庄", "金岭", "毕郭", "玲珑", "张星", "夏甸")
MATTERS = (
    *("土地征收", "房屋拆迁", "规划许可", "环境监测", "财政预算"),
    *("学校招生", "社会保障", "道路施工", "采矿许可", "绿化改造"),
)
PAPERS = (
    *("补偿方案", "批复文件", "公告", "会议纪要", "验收报告"),
    *("资金拨付凭证", "听证笔录", "勘测定界图", "合同", "评估报告"),
)
SURNAMES, NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"
LAST_DAY = date(2026, 7, 24)
#: Of all cases so many stand open; the others are archived.
OPEN = 0.02
BATCH = 5_000


def fill(store: Store, cases: int) -> None:
    """Write so many cases, spread over a city's agencies."""
    with store.transaction() as session:
        city = found(session, CITY)
        agencies = [found(session, name, parent_id=city.id).id for name in OFFICES]
    made = _cases(cases, [int(each or 0) for each in agencies])
    dialect = store.engine.dialect.name
    with store.engine.begin() as connection:
        while batch := [row for _n, row in zip(range(BATCH), made, strict=False)]:
            _write(connection, ADD[dialect], batch)
    with store.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("VACUUM ANALYZE" if dialect == "postgresql" else "ANALYZE")


def _write(connection: Connection, add: Executable, batch: list[dict[str, Any]]) -> None:
    connection.execute(insert(CASES), batch)
    connection.execute(insert(EVENTS), [_event(row) for row in batch])
    connection.execute(add, [{"case_id": row["id"], "words": _words(row)} for row in batch])


def _words(row: dict[str, Any]) -> str:
    return " ".join(pieces(row["number"], row["title"], row["description"], row["applicant_name"]))


def _cases(count: int, agencies: list[int]) -> Iterator[dict[str, Any]]:
    chance = random.Random(7)
    pick = chance.choice
    decisions = list(DECISIONS)
    for n in range(1, count + 1):
        day = LAST_DAY - timedelta(days=(count - n) * 2_500 // count)
        place, matter, paper = pick(PLACES), pick(MATTERS), pick(PAPERS)
        is_open = chance.random() < OPEN
        decision = None if is_open else pick(decisions)
        yield _case(n, pick(agencies), day, decision) | {
            "applicant_name": pick(SURNAMES) + pick(NAMES) + pick(NAMES),
            "applicant_kind": pick(list(ApplicantKind)),
            "channel": pick(list(Channel)),
            "unit": pick(UNITS),
            "title": f"{place}街道{matter}{paper}",
            "description": f"申请公开{day.year}年{place}街道{chance.randrange(400)}号地块{matter}的{paper}",
        }


def _case(n: int, agency_id: int, day: date, decision: Decision | None) -> dict[str, Any]:
    return {
        "id": n,
        "number": f"ZY{agency_id:02d}-{day.year}-{n:07d}",
        "agency_id": agency_id,
        "person_index": f"{n % 50_000:x}",
        "request_digest": f"{n:x}",
        "created_at": datetime.combine(day, datetime.min.time(), UTC),
        "version": 1,
        "state": State.ARCHIVED if decision else State.SCREENING,
        "submitted_on": day,
        "received_on": day,
        "due_on": (LAST_DAY if decision is None else day) + timedelta(days=n % 40 - 5),
        "provisional": False,
        "excluded_workdays": 0,
        "extension_workdays": 0,
        "overdue_when_paused": False,
        "decision": decision,
        "report_row": DECISIONS[decision].row if decision else None,
        "concluded_on": day + timedelta(days=25) if decision else None,
        "calendar": 0,
    }


def _event(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "case_id": row["id"],
        "seq": 1,
        "on_date": row["received_on"],
        "at": row["created_at"],
        "action": Action.REGISTER,
        "to_state": State.SCREENING,
        "role": Role.CLERK,
        "article": "31",
        "facts": {"channel": row["channel"], "received_on": row["received_on"].isoformat()},
        "letters": [],
        "previous_hash": "",
        "hash": f"{row['id']:x}",
    }

"""What an office does to its register of numbers: go on from paper, and say why a number bears no letter."""

from datetime import date

from sqlalchemy import select

from workflow.commands.intake import NUMBER_SERIES
from workflow.errors import BadInput
from workflow.numbering import Series, Why, counters_of, hold, last_given, note, pass_over
from workflow.store import Session
from workflow.tables import LETTERS

#: No office sends so many letters in a year: a number beyond is a slip.
LARGEST = 99_999
LONGEST_REASON = 200
#: So many are named of the numbers that turn out to be borne.
NAMED = 5


def go_on_from(session: Session, series: Series, next_n: int, why: Why) -> None:
    """Let a counter go on with `next_n`: what lies before was given on paper, say. Never back: BadInput."""
    agency = hold(session, series.agency_id)
    if series.name not in counters_of(agency):
        raise BadInput("series", f"没有类别“{series.name}”")
    last = last_given(session, series)
    if not last + 1 < next_n <= LARGEST:
        used = f"{series.year}年已使用到{last}号" if last else f"{series.year}年尚未使用"
        raise BadInput("next_n", f"序号只能向后调：{used}，应填写{last + 2}至{LARGEST}")
    _check(why)
    pass_over(session, series, next_n - 1, why)


def explain(session: Session, series: Series, first: int, last: int, why: Why) -> None:
    """Say why numbers that were given bear no letter; raises BadInput where they do, or were not given."""
    hold(session, series.agency_id)
    if series.name == NUMBER_SERIES:
        raise BadInput("series", "登记编号不在文书登记簿中")
    if not 1 <= first <= last:
        raise BadInput("last", "序号从1开始，止号不能小于起号")
    given = last_given(session, series)
    if last > given:
        raise BadInput("last", f"{series.year}年该类只使用到{given}号，以后的序号尚未使用")
    borne = _borne(session, series, first, last)
    if borne:
        named = "、".join(f"{n}号" for n in borne[:NAMED]) + ("等" if len(borne) > NAMED else "")
        raise BadInput("first", f"{named}已有文书，不是空号")
    _check(why)
    note(session, series, range(first, last + 1), why)


def _borne(session: Session, series: Series, first: int, last: int) -> list[int]:
    query = (
        select(LETTERS.c.n)
        .where(LETTERS.c.agency_id == series.agency_id, LETTERS.c.series == series.name)
        .where(LETTERS.c.on_date.between(date(series.year, 1, 1), date(series.year, 12, 31)))
        .where(LETTERS.c.n.between(first, last))
        .order_by(LETTERS.c.n)
    )
    return [int(n) for n in session.execute(query).scalars()]


def _check(why: Why) -> None:
    if not why.reason.strip():
        raise BadInput("reason", "请说明原因，登记簿将长期保留这条说明")
    if len(why.reason) > LONGEST_REASON:
        raise BadInput("reason", f"原因最长{LONGEST_REASON}个字")

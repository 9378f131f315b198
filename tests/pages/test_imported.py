"""Cases that came from a ledger, and cases whose calendar changed, on their pages."""

from datetime import date
from typing import Any

from api.pages.course import told
from tests.ledger.sheets import bring, row
from tests.office import Office, morning
from tests.pages.conftest import SQLITE, VisitAs
from workflow import calendars
from workflow.casefile import open_file
from workflow.queries.timeline import timeline
from workflow.vocabulary import Action, Role

pytestmark = SQLITE
NUMBER = "ZY2026-001"


def imported(office: Office, **columns: Any) -> str:
    """One row of a ledger in the office; gives its address."""
    bring(office.store, row(**columns), agency=office.agency.name)
    return f"/cases/{NUMBER}"


def test_what_the_ledger_told_stands_in_the_timeline(visit_as: VisitAs, office: Office) -> None:
    address = imported(office, 答复日期="2026-07-20", 处理决定="予以公开", 送达日期="2026-07-22")

    page = visit_as(Role.CLERK).open(address)

    assert page.status == 200
    assert "导入台账 已办结" in page.text
    assert "收到日期 2026-07-01 答复日期 2026-07-20 送达日期 2026-07-22" in page.text
    assert "还没有文书" in page.text


def test_the_opinion_of_an_unnamed_party_can_be_entered(visit_as: VisitAs, office: Office) -> None:
    address = imported(office, 征求意见发出日期="2026-09-07")
    handler = visit_as(Role.HANDLER)
    form = handler.open(f"{address}/actions/record_opinion").form(f"{address}/actions/record_opinion")
    name = form.choices["name"][-1]

    done = handler.send(form, {"name": name, "consents": "true", "received_on": "2026-09-14"})

    assert (done.status, done.address) == (200, address)
    assert "已完成：登记反馈意见" in done.text


def test_a_ledgers_row_is_corrected_by_its_own_fields(visit_as: VisitAs, office: Office) -> None:
    address = imported(office)
    head, rectify = visit_as(Role.HEAD), f"{address}/actions/rectify"
    form = head.open(f"{rectify}?event=1").form(rectify)

    wrong = head.send(form, {"changes": "不成句", "reason": "录入有误"})
    done = head.send(wrong.form(rectify), {"changes": "received_on：2026-07-02"})

    assert form.typed["event"] == ["1"]
    assert wrong.status == 422
    assert wrong.form(rectify).typed["changes"] == ["不成句"]
    assert done.address == address
    assert "更正 第1条记录" in done.text
    assert "收到日期 2026-07-02" in done.text


def test_a_change_of_the_calendar_is_told_with_both_days(office: Office) -> None:
    number = office.register(date(2026, 7, 1))
    notice = 'year = 2026\nstatus = "official"\nnotice = "补充通知"\n'
    with office.store.transaction() as session:
        year = session.calendar.year(2026)
        assert year
        off = "".join(
            f'{day} = "{why}"\n' for day, why in [*year.off.items(), (date(2026, 7, 10), "临时放假")]
        )
        made_up = "".join(f'{day} = "{why}"\n' for day, why in year.workdays.items())
        text = f"{notice}[off]\n{off}[workdays]\n{made_up}"
        calendars.import_year(session, text, "notice.toml", morning(date(2026, 7, 2)))
    office.do(number, Action.ACCEPT, date(2026, 7, 3))

    with office.store.reading() as session:
        file = open_file(session, number)
        lines = [
            each.lines for each in told(timeline(session, file), {}) if each.entry.action == "recalculate"
        ]

    assert lines == [(("答复期限", "2026-07-29 → 2026-07-30"),)]

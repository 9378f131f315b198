"""Rows become cases: in the state and with the dates of the row, one event each, all or nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.ledger.register import broken, case, numbers, rows, said, sizes
from tests.ledger.sheets import AGENCY, AT, ID_NUMBER, PHONE, bring, numbered, reading, refused, row
from tests.office import Office
from workflow import timers
from workflow.commands.intake import CONTACT_PLACE, ID_PLACE
from workflow.errors import Incomplete
from workflow.ledger.importing import BadRows, bring_in
from workflow.store import Store
from workflow.vocabulary import Action

OPEN = {
    "processing": row(登记编号="A1"),
    "consulting": row(登记编号="A2", 征求意见发出日期="2026-09-01"),
    "awaiting_clarification": row(登记编号="A3", 补正告知日期="2026-07-06"),
    "awaiting_payment": row(登记编号="A4", 收费金额=380),
    "concluded": row(登记编号="A5", 答复日期="2026-07-20", 处理决定="部分公开", 送达日期="2026-07-22"),
    "archived": row(登记编号="A6", 答复日期="2026-07-20", 处理决定="属于国家秘密", 归档号="2026-GK-1"),
}


def test_every_row_becomes_a_case_with_one_event_and_no_letters(store: Store) -> None:
    report = bring(store, *OPEN.values())

    assert (report.agency, report.rows, report.imported, report.faults) == (AGENCY, 6, 6, {})
    assert [str(each.state) for each in rows(store)] == list(OPEN)
    for number in numbers(store):
        told = case(store, number)
        (only,) = told["events"]
        assert (only["action"], only["by"], only["on"], told["letters"]) == (
            "imported",
            "system",
            "2026-09-15",
            [],
        )
    assert sizes(store)["outbox"] == 0
    assert broken(store) == []


def test_the_dates_of_the_case_are_those_of_the_row(store: Store) -> None:
    bring(store, row(征求意见发出日期="2026-07-08", 延期告知日期="2026-07-20", 延期工作日=10))

    told = case(store, "ZY2026-001")

    assert (told["received_on"], told["due_on"]) == ("2026-07-01", "2026-09-02")
    assert (told["excluded_workdays"], told["extension_workdays"]) == (15, 10)
    assert (told["overdue"], told["state"]) == (True, "consulting")
    assert case(store, "ZY2026-001", date(2026, 9, 2))["overdue"] is False


def test_the_columns_of_the_case_hold_what_the_row_says(store: Store) -> None:
    content = "某地块征收补偿安置方案\n以及附图"
    bring(store, row(证件号码=ID_NUMBER, 承办单位="征地科", 申请渠道="信函", 申请内容=content))

    (found,) = rows(store)

    assert (found.intake_number, found.unit) == ("ZY2026-001", "征地科")
    assert str(found.channel) == "registered_post"
    assert (found.applicant_name, str(found.applicant_kind)) == ("张三", "natural_person")
    assert (found.title, found.description) == ("某地块征收补偿安置方案 以及附图", content)
    assert (found.received_on, found.submitted_on) == (date(2026, 7, 1), date(2026, 7, 1))
    assert found.tracking_digest is None


def test_who_applied_is_encrypted_and_stands_in_no_event(store: Store) -> None:
    bring(store, row(证件号码=ID_NUMBER, 备注="张三来电催办"))

    (found,) = rows(store)

    assert store.seal.decrypt(found.id_number, ID_PLACE) == ID_NUMBER
    assert store.seal.decrypt_json(found.contact, CONTACT_PLACE) == {"text": PHONE}
    assert found.id_index == store.seal.index("id", ID_NUMBER)
    for secret in (ID_NUMBER, PHONE, "张三"):
        assert secret not in said(store)


def test_an_imported_application_counts_for_the_fee_from_the_day_of_its_receipt(store: Store) -> None:
    bring(store, row(证件号码=ID_NUMBER))

    (found,) = rows(store)

    # Midnight of 1 July in Asia/Shanghai: before whatever was registered that day.
    assert found.registered_at == datetime(2026, 6, 30, 16, 0, tzinfo=UTC)


def test_ten_imported_applications_make_the_next_of_the_month_cost(office: Office) -> None:
    bring(office.store, *numbered(10, 证件号码=ID_NUMBER), agency=office.agency.name)
    applicant = {"kind": "natural_person", "name": "张三", "id_number": ID_NUMBER}
    number = office.register(date(2026, 7, 20), applicant=applicant)

    office.do(number, Action.ASSESS_FEE, date(2026, 7, 21), basis="per_piece", pieces=1)

    assert case(office.store, number)["fees"][0]["amount_yuan"] == 100


# --- The agency and the number ---------------------------------------------------------------------


def test_an_unknown_agency_is_set_up_and_a_known_one_is_taken_by_name_or_code(store: Store) -> None:
    bring(store, row(登记编号="A1"))
    bring(store, row(登记编号="A2"))
    bring(store, row(登记编号="A3"), agency="ZYSZRZYHGHJ")

    assert sizes(store)["agencies"] == 1
    assert len({each.agency_id for each in rows(store)}) == 1


def test_a_number_that_another_agency_has_gets_the_agencys_code_in_front(store: Store) -> None:
    bring(store, row(登记编号="2026〔1〕号"))
    report = bring(store, row(登记编号="2026〔1〕号"), row(登记编号="2026〔2〕号"), agency="招远市财政局")

    assert report.imported == 2
    assert numbers(store) == ["2026-1-号", "ZYSCZJ-2026-1-号", "2026-2-号"]
    assert [each.intake_number for each in rows(store)] == ["2026〔1〕号", "2026〔1〕号", "2026〔2〕号"]
    assert bring(store, row(登记编号="2026〔1〕号"), agency="招远市财政局").unchanged == 1


def test_a_number_that_this_system_gave_to_another_application_is_an_error(office: Office) -> None:
    number = office.register()

    told = refused(office.store, row(登记编号="A1"), row(登记编号=number), agency=office.agency.name)

    assert told == {3: (f"登记编号{number}已是本系统中的另一件申请",)}


def test_a_number_that_is_taken_even_with_the_code_in_front_is_an_error(store: Store) -> None:
    bring(store, row(登记编号="2026-0001"))
    bring(store, row(登记编号="ZYSCZJ-2026-0001"), agency="招远市财政局")

    told = refused(store, row(登记编号="2026-0001"), agency="招远市财政局")

    assert told == {2: ("登记编号ZYSCZJ-2026-0001已是本系统中的另一件申请",)}


def test_the_agencys_own_series_passes_over_numbers_that_a_ledger_brought(office: Office) -> None:
    own = [f"{office.agency.code}-2026-{n:04d}" for n in (1, 2, 4)]
    bring(office.store, *(row(登记编号=number) for number in own), agency=office.agency.name)

    given = [office.register(date(2026, 9, 16)) for _ in range(2)]

    assert given == [f"{office.agency.code}-2026-{n:04d}" for n in (3, 5)]
    assert broken(office.store) == []


# --- All or nothing --------------------------------------------------------------------------------


def test_one_bad_row_keeps_every_row_and_the_agency_out(store: Store) -> None:
    before = sizes(store)

    told = refused(store, *numbered(5), row(登记编号="坏", 申请内容=None))

    assert told == {7: ("缺少申请内容",)}
    assert sizes(store) == before


def test_a_refused_ledger_tells_its_doubts_too(store: Store) -> None:
    bad = row(申请内容=None)
    doubtful = row(登记编号="B", 证件号码="370685198001010010", 收到日期="2026-07-04")

    with pytest.raises(BadRows) as error, store.transaction() as session:
        bring_in(session, reading(bad, doubtful), AGENCY, at=AT)

    assert error.value.report.warnings == {
        3: ("收到日期2026-07-04（周六）为休息日，请核对", "居民身份证号码校验不符，请核对（已按原样保留）")
    }
    assert "第2行：缺少申请内容" in str(error.value)


def test_with_the_bad_rows_left_out_the_good_ones_come_in(store: Store) -> None:
    report = bring(store, row(登记编号="A1"), row(登记编号="坏", 申请内容=None), row(), skip_bad=True)

    assert (report.rows, report.imported, report.faults) == (3, 2, {3: ("缺少申请内容",)})
    assert numbers(store) == ["A1", "ZY2026-001"]


def test_h39_an_import_that_fails_in_its_last_row_leaves_nothing(store: Store) -> None:
    before = sizes(store)
    seen = []

    def fail() -> None:
        seen.append(1)
        if len(seen) == 5:
            raise Broken

    with pytest.raises(Broken), store.transaction() as session:
        bring_in(session, reading(*numbered(5)), AGENCY, at=AT, done=fail)

    assert sizes(store) == before


class Broken(Exception):
    """What goes wrong in these tests."""


def test_a_number_that_somebody_takes_during_the_import_is_told_and_nothing_is_written(store: Store) -> None:
    """As if another office had registered it after the look and before the writing."""
    before, once = sizes(store), reading(row(登记编号="A1"))
    twice = replace(once, rows=once.rows * 2)

    with pytest.raises(Incomplete, match="请重新导入"), store.transaction() as session:
        bring_in(session, twice, AGENCY, at=AT)

    assert sizes(store) == before


# --- What comes after ------------------------------------------------------------------------------


def test_a_sweep_closes_the_opinion_that_never_came_and_finds_nothing_else_to_do(store: Store) -> None:
    bring(store, *OPEN.values(), row(登记编号="A7", 征求意见发出日期="2026-07-08"))

    with store.session() as session:
        swept = timers.sweep(session, AT)
        again = timers.sweep(session, AT)

    assert (swept.changed, swept.failed, again.changed) == (["A7"], {}, [])
    assert (case(store, "A7")["state"], case(store, "A7")["due_on"]) == ("processing", "2026-08-19")
    assert case(store, "A2")["state"] == "consulting"
    assert broken(store) == []

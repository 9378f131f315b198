"""The same ledger again, one that says more, and one that says something else."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from tests.ledger.register import broken, case, rows, sizes
from tests.ledger.sheets import AT, ID_NUMBER, bring, refused, row
from tests.office import Office
from workflow import timers
from workflow.casefile import open_file
from workflow.engine import SYSTEM, Act, advance
from workflow.errors import Refused
from workflow.ledger.importing import Report
from workflow.store import Store
from workflow.tables import SEALED
from workflow.vocabulary import Action, State

NEXT_MONTH = AT + timedelta(days=30)
A = "ZY2026-001"
REPLY = {"答复日期": "2026-08-03", "处理决定": "予以公开"}
EXTENSION = {"延期告知日期": "2026-07-20", "延期工作日": 10}
CLOSED = "本件已导入，状态为已办结，不能再由台账补充"


def counts(report: Report) -> tuple[int, int, int]:
    """New, said more about, the same."""
    return report.imported, report.updated, report.unchanged


def actions(store: Store, number: str = A) -> list[str]:
    """What the log of a case holds."""
    return [event["action"] for event in case(store, number)["events"]]


def test_the_same_ledger_again_changes_nothing_and_says_so(store: Store) -> None:
    ledger = [
        row(证件号码=ID_NUMBER, 备注="催办"),
        row(登记编号="B", **REPLY),
        row(登记编号="C", 收费金额=380),
    ]
    bring(store, *ledger)
    before = sizes(store), rows(store)

    report = bring(store, *ledger, at=NEXT_MONTH)

    assert counts(report) == (0, 0, 3)
    assert (sizes(store), rows(store)) == before


def test_another_spelling_of_the_same_is_the_same(store: Store) -> None:
    bring(store, row(延期告知日期="2026-07-20", 延期工作日=10, 申请渠道="信函"))

    report = bring(
        store, row(登记编号="ＺＹ2026-001", 延期告知日期="2026年7月20日", 延期工作日="10天", 申请渠道="邮寄")
    )

    assert counts(report) == (0, 0, 1)


def test_a_new_row_comes_in_beside_known_ones(store: Store) -> None:
    bring(store, row())

    assert counts(bring(store, row(), row(登记编号="B"))) == (1, 0, 1)


@pytest.mark.parametrize(
    ("first", "more", "state", "due_on"),
    [
        pytest.param({}, {"补正告知日期": "2026-07-06"}, "awaiting_clarification", "2026-07-29", id="asked"),
        pytest.param({}, EXTENSION, "processing", "2026-08-12", id="extended"),
        pytest.param(
            {"征求意见发出日期": "2026-07-08"},
            {"征求意见收到日期": "2026-07-15"},
            "processing",
            "2026-08-05",
            id="the opinion came",
        ),
        pytest.param(
            {"补正告知日期": "2026-07-06"},
            {"补正收到日期": "2026-07-13"},
            "processing",
            "2026-08-10",
            id="clarified",
        ),
        pytest.param({"收费金额": 380}, {"缴费日期": "2026-07-16"}, "processing", "2026-08-13", id="paid"),
        pytest.param({}, REPLY, "concluded", "2026-07-29", id="replied"),
        pytest.param({}, {**REPLY, "归档号": "2026-1"}, "archived", "2026-07-29", id="archived"),
        pytest.param(
            {}, {"证件号码": ID_NUMBER, "承办单位": "征地科"}, "processing", "2026-07-29", id="persons"
        ),
    ],
)
def test_an_open_case_whose_row_says_more_is_imported_anew(
    store: Store, first: dict[str, Any], more: dict[str, Any], state: str, due_on: str
) -> None:
    bring(store, row(**first))

    report = bring(store, row(**first, **more), at=NEXT_MONTH)

    told = case(store, A)
    assert counts(report) == (0, 1, 0)
    assert (actions(store)[0], actions(store)[-1]) == ("imported", "imported")
    assert (told["state"], told["due_on"]) == (state, due_on)
    assert counts(bring(store, row(**first, **more), at=NEXT_MONTH)) == (0, 0, 1)
    assert broken(store) == []


def test_what_a_later_ledger_tells_of_the_applicant_is_kept(store: Store) -> None:
    bring(store, row(联系方式=None))

    bring(store, row(证件号码=ID_NUMBER, 承办单位="征地科"))

    (found,) = rows(store)
    assert (found.id_index, found.unit) == (store.seal.index("id", ID_NUMBER), "征地科")
    assert "申请人未提供联系方式（《条例》第二十九条）" not in case(store, A)["warnings"]


def test_terms_that_the_later_ledger_does_without_are_gone(store: Store) -> None:
    bring(store, row(收费金额=380))

    bring(store, row(收费金额=380, 缴费日期="2026-07-16"))

    status = {term["term"]: term["status"] for term in case(store, A)["terms"]}
    assert (status["reply"], status["payment"]) == ("running", "met")


def test_what_the_system_did_in_between_gives_way_to_what_the_ledger_says(store: Store) -> None:
    bring(store, row(征求意见发出日期="2026-07-08"))
    with store.session() as session:
        assert timers.sweep(session, AT).changed == [A]

    report = bring(store, row(征求意见发出日期="2026-07-08", 征求意见收到日期="2026-07-15"), at=NEXT_MONTH)

    assert counts(report) == (0, 1, 0)
    assert actions(store) == ["imported", "record_opinion", "imported"]
    assert (case(store, A)["excluded_workdays"], case(store, A)["due_on"]) == (5, "2026-08-05")
    assert broken(store) == []


def test_a_supervisors_pressing_does_not_take_the_case_out_of_the_ledgers_hands(office: Office) -> None:
    bring(office.store, row(), agency=office.agency.name)
    office.do(A, Action.ESCALATE, date(2026, 9, 16), message="请抓紧办理")

    report = bring(office.store, row(**REPLY), agency=office.agency.name, at=NEXT_MONTH)

    assert counts(report) == (0, 1, 0)
    assert case(office.store, A)["state"] == "concluded"


# --- Contradictions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (
            {},
            {"收到日期": "2026-07-02"},
            "与已导入的内容不同：收到日期（已导入2026-07-01，本表2026-07-02）",
        ),
        ({}, {"申请人名称": "李四", "联系方式": "1"}, "与已导入的内容不同：申请人名称、联系方式"),
        ({}, {"申请内容": "别的"}, "与已导入的内容不同：申请内容"),
        ({"备注": "催办"}, {"备注": None}, "与已导入的内容不同：备注"),
        (
            {"补正告知日期": "2026-07-06"},
            {"补正告知日期": None},
            "与已导入的内容不同：补正告知日期（已导入2026-07-06，本表空）",
        ),
        (
            {"收费金额": 380},
            {"收费金额": 400, "缴费日期": "2026-07-16"},
            "与已导入的内容不同：收费金额",
        ),
        (
            REPLY,
            {**REPLY, "送达日期": "2026-08-05"},
            f"{CLOSED}送达日期，请在系统中登记",
        ),
        (
            REPLY,
            {**REPLY, "归档号": "2026-1"},
            f"{CLOSED}归档号，请在系统中登记",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_any_other_difference_is_an_error_of_the_row_and_changes_nothing(
    store: Store, first: dict[str, Any], then: dict[str, Any], told: str
) -> None:
    bring(store, row(**first))
    before = sizes(store), rows(store)

    faults = refused(store, row(登记编号="新"), row(**then))

    assert faults == {3: (told,)}
    assert (sizes(store), rows(store)) == before


def test_a_case_on_which_the_office_has_acted_is_no_longer_the_ledgers(office: Office) -> None:
    bring(office.store, row(), agency=office.agency.name)
    office.do(A, Action.ASSIGN, date(2026, 9, 16), unit="规划科")

    same = bring(office.store, row(), agency=office.agency.name, at=NEXT_MONTH)
    faults = refused(office.store, row(**REPLY), agency=office.agency.name, at=NEXT_MONTH)

    assert counts(same) == (0, 0, 1)
    assert faults == {2: ("本件导入后已在系统中办理，不能再由台账补充答复日期、处理决定，请在系统中登记",)}


def test_a_corrected_record_is_the_same_as_the_row_before_and_after_the_correction(office: Office) -> None:
    bring(office.store, row(), agency=office.agency.name)
    changes = {"received_on": "2026-07-02"}
    office.do(A, Action.RECTIFY, date(2026, 9, 16), event=1, changes=changes, reason="签收日期误录")

    as_before = bring(office.store, row(), agency=office.agency.name, at=NEXT_MONTH)
    corrected = bring(office.store, row(收到日期="2026-07-02"), agency=office.agency.name, at=NEXT_MONTH)

    assert (counts(as_before), counts(corrected)) == ((0, 0, 1), (0, 0, 1))
    assert case(office.store, A)["due_on"] == "2026-07-30"


def test_a_second_import_struck_out_leaves_what_the_first_said(office: Office) -> None:
    bring(office.store, row(), agency=office.agency.name)
    bring(office.store, row(收费金额=380), agency=office.agency.name)
    assert case(office.store, A)["state"] == "awaiting_payment"

    office.do(A, Action.RECTIFY, date(2026, 9, 16), event=2, void=True, reason="收费金额填错行")

    assert case(office.store, A)["state"] == "processing"
    assert broken(office.store) == []


def test_a_ledger_cannot_bring_back_what_was_erased_for_privacy(store: Store) -> None:
    bring(store, row())
    with store.transaction() as session:
        session.execute(delete(SEALED))

    assert counts(bring(store, row())) == (0, 0, 1)
    assert refused(store, row(**REPLY)) == {
        2: ("本件的个人信息已经删除，不能再由台账补充答复日期、处理决定",)
    }


def test_an_application_of_this_system_cannot_be_imported_over(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    facts = {"channel": "fax", "received_on": "2026-07-01"}
    act = Act(Action.IMPORTED, date(2026, 9, 15), AT, SYSTEM, facts=facts)

    with pytest.raises(Refused, match="不是由台账导入的"), office.store.transaction() as session:
        advance(session, open_file(session, number), act)

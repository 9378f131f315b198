"""An open case from a ledger goes on in this system like any other."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.register import broken, case
from tests.ledger.sheets import AT, TODAY, bring, row
from tests.office import Office
from workflow import timers
from workflow.errors import Refused
from workflow.ledger.importing import bring_in
from workflow.ledger.rows import read_rows
from workflow.ledger.sheet import open_sheet
from workflow.vocabulary import Action

STORY = Path(__file__).parents[1] / "scenarios" / "imported_open_case_continued"
A = "ZY2026-001"
#: A Wednesday, the day after the import.
DAY = date(2026, 9, 16)
DRAFT: dict[str, Any] = {"decision": "disclosed", "reasons": "经检索，予以公开。"}


def imported(office: Office, **columns: Any) -> None:
    """Bring one row into the office."""
    bring(office.store, row(**columns), agency=office.agency.name)


def test_an_imported_open_case_is_taken_to_the_archive(office: Office) -> None:
    imported(office, 征求意见发出日期="2026-09-07")

    office.do(A, Action.RECORD_OPINION, DAY, name="甲公司", consents=True)
    office.do(A, Action.DRAFT_REPLY, DAY, **DRAFT)
    office.do(A, Action.PASS_REVIEW, DAY)
    office.do(A, Action.APPROVE, DAY)
    office.do(A, Action.ISSUE_REPLY, DAY, method="in_person")
    office.do(A, Action.ARCHIVE, DAY, retention=30)

    told = case(office.store, A, DAY)
    assert (told["state"], told["decision"]) == ("archived", "disclosed")
    assert [letter["kind"] for letter in told["letters"]] == ["disclosed"]
    assert broken(office.store) == []


def test_the_story_of_a_case_that_came_with_the_register(office: Office) -> None:
    story = json.loads((STORY / "story.json").read_text(encoding="utf-8"))
    with office.store.transaction() as session:
        report = bring_in(
            session, read_rows(open_sheet(STORY / "ledger.csv"), TODAY), office.agency.name, at=AT
        )
    assert report.imported == 1
    before = case(office.store, story["number"])
    assert (before["state"], before["terms"][-1]["status"]) == ("consulting", "running")

    for event in story["events"]:
        body = {name: value for name, value in event.items() if name not in ("on", "do")}
        office.do(story["number"], Action(event["do"]), date.fromisoformat(event["on"]), **body)

    told = case(office.store, story["number"], date(2026, 9, 28))
    assert (told["state"], told["decision"], told["due_on"]) == ("archived", "disclosed", "2026-10-13")
    assert (told["excluded_workdays"], broken(office.store)) == (7, [])
    assert [event["action"] for event in told["events"]] == ["imported", *(e["do"] for e in story["events"])]


def test_an_opinion_after_the_timer_replaces_what_the_timer_assumed(office: Office) -> None:
    # Sent on 8 July, due on the 29th; it had come on Wednesday the 15th: five days are out, not 15.
    imported(office, 征求意见发出日期="2026-07-08")
    with office.store.session() as session:
        timers.sweep(session, AT)
    assert case(office.store, A)["due_on"] == "2026-08-19"

    office.do(A, Action.RECORD_OPINION, DAY, name="甲公司", consents=True, received_on="2026-07-15")

    told = case(office.store, A, DAY)
    assert (told["excluded_workdays"], told["due_on"]) == (5, "2026-08-05")


def test_the_unnamed_party_of_a_ledger_is_called_so(office: Office) -> None:
    imported(office, 征求意见发出日期="2026-09-07")

    parties = {term["party"] for term in case(office.store, A)["terms"]}

    assert parties == {None, "第三方（台账未载明名称）"}


def test_a_clarification_answered_here_starts_the_clock_anew(office: Office) -> None:
    imported(office, 收到日期="2026-09-01", 补正告知日期="2026-09-03")

    office.do(A, Action.RECEIVE_CLARIFICATION, DAY, text="补充地块名称")

    # 17, 18, 20 (a Sunday of work), 21–24, 28–30 September; 8–10 (a Saturday of work), 12–16, 19, 20 October.
    told = case(office.store, A, DAY)
    assert (told["state"], told["due_on"]) == ("screening", "2026-10-20")


def test_an_applicant_who_never_answered_is_taken_to_have_given_up(office: Office) -> None:
    imported(office, 补正告知日期="2026-07-06")

    office.do(A, Action.CONFIRM_ABANDONMENT, DAY)

    assert case(office.store, A, DAY)["decision"] == "abandoned_clarification"


def test_nobody_is_taken_to_have_given_up_by_a_fee_notice_of_unknown_day(office: Office) -> None:
    imported(office, 收费金额=380)

    with pytest.raises(Refused, match="尚未届满或通知尚未送达"):
        office.do(A, Action.CONFIRM_ABANDONMENT, DAY)


def test_the_day_of_the_fee_notice_is_corrected_in_and_then_the_term_has_its_end(office: Office) -> None:
    imported(office, 收费金额=380)
    changes = {"fee_notified_on": "2026-07-08"}
    office.do(A, Action.RECTIFY, DAY, event=1, changes=changes, reason="补登收费通知书送达日期")
    assert case(office.store, A, DAY)["fees"][0]["due_on"] == "2026-08-05"

    office.do(A, Action.CONFIRM_ABANDONMENT, DAY)

    assert case(office.store, A, DAY)["decision"] == "abandoned_payment"
    assert broken(office.store) == []


def test_a_payment_is_taken_whenever_after_the_receipt_it_was_made(office: Office) -> None:
    imported(office, 收费金额=380, 延期告知日期="2026-07-20", 延期工作日=10)

    office.do(A, Action.RECORD_PAYMENT, DAY, receipt_no="001", paid_on="2026-07-16")

    told = case(office.store, A, DAY)
    assert (told["state"], told["due_on"]) == ("processing", "2026-08-13")
    fee = {"basis": None, "pieces": None, "amount_yuan": 380, "notified_on": None}
    assert told["fees"][0].items() >= (fee | {"paid_on": "2026-07-16"}).items()


def test_a_case_that_the_ledger_concluded_is_archived_without_proof_of_service(office: Office) -> None:
    imported(office, 答复日期="2026-07-20", 处理决定="部分公开")

    office.do(A, Action.ARCHIVE, DAY, retention=10)

    assert case(office.store, A, DAY)["state"] == "archived"


def test_a_case_that_the_ledger_concluded_while_consulting_goes_on_undisturbed(office: Office) -> None:
    imported(office, 征求意见发出日期="2026-07-08", 答复日期="2026-07-20", 处理决定="部分公开")

    office.do(A, Action.RECORD_REMEDY, DAY, kind="reconsideration", filed_on="2026-08-03")
    office.do(A, Action.REOPEN, DAY, reason="复议撤销", reply_by="2026-10-15")

    told = case(office.store, A, DAY)
    assert (told["state"], told["due_on"]) == ("processing", "2026-10-15")

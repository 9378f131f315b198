"""Corrections: the record's own form, filled with what is recorded, sends only what differs."""

from typing import Any

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from workflow.casefile import open_file
from workflow.vocabulary import Action, Role, State

pytestmark = SQLITE
PHONE = "applicant.contact.phone"


def recorded(office: Office, number: str) -> dict[str, Any]:
    """The facts of the last event."""
    with office.store.reading() as session:
        return dict(open_file(session, number).log.events[-1].facts)


def test_the_record_is_chosen_first_and_its_form_shows_what_it_says(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    head, address = visit_as(Role.HEAD), f"/cases/{number}/actions/rectify"

    chosen = head.open(address)
    form = head.open(f"{address}?event=3").form(address)

    assert {f"{address}?event={seq}" for seq in (1, 2, 3)} <= set(chosen.links)
    assert form.typed["changes.unit"] == ["自然资源确权登记科"]
    assert form.typed["changes.on"] == [today().isoformat()]


def test_only_what_differs_is_sent(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number = case(State.PROCESSING)
    head, address = visit_as(Role.HEAD), f"/cases/{number}/actions/rectify"
    form = head.open(f"{address}?event=3").form(address)

    done = head.send(form, {"changes.unit": "档案室", "reason": "录入时选错单位"})

    assert done.address == f"/cases/{number}"
    assert recorded(office, number)["changes"] == {"unit": "档案室"}
    assert "见第4条更正" in done.text
    assert "录入时选错单位" in done.text


def test_papers_and_contacts_are_not_shown_again_and_stay_when_left_empty(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.SUBMITTED)
    head, address = visit_as(Role.HEAD), f"/cases/{number}/actions/rectify"
    page = head.open(f"{address}?event=1")
    form = page.form(address)

    done = head.send(form, {"changes.request.title": "另一地块的补偿方案", "reason": "笔误"})

    assert "13800001234" not in page.html
    assert form.typed[f"changes.{PHONE}"] == [""]
    assert "另一地块的补偿方案" in done.text
    assert "138****1234" in done.text


def test_nothing_changed_is_told_and_the_reason_kept(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    head, address = visit_as(Role.HEAD), f"/cases/{number}/actions/rectify"
    form = head.open(f"{address}?event=3").form(address)

    page = head.send(form, {"reason": "什么也没改"})

    assert page.status == 422
    assert "请写明需要更正的内容" in page.text
    assert page.form(address).typed["reason"] == ["什么也没改"]


def test_a_record_can_be_struck_out_whole(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    head, address = visit_as(Role.HEAD), f"/cases/{number}/actions/rectify"
    form = head.open(f"{address}?event=3").form(address)

    done = head.send(form, {"void": "true", "reason": "误点转入办理"})

    assert "第3条记录，整条作废" in done.text
    assert State.SCREENING.zh in done.text.split("可以办理")[0]


def test_a_record_that_does_not_exist_is_not_found(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)

    assert visit_as(Role.HEAD).open(f"/cases/{number}/actions/rectify?event=99").status == 404


def test_a_correction_that_the_rules_forbid_is_refused_and_kept(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number = case(State.SUBMITTED)
    office.do(number, Action.REGISTER, today(), at=now())
    head, address = visit_as(Role.HEAD), f"/cases/{number}/actions/rectify"
    form = head.open(f"{address}?event=2").form(address)

    refused = head.send(form, {"changes.received_on": "2026-01-05", "reason": "签收单"})

    assert refused.status == 409
    assert "早于提交日期" in refused.text
    assert refused.form(address).typed["changes.received_on"] == ["2026-01-05"]


def test_what_cannot_be_read_is_told_beside_the_records_own_question(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.SCREENING)
    head, address = visit_as(Role.HEAD), f"/cases/{number}/actions/rectify"
    form = head.open(f"{address}?event=2").form(address)

    page = head.send(form, {"changes.received_on": "2026-02-30", "reason": "签收单"})
    blank = head.send(form, {"changes.received_on": today().isoformat(), "reason": " "})

    assert page.status == 422
    assert 'id="f-changes-received_on-error"' in page.html
    assert 'id="f-reason-error"' in blank.html
    assert "不填则不更正" in head.open(f"{address}?event=1").text

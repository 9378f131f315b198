"""Notes on the page of a case: who writes them, who reads them, and what cannot be taken."""

from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Page, Visitor
from workflow.vocabulary import Role, State


def note(visitor: Visitor, number: str, text: str) -> Page:
    address = f"/cases/{number}"
    return visitor.send(visitor.open(address).form(f"{address}/notes"), {"note": text})


def strikes(page: Page) -> list[str]:
    return [form.action for form in page.forms if form.action.endswith("/strike")]


def test_a_note_is_shown_to_the_colleagues_with_who_and_when(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk, legal = case(State.PROCESSING), visit_as(Role.CLERK), visit_as(Role.LEGAL)

    written = note(clerk, number, "已电话联系\n申请人<b>本人</b>")

    assert "已添加备注" in written.text
    told = legal.open(f"/cases/{number}")
    assert "已电话联系 申请人<b>本人</b> person-0 20" in told.text
    assert strikes(told) == []


def test_the_writer_strikes_a_note_and_all_see_that_it_is_struck(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    page = note(clerk, number, "记错了")
    (action,) = strikes(page)

    struck = clerk.send(page.form(action))

    assert "已划去备注" in struck.text
    assert strikes(struck) == []
    told = visit_as(Role.HEAD).open(f"/cases/{number}").text.split("备注")[-2:]
    assert "记错了" in "".join(told)
    assert "划去" in "".join(told)


@SQLITE
def test_another_cannot_strike_it(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk, head = case(State.PROCESSING), visit_as(Role.CLERK), visit_as(Role.HEAD)
    (action,) = strikes(note(clerk, number, "备注一条"))
    csrf = head.open(f"/cases/{number}").form(f"/cases/{number}/notes").typed["csrf"][0]

    assert head.client.post(action, data={"csrf": csrf}).status_code == 404
    assert len(strikes(clerk.open(f"/cases/{number}"))) == 1


@SQLITE
def test_a_note_that_cannot_be_kept_stays_in_its_form_with_the_reason(
    visit_as: VisitAs, case: CaseAt
) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    long = "很长的备注" * 500

    page = note(clerk, number, long)

    assert page.status == 422
    assert "备注不超过2000字，现有2500字" in page.text
    assert page.form(f"/cases/{number}/notes").typed["note"] == [long]
    assert 'aria-describedby="new-note-hint new-note-wrong"' in page.html


@SQLITE
def test_a_form_of_an_old_session_is_shown_again_as_it_was_typed(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.CLERK)
    form = clerk.open(f"/cases/{number}").form(f"/cases/{number}/notes")

    page = clerk.send(form, {"note": "写了很久", "csrf": "old"})

    assert page.status == 403
    assert "安全凭证已更换" in page.text
    assert page.form(form.action).typed["note"] == ["写了很久"]
    assert "写了很久" in clerk.send(page.form(form.action)).text


@SQLITE
def test_supervisors_above_read_notes_and_strangers_find_no_case(visit_as: VisitAs, office: Office) -> None:
    below = office.other("招远市财政局", parent_id=office.agency.id)
    number = below.case_at(State.PROCESSING)
    note(visit_as(Role.CLERK, agency=below.agency), number, "内部情况")

    above = visit_as(Role.SUPERVISOR).open(f"/cases/{number}")
    stranger = visit_as(Role.CLERK)

    assert "内部情况" in above.text
    assert [form.action for form in above.forms if "/notes" in form.action] == []
    assert stranger.client.post(f"/cases/{number}/notes", data={"note": "x"}).status_code in (403, 404)
    csrf = stranger.open("/desk").forms[0].typed["csrf"][0]
    sent = stranger.client.post(f"/cases/{number}/notes", data={"note": "x", "csrf": csrf})
    assert sent.status_code == 404

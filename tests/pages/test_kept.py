"""What is typed in a form is kept for whoever typed it, and comes back when the form is opened again."""

from typing import Any

import pytest
from sqlalchemy import select

from api.clock import now, today
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.visitor import Form, Page, Visitor, read
from workflow.tables import KEPT_FORMS
from workflow.vocabulary import Action, Role, State

DRAFT = {"decision": "disclosed", "reasons": "写了一半的理由"}
ASKED = {"channel": "fax", "applicant.name": "赵某", "request.title": "某路段改造方案"}


def address_of(number: str, action: str = "draft_reply") -> str:
    return f"/cases/{number}/actions/{action}"


def keep(visitor: Visitor, number: str, action: str = "draft_reply", **typed: str) -> Page:
    """Open the form, type, and press 暂存."""
    form = visitor.open(address_of(number, action)).form(address_of(number, action))
    form.action += "/keep"
    return visitor.send(form, typed or DRAFT)


def keep_quietly(visitor: Visitor, form: Form, **typed: str) -> str:
    """What the page sends a while after the last key; gives what is said then."""
    given = {name: [value] for name, value in typed.items()}
    response = visitor.client.post(
        f"{form.action}/keep", data=form.typed | given, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    return str(response.text)


def kept_places(office: Office) -> list[str]:
    with office.store.reading() as session:
        return list(session.execute(select(KEPT_FORMS.c.place).order_by(KEPT_FORMS.c.place)).scalars())


def test_a_form_comes_back_as_it_was_left(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)

    page = keep(handler, number)

    assert (page.status, page.address) == (200, address_of(number))
    assert "已恢复您于" in page.text
    again = handler.open(address_of(number)).form(address_of(number)).typed
    assert (again["decision"], again["reasons"]) == (["disclosed"], ["写了一半的理由"])


@SQLITE
def test_a_script_keeps_it_without_leaving_the_page(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    form = handler.open(address_of(number)).form(address_of(number))

    said = keep_quietly(handler, form, **DRAFT)

    assert "已暂存" in said
    assert "<form" not in said
    assert handler.open(address_of(number)).form(address_of(number)).typed["reasons"] == ["写了一半的理由"]


@SQLITE
def test_nobody_else_sees_it(visit_as: VisitAs, case: CaseAt) -> None:
    number = case(State.PROCESSING)
    keep(visit_as(Role.HANDLER), number)

    page = visit_as(Role.HANDLER).open(address_of(number))

    assert "写了一半的理由" not in page.text
    assert "已恢复" not in page.text


@SQLITE
def test_it_can_be_cleared(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    page = keep(handler, number)

    cleared = handler.send(page.form(f"{address_of(number)}/forget"))

    assert (cleared.address, kept_places(office)) == (address_of(number), [])
    assert cleared.form(address_of(number)).typed["reasons"] == [""]


@SQLITE
def test_a_form_as_it_opened_is_not_kept(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number, head = case(State.PROCESSING), visit_as(Role.HEAD)
    form = head.open(address_of(number, "extend")).form(address_of(number, "extend"))

    keep_quietly(head, form, workdays="10")
    kept = kept_places(office)
    said = keep_quietly(head, form, workdays="20")

    assert (len(kept), kept_places(office)) == (1, [])
    assert "会自动暂存" in said


@SQLITE
def test_the_act_takes_it_away(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    page = keep(handler, number)

    done = handler.send(page.form(address_of(number)))

    assert (done.address, kept_places(office)) == (f"/cases/{number}", [])


@SQLITE
def test_a_refused_act_leaves_it(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    page = keep(handler, number, decision="partly_disclosed", reasons="部分不公开")

    refused = handler.send(page.form(address_of(number)))

    assert (refused.status, len(kept_places(office))) == (409, 1)


@SQLITE
def test_what_was_kept_on_an_older_version_says_so_and_shows_both(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    keep(handler, number)
    office.do(number, Action.ASSIGN, today(), at=now(), unit="档案室", reason="材料在档案室")

    page = handler.open(address_of(number))

    assert page.status == 200
    assert "内容是在第3版上填写的" in page.text
    assert "您打开表单时（第3版） 现在（第4版）" in page.text
    assert "材料在档案室" in page.text
    assert handler.send(page.form(address_of(number))).address == f"/cases/{number}"


@SQLITE
def test_when_the_act_has_become_impossible_the_text_is_still_to_be_had(
    visit_as: VisitAs, case: CaseAt, office: Office
) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    keep(handler, number)
    office.do(number, Action.WITHDRAW, today(), at=now())

    page = handler.open(address_of(number))

    assert page.status == 200
    assert "现在不能再“拟定答复”" in page.text
    assert page.form(address_of(number)).typed["reasons"] == ["写了一半的理由"]


@SQLITE
def test_what_was_kept_comes_before_what_the_questions_lead_to(visit_as: VisitAs, case: CaseAt) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)
    keep(handler, number)

    page = handler.open(f"{address_of(number)}?guide=true")

    assert "七步指引的结果没有带入，清空后带入" in page.text
    assert page.form(address_of(number)).typed["reasons"] == ["写了一半的理由"]
    assert page.form(f"{address_of(number)}/forget").typed["guide"] == ["true"]


@SQLITE
@pytest.mark.parametrize("what", ["keep", "forget"])
def test_on_a_foreign_case_nothing_is_kept_or_forgotten(
    visit_as: VisitAs, case: CaseAt, office: Office, what: str
) -> None:
    number = case(State.PROCESSING)
    stranger = visit_as(Role.HANDLER, agency=office.other().agency)

    response = stranger.client.post(f"{address_of(number)}/{what}", data=DRAFT)

    assert (response.status_code, kept_places(office)) == (404, [])


@SQLITE
def test_no_log_tells_of_it(
    visit_as: VisitAs, case: CaseAt, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    number, clerk = case(State.PROCESSING), visit_as(Role.HANDLER, Role.CLERK)

    page = keep(clerk, number)
    begin(clerk)

    assert page.status == 200
    logged = "".join(capfd.readouterr()) + caplog.text
    assert f"{address_of(number)}/keep" in logged
    assert [text for text in (*DRAFT.values(), *ASKED.values()) if text in logged] == []


@SQLITE
def test_without_the_right_token_nothing_is_kept(visit_as: VisitAs, case: CaseAt, office: Office) -> None:
    number, handler = case(State.PROCESSING), visit_as(Role.HANDLER)

    response = handler.client.post(f"{address_of(number)}/keep", data=DRAFT)

    assert (response.status_code, kept_places(office)) == (403, [])


# --- Registration ----------------------------------------------------------------------------------------


def begin(clerk: Visitor, address: str = "/cases/new", **typed: Any) -> Page:
    form = clerk.open(address).form("/cases/new")
    form.action = "/cases/new/keep"
    return clerk.send(form, typed or ASKED)


@SQLITE
def test_a_registration_comes_back_with_its_key(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)
    kept = begin(clerk).form("/cases/new").typed

    again = clerk.open("/cases/new")

    assert "已恢复您于" in again.text
    typed = again.form("/cases/new").typed
    assert {name: typed[name][0] for name in ASKED} == ASKED
    assert typed["key"] == kept["key"]


@SQLITE
def test_several_begun_registrations_are_all_to_be_had(visit_as: VisitAs) -> None:
    clerk = visit_as(Role.CLERK)
    begin(clerk)
    begin(clerk, "/cases/new?blank=true", **(ASKED | {"request.title": "另一件事"}))

    page = clerk.open("/cases/new")
    other = next(link for link in page.links if link.startswith("/cases/new?kept="))

    assert page.form("/cases/new").typed["request.title"] == ["另一件事"]
    assert "另有1份未登记完的申请" in page.text
    assert clerk.open(other).form("/cases/new").typed["request.title"] == ["某路段改造方案"]


@SQLITE
def test_registering_takes_it_away(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)
    page = begin(clerk)

    done = clerk.send(
        page.form("/cases/new"), {"applicant.kind": "natural_person", "request.description": "全文"}
    )

    assert done.address.startswith(f"/cases/{office.agency.code}-")
    assert kept_places(office) == []


@SQLITE
def test_a_begun_registration_can_be_cleared(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)
    page = begin(clerk)

    cleared = clerk.send(page.form("/cases/new/forget"))

    assert (cleared.status, kept_places(office)) == (200, [])
    assert cleared.form("/cases/new").typed["request.title"] == [""]


@SQLITE
def test_an_empty_registration_is_not_kept(visit_as: VisitAs, office: Office) -> None:
    clerk = visit_as(Role.CLERK)
    page = begin(clerk)
    form = page.form("/cases/new")
    form.action = "/cases/new/keep"
    form.typed["channel"] = []

    clerk.send(form, dict.fromkeys(set(ASKED) - {"channel"}, ""))

    assert kept_places(office) == []


@SQLITE
def test_a_further_part_begins_with_the_first_whatever_is_kept(visit_as: VisitAs, case: CaseAt) -> None:
    number, clerk = case(State.SCREENING), visit_as(Role.CLERK)
    begin(clerk)

    page = clerk.open(f"/cases/new?split_of={number}")

    assert page.form("/cases/new").typed["applicant.name"] == ["张三"]
    assert "未登记完的申请" in page.text


@SQLITE
def test_only_who_registers_keeps_registrations(visit_as: VisitAs, office: Office) -> None:
    response = read(visit_as(Role.HANDLER).client.post("/cases/new/keep", data=ASKED))

    assert (response.status, kept_places(office)) == (403, [])

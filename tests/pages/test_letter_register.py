"""The register of letters as the office reads and keeps it."""

import pytest

from api.clock import now, today
from tests.database.behind import execute
from tests.office import Office
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from workflow.queries import letter_register
from workflow.vocabulary import Action, Role, State

pytestmark = SQLITE
REGISTER = "/letters"


def lost(office: Office, n: int) -> None:
    """Somebody deletes a receipt behind the program's back."""
    execute(office.store, "DELETE FROM letters WHERE series = '收' AND n = :n", n=n)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD, Role.ADMIN])
def test_everybody_of_the_office_reads_the_register(visit_as: VisitAs, case: CaseAt, role: Role) -> None:
    number = case(State.CONCLUDED)
    visitor = visit_as(role)

    page = visitor.open(REGISTER)

    assert page.status == 200
    assert REGISTER in visitor.open("/desk").links
    assert "公开告〔" in page.text
    assert "政府信息予以公开答复书" in page.text
    assert f"{today()} 当面" in page.text
    assert f"/cases/{number}" in page.links
    for link in page.links:
        assert (link, visitor.open(link).status) == (link, 200)


def test_a_register_is_chosen_by_year_and_group(visit_as: VisitAs, office: Office, case: CaseAt) -> None:
    case(State.AWAITING_CLARIFICATION)
    clerk = visit_as(Role.CLERK)

    assert "公开补〔" in clerk.open(f"{REGISTER}?series=补").text
    assert "还没有文书" in clerk.open(f"{REGISTER}?series=补&year=2025").text
    assert clerk.open(f"{REGISTER}?series=没有&year=abc&cursor=x&agency=Y").status == 200


def test_a_supervisor_reads_the_registers_below_and_no_other(visit_as: VisitAs, office: Office) -> None:
    below = office.other("招远市财政局", parent_id=office.agency.id)
    below.register(today())
    beside = office.other("莱州市财政局")
    beside.register(today())
    supervisor = visit_as(Role.SUPERVISOR)

    page = supervisor.open(f"{REGISTER}?agency={below.agency.code}&series=收")
    other = supervisor.open(f"{REGISTER}?agency={beside.agency.code}&series=收")

    assert "招远市财政局公开收〔" in page.text
    assert "莱州市财政局" not in page.text + other.text
    assert (
        "招远市财政局公开收" not in visit_as(Role.CLERK).open(f"{REGISTER}?agency={below.agency.code}").text
    )


def test_the_register_turns_page_by_page(visit_as: VisitAs, office: Office) -> None:
    for _ in range(letter_register.PAGE + 2):
        office.register(today())
    clerk = visit_as(Role.CLERK)

    first = clerk.open(f"{REGISTER}?series=收")
    (further,) = [link for link in first.links if "cursor=" in link]
    second = clerk.open(further)

    assert "收〔2026〕3号" in first.text.replace(str(today().year), "2026")
    assert "〕2号" not in first.text
    assert "〕2号" in second.text
    assert "〕3号" not in second.text
    assert any("cursor" not in link and link.startswith(f"{REGISTER}?") for link in second.links)


def test_what_has_become_of_a_letter_stands_beside_it(visit_as: VisitAs, office: Office) -> None:
    number = office.register(today())
    office.do(number, Action.VOID, today(), at=now(), reason="重复登记")

    assert "已作废" in visit_as(Role.CLERK).open(f"{REGISTER}?series=收").text


# --- Gaps -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMIN])
def test_a_number_without_a_letter_is_explained(visit_as: VisitAs, office: Office, role: Role) -> None:
    for _ in range(3):
        office.register(today())
    lost(office, 2)
    visitor = visit_as(role)
    page = visitor.open(f"{REGISTER}?series=收")
    assert "有1个空号尚未说明原因" in page.text
    assert "2号 空号 未说明" in page.text

    (link,) = [link for link in page.links if "/letters/gaps?" in link]
    form = visitor.open(link).form("/letters/gaps")
    assert (form.typed["first"], form.typed["last"], form.typed["series"]) == (["2"], ["2"], ["收"])
    after = visitor.send(form, {"reason": "打印错误作废"})

    assert after.address == REGISTER
    assert "2号 空号 打印错误作废" in after.text
    assert "尚未说明" not in after.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"first": "1", "last": "1"}, "1号已有文书，不是空号"),
        ({"first": "2", "last": "9"}, "只使用到3号"),
        ({"first": "", "last": "2"}, "缺少此项"),
        ({"first": "x", "last": "2"}, "应为整数"),
        ({"first": "-2", "last": "2"}, "数值过小"),
        ({"reason": ""}, "缺少此项"),
        ({"reason": "长" * 201}, "原因最长200个字"),
    ],
)
def test_an_explanation_that_cannot_be_is_told_and_kept_in_the_form(
    visit_as: VisitAs, office: Office, typed: dict[str, str], told: str
) -> None:
    for _ in range(3):
        office.register(today())
    lost(office, 2)
    clerk = visit_as(Role.CLERK)
    form = clerk.open(f"/letters/gaps?year={today().year}&series=收&first=2&last=2").form("/letters/gaps")

    page = clerk.send(form, {"reason": "打印错误作废"} | typed)

    assert page.status == 422
    assert told in page.text
    for name, text in typed.items():
        assert page.form("/letters/gaps").typed[name] == [text]
    assert "未说明" in clerk.open(f"{REGISTER}?series=收").text


def test_the_administrator_goes_on_from_paper(visit_as: VisitAs, office: Office) -> None:
    admin = visit_as(Role.ADMIN)
    form = admin.open("/letters/paper?series=收").form("/letters/paper")
    assert "收" in form.choices["series"]

    page = admin.send(form, {"series": "收", "next_n": "38", "reason": "此前使用纸质登记簿"})
    office.register(today())

    assert "1—37号 空号 37个 此前使用纸质登记簿" in page.text
    assert "〕38号" in admin.open(f"{REGISTER}?series=收").text
    assert "尚未说明" not in page.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"next_n": "1"}, "序号只能向后调"),
        ({"next_n": "0"}, "数值过小"),
        ({"next_n": "100000"}, "数值过大"),
        ({"next_n": ""}, "缺少此项"),
        ({"reason": ""}, "缺少此项"),
    ],
)
def test_a_number_to_go_on_with_that_cannot_be_is_told(
    visit_as: VisitAs, office: Office, typed: dict[str, str], told: str
) -> None:
    office.register(today())
    admin = visit_as(Role.ADMIN)
    form = admin.open("/letters/paper?series=收").form("/letters/paper")

    page = admin.send(form, {"next_n": "38", "reason": "纸质"} | typed)

    assert page.status == 422
    assert told in page.text
    assert "空号" not in admin.open(f"{REGISTER}?series=收").text


@pytest.mark.parametrize(
    ("role", "gaps", "paper"),
    [
        (Role.CLERK, 200, 403),
        (Role.ADMIN, 200, 200),
        (Role.HEAD, 403, 403),
        (Role.HANDLER, 403, 403),
        (Role.SUPERVISOR, 403, 403),
    ],
)
def test_the_register_is_kept_by_the_window_and_the_administrator(
    visit_as: VisitAs, role: Role, gaps: int, paper: int
) -> None:
    visitor = visit_as(role)

    assert visitor.open("/letters/gaps").status == gaps
    assert visitor.open("/letters/paper").status == paper
    assert visitor.client.post("/letters/gaps", data={}).status_code == 403
    assert visitor.client.post("/letters/paper", data={}).status_code == 403


def test_the_register_of_cases_is_none_of_letters(visit_as: VisitAs, office: Office) -> None:
    office.register(today())
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/letters/gaps?series=收").form("/letters/gaps")

    page = clerk.send(form, {"series": "登记", "first": "1", "last": "1", "reason": "x"})

    assert page.status == 422
    assert "登记编号不在文书登记簿中" in page.text

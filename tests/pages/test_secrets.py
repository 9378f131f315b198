"""What a page may show of a person, and what is said once in a sealed cookie."""

import pytest

from api import sessions
from api.pages import flash
from api.pages.masking import masked_address, masked_id, masked_mail, masked_phone
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from tests.pages.test_register import TYPED
from workflow.vocabulary import Role, State


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("370685192001010016", "370685********0016"),
        ("91370685DEM0000017", "913706********0017"),
        ("E12345678", "****8"),
        ("1", "****1"),
    ],
)
def test_of_an_id_number_the_first_six_and_last_four_stay(number: str, shown: str) -> None:
    assert masked_id(number) == shown


@pytest.mark.parametrize(
    ("phone", "shown"), [("13800001234", "138****1234"), ("0535-8200000", "053****0000"), ("12345", "****45")]
)
def test_of_a_telephone_number_the_ends_stay(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


def test_of_a_mail_address_the_provider_and_of_an_address_the_place_stays() -> None:
    assert masked_mail("zhang@example.com") == "z****@example.com"
    assert masked_mail("no address") == "****ss"
    assert masked_address("招远市望泉街12号院") == "招远市望泉街****"


@SQLITE
def test_the_code_is_sealed_in_the_cookie_and_bound_to_its_case(visit_as: VisitAs, case: CaseAt) -> None:
    other = case(State.SCREENING)
    clerk = visit_as(Role.CLERK)
    form = clerk.open("/cases/new").form("/cases/new")
    sent = form.typed | {name: [text] for name, text in TYPED.items()}
    answer = clerk.client.post("/cases/new", data=sent, follow_redirects=False)
    own, sealed = answer.headers["location"], answer.cookies[flash.COOKIE]

    def shown(address: str, cookie: str) -> bool:
        signed_in = clerk.client.cookies[sessions.COOKIE]
        header = {"Cookie": f"{sessions.COOKIE}={signed_in}; {flash.COOKIE}={cookie}"}
        text = clerk.client.get(address, headers=header).text
        assert "可以办理" in text
        return "查询凭证" in text

    assert shown(own, sealed)
    assert not shown(f"/cases/{other}", sealed)
    assert not shown(own, sealed[:-8] + "AAAAAAAA")
    assert not shown(own, "no base64 at all")
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))
    assert "?" not in own

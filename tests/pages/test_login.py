"""Signing in and out."""

import pytest

from api import accounts
from tests.office import PASSWORD, Office
from tests.pages.conftest import SQLITE
from tests.pages.visitor import Page, Visitor
from workflow.vocabulary import Role

pytestmark = SQLITE


def sign_in(citizen: Visitor, username: str, password: str = PASSWORD) -> Page:
    form = citizen.open("/login").form("/login")
    return citizen.send(form, {"username": username, "password": password})


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ([Role.CLERK], "/desk"),
        ([Role.SUPERVISOR], "/supervision"),
        ([Role.SUPERVISOR, Role.HEAD], "/desk"),
        ([], "/desk"),
    ],
)
def test_everybody_comes_to_where_their_work_begins(
    citizen: Visitor, office: Office, roles: list[Role], home: str
) -> None:
    office.account("li", *roles)

    page = sign_in(citizen, "li")

    assert (page.status, page.address) == (200, home)
    assert citizen.open("/login").address == home


def test_a_wrong_name_and_a_wrong_password_are_told_alike(citizen: Visitor, office: Office) -> None:
    office.account("li", Role.CLERK)

    wrong_password, wrong_name = sign_in(citizen, "li", "wrong"), sign_in(citizen, "wu", "wrong")

    assert (wrong_password.status, wrong_name.status) == (401, 401)
    assert wrong_password.html.replace('"li"', "") == wrong_name.html.replace('"wu"', "")
    assert wrong_password.form("/login").typed == {"username": ["li"], "password": [""]}


def test_after_too_many_tries_the_account_rests_and_the_page_says_how_long(
    citizen: Visitor, office: Office
) -> None:
    office.account("li", Role.CLERK)
    for _ in range(accounts.TRIES):
        sign_in(citizen, "li", "wrong")

    page = sign_in(citizen, "li")

    assert page.status == 401
    assert f"连续输错{accounts.TRIES}次，15分钟内不能登录" in page.text


def test_signing_out_ends_the_session(citizen: Visitor, office: Office) -> None:
    office.account("li", Role.CLERK)
    desk = sign_in(citizen, "li")

    gone = citizen.send(desk.form("/logout"))

    assert gone.address == "/login"
    assert citizen.open("/desk").address == "/login"
    assert citizen.send(desk.form("/logout")).address == "/login"


def test_nobody_is_signed_out_by_a_form_of_another_page(citizen: Visitor, office: Office) -> None:
    office.account("li", Role.CLERK)
    form = sign_in(citizen, "li").form("/logout")
    form.typed["csrf"] = ["guessed"]

    assert citizen.send(form).status == 403
    assert citizen.open("/desk").address == "/desk"

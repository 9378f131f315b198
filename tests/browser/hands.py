"""What a person's hands do on the pages: sign in, open a form in place, fill it in, send it."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader, ReaderAs
from tests.office import PASSWORD

#: A question by its label, and what is typed, chosen or ticked there; True ticks the label itself.
Typed = Mapping[str, str | bool]


def signed_in(reader: ReaderAs, login: str, **options: Any) -> Reader:
    """Somebody of the staff before a browser of their own."""
    opened = reader(**options)
    opened.sign_in(login, PASSWORD)
    expect(opened.page.get_by_role("button", name="退出")).to_be_visible()
    return opened


def act(page: Page, name: str, typed: Typed | None = None) -> None:
    """Open the form of an act in place, fill it in, and send it."""
    form = form_of(page, name)
    fill(form, typed or {})
    form.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(f"已完成：{name}")).to_be_visible()


def form_of(page: Page, name: str) -> Locator:
    """The form of an act, opened in place; what is seldom done stands behind a summary."""
    link = page.get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        page.get_by_role("group").get_by_text("其他操作").click()
    link.click()
    form = page.locator("#act form.act")
    expect(form.get_by_role("heading", name=name)).to_be_focused()
    return form


def fill(form: Locator, typed: Typed) -> None:
    """Answer the questions: whatever kind of control each of them is."""
    for label, answer in typed.items():
        group = form.get_by_role("group", name=label)
        if answer is True:
            form.get_by_label(label, exact=True).check()
        elif group.count():
            group.get_by_label(str(answer), exact=True).check()
        else:
            _answer(form.get_by_label(label).first, str(answer))


def _answer(control: Locator, answer: str) -> None:
    if control.evaluate("control => control.tagName") == "SELECT":
        control.select_option(answer)
    else:
        control.fill(answer)

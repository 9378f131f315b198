"""A visitor without JavaScript: opens pages, reads them, fills in the forms there, and sends them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

#: What the browser shows of these is not their text.
UNREAD = frozenset({"script", "style", "head", "svg"})


@dataclass
class Form:
    """A form as it stands in a page: where it goes, and what would be sent if nobody typed anything."""

    action: str
    method: str
    typed: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Page:
    """A page as it is read."""

    status: int
    address: str
    html: str
    text: str = ""
    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def form(self, action: str) -> Form:
        """The form that goes there."""
        (found,) = [form for form in self.forms if form.action == action]
        return found


class Visitor:
    """One browser; cookies stay from page to page."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def open(self, address: str) -> Page:
        """Go to a page."""
        return read(self.client.get(address))

    def send(self, form: Form, typed: Mapping[str, str | Sequence[str]] | None = None) -> Page:
        """Fill a form in and send it; what is not typed goes as it stands."""
        assert set(typed or ()) <= form.names, f"no such fields: {set(typed or ()) - form.names}"
        given = {
            name: [text] if isinstance(text, str) else list(text) for name, text in (typed or {}).items()
        }
        return read(self.client.post(form.action, data=form.typed | given))

    def do(self, number: str, action: str, **typed: str) -> Page:
        """Open the form of an act and send it."""
        address = f"/cases/{number}/actions/{action}"
        return self.send(self.open(address).form(address), typed)


def read(response: Response) -> Page:
    """A response as a page."""
    page = Page(response.status_code, str(response.url.path), response.text)
    reader = _Reader(page)
    reader.feed(response.text)
    page.text = re.sub(r"\s+", " ", " ".join(reader.heard)).strip()
    return page


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.heard: list[str] = []
        self.silent: list[str] = []
        self.form: Form | None = None
        self.area = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in UNREAD:
            self.silent.append(tag)
        elif tag == "a" and said.get("href"):
            self.page.links.append(said["href"])
        elif tag == "form":
            self.form = Form(said.get("action", ""), said.get("method", "get"))
            self.page.forms.append(self.form)
        elif self.form is not None:
            self._question(self.form, tag, said)

    def _question(self, form: Form, tag: str, said: Mapping[str, Any]) -> None:
        name = said.get("name", "")
        if tag == "option" and self.select:
            form.choices.setdefault(self.select, []).append(said.get("value", ""))
            if "selected" in said or self.select not in form.typed:
                form.typed[self.select] = [said.get("value", "")]
        if not name:
            return
        form.names.add(name)
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area = name
            form.typed[name] = [""]
        elif said.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(said.get("value", ""))
            if "checked" in said:
                form.typed.setdefault(name, []).append(said.get("value", ""))
        else:
            form.typed[name] = [said.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()
        if tag == "form":
            self.form = None
        if tag == "textarea":
            self.area = ""
        if tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.area:
            # A browser passes over the first line break in a text area.
            self.form.typed[self.area] = [self.form.typed[self.area][0] + data.removeprefix("\n")]
        if not self.silent:
            self.heard.append(data)

"""The files of the front end: what the pages name is there, and what is not there is not missed."""

import re
from pathlib import Path

import pytest

from api.pages.rendering import HERE
from tests.pages.conftest import SQLITE, CaseAt, VisitAs
from workflow.vocabulary import Role, State

ROOT = HERE.parent
TEMPLATES = sorted((HERE / "templates").glob("*.html"))


def named(pattern: str) -> set[str]:
    return {found for path in TEMPLATES for found in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_every_icon_of_the_pages_is_fetched() -> None:
    wanted = (ROOT / "bin" / "vendor").read_text(encoding="utf-8").split('ICONS = """')[1].split('"""')[0]
    drawn = named(r'icon\("([a-z-]+)"\)') | named(r'(?:empty|notice)\([^)]*"([a-z]+(?:-[a-z]+)*)"\)')

    assert drawn - set(wanted.split()) == set()


@SQLITE
def test_every_file_of_ours_that_a_page_names_is_served(visit_as: VisitAs, case: CaseAt) -> None:
    clerk = visit_as(Role.CLERK)
    page = clerk.open(f"/cases/{case(State.PROCESSING)}")

    for address in re.findall(r'(?:src|href)="(/static/(?!vendor)[^"#]+)', page.html):
        assert (address, clerk.open(address).status) == (address, 200)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_script_or_a_style_in_it(path: Path) -> None:
    """The content security policy would stop them."""
    text = path.read_text(encoding="utf-8")

    assert (
        re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:", text)
        == []
    )

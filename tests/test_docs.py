"""The documents say what is so: generated ones equal the code, and what the others name exists."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

import letters
from docs.generate import ROOT, pages
from workflow.scenario import replay
from workflow.vocabulary import Role

RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
GUIDES = [ROOT / "docs" / name for name in ("formats.md", "performance.md", "production.md")]
HANDBOOK = sorted((ROOT / "docs" / "handbook").glob("*.md"))
WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *GUIDES, *HANDBOOK, *RECORDS]
HEADINGS = ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]


@pytest.mark.parametrize(("path", "text"), [pytest.param(p, t, id=p.name) for p, t in pages().items()])
def test_a_generated_page_is_what_the_code_says(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text, "run `make docs`"


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_record_has_its_headings(record: Path) -> None:
    assert (
        re.findall(r"^\*\*([A-Z][a-z ]+?)\.?\*\*", record.read_text(encoding="utf-8"), re.MULTILINE)
        == HEADINGS
    )


def test_the_records_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:workflow|letters|api|tests|docs|bin)/[\w/.-]*|[a-z][\w-]*\.(?:sql|toml|json|md))`", text
    )
    linked = [(page.parent / link) for link in re.findall(r"\]\(([^)#:]+)\)", text)]

    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing + [str(link) for link in linked if not link.exists()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    verbs = {line.split()[0] for line in _help().splitlines() if line.startswith("  ") and line.split()}

    assert set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", text, re.MULTILINE)) <= {
        pair for target in targets for pair in ((target, ""), ("", target))
    }
    assert set(re.findall(r"`mingda ([a-z-]+)", text)) <= verbs


def _help() -> str:
    import typer.testing

    from api.cli import app

    return typer.testing.CliRunner().invoke(app, ["--help"]).output


def test_the_scenario_of_the_formats_gives_the_answer_that_stands_there() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    scenario, answer = (json.loads(block) for block in re.findall(r"```json\n(.+?)```", text, re.DOTALL))

    outcome, ok = replay(scenario, letters.issue)

    assert ok
    assert {name: outcome[name] for name in answer} == answer
    assert set(outcome) <= {*answer, *re.findall(r"`(\w+)`", text)}


@cache
def _program() -> str:
    """Everything that the program can say: its code and its templates."""
    kinds = (".py", ".html", ".jinja", ".js")
    folders = (ROOT / name for name in ("api", "letters", "workflow"))
    files = (path for folder in folders for path in sorted(folder.rglob("*")))
    return "".join(path.read_text(encoding="utf-8") for path in files if path.suffix in kinds)


@pytest.mark.parametrize("page", HANDBOOK, ids=lambda path: path.stem)
def test_every_word_that_the_handbook_quotes_is_said_on_a_page(page: Path) -> None:
    quoted = re.findall("“([^”]+)”", page.read_text(encoding="utf-8"))

    assert [word for word in quoted if word not in _program()] == []


def test_the_handbook_has_a_page_for_every_role() -> None:
    index = (ROOT / "docs" / "handbook" / "README.md").read_text(encoding="utf-8")

    assert [role for role in Role if role is not Role.SYSTEM and f"({role}.md)" not in index] == []
    assert {path.stem for path in HANDBOOK} == {*(Role)} - {Role.SYSTEM} | {"README"}


def test_every_picture_is_shown_somewhere() -> None:
    kept = {path.name for path in (ROOT / "docs" / "handbook" / "pictures").glob("*.png")}
    shown = {
        name
        for page in WRITTEN
        for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text(encoding="utf-8"))
    }

    assert kept == shown


def test_make_alone_lists_every_target() -> None:
    told = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
    makefile = (ROOT / "Makefile").read_text()
    phony = {word for line in re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE) for word in line.split()}

    assert {line.split()[0] for line in told.splitlines() if line.startswith("  ")} == phony - {"vendor"}

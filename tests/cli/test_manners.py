"""What all verbs have in common."""

import json

import pytest

from api.cli import app
from tests.cli.conftest import Command
from workflow.errors import BadInput, Incomplete, NotFound, Refused, Stale, WorkflowError

#: Command lines that fail before anything is opened, for every verb that prints data.
FAILING = [
    ["due", "--json"],
    ["fee", "--json"],
    ["replay", "nowhere.json", "--json"],
    ["calendar", "import", "nowhere.toml", "--json"],
    ["user", "add", "--json"],
    ["audit", "verify", "--nonsense", "--json"],
    ["sweep", "--nonsense", "--json"],
    ["doctor", "--nonsense", "--json"],
    ["import-ledger", "nowhere.xlsx", "--agency", "甲局", "--json"],
]


@pytest.mark.parametrize("words", FAILING, ids=" ".join)
def test_a_failure_is_one_json_document_too(command: Command, words: list[str]) -> None:
    done = command(*words)

    assert done.status == 2
    assert len(done.out.splitlines()) == 1
    assert set(json.loads(done.out)["error"]) == {"where", "message"}
    assert done.err.strip()


@pytest.mark.parametrize("words", FAILING, ids=" ".join)
def test_without_json_standard_output_stays_empty(command: Command, words: list[str]) -> None:
    done = command(*[word for word in words if word != "--json"])

    assert (done.status, done.out) == (2, "")


def test_every_verb_is_explained_in_chinese(command: Command) -> None:
    done = command("--help")

    assert done.status == 0
    for info in app.registered_commands:
        assert str(info.name) in done.out
        assert any("一" <= letter <= "鿿" for letter in info.help or "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nosuch"], "没有命令“nosuch”"),
        (["fee", "--pages", "1", "extra"], "多余的参数：extra"),
        (["serve", "--port", "99999"], "--port：不得大于65535"),
        (["due", "--from", "2026-07-01", "--workdays", "x"], "--workdays：应为整数"),
    ],
)
def test_a_slip_in_the_command_line_is_told_in_chinese(command: Command, words: list[str], said: str) -> None:
    done = command(*words)

    assert (done.status, done.err.strip()) == (2, said)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused("extend", "concluded", "33", "本件已办结"), 1),
        (Stale("A-2026-0001", 1, 2), 1),
        (NotFound("没有这件申请"), 2),
        (Incomplete("没有数据库"), 2),
        (BadInput("--from", "不是日期"), 2),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_the_domain_reports_becomes_an_exit_status(
    command: Command, monkeypatch: pytest.MonkeyPatch, error: WorkflowError, status: int
) -> None:
    def fail(*_words: object) -> None:
        raise error

    monkeypatch.setattr("api.cli.rules.fees.per_page", fail)

    done = command("fee", "--pages", 1, "--json")

    assert done.status == status
    assert str(error) in done.err
    assert set(done.document) == ({"refused"} if isinstance(error, Refused) else {"error"})

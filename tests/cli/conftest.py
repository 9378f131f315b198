"""The command line in this process: quick enough for tables of cases. Its users' way is tests/program.py."""

import sys
from collections.abc import Callable

import pytest

from api.cli import main
from tests.program import Finished

Command = Callable[..., Finished]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command; gives its exit status and what it printed."""

    def run(*words: object) -> Finished:
        monkeypatch.setattr(sys, "argv", ["mingda", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Finished(int(ended.value.code or 0), out, err)

    return run

"""The command line as its users run it: another process, its exit status, and what it prints."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[1]
START = (sys.executable, "-c", "from api.cli import main; main()")
#: What a developer's own settings must not change.
OURS = ("DATABASE_URL", "MINGDA_", "XDG_DATA_HOME", "HOME", "COLUMNS")


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


def mingda(*words: str | Path, env: Mapping[str, str], stdin: str = "") -> Finished:
    """Run a command with these settings and no others."""
    done = subprocess.run(
        [*START, *map(str, words)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=settings(env),
        cwd=CHECKOUT,
        timeout=120,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def settings(env: Mapping[str, str]) -> dict[str, str]:
    """The environment of such a process."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return inherited | {"PYTHONIOENCODING": "utf-8", **env}

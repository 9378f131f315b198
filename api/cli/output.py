"""How the command line speaks: one JSON document when asked for, Chinese sentences otherwise."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Annotated, Any, NoReturn

import typer

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


class Outcome(IntEnum):
    """The exit statuses: done, refused by a rule (the message names the article), bad input (the place)."""

    DONE = 0
    REFUSED = 1
    BAD_INPUT = 2


def answer(document: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Print the document, or its lines for a person."""
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False))
    else:
        for line in lines:
            typer.echo(line)


def fail(outcome: Outcome, message: str, document: Any) -> NoReturn:
    """Say what is wrong, where and what to do, and end; with --json the document goes to standard output."""
    if "--json" in sys.argv:
        typer.echo(json.dumps(document, ensure_ascii=False))
    typer.echo(message, err=True)
    raise SystemExit(outcome)


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Any]:
    """A bar on standard error for what takes longer than a second; gives the function to advance it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda step=1: bar.advance(task, step)

"""Several real processes at work on one database at once."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import letters
from api.installation import open_store
from api.mail import deliver_waiting
from api.settings import Settings, secret_of
from tests.office import KEY, application, morning
from workflow import timers
from workflow.agencies import named
from workflow.casefile import open_file
from workflow.commands import parse, parse_new, perform, register_new, submit
from workflow.commands.bodies import Submit
from workflow.commands.office import OfficeSettings, as_entered, change_settings
from workflow.correspondence import LetterOrder, WrittenLetter
from workflow.documents import Form, kept
from workflow.engine import Actor
from workflow.errors import WorkflowError
from workflow.lifecycle import ROLES
from workflow.queries.letters import letter
from workflow.sealing import Seal
from workflow.store import Store, open_engine
from workflow.vocabulary import Action, Role

#: A server that has imported everything, and makes a process of its own for each that is asked for.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__])

Work = Callable[..., Any]
_barrier: Barrier


def together(work: Work, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Do the work in as many processes as there are arguments, all starting at once; gives what each gave."""
    barrier = CONTEXT.Barrier(len(arguments))
    with CONTEXT.Pool(len(arguments), _enter, (barrier,)) as pool:
        results = pool.starmap(_when_all_are_there, [(work, each) for each in arguments], chunksize=1)
        pool.close()
        pool.join()
    return results


def _enter(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def _when_all_are_there(work: Work, arguments: tuple[Any, ...]) -> Any:
    _barrier.wait(timeout=60)
    return work(*arguments)


def opened(url: str) -> Store:
    """The installation of a test, opened by another process."""
    return Store(open_engine(url, pool_size=1), Seal(KEY), letters.issue)


# --- The work -----------------------------------------------------------------------------------------


def register_many(url: str, agency: str, name: str, many: int, on: date) -> list[str]:
    """Register so many applications, each of a person of its own; gives their numbers."""
    store, numbers = opened(url), []
    for n in range(many):
        body = application(channel="in_person", applicant={"kind": "other", "name": f"{name}-{n}"})
        with store.transaction() as session:
            made = register_new(
                session, named(session, agency), parse_new(body), by=Actor(Role.CLERK), at=morning(on)
            )
            numbers.append(str(made.file.row.number))
    store.engine.dispose()
    return numbers


def register_without_end(url: str, agency: str, on: date, done: Connection) -> None:
    """Register one application after the other, telling each number when it is committed."""
    store = opened(url)
    for n in count():
        body = application(channel="in_person", applicant={"kind": "other", "name": f"第{n}人"})
        with store.transaction() as session:
            made = register_new(
                session, named(session, agency), parse_new(body), by=Actor(Role.CLERK), at=morning(on)
            )
        done.send(str(made.file.row.number))


def count_on(url: str, wire: Connection) -> None:
    """Answer, for each day that is asked, when 20 working days end, until asked no more."""
    store = opened(url)
    while day := wire.recv():
        with store.reading() as session:
            wire.send(session.calendar.add_workdays(day, 20))


def sweep(url: str, day: date) -> timers.Swept:
    """Sweep once, on the morning of that day."""
    store = opened(url)
    with store.session() as session:
        swept = timers.sweep(session, morning(day))
    store.engine.dispose()
    return swept


def deliver_mail(url: str, smtp_url: str, sender: str, now: datetime) -> int:
    """Send what waits in the outbox; gives how many messages that were."""
    store = opened(url)
    given = Settings(data=Path("/nonexistent"), database_url=url, smtp_url=smtp_url, mail_from=sender)
    sent = deliver_waiting(store, given, now)
    store.engine.dispose()
    return sent


def key_of(data: Path) -> str:
    """The key of an installation that may have none yet."""
    return secret_of(Settings(data=data, database_url=""))


def first_opening(data: Path, url: str) -> str:
    """Open an installation, perhaps as the first; gives the digest by which its key is known."""
    store = open_store(Settings(data=data, database_url=url))
    check = store.seal.index("installation")
    store.engine.dispose()
    return check


def act_and_hang(
    url: str, number: str, action: Action, body: dict[str, Any], on: date, at: Connection
) -> None:
    """Do one act, and hang while its letter is being written, having said so."""

    def hang(order: LetterOrder) -> WrittenLetter:
        at.send(order.kind)
        time.sleep(600)
        raise AssertionError("nobody came to kill this process")

    store = Store(open_engine(url, pool_size=1), Seal(KEY), hang)
    with store.transaction() as session:
        perform(session, number, action, body, by=Actor(ROLES[action][0]), at=morning(on))


def read_document(url: str, number: str, letter_id: int, form: Form) -> bytes:
    """A letter's document as it is kept; nothing here could make it."""
    store = opened(url)
    with store.reading() as session:
        found = letter(session, open_file(session, number).id, letter_id)
        content = kept(session, found, form)
    store.engine.dispose()
    assert content is not None
    return content


def act(url: str, number: str, action: Action, body: dict[str, Any], version: int | None, on: date) -> str:
    """Do one act as a clerk who has seen that version; gives `done`, or what was refused."""
    store = opened(url)
    try:
        with store.transaction() as session:
            perform(session, number, action, body, by=Actor(Role.CLERK), at=morning(on), version=version)
        return "done"
    except WorkflowError as error:
        return type(error).__name__
    finally:
        store.engine.dispose()


def submit_with_key(url: str, agency: str, key: str, on: date) -> tuple[str, str]:
    """Send one application in under an Idempotency-Key; gives its number and code."""
    body = parse(Action.SUBMIT, application())
    assert isinstance(body, Submit)
    store = opened(url)
    with store.transaction() as session:
        made = submit(
            session, named(session, agency), body, by=Actor(Role.APPLICANT), at=morning(on), key=key
        )
        number = str(made.file.row.number)
    store.engine.dispose()
    return number, made.tracking_code


def split_off(url: str, agency: str, first: str, on: date) -> str:
    """Register a further part of an application; gives its number."""
    body = application(channel="in_person", split_of=first)
    store = opened(url)
    with store.transaction() as session:
        made = register_new(
            session, named(session, agency), parse_new(body), by=Actor(Role.CLERK), at=morning(on)
        )
        number = str(made.file.row.number)
    store.engine.dispose()
    return number


def do(work: Work, arguments: tuple[Any, ...]) -> Any:
    """Whatever each process is told to do: works of several kinds at once."""
    return work(*arguments)


def change_number_format(url: str, agency: str, by: int, patterns: list[str | None], on: date) -> None:
    """Change how an agency writes its numbers, as often as there are patterns."""
    store = opened(url)
    for pattern in patterns:
        with store.transaction() as session:
            found = named(session, agency)
            seen = as_entered(found)
            wanted = OfficeSettings(letter_code=found.letter_code, number_format=pattern)
            assert not change_settings(session, found.id or 0, seen, wanted, by=by, at=morning(on))
    store.engine.dispose()

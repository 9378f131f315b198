"""An import whose process is killed leaves nothing (H39)."""

from multiprocessing.connection import Connection

from tests import processes
from tests.ledger.register import numbers, sizes
from tests.ledger.sheets import AGENCY, AT, bring, numbered, reading
from workflow.ledger.importing import bring_in
from workflow.store import Store


def import_and_hang(url: str, rows: int, written: Connection) -> None:
    """Import so many rows, tell of each, and never come to the end."""
    store = processes.opened(url)

    def done() -> None:
        written.send(True)
        if len(told) == rows - 1:
            written.recv()
        told.append(1)

    told: list[int] = []
    with store.transaction() as session:
        bring_in(session, reading(*numbered(rows)), AGENCY, at=AT, done=done)


def test_h39_a_killed_import_leaves_nothing_and_the_next_one_brings_it_all(
    store: Store, database_url: str
) -> None:
    here, there = processes.CONTEXT.Pipe()
    process = processes.CONTEXT.Process(target=import_and_hang, args=(database_url, 20, there))
    process.start()
    for _ in range(20):
        assert here.poll(60)
        here.recv()

    process.kill()
    process.join()

    assert sum(sizes(store).values()) == 0
    assert bring(store, *numbered(20)).imported == 20
    assert len(numbers(store)) == 20

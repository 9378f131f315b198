"""Every letter reads as it did when somebody last read it; tests/letters/golden.py renews the texts."""

import pytest

import letters
from letters.kinds import KINDS
from tests.letters.golden import FOLDER, orders, text_of

ORDERS = orders()


@pytest.mark.parametrize("name", ORDERS)
def test_a_letter_reads_as_it_did(name: str) -> None:
    read = text_of(letters.issue(ORDERS[name]).html)

    assert read == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_nothing_else_is_kept() -> None:
    kept = {path.stem for path in FOLDER.iterdir()}

    assert kept == set(KINDS) | {f"{kind}.plain" for kind in KINDS}

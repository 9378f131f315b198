"""`mingda fee`: the processing fee, step by step."""

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize(
    ("words", "amount", "basis"),
    [
        (["--pieces", "5", "--before", "28"], 800, "per_piece"),
        (["--pieces", "10"], 0, "per_piece"),
        (["--pieces", "11"], 100, "per_piece"),
        (["--pages", "68"], 380, "per_page"),
        (["--pages", "0"], 0, "per_page"),
    ],
)
def test_the_fee_is_computed(command: Command, words: list[str], amount: int, basis: str) -> None:
    done = command("fee", *words, "--json")

    assert done.status == 0
    assert (done.document["amount_yuan"], done.document["basis"]) == (amount, basis)
    assert done.document["steps"]


def test_a_person_is_told_step_by_step(command: Command) -> None:
    done = command("fee", "--pages", 68)

    assert done.out.splitlines() == [
        "第1至30页：30页×0元=0元",
        "第31至68页：38页×10元=380元",
        "合计380元",
    ]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ([], "--pieces/--pages"),
        (["--pieces", "3", "--pages", "3"], "--pieces/--pages"),
        (["--pieces", "0"], "--pieces/--before/--pages"),
        (["--pieces", "3", "--before", "-1"], "--pieces/--before/--pages"),
        (["--pages", "-1"], "--pieces/--before/--pages"),
        (["--pages", "many"], "--pages"),
        (["--pages"], "--pages"),
    ],
)
def test_bad_input_is_told(command: Command, words: list[str], where: str) -> None:
    done = command("fee", *words, "--json")

    assert (done.status, done.document["error"]["where"]) == (2, where)

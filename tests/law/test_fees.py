"""The information-processing fee: the worked cases, and what holds for every number (109号 arts. 3–5)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.law import fees

DATA = json.loads((Path(__file__).parents[1] / "data" / "fee_cases.json").read_text(encoding="utf-8"))
BY_MODE: dict[str, Callable[[int], fees.Fee]] = {"piece": fees.per_piece, "page": fees.per_page}


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{case['mode']} {case['n']}: {case['amount']}元") for case in DATA["cases"]],
)
def test_an_amount_is_that_of_the_table(case: dict[str, Any]) -> None:
    fee = BY_MODE[case["mode"]](case["n"])

    assert fee.amount_yuan == case["amount"]
    assert fee.steps[-1] == f"合计{case['amount']}元"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"第{case['n']}件{case['marginal_price_of_nth']}元")
        for case in DATA["cases"]
        if "marginal_price_of_nth" in case
    ],
)
def test_the_last_piece_costs_its_own_price(case: dict[str, Any]) -> None:
    assert fees.per_piece(1, before=case["n"] - 1).amount_yuan == case["marginal_price_of_nth"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["desc"]) for case in DATA["scenarios"]])
def test_a_month_of_an_applicant_comes_to_its_amount(case: dict[str, Any]) -> None:
    if case["mode"] == "piece_month":
        amount = fees.per_piece(case["add"], before=case["before"]).amount_yuan
    else:  # Each piece of its own; pages are never added up.
        amount = sum(fees.per_page(pages).amount_yuan for pages in case["pages"])

    assert amount == case["amount"]


def test_every_worked_fee_is_told() -> None:
    assert {case["mode"] for case in DATA["cases"]} == set(BY_MODE)
    assert {case["mode"] for case in DATA["scenarios"]} == {"piece_month", "page_multi", "choose"}


def test_the_steps_tell_how_the_amount_came_about() -> None:
    assert fees.per_piece(5, before=28).steps == (
        "第29至30件：2件×100元=200元",
        "第31至33件：3件×200元=600元",
        "合计800元",
    )


# --- What holds for every number --------------------------------------------------------------------------

PIECES = st.integers(1, 400)
EARLIER = st.integers(0, 400)


def naive_price(n: int) -> int:
    """The price of the n-th piece, written out from art. 4."""
    if n <= 10:
        return 0
    if n <= 30:
        return 100
    return 200 + 100 * ((n - 31) // 10)


@given(EARLIER, PIECES)
def test_pieces_cost_the_sum_of_their_prices(before: int, pieces: int) -> None:
    expected = sum(naive_price(n) for n in range(before + 1, before + pieces + 1))

    assert fees.per_piece(pieces, before).amount_yuan == expected


@given(EARLIER, PIECES, PIECES)
def test_it_makes_no_difference_whether_pieces_come_together_or_one_after_the_other(
    before: int, first: int, second: int
) -> None:
    together = fees.per_piece(first + second, before).amount_yuan
    apart = fees.per_piece(first, before).amount_yuan + fees.per_piece(second, before + first).amount_yuan

    assert together == apart


@given(EARLIER, PIECES)
def test_more_pieces_or_earlier_ones_never_cost_less(before: int, pieces: int) -> None:
    amount = fees.per_piece(pieces, before).amount_yuan

    assert amount <= fees.per_piece(pieces + 1, before).amount_yuan
    assert amount <= fees.per_piece(pieces, before + 1).amount_yuan


@given(st.integers(0, 2000))
def test_one_more_page_costs_its_bracket(pages: int) -> None:
    price = fees.per_page(pages + 1).amount_yuan - fees.per_page(pages).amount_yuan

    page = pages + 1
    assert price == (0 if page <= 30 else 10 if page <= 100 else 20 if page <= 200 else 40)


@given(EARLIER, PIECES)
def test_the_steps_add_up_to_the_amount(before: int, pieces: int) -> None:
    fee = fees.per_piece(pieces, before)

    said = [int(step.rpartition("=")[2].removesuffix("元")) for step in fee.steps[:-1]]
    assert sum(said) == fee.amount_yuan
    assert sum(int(step.partition("：")[2].partition("件")[0]) for step in fee.steps[:-1]) == pieces

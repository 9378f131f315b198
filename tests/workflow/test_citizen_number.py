"""ID numbers are judged by check digit and day of birth, not by the division that issued them (GB 11643)."""

import pytest

from workflow.commands.intake import is_citizen_number

GOOD = (
    "11010519491231002X",
    "440524188001010014",
    "370685198001010013",
    "37068519991231002X",
    "37068519991231002x",
    "370685200002290037",
    "810000199001010019",
)
BAD = (
    ("370685198001010010", "check digit"),
    ("370685190002290030", "no such day"),
    ("37068519800101001", "too short"),
    ("护照E12345678", "another paper"),
)


@pytest.mark.parametrize("number", GOOD)
def test_a_number_with_the_right_check_digit_is_taken(number: str) -> None:
    assert is_citizen_number(number)


@pytest.mark.parametrize(("number", "why"), BAD, ids=[why for _number, why in BAD])
def test_a_number_that_cannot_be_is_noticed(number: str, why: str) -> None:
    assert not is_citizen_number(number), why

"""What differs between two versions of a text: line by line, and where within a line."""

import pytest

from api.pages.difference import COMPARED, Line, difference


def told(left: str, right: str) -> list[list[tuple[str, str]]]:
    """The places, each line with its sign; what has changed within it in brackets."""
    return [
        [
            (line.sign, "".join(f"[{text}]" if changed else text for changed, text in line.pieces))
            for line in group
        ]
        for group in difference(left, right)
    ]


@pytest.mark.parametrize(
    ("left", "right", "places"),
    [
        ("", "", []),
        ("甲\n乙", "甲\n乙", []),
        ("甲\n乙", "甲\n乙\n", []),
        ("", "甲", [[("+", "甲")]]),
        ("甲", "", [[("-", "甲")]]),
        ("甲\n乙\n丙", "甲\n丙", [[("", "甲"), ("-", "乙"), ("", "丙")]]),
        ("请您补正", "请你单位补正", [[("-", "请[您]补正"), ("+", "请[你单位]补正")]]),
        ("甲\n乙", "丙", [[("-", "甲"), ("-", "乙"), ("+", "丙")]]),
        (
            "长" * (COMPARED + 1),
            "长" * COMPARED,
            [[("-", "长" * (COMPARED + 1)), ("+", "长" * COMPARED)]],
        ),
    ],
)
def test_what_was_added_and_taken_away_is_told(
    left: str, right: str, places: list[list[tuple[str, str]]]
) -> None:
    assert told(left, right) == places


def test_places_far_from_each_other_are_told_apart_each_with_three_lines_around() -> None:
    left = [str(n) for n in range(40)]
    right = ["x" if n in (10, 30) else text for n, text in enumerate(left)]

    first, second = difference("\n".join(left), "\n".join(right))

    assert [line.left for line in first] == [8, 9, 10, 11, None, 12, 13, 14]
    assert [line.right for line in second] == [28, 29, 30, None, 31, 32, 33, 34]
    assert first[3:5] == [Line("-", 11, None, ((False, "10"),)), Line("+", None, 11, ((False, "x"),))]

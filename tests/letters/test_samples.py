"""The sample letters: what an office tries its texts on is of the shape of what its letters will say."""

from typing import Any

import pytest

from letters.context import FIELDS as FUNCTIONS
from letters.context import context_of
from letters.kinds import KINDS
from letters.samples import COMPUTED, FIELDS, SAMPLES, meaning, sample
from tests.letters.orders import plain, rich


def shape(value: Any) -> Any:
    """What kind of value it is, of lists and mappings with what they hold."""
    if isinstance(value, list):
        return ("list", frozenset(map(shape, value)))
    if isinstance(value, dict):
        return ("dict", frozenset((name, shape(each)) for name, each in value.items()))
    return type(value).__name__


def told(values: list[Any]) -> tuple[set[Any], bool, bool]:
    """The shapes of those that say something, and whether some say nothing, and some something."""
    some = [value for value in values if value not in (None, "", [], False)]
    return {shape(value) for value in some}, len(some) < len(values), bool(some)


#: What every field says in real letters.
REAL = {kind: [context_of(plain(kind)), context_of(rich(kind))] for kind in KINDS}


@pytest.mark.parametrize("field", FUNCTIONS)
def test_a_sample_is_of_the_shape_of_what_letters_say(field: str) -> None:
    kinds = [kind for kind in KINDS if field in KINDS[kind].fields]

    real, nothing, _some = told([context[field] for kind in kinds for context in REAL[kind]])
    shapes, sample_nothing, _ = told([sample(kind, which)[field] for kind in kinds for which in SAMPLES])

    assert within(real, shapes), f"{field}: letters say {real}, samples {shapes}"
    if nothing:
        assert sample_nothing, f"{field} may say nothing: no sample does"


def within(real: set[Any], shapes: set[Any]) -> bool:
    """Whether the samples know every shape; of lists, every shape of what they hold."""
    return parts(real) <= parts(shapes)


def parts(shapes: set[Any]) -> set[Any]:
    found: set[Any] = set()
    for each in shapes:
        name, inner = each if isinstance(each, tuple) else (each, frozenset())
        found |= {name} | {(name, part) for part in inner}
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", SAMPLES)
def test_a_sample_says_exactly_what_a_letter_of_its_kind_says(kind: str, which: str) -> None:
    assert set(sample(kind, which)) == KINDS[kind].fields
    assert sample(kind, which)["remedy"] if KINDS[kind].remedy else True


def test_the_full_sample_leaves_nothing_out() -> None:
    empty = {
        (kind, field)
        for kind in KINDS
        for field, value in sample(kind, "much").items()
        if value in (None, "", [], False)
    }

    assert empty == set()


def test_every_field_has_its_meaning_once() -> None:
    assert set(FIELDS) | set(COMPUTED) == set(FUNCTIONS)
    assert set(FIELDS) & set(COMPUTED) == set()
    assert len({meaning(field) for field in FUNCTIONS}) == len(FUNCTIONS)

"""The audit has nothing to find in a register that only the program has written."""

from tests.demo.conftest import MadeCity
from workflow.audit import count, verify


def test_the_register_of_the_city_is_whole(city: MadeCity) -> None:
    with city.store.reading() as session:
        found = list(verify(session))
        cases = count(session)

    assert found == [None] * cases
    assert cases > 150

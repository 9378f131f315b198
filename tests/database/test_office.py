"""The helper of the other tests does what it says."""

import pytest

from tests.office import Office
from workflow.casefile import open_file
from workflow.vocabulary import State


@pytest.mark.parametrize("state", State)
def test_a_case_is_brought_into_every_state(office: Office, state: State) -> None:
    number = office.case_at(state)

    with office.store.reading() as session:
        assert open_file(session, number).row.state is state

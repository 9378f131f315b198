"""Visitors of the pages: anybody, and people of the staff who are signed in."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import SignIn, anybody, app, case, sign_in
from tests.pages.visitor import Visitor
from workflow.tables import Agency
from workflow.vocabulary import Role, State

__all__ = ["SQLITE", "anybody", "app", "case", "sign_in"]

VisitAs = Callable[..., Visitor]
CaseAt = Callable[[State], str]

#: For what is the page's own: one kind of database is enough.
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def citizen(anybody: TestClient) -> Visitor:
    """Somebody from the street."""
    return Visitor(anybody)


@pytest.fixture
def visit_as(sign_in: SignIn) -> VisitAs:
    """Makes visitors who hold the given roles, in this agency unless another is named."""

    def visitor(*roles: Role, agency: Agency | None = None) -> Visitor:
        return Visitor(sign_in(*roles, agency=agency))

    return visitor

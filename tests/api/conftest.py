"""The web application in this process, and people signed in to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import ratelimit, sessions
from api.app import create_app
from api.clock import now, today
from api.settings import Settings
from tests.office import Office
from workflow.store import Store
from workflow.tables import Agency
from workflow.vocabulary import Role, State

SignIn = Callable[..., TestClient]


@pytest.fixture
def app(store: Store, tmp_path: Path) -> FastAPI:
    """The application without its ticker: tests let time pass themselves."""
    ratelimit.forget()
    return create_app(store, Settings(tmp_path, str(store.engine.url)), ticking=False)


@pytest.fixture
def anybody(app: FastAPI) -> Iterator[TestClient]:
    """A client that is not signed in."""
    with TestClient(app) as client:
        yield client


@pytest.fixture
def sign_in(app: FastAPI, office: Office) -> Iterator[SignIn]:
    """Makes clients of people who hold the given roles, in this agency unless another is named."""
    clients: list[TestClient] = []

    def client_as(*roles: Role, agency: Agency | None = None) -> TestClient:
        login = f"person-{len(clients)}"
        user = office.account(login, *roles, agency=agency)
        with office.store.transaction() as session:
            token = sessions.open_session(session, user.id, now())
        clients.append(TestClient(app, cookies={sessions.COOKIE: token}))
        return clients[-1]

    yield client_as
    for client in clients:
        client.close()


@pytest.fixture
def case(office: Office) -> Callable[[State], str]:
    """Makes a case of today that stands in the given state; gives its number."""

    def case_at(state: State) -> str:
        return office.case_today(state, today(), now())

    return case_at

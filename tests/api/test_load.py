"""Under load: 64 connections at once stall nothing, none waits in vain for the database, SIGTERM ends it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import httpx2
import pytest

from api import sessions
from api.clock import now
from tests.office import Office, application
from workflow.vocabulary import Role

CONNECTIONS = 64
SECONDS = 10
#: Threads that wait for each other answer nobody for good; a busy disk makes nobody wait so long.
STALLED_S = 3
#: A server that is told to end has so long (docs/decisions).
ENDS_WITHIN_S = 5


@dataclass
class Tally:
    """What came back, and when."""

    statuses: Counter[int] = field(default_factory=Counter)
    moments: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A real server on a free port, once it answers; killed if it is still there at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("mingda")), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server)
            yield server, address
        finally:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            httpx2.get(f"{address}/readyz").raise_for_status()
            return
        except httpx2.HTTPError:
            time.sleep(0.1)
    pytest.fail(f"the server ended with {server.returncode}")


async def load(address: str, token: str, number: str, tally: Tally, until: float) -> None:
    """Read and write over so many connections at once until the time is over or the server is."""
    limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    cookies = {sessions.COOKIE: token}
    async with httpx2.AsyncClient(base_url=address, cookies=cookies, limits=limits, timeout=30) as client:
        await asyncio.gather(*(_one(client, lane, number, tally, until) for lane in range(CONNECTIONS)))


async def _one(client: httpx2.AsyncClient, lane: int, number: str, tally: Tally, until: float) -> None:
    paths = ("/desk", "/api/v1/cases", f"/cases/{number}", f"/api/v1/cases/{number}", "/api/v1/overdue")
    while time.monotonic() < until:
        try:
            if lane % 8 == 0:
                response = await client.post("/api/v1/cases", json=application(channel="in_person"))
            else:
                response = await client.get(paths[lane % len(paths)])
        except httpx2.HTTPError as error:
            tally.failures.append(f"{type(error).__name__} {error}")
            return
        tally.statuses[response.status_code] += 1
        tally.moments.append(time.monotonic())


def test_64_connections_for_10_seconds(office: Office, environment: dict[str, str]) -> None:
    clerk = office.account("wang", Role.CLERK)
    number = office.register()
    with office.store.transaction() as session:
        token = sessions.open_session(session, clerk.id, now())
    tally = Tally()

    with served(environment) as (_server, address):
        began = time.monotonic()
        asyncio.run(load(address, token, number, tally, began + SECONDS))

    assert tally.failures == []
    assert set(tally.statuses) == {200, 201}, tally.statuses
    moments = [began, *sorted(tally.moments), began + SECONDS]
    assert max(later - earlier for earlier, later in pairwise(moments)) < STALLED_S


def test_sigterm_ends_it_in_the_middle_of_the_load(office: Office, environment: dict[str, str]) -> None:
    clerk = office.account("wang", Role.CLERK)
    number = office.register()
    with office.store.transaction() as session:
        token = sessions.open_session(session, clerk.id, now())

    async def told_to_end(server: subprocess.Popen[bytes], address: str) -> float:
        crowd = asyncio.create_task(load(address, token, number, Tally(), time.monotonic() + 60))
        await asyncio.sleep(1)
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        await asyncio.to_thread(server.wait, 60)
        took = time.monotonic() - began
        await crowd
        return took

    with served(environment) as (server, address):
        took = asyncio.run(told_to_end(server, address))

    assert took < ENDS_WITHIN_S
    assert server.returncode in (0, -signal.SIGTERM)

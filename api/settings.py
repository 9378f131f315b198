"""Settings from the environment, and the secret of the installation that they lead to."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkstemp

from workflow.errors import Incomplete

KEY_FILE = "secret.key"
DATABASE_FILE = "mingda.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where an installation keeps its data, and how it speaks to the outside."""

    data: Path
    database_url: str = field(repr=False)
    #: Empty: the key file in the data folder.
    secret_key: str = field(default="", repr=False)
    #: smtp://user:password@host:port, or smtps://…; empty: messages wait in the outbox.
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    #: The address under which the public reaches this installation, for what letters and mails point to.
    public_url: str = ""
    #: The office's own fonts for its letters; empty: the folder `fonts` among the data.
    fonts: Path | None = None
    #: Lets a monitor on another machine read /metrics.
    metrics_token: str = field(default="", repr=False)

    @property
    def uploads(self) -> Path:
        """Where the files of the cases lie, encrypted."""
        return self.data / "uploads"

    @property
    def scans(self) -> Path:
        """Where scanners put their files, in a folder for each agency."""
        return self.data / "scans"

    @property
    def aside(self) -> Path:
        """What people have laid aside between two steps, for a day."""
        return self.data / "aside"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment gives them; nothing is created or read yet."""
    data = Path(environment.get("MINGDA_DATA") or default_data(environment))
    return Settings(
        data=data,
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{(data / DATABASE_FILE).absolute()}",
        secret_key=environment.get("MINGDA_SECRET_KEY", ""),
        smtp_url=environment.get("MINGDA_SMTP_URL", ""),
        mail_from=environment.get("MINGDA_MAIL_FROM", ""),
        public_url=environment.get("MINGDA_PUBLIC_URL", "").rstrip("/"),
        fonts=Path(environment.get("MINGDA_FONTS") or data / "fonts"),
        metrics_token=environment.get("MINGDA_METRICS_TOKEN", ""),
    )


def default_data(environment: Mapping[str, str]) -> Path:
    """The data folder of an installation that names none."""
    base = (
        environment.get("XDG_DATA_HOME") or Path(environment.get("HOME") or Path.home()) / ".local" / "share"
    )
    return Path(base) / "mingda"


def secret_of(settings: Settings) -> str:
    """The secret of the installation; without one in the environment a key file (mode 0600) is made.

    Raises Incomplete when the key file is readable by others.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data / KEY_FILE
    if not path.exists():
        _make_key(path)
    return _read_key(path)


def _make_key(path: Path) -> None:
    """Written whole before it gets its name: several processes may start at once, and one key wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = mkstemp(dir=path.parent, prefix=KEY_FILE)  # mkstemp gives mode 0600.
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)


def _read_key(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        raise Incomplete(f"密钥文件 {path} 可被其他用户读取，请执行：chmod 600 {path}")
    key = path.read_text().strip()
    if not key:
        raise Incomplete(f"密钥文件 {path} 是空的；如属新装，请删除该文件后重试")
    return key

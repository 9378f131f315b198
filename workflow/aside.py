"""What somebody has laid aside between two steps: a ledger that was looked at, the report of an act.

It lies encrypted among the data, for whom it was laid aside alone, and is gone after a day. What follows from
it stands in the database; losing it loses no more than the step before.
"""

import os
import re
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.exceptions import InvalidTag

from workflow.errors import NotFound
from workflow.sealing import Seal

LASTS = timedelta(days=1)
KEY = re.compile(r"[\w-]{32}")
GONE = "没有找到，或者已经过期（只保留一天），请重新开始"


def new_key() -> str:
    """A name that nobody guesses."""
    return secrets.token_urlsafe(24)


def lay(seal: Seal, folder: Path, key: str, part: str, content: bytes, *, whose: str) -> None:
    """Keep a part of what is laid aside under this key; what lay there gives way to it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix="writing-", delete=False) as writing:  # mkstemp makes it 0600.
        try:
            writing.write(seal.encrypt_bytes(content, _place(key, part, whose)))
            writing.close()
            os.replace(writing.name, folder / f"{key}.{part}")
        except BaseException:
            Path(writing.name).unlink(missing_ok=True)
            raise


def take(seal: Seal, folder: Path, key: str, part: str, *, whose: str) -> bytes:
    """What lies there; raises NotFound, for anybody else too."""
    try:
        if KEY.fullmatch(key):
            return seal.decrypt_bytes((folder / f"{key}.{part}").read_bytes(), _place(key, part, whose))
    except (FileNotFoundError, InvalidTag):
        pass
    raise NotFound(GONE)


def drop(folder: Path, key: str) -> None:
    """Nothing lies there any more."""
    if KEY.fullmatch(key):
        for path in folder.glob(f"{key}.*"):
            path.unlink(missing_ok=True)


def clear(folder: Path, now: datetime) -> int:
    """Throw away what nobody came back for; gives how many parts."""
    dropped = 0
    for path in folder.glob("*"):
        with suppress(FileNotFoundError):  # Another process throws away the same.
            if path.stat().st_mtime < (now - LASTS).timestamp():
                path.unlink()
                dropped += 1
    return dropped


def _place(key: str, part: str, whose: str) -> str:
    """What it is encrypted for: nobody else's eyes, and nothing else's name."""
    return f"aside {whose} {key} {part}"

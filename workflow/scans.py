"""What a scanner has put down for an agency: offered where files are added, and gone from there once kept.

A scanner writes into a folder and knows nothing of us. So a file counts only once nobody has written to it
for a while; it is taken under a lock, and goes when the case that has it is committed: after a crash in
between it lies there still, and taking it again saves nothing twice.
"""

import fcntl
import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workflow.attachments import LARGEST, Upload

#: Nobody writes any more to what has rested for so long.
RESTED = timedelta(seconds=5)
#: How programs call what they have not finished.
UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".writing")
MOST = 100
#: So much is read at once.
LARGEST_TOGETHER = 64_000_000
CODE = re.compile(r"[\w-]+")
GONE = "所选的扫描件已不在扫描仪文件夹中，可能已由他人取用"
TOO_MUCH = f"超出一次取用的{LARGEST_TOGETHER // 1_000_000}MB，仍在扫描仪文件夹中，请分次添加"


@dataclass(frozen=True, slots=True)
class Scan:
    """A file in the folder, under a key that is no path."""

    key: str
    name: str
    size: int
    at: datetime
    path: Path

    @property
    def shown(self) -> bool:
        """Whether a browser can show it, by its name; what it is, its content says when it is looked at."""
        return self.name.rpartition(".")[2].lower() in ("pdf", "jpg", "jpeg", "png", "gif", "webp")


def folder_of(scans: Path, code: str) -> Path | None:
    """Where the scanner of the agency of that code puts its files; none, if nobody has made the folder."""
    folder = scans / code
    return folder if CODE.fullmatch(code) and folder.is_dir() and not folder.is_symlink() else None


def waiting(folder: Path | None, now: datetime) -> list[Scan]:
    """The finished files, the latest first; what leads elsewhere, and what lies deeper, is none of them."""
    if folder is None:
        return []
    with os.scandir(folder) as entries:
        found = [scan for entry in entries if (scan := _scan(entry, now))]
    return sorted(found, key=lambda scan: (scan.at, scan.name), reverse=True)[:MOST]


def _scan(entry: os.DirEntry[str], now: datetime) -> Scan | None:
    name = _name(entry.name)
    if name.startswith((".", "~")) or name.lower().endswith(UNFINISHED):
        return None
    with suppress(OSError):  # Somebody took it away meanwhile.
        told = entry.stat(follow_symlinks=False)
        # The change of a file is dated by this machine; what it says of itself, by whoever wrote it.
        rests = told.st_ctime <= (now - RESTED).timestamp()
        if stat.S_ISREG(told.st_mode) and told.st_size and rests:
            at = datetime.fromtimestamp(told.st_mtime, UTC)
            key = hashlib.sha256(os.fsencode(entry.name)).hexdigest()[:24]
            return Scan(key, name, told.st_size, at, Path(entry.path))
    return None


def _name(raw: str) -> str:
    """The name as it was meant: in UTF-8, or in GB18030 as old scanners write it."""
    encoded = os.fsencode(raw)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return encoded.decode(encoding)
    return encoded.decode("utf-8", "replace")


def look(folder: Path | None, key: str, now: datetime) -> Upload | None:
    """The content of a file in the folder; nothing, if it is not there."""
    found = [scan for scan in waiting(folder, now) if scan.key == key]
    held = _held(found[0]) if found else None
    return held.upload if held else None


# --- Taking ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """A file as it was read."""

    upload: Upload
    path: Path
    stamp: tuple[int, int, int]

    @property
    def digest(self) -> str:
        """By which it is known whether it was kept."""
        return hashlib.sha256(self.upload.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """The chosen files, and why others could not be had."""

    held: Sequence[Held] = ()
    left: Sequence[str] = ()

    @property
    def uploads(self) -> list[Upload]:
        """What is to be attached."""
        return [each.upload for each in self.held]

    def put_away(self, kept: Collection[str]) -> list[str]:
        """Remove the files whose digests were kept, and committed; gives the names of those that stay.

        What the scanner has written anew under the same name stays, too, and waits to be taken.
        """
        return [each.upload.name for each in self.held if each.digest in kept and not _removed(each)]


def _removed(held: Held) -> bool:
    try:
        if _stamp(os.stat(held.path, follow_symlinks=False)) == held.stamp:
            held.path.unlink()
    except FileNotFoundError:
        pass
    except OSError:
        return False
    return True


@contextmanager
def taken(folder: Path | None, keys: Collection[str], now: datetime) -> Iterator[Taken]:
    """The files of these keys, one taker at a time: whoever comes second finds what is left."""
    if folder is None or not keys:
        yield Taken(left=[GONE] * bool(keys))
        return
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # A folder on another machine may know no locks.
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield _taken(folder, keys, now)
    finally:
        os.close(lock)


def _taken(folder: Path, keys: Collection[str], now: datetime) -> Taken:
    held: list[Held] = []
    left: list[str] = []
    chosen = [scan for scan in waiting(folder, now) if scan.key in keys]
    total = 0
    for scan in chosen:
        total += scan.size
        found = _held(scan) if total <= LARGEST_TOGETHER else None
        if found:
            held.append(found)
        else:
            left.append(f"{scan.name}：{TOO_MUCH if total > LARGEST_TOGETHER else '无法读取'}")
    return Taken(held, left + [GONE] * (len(chosen) < len(set(keys))))


def _held(scan: Scan) -> Held | None:
    """The file as it lies there; never what a link leads to."""
    with suppress(OSError):
        handle = os.open(scan.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            told = os.fstat(handle)
            if stat.S_ISREG(told.st_mode):
                content = file.read(LARGEST + 1)  # One byte too many is enough to be told so.
                return Held(Upload(scan.name, content), scan.path, _stamp(told))
    return None


def _stamp(told: os.stat_result) -> tuple[int, int, int]:
    return told.st_ino, told.st_size, told.st_mtime_ns

"""A file that may be large: made in memory as long as it is small, then sent piece by piece."""

from collections.abc import Callable
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import quote

from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

IN_MEMORY, CHUNK = 2_000_000, 65_536


def written(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """What `write` writes, ready to be read; nothing of it stays when writing fails."""
    with ExitStack() as undo:
        file = undo.enter_context(SpooledTemporaryFile(IN_MEMORY))
        write(file)
        file.seek(0)
        undo.pop_all()
    return file


def sent(file: IO[bytes], name: str, media_type: str, *, plain: str) -> StreamingResponse:
    """The file under that name, gone once it is sent; `plain` is its name for what reads ASCII only."""
    disposition = f"attachment; filename={plain}; filename*=UTF-8''{quote(name, safe='')}"
    return StreamingResponse(
        iter(lambda: file.read(CHUNK), b""),
        media_type=media_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"},
        background=BackgroundTask(file.close),
    )

"""One builder at a time.

The lock is one that the operating system holds for a process and drops when the process ends, however it ends: no lock
of a killed builder is left over, and no number of a process has to be believed. The number in the file is for people.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from macros.publishing.release.errors import PublishingError

if sys.platform == "win32":
    import msvcrt

    # Beyond the text of the file: a locked byte cannot be read by others on Windows.
    _LOCKED_BYTE = 1 << 20

    def _try_lock(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which exists only meanwhile.

    Args:
        path: the file; its folder must exist.

    Raises:
        PublishingError: another process holds the lock.
        OSError: the file cannot be written.
    """
    file = _acquire(path)
    try:
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield
    finally:
        _release(file, path)


def _acquire(path: Path) -> IO[str]:
    """Return the open and locked file."""
    while True:
        file = path.open("a+", encoding="utf-8")
        try:
            _try_lock(file)
        except OSError:
            file.close()
            raise PublishingError(_held(path)) from None
        if _is_at(file, path):
            return file
        # Its last holder removed the file between our opening and locking it: the lock of a file that is gone.
        file.close()


def _release(file: IO[str], path: Path) -> None:
    """Remove the file and let go of the lock."""
    # Removed while still held, so that no one else's lock is removed. Windows refuses that and keeps the file.
    with suppress(OSError):
        path.unlink()
    file.close()


def _is_at(file: IO[str], path: Path) -> bool:
    """Tell whether an open file is the one that stands at a path."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _held(path: Path) -> str:
    """Return who holds the lock, and what to do."""
    try:
        holder = path.read_text(encoding="utf-8").strip()
    except OSError:
        holder = ""
    who = f"（进程 {holder}）" if holder else ""
    return f"另一个生成程序{who}正在写同一个文件夹；请等它结束后再试。"

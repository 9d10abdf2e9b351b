"""One writer at a time in a project: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

STATE = ".kepu-edit"
"""Folder of what the editor keeps beside the records: no part of the project, and not in its history."""

PATIENCE = 10.0
"""Seconds for which another writer is waited for."""

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _free(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _free(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class Busy(Exception):
    """Raised where another writer does not come to an end; its text is Chinese and says what to do."""


@contextmanager
def locked(root: Path, patience: float | None = None, name: str = "lock") -> Iterator[Path]:
    """Hold a lock of a project as long as the block runs; gives the folder for what the editor keeps.

    Args:
        root: the project's folder.
        patience: seconds to wait; None for `PATIENCE`.
        name: of the lock; the usual one is for writing files, and held for moments.

    Raises:
        Busy: another window or program holds it all the time.
        OSError: the folder can't be written.
    """
    folder = root / STATE
    folder.mkdir(exist_ok=True)
    with (folder / name).open("a+b") as file:
        _wait(file, time.monotonic() + (PATIENCE if patience is None else patience))
        try:
            yield folder
        finally:
            with suppress(OSError):
                _free(file)


def _wait(file: BinaryIO, until: float) -> None:
    while True:
        try:
            return _take(file)
        except OSError:
            if time.monotonic() > until:
                raise Busy("另一个窗口正在保存或提交；什么也没有写。请等它做完，再试一次") from None
            time.sleep(0.02)

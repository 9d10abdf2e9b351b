"""Writing so that it lasts, one process at a time, and never through a link that somebody planted.

What is written stands on the disk before the next step relies on it. The lock is one that the operating system holds for a
process and drops when the process ends, however it ends: no lock of a killed builder is left over, and no number of a
process has to be believed. The number in the file is for people.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
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


_LONGEST_NUMBER = 20
_PATIENCE, _PAUSE = 3.0, 0.05
"""Seconds in which a held lock is asked for again: what a killed builder has begun on other processors ends a moment after it."""


@contextmanager
def readable_by_all() -> Iterator[None]:
    """Let everybody read what the block writes: a web server is another user, whatever the mask of who publishes.

    The mask belongs to the process, so nothing else should write files meanwhile. Folders become 755, files 644.
    """
    mask = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(mask)


def write(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it.

    Raises:
        OSError: it exists already, or the disk does not take it.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def overwrite(path: Path, content: bytes) -> None:
    """Put a new file in the place of whatever file or link stands at a path; where a link leads, nothing changes.

    Raises:
        OSError: the disk does not take it, or a folder stands there.
    """
    fresh = aside(path)
    remove(fresh)
    try:
        write(fresh, content)
        fresh.replace(path)
    finally:
        remove(fresh)


def read(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        OSError: it can't be read, or is a link or no plain file.
    """
    with os.fdopen(_open_plain(path, os.O_RDONLY), "rb") as file:
        return file.read()


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder: a new or renamed file may be lost without that (fsync(2))."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def switch(link: Path, target: str) -> None:
    """Let a symbolic link lead to another place, in one step: at every moment it leads to the old place or the new one.

    Windows replaces no link to a folder, so there the link is missing for a moment.

    Args:
        link: the link; made where it does not exist.
        target: as it is to be written into the link, relative to the link's folder.
    """
    fresh = aside(link)
    remove(fresh)
    # A path, not its text: the links of Windows lead nowhere with the wrong slashes.
    fresh.symlink_to(Path(target), target_is_directory=True)
    if os.name == "nt":
        link.unlink(missing_ok=True)
    fresh.replace(link)


def aside(path: Path) -> Path:
    """Return the hidden neighbour of a path that takes its place when it is finished."""
    return path.with_name(f".{path.name}.new")


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which exists only meanwhile.

    Args:
        path: the file; its folder must exist.

    Raises:
        PublishingError: another process holds the lock, or something that is no lock of this program stands there.
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
    end = time.monotonic() + _PATIENCE
    while True:
        file = _open_lock(path)
        holder = file.read(_LONGEST_NUMBER + 1)
        if holder and not (holder.isdecimal() and len(holder) <= _LONGEST_NUMBER):
            file.close()
            raise _foreign(path)
        try:
            _try_lock(file)
        except OSError:
            file.close()
            if time.monotonic() > end:
                raise _held(holder) from None
            time.sleep(_PAUSE)
            continue
        if _is_at(file, path):
            return file
        # Its last holder removed the file between our opening and locking it: the lock of a file that is gone.
        file.close()


def _open_lock(path: Path) -> IO[str]:
    try:
        descriptor = _open_plain(path, os.O_RDWR | os.O_CREAT)
    except OSError:
        if os.path.lexists(path) and not _is_plain(path.lstat()):
            raise _foreign(path) from None
        raise
    return os.fdopen(descriptor, "r+", encoding="utf-8", errors="replace")


def _open_plain(path: Path, flags: int) -> int:
    """Open a file that is no link and has no other name, and wait for no pipe."""
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    # Windows can't be asked to follow no link; there an ordinary user may not make one either.
    if os.name == "nt" and path.is_symlink():
        raise FileExistsError(f"{path} is a link")
    descriptor = os.open(path, flags, 0o666)
    if not _is_plain(os.fstat(descriptor)):
        os.close(descriptor)
        raise FileExistsError(f"{path} is no plain file")
    return descriptor


def _is_plain(status: os.stat_result) -> bool:
    # A removed file that is still open has no name left.
    return stat.S_ISREG(status.st_mode) and status.st_nlink <= 1


def _release(file: IO[str], path: Path) -> None:
    """Remove the file and let go of the lock."""
    # Removed while still held, so that no one else's lock is removed. Windows refuses that and keeps the file.
    with suppress(OSError):
        path.unlink()
    file.close()


def _is_at(file: IO[str], path: Path) -> bool:
    """Tell whether an open file is the one that stands at a path."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.lstat())
    except FileNotFoundError:
        return False


def _held(holder: str) -> PublishingError:
    """Return who holds the lock, and what to do."""
    who = f"（进程 {holder}）" if holder else ""
    return PublishingError(f"另一个生成程序{who}正在写同一个文件夹；请等它结束后再试。")


def _foreign(path: Path) -> PublishingError:
    return PublishingError(f"{path}：这里要放一个锁文件，现在是链接或别的东西；请先把它移走。")

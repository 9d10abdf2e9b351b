"""Writing so that it lasts: what is written stands on the disk before the next step relies on it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


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


def keep_names(folder: Path) -> None:
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

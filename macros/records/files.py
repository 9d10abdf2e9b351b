"""Read the bytes of one file of the project, without trusting that it can be read or is of a sane size."""

from __future__ import annotations

from pathlib import Path

from macros.records.problems import Problem, ProblemsFound

LARGEST_FILE = 1_000_000
"""Size of the largest file that is read, in bytes."""


def read_bytes(root: Path, path: Path) -> bytes:
    """Return a file's bytes.

    Args:
        root: the project's folder.
        path: the file, below the folder.

    Raises:
        ProblemsFound: the file is too large, or the system does not let it be read.
    """
    where = path.relative_to(root).as_posix()
    try:
        refuse_size(where, path.stat().st_size)
        return path.read_bytes()
    except OSError:
        message = "文件打不开；请检查它是不是链接、有没有读取权限，或换成真正的文件"
        raise ProblemsFound([Problem(where, 1, 1, message, "unreadable-file")]) from None


def refuse_size(where: str, size: int) -> None:
    """Refuse a file that is too large to have been written by hand.

    Args:
        where: the file, POSIX form, relative to the project's root.
        size: its size in bytes.

    Raises:
        ProblemsFound: the file is too large.
    """
    if size > LARGEST_FILE:
        message = f"文件有 {size / 1_000_000:.2f} MB，太大；最多 1 MB，请把长内容拆开"
        raise ProblemsFound([Problem(where, 1, 1, message, "file-too-large")])

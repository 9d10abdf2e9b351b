"""Read one file of the project, without trusting that it can be read, is of a sane size or holds text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path

from macros.records import conflicts
from macros.records.problems import Problem, ProblemsFound

_MARKER = re.compile(r"^[<|=>]{7}", re.MULTILINE)

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
    return read_file(str(path), path.relative_to(root).as_posix())[0]


def read_file(path: str, where: str) -> tuple[bytes, os.stat_result]:
    """Return a file's bytes, and its status as it was when they were read.

    Args:
        path: the file, for the system.
        where: the same, POSIX form, relative to the project's root.

    Raises:
        ProblemsFound: the file is too large, or the system does not let it be read.
    """
    try:
        # A buffer would cost half the time of reading so small a file.
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            refuse_size(where, status.st_size)
            return file.readall(), status
    except OSError:
        raise ProblemsFound([_unreadable(where)]) from None


@contextmanager
def mapped(root: Path, path: Path) -> Iterator[bytes | mmap]:
    """Give a file's bytes, of which only those that are looked at are read; for pictures and documents of any size.

    Args:
        root: the project's folder.
        path: the file, below the folder.

    Raises:
        ProblemsFound: the system does not let it be read.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            # An empty file can't be mapped.
            is_empty = os.fstat(file.fileno()).st_size == 0
            raw = b"" if is_empty else stack.enter_context(mmap(file.fileno(), 0, access=ACCESS_READ))
        except OSError:
            raise ProblemsFound([_unreadable(path.relative_to(root).as_posix())]) from None
        yield raw


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


def decode(path: str, raw: bytes) -> str:
    """Return the text of a file's bytes; a byte order mark is accepted and dropped.

    Raises:
        ProblemsFound: the file is too large, not UTF-8, or holds conflicts of git.
    """
    refuse_size(path, len(raw))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "文件是 UTF-16 编码；请在编辑器里“另存为”，编码选 UTF-8"
        raise ProblemsFound([Problem(path, 1, 1, message, "not-utf-8")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsFound([_not_utf8(path, raw, error.start)]) from None
    text = text.replace("\r\n", "\n")
    # Nearly no file has a line that looks like a marker.
    if _MARKER.search(text):
        conflicts.refuse(path, text)
    return text


def _unreadable(where: str) -> Problem:
    message = "文件打不开；请检查它是不是链接、有没有读取权限，或换成真正的文件"
    return Problem(where, 1, 1, message, "unreadable-file")


def _not_utf8(path: str, raw: bytes, start: int) -> Problem:
    line = raw.count(b"\n", 0, start) + 1
    before = raw[raw.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
    try:
        raw.decode("gb18030")
        likely = "，像是 GBK（记事本、WPS 的 ANSI）"
    except UnicodeDecodeError:
        likely = ""
    message = f"文件不是 UTF-8 编码{likely}；请在编辑器里“另存为”，编码选 UTF-8"
    return Problem(path, line, len(before) + 1, message, "not-utf-8")


def digest_of(raw: bytes) -> bytes:
    """Return a hash of a file's bytes: equal for equal bytes, and for no others that anyone could make."""
    return blake2b(raw, digest_size=16).digest()

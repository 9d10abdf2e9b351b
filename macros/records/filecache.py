"""What files gave when they were read last, so that loading again reads only those that changed.

A file whose size, times and inode are as they were is taken as unchanged without being opened: nothing a person or a
program does to a file leaves all of them, since the system sets the time of the last change of status (``ctime``) and no
program can set it back. Two writes of as many bytes within one tick of the file system's clock, some milliseconds, look
the same; who watches files and names them in `load`'s ``changed`` has them read whatever they look like. Of a file that
looks different the bytes decide: a checkout or a copy that changes times alone gives the same records again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from macros.records.problems import Problem, ProblemsFound
from macros.records.reading import digest_of, read_file
from macros.records.scan import Entry

Stamp = tuple[int, int, int, int]
"""Size, time of the last writing, time of the last change of status, inode."""

Read = Callable[[bytes, bytes], Any]
"""Makes a value of a file's bytes and their digest; raises `ProblemsFound` if they are wrong."""


@dataclass(frozen=True, slots=True)
class CachedFile:
    """What a file gave when it was read.

    Attributes:
        value: the record, or what else was made of the file; None if nothing could be.
        problems: what is wrong with it.
        stamp: how the file looked from outside; None if it could not be opened.
        digest: hash of its bytes.
    """

    value: Any
    problems: tuple[Problem, ...]
    stamp: Stamp | None
    digest: bytes = b""


@dataclass
class FileCache:
    """Reads files, or takes what they gave before.

    Attributes:
        root: the project's folder.
        previous: what files gave before, by path relative to the project's root.
        changed: paths of the files that may have changed; None if any may.
        files: what files gave now, by path.
    """

    root: Path
    previous: Mapping[str, CachedFile]
    changed: frozenset[str] | None
    files: dict[str, CachedFile] = field(default_factory=dict)

    def read(self, entry: Entry, make: Read, is_valid: bool = True) -> CachedFile:
        """Return what a file gives.

        Args:
            entry: the file.
            make: makes its value.
            is_valid: whether what was previous of the file would still be made of the same bytes.
        """
        previous = self.previous.get(entry.where) if is_valid else None
        cached = previous if previous and self._is_unchanged(entry, previous) else self._read(entry, make, previous)
        self.files[entry.where] = cached
        return cached

    def _is_unchanged(self, entry: Entry, previous: CachedFile) -> bool:
        if previous.stamp is None:
            return False
        if self.changed is not None and not entry.is_link:
            return entry.where not in self.changed
        return entry.where not in (self.changed or ()) and previous.stamp == _stamp_of(entry)

    def _read(self, entry: Entry, make: Read, previous: CachedFile | None) -> CachedFile:
        try:
            raw, status = read_file(entry.path, entry.where)
        except ProblemsFound as found:
            return CachedFile(None, tuple(found.problems), None)
        stamp, digest = _stamp(status), digest_of(raw)
        if previous and previous.digest == digest:
            return replace(previous, stamp=stamp)
        try:
            return CachedFile(make(raw, digest), (), stamp, digest)
        except ProblemsFound as found:
            return CachedFile(None, tuple(found.problems), stamp, digest)


def _stamp_of(entry: Entry) -> Stamp | None:
    try:
        return _stamp(os.stat(entry.path))  # noqa: PTH116 (thousands of paths need not become objects)
    except OSError:
        return None


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino

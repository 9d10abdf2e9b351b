"""Writing files of the project so that none is ever left half, and none through a link that somebody planted."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from macros.records.problems import Problem, ProblemsFound


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that a full disk or a kill leaves every old file whole: all are written aside, then put in place.

    Args:
        root: the project's folder.
        files: path below it, POSIX form → content.

    Raises:
        ProblemsFound: a path leads over a link; nothing was written.
        OSError: a file can't be written; then none is changed unless the system fails between two renames.
    """
    refuse_links(root, files)
    written: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            written.append((_write_aside(target, content), target))
        for aside, target in written:
            aside.replace(target)
    finally:
        for aside, _ in written:
            aside.unlink(missing_ok=True)


def refuse_links(root: Path, names: Iterable[str]) -> None:
    """Refuse to change what a symbolic link stands for: it may lead out of the project, to whatever its author wanted.

    Args:
        root: the project's folder, which may be reached by a link itself.
        names: paths below it, POSIX form.

    Raises:
        ProblemsFound: a link stands at a path, or at a folder above it.
    """
    links = sorted({link for name in names if (link := link_on(root, name))})
    message = "这是一个链接；写入会改到它指向的文件，所以什么也没有写；请把它换成真正的文件或文件夹"
    if links:
        raise ProblemsFound([Problem(link, 1, 1, message, "link") for link in links])


def link_on(root: Path, name: str) -> str | None:
    """Return the first symbolic link on the way to a path, POSIX form, relative to the root; None if there is none."""
    steps = [*reversed(PurePosixPath(name).parents), PurePosixPath(name)]
    return next((step.as_posix() for step in steps[1:] if (root / step).is_symlink()), None)


@contextmanager
def undone_on_failure(root: Path, names: Iterable[str]) -> Iterator[None]:
    """Put files back as they were, those that were not there included, if something fails in between.

    Args:
        root: the project's folder.
        names: paths below it, POSIX form.

    Raises:
        ProblemsFound: a path leads over a link; the block was not entered.
    """
    paths = list(names)
    refuse_links(root, paths)
    before = {name: (root / name).read_bytes() if (root / name).exists() else None for name in paths}
    try:
        yield
    except BaseException:
        for name, content in before.items():
            if content is None:
                (root / name).unlink(missing_ok=True)
            elif not (root / name).is_file() or (root / name).read_bytes() != content:
                write_files(root, {name: content})
        raise


def _write_aside(target: Path, content: bytes) -> Path:
    # Hidden files are passed over by scans, so that a check at this moment does not see the unfinished one.
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(target.stat().st_mode if target.exists() else 0o644)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside

"""A fresh folder for a site, and its change into the place of the last one.

At every moment at which the process may be killed the old site stands whole or the new one does. For a short moment,
between two renames, the old one does so under another name; `recover`, which every build starts with, gives it its own
back. Where not even that moment may be, `kepu publish` switches a link instead.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from macros.publishing.release.disk import locked, readable_by_all
from macros.publishing.release.errors import FULL_OR_READ_ONLY, explain
from macros.publishing.release.guards import mark, refuse


@contextmanager
def replacing(out: Path, root: Path) -> Iterator[Path]:
    """Give a fresh folder to fill, and put it in the place of another when the block ends well.

    On any exception the other folder stays as it is and the fresh one is removed. What a killed run left is removed.

    Args:
        out: the folder to replace; it is made, with its parents, where it does not exist.
        root: the project's folder, whose sources must not be replaced.

    Yields:
        An empty folder beside ``out``.

    Raises:
        PublishingError: the folder must not be replaced, another builder is at work, or the disk does not allow it;
            the text is Chinese and says what to do.
    """
    refuse(out, root)
    place = out.resolve()
    try:
        with readable_by_all():
            place.parent.mkdir(parents=True, exist_ok=True)
            with locked(_beside(place, "lock")):
                _restore(place)
                # Asked again: what stands there now may not be what stood there before the lock was ours.
                refuse(place, root)
                yield from _filled(place)
    except OSError as error:
        if not _is_of_disk(error, place):
            raise
        raise explain(error, out) from error


def recover(out: Path) -> None:
    """Give an old site its place back after a kill between two renames, and remove what killed runs left.

    Raises:
        PublishingError: another builder is at work, or the disk does not allow it.
    """
    place = out.resolve()
    if not place.parent.is_dir():
        return
    try:
        with locked(_beside(place, "lock")):
            _restore(place)
    except OSError as error:
        raise explain(error, out) from error


def _filled(out: Path) -> Iterator[Path]:
    """Yield a fresh folder beside another, and swap the two once it is filled."""
    fresh = _beside(out, "new")
    fresh.mkdir()
    try:
        yield fresh
        mark(fresh)
        _swap(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, out: Path) -> None:
    """Put a finished folder in the place of another."""
    if not out.exists():
        fresh.rename(out)
        return
    old = _beside(out, "old")
    out.rename(old)
    try:
        fresh.rename(out)
    finally:
        if not out.exists():
            old.rename(out)
    # A file in it may still be open somewhere: the next run removes it.
    shutil.rmtree(old, ignore_errors=True)


def _restore(out: Path) -> None:
    """Undo what a killed run left."""
    old = _beside(out, "old")
    if old.is_dir() and not old.is_symlink() and not out.exists():
        old.rename(out)
    for left_over in (old, _beside(out, "new")):
        if left_over.is_symlink():
            left_over.unlink()
        with suppress(FileNotFoundError):
            shutil.rmtree(left_over)


def _beside(out: Path, role: str) -> Path:
    """Return the hidden neighbour of a folder: on the same file system, and known to the next run by its name."""
    return out.with_name(f".{out.name}.{role}")


def _is_of_disk(error: OSError, out: Path) -> bool:
    """Tell whether an error is one of the disk that is written to, not one of whoever fills the folder."""
    ours = (out, *out.parents, *(_beside(out, role) for role in ("new", "old", "lock")))
    places = [Path(str(name)) for name in (error.filename, error.filename2) if name is not None]
    inside = any(place in ours or place.is_relative_to(_beside(out, "new")) for place in places)
    return inside or error.errno in FULL_OR_READ_ONLY

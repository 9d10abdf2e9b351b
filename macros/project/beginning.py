"""Begin a new site in an empty folder: all of it is laid out and checked elsewhere first, so that what is written is whole."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from macros.project.new_site import NewSite, files_of, is_executable
from macros.records.problems import ProblemsFound, has_errors
from macros.site.guide_files import guide_files
from macros.site.session import open_session
from macros.site.whole_files import write_files

_MAY_BE_THERE = {".git", ".venv"}


def begin(folder: Path, site: NewSite) -> tuple[str, ...]:
    """Write a new site.

    Args:
        folder: where it will stand; empty or new.
        site: whose it is.

    Returns:
        The paths of its files below the folder, sorted.

    Raises:
        ProblemsFound: the new site would not pass its own check, which is a fault of the generator; nothing was written.
        OSError: a file can't be written.
    """
    with tempfile.TemporaryDirectory(prefix="kepu-") as aside:
        files = _whole(Path(aside), files_of(site))
    folder.mkdir(parents=True, exist_ok=True)
    write_files(folder, files)
    for name in filter(is_executable, files):
        (folder / name).chmod(0o755)
    return tuple(files)


def _whole(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with those that are generated from the models, when all of them pass the check."""
    write_files(folder, files)
    session = open_session(folder)
    if has_errors(problems := session.problems()):
        raise ProblemsFound(problems)
    return dict(sorted({**files, **guide_files(session)}.items()))


def is_free(folder: Path) -> bool:
    """Tell whether a new site can be written into a folder: it is not there, or holds nothing but git's and Python's own."""
    if not folder.exists():
        return True
    return folder.is_dir() and all(path.name in _MAY_BE_THERE or path.suffix == ".whl" for path in folder.iterdir())
